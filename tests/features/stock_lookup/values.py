"""Short words for the values that panels show."""

from datetime import UTC, datetime
from decimal import Decimal

from app.core.catalogue import LocationKind
from app.core.documents import DocumentType
from app.core.history import Entry
from app.features.stock_lookup.subject import PlaceStock

MOMENT = datetime(2026, 5, 31, 12, tzinfo=UTC)


def line(code, on_hand, lot="", *, sku="GEL-7", number=1, **more):
    """Stock of an item at MAIN/A/<code>."""
    more = {"kind": LocationKind.STORAGE, "expiry": None, **more}
    return PlaceStock(
        item_id=1,
        sku=sku,
        name="Blue gel",
        unit="each",
        location_id=number,
        path=f"MAIN/A/{code}",
        lot_id=7 if lot else 0,
        lot=lot,
        on_hand=Decimal(on_hand),
        **more,
    )


def entry(number, quantity, **more):
    """A movement of GEL-7 that came in."""
    known = {
        "id": 1,
        "at": MOMENT,
        "entered_at": MOMENT,
        "number": number,
        "type": DocumentType.RECEIPT,
        "line": 1,
        "item": "GEL-7",
        "lot": "",
        "source": "SUPPLIER",
        "target": "MAIN/A/A-01",
        "quantity": Decimal(quantity),
        "value": Decimal(6),
        "user": "kim",
        "reference": "",
        "reversed_by": "",
        "reason": "",
        "unit": "each",
        "source_kind": LocationKind.SUPPLIER,
    }
    return Entry(**{**known, **more})
