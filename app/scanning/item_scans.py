"""How much of an item a code stands for, of which lot, and until when it keeps."""

from decimal import Decimal

from app.core.catalogue import Item, Tracking
from app.core.decimals import ZERO
from app.core.errors import marked
from app.core.scanner import MeasureKind
from app.core.scans import ItemScan
from app.scanning.content import Content
from app.scanning.lookups import ONE, FoundItem

NONE_OF_IT = marked("The code says that there are 0 of it; type the quantity.")
ONLY_A_PRICE = marked("The label states a price; type the quantity.")

_MADE_OF = {
    "kg": {"kg": "1", "g": "1000", "t": "0.001"},
    "lb": {"lb": "1", "lbs": "1", "oz": "16"},
    "l": {"l": "1", "ml": "1000", "cl": "100"},
    "m": {"m": "1", "cm": "100", "mm": "1000"},
    "m2": {"m2": "1", "m²": "1"},
    "m3": {"m3": "1", "m³": "1", "l": "1000"},
}
"""What one of the units that codes use is, in units that items are counted in."""


def item_scan(code: str, found: FoundItem, content: Content, times: Decimal | None) -> ItemScan:
    """Return the scan of an item: the quantity of one pull of the trigger, `times` if stated.

    Where the code gives reason not to take it for one piece, and nobody said how many, it is 0.
    """
    stated = _stated(found, content)
    quantity = found.quantity if stated is None else stated
    asks = _asks_how_many(content) if times is None else ""
    if asks and found.item.tracking is not Tracking.SERIAL:
        quantity = ZERO
    return ItemScan(
        code,
        found.item,
        quantity=quantity * (times or ONE),
        quantity_given=bool(
            quantity and (stated is not None or times is not None or found.quantity != ONE)
        ),
        lot=_lot(found.item, content),
        expiry=content.expiry or content.best_before,
        problem=asks or content.problem,
    )


def _asks_how_many(content: Content) -> str:
    if content.rule is not None and content.rule.kind == MeasureKind.PRICE:
        return ONLY_A_PRICE
    return NONE_OF_IT if content.count == 0 else ""


def _stated(found: FoundItem, content: Content) -> Decimal | None:
    """Return the base units a count or a measure in the code comes to, if it applies."""
    if content.count is not None:
        return content.count * found.quantity or None
    factor = _MADE_OF.get(content.unit, {}).get(found.item.unit.casefold())
    if content.measure is None or factor is None:
        return None
    return (content.measure * Decimal(factor)).normalize() + 0 or None


def _lot(item: Item, content: Content) -> str:
    """A serial number of an item tracked by lot is nobody's business here, and so on."""
    match item.tracking:
        case Tracking.LOT:
            return content.lot
        case Tracking.SERIAL:
            return content.serial or content.lot
    return ""
