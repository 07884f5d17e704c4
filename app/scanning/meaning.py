"""Finds out what a scan means here: which item, place, lot, document or command it is."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.scans import (
    CommandScan,
    DocumentScan,
    LocationScan,
    LotScan,
    Meaning,
    QuantityScan,
    UnknownScan,
)
from app.scanning import reasons
from app.scanning.content import Content, Kind
from app.scanning.item_scans import item_scan
from app.scanning.lookups import (
    FoundItem,
    FoundPlace,
    find_document,
    find_items,
    find_items_by_any,
    find_lots,
    find_order_by_reference,
    find_places,
    find_places_by_any,
    get_item,
)
from app.scanning.measure_rules import read_rules
from app.scanning.reading import read
from app.scanning.trade_numbers import as_piece, is_restricted, read_trade_number

NAMES_OF_OURS = ("240", "241")
"""Identifiers behind which a maker or a customer puts a part number: it may be ours."""


def resolve(
    session: Session,
    text: str,
    *,
    typed: bool = False,
    pending: Decimal | None = None,
    site: str = "",
) -> Meaning:
    """Return what a code means. `typed`: by hand, where blanks and hyphens may stand in a number.

    `pending` is a quantity that was scanned before and holds for an item. Of several places with
    the same code the one in `site` is meant. What is damaged, ambiguous, out of use or unknown
    comes back as an UnknownScan that says so; nothing is guessed at.
    """
    question = _Question(session, text, site)
    content = read(text, typed=typed, is_known=question.is_known)
    return question.answer(content, content.multiplier or pending)


class _Question:
    """One code being looked up."""

    def __init__(self, session: Session, text: str, site: str) -> None:
        self._session = session
        self._text = text
        self._site = site
        self._known: Meaning | None = None
        self._items: Sequence[FoundItem] = ()

    def is_known(self, code: str) -> bool:
        """Tell whether something goes by exactly this code, and remember it."""
        self._items = find_items(self._session, code)
        self._known = None if self._items else self._known_otherwise(code)
        return bool(self._items) or self._known is not None

    def answer(self, content: Content, times: Decimal | None) -> Meaning:
        """Return what is meant; what is nothing of ours may be how others call an order."""
        meaning = self._meaning(content, times)
        is_ours = bool(self._items) or self._known is not None or not content.code
        if is_ours or not isinstance(meaning, UnknownScan):
            return meaning
        order = find_order_by_reference(self._session, content.code)
        return DocumentScan(self._text, order.number, order.kind) if order else meaning

    def _meaning(self, content: Content, times: Decimal | None) -> Meaning:
        match content.kind:
            case Kind.COMMAND if content.command:
                return CommandScan(self._text, content.command)
            case Kind.QUANTITY if content.multiplier:
                return QuantityScan(self._text, content.multiplier)
            case Kind.LOCATION:
                found = self._place(content.place) or self._near(content.place)
                return found or self._unknown(reasons.no_place(content.place))
            case Kind.KNOWN:
                return self._known or self._item(self._items, content, times)
            case Kind.GTIN:
                return self._trade_number(content, times)
            case Kind.GS1:
                return self._elements(content, times)
        return self._otherwise(content)

    def _otherwise(self, content: Content) -> Meaning:
        if content.kind == Kind.NOTHING:
            return self._unknown(reasons.NOTHING)
        if content.kind == Kind.SSCC:
            return self._unknown(reasons.no_shipping_unit(content.sscc))
        near = self._near(content.code) if content.kind == Kind.UNKNOWN else None
        return near or self._unknown(content.problem)

    # What goes by exactly a code

    def _known_otherwise(self, code: str) -> Meaning | None:
        return self._place(code) or self._lot(code) or self._document(code)

    def _item(self, found: Sequence[FoundItem], content: Content, times: Decimal | None) -> Meaning:
        if len(found) > 1:
            return self._unknown(reasons.several_items([each.item.sku for each in found]))
        if not found[0].is_active:
            return self._unknown(reasons.item_out_of_use(found[0].item.sku))
        return item_scan(self._text, found[0], content, times)

    def _place(self, code: str) -> Meaning | None:
        return self._one_place(find_places(self._session, code, self._site))

    def _one_place(self, found: Sequence[FoundPlace]) -> Meaning | None:
        if not found:
            return None
        if len(found) > 1:
            return self._unknown(reasons.several_places([each.location.path for each in found]))
        if not found[0].is_active:
            return self._unknown(reasons.place_out_of_use(found[0].location.path))
        return LocationScan(self._text, found[0].location)

    def _lot(self, code: str) -> Meaning | None:
        lots = find_lots(self._session, code)
        if not lots:
            return None
        found = [get_item(self._session, lot.item_id) for lot in lots]
        if len(found) > 1:
            return self._unknown(reasons.lot_of_several(code))
        if not found[0].is_active:
            return self._unknown(reasons.item_out_of_use(found[0].item.sku))
        return LotScan(self._text, found[0].item, code, lots[0].expiry)

    def _document(self, code: str) -> Meaning | None:
        found = find_document(self._session, code)
        return DocumentScan(self._text, found.number, found.kind) if found else None

    # What a code says

    def _trade_number(self, content: Content, times: Decimal | None) -> Meaning:
        for gtin in (content.gtin14, content.other_gtin14):
            if gtin and (found := find_items(self._session, gtin)):
                return self._item(found, content, times)
        if is_restricted(content.gtin14):
            rules = read_rules(self._session)
            measured = read_trade_number(content.gtin14[1:], typed=False, rules=rules)
            if measured and measured.kind == Kind.MEASURED:
                return self._measured(measured, times)
        return self._unknown(self._about_carton(content.gtin14) or reasons.NO_ITEM)

    def _measured(self, content: Content, times: Decimal | None) -> Meaning:
        for code in (content.item_code, content.gtin14):
            if found := find_items(self._session, code):
                return self._item(found, content, times)
        return self._unknown(reasons.no_item_part(content.item_code))

    def _elements(self, content: Content, times: Decimal | None) -> Meaning:
        names = [content.elements[ai] for ai in NAMES_OF_OURS if ai in content.elements]
        for code in filter(None, (content.gtin14, *names)):
            if found := find_items(self._session, code):
                return self._item(found, content, times)
        if content.gtin14:
            return self._unknown(self._about_carton(content.gtin14) or reasons.NO_ITEM)
        for lot in filter(None, (content.lot, content.serial)):
            if meaning := self._lot(lot):
                return meaning
        return self._unknown(reasons.NAMES_NO_ITEM)

    def _about_carton(self, gtin14: str) -> str:
        """A carton is not so many pieces until somebody says how many; but it may say of what."""
        piece = as_piece(gtin14)
        found = find_items(self._session, piece) if piece else []
        return reasons.carton_of(found[0].item.sku) if len(found) == 1 else ""

    def _near(self, code: str) -> Meaning | None:
        """What would be found if capitals did not matter is offered, never taken."""
        forms = {code.upper(), code.lower(), code.swapcase(), code.title()} - {code}
        if not forms:
            return None
        names = {each.item.sku for each in find_items_by_any(self._session, forms)}
        names |= {each.location.path for each in find_places_by_any(self._session, forms)}
        return self._unknown(reasons.did_you_mean(names.pop())) if len(names) == 1 else None

    def _unknown(self, reason: str) -> UnknownScan:
        return UnknownScan(self._text, reason)
