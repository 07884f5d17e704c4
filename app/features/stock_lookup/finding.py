"""Finds what goes by a text besides items: places, lots, documents; and the one thing it names."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, String, bindparam, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from app.core.documents import sheet_number, sheet_title
from app.db.beginnings import LAST, begins_with, by_letter, span
from app.db.catalogue import AmbiguousLocation, find_item, find_location
from app.db.prepared import Prepared
from app.db.tables import CountSheetRow, DocumentRow, ItemRow, LocationRow, LotRow
from app.features.stock_lookup.rules import Found, FoundKind, Ref, cleaned

MOST_OTHERS = 20
"""Places, lots and documents each that are offered beside the items."""

SHORTEST = 2
"""Letters from which on places, lots and documents are offered."""


FORMS = 2
"""A code is written as it was typed, or in capitals."""

_ONE: Any = literal_column("1")
_NUMBER = (DocumentRow.number, DocumentRow.reference, _ONE)
_PATH = (LocationRow.path, LocationRow.name, _ONE)


def _some(kind: FoundKind, column: Any, columns: Sequence[Any], form: int) -> Any:
    """The first of a kind that begin with one form of the text."""
    code, about, count = columns
    begins = begins_with(column, bindparam(f"form{form}", type_=String()))
    query = select(
        literal_column(f"'{kind.value}'").label("kind"),
        code.label("code"),
        about.label("about"),
        count.label("count"),
    ).where(begins)
    if kind is FoundKind.LOT:
        query = query.join(ItemRow, ItemRow.id == LotRow.item_id).group_by(column)
    some = query.order_by(by_letter(column), code).limit(MOST_OTHERS).subquery()
    return select(some)


_OTHERS = Prepared(
    select(
        union_all(
            *(
                _some(kind, column, columns, form)
                for kind, column, columns in (
                    (FoundKind.PLACE, LocationRow.code, _PATH),
                    (FoundKind.PLACE, LocationRow.path, _PATH),
                    (FoundKind.PLACE, LocationRow.barcode, _PATH),
                    (
                        FoundKind.LOT,
                        LotRow.code,
                        (LotRow.code, func.min(ItemRow.sku), func.count()),
                    ),
                    (FoundKind.DOCUMENT, DocumentRow.number, _NUMBER),
                    (FoundKind.DOCUMENT, DocumentRow.reference, _NUMBER),
                )
                for form in range(FORMS)
            )
        ).subquery()
    )
)


def find_others(session: Session, text: str) -> tuple[Found, ...]:
    """Return the places, lots, documents and orders whose code begins like the text, before them
    the count sheet that is called exactly so."""
    wanted = cleaned(text).strip()
    if len(wanted) < SHORTEST:
        return ()
    forms = (wanted, wanted.upper() if wanted != wanted.upper() else LAST)
    values = span("form0", forms[0]) | span("form1", forms[1])
    found: dict[Found, None] = {}
    seen: Counter[str] = Counter()
    for kind, code, about, count in _OTHERS.all(session.connection(), **values):
        one = Found(Ref(FoundKind(kind), code), about if count == 1 else f"{about} +{count - 1}")
        if one not in found and seen[kind] < MOST_OTHERS:
            found[one] = None
            seen[kind] += 1
    return (*_sheets(session, wanted), *found)


def find_subject(session: Session, text: str) -> Ref | None:
    """Return the one thing that goes by exactly this text; None if there is none, or several.

    An item's SKU or barcode goes before a place's path, barcode or code, then the number of a
    document or a count sheet, a lot, and last what others call a document.
    """
    wanted = cleaned(text).strip()
    for exact in _EXACTLY:
        for form in _forms(wanted):
            if ref := exact(session, form):
                return ref
    return None


def _sheets(session: Session, text: str) -> tuple[Found, ...]:
    number = sheet_number(text)
    sheet = session.get(CountSheetRow, number) if number else None
    if sheet is None:
        return ()
    return (Found(Ref(FoundKind.COUNT_SHEET, sheet_title(sheet.id)), sheet.scope),)


def _forms(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((text, text.upper())))


def _exact_item(session: Session, code: str) -> Ref | None:
    found = find_item(session, code)
    return Ref(FoundKind.ITEM, found.item.sku) if found else None


def _exact_place(session: Session, code: str) -> Ref | None:
    try:
        place = find_location(session, code)
    except AmbiguousLocation:
        return None
    return Ref(FoundKind.PLACE, place.path) if place else None


def _exact_number(session: Session, code: str) -> Ref | None:
    return _only(session, select(DocumentRow.number).where(DocumentRow.number == code))


def _exact_sheet(session: Session, code: str) -> Ref | None:
    return next((found.ref for found in _sheets(session, code)), None)


def _exact_reference(session: Session, code: str) -> Ref | None:
    return _only(session, select(DocumentRow.number).where(DocumentRow.reference == code))


def _only(session: Session, query: Select[*tuple[Any, ...]]) -> Ref | None:
    found: Sequence[str] = session.scalars(query.limit(2)).all()
    return Ref(FoundKind.DOCUMENT, found[0]) if len(found) == 1 else None


def _exact_lot(session: Session, code: str) -> Ref | None:
    found = session.scalar(select(LotRow.code).where(LotRow.code == code).limit(1))
    return Ref(FoundKind.LOT, found) if found else None


_EXACTLY = (
    _exact_item,
    _exact_place,
    _exact_number,
    _exact_sheet,
    _exact_lot,
    _exact_reference,
)
