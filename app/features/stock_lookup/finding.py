"""Finds what goes by a text besides items: places, lots, documents; and the one thing it names."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.db.beginnings import begins_with
from app.db.catalogue import AmbiguousLocation, find_item, find_location
from app.db.tables import DocumentRow, ItemRow, LocationRow, LotRow
from app.features.stock_lookup.rules import Found, FoundKind, Ref

MOST_OTHERS = 20
"""Places, lots and documents each that are offered beside the items."""

SHORTEST = 2
"""Letters from which on places, lots and documents are offered."""


def find_others(session: Session, text: str) -> tuple[Found, ...]:
    """Return the places, lots, documents and orders whose code begins like the text."""
    wanted = text.strip()
    if len(wanted) < SHORTEST:
        return ()
    found: list[Found] = []
    for search in (_places, _lots, _documents):
        some = dict.fromkeys(each for form in _forms(wanted) for each in search(session, form))
        found += list(some)[:MOST_OTHERS]
    return tuple(found)


def find_subject(session: Session, text: str) -> Ref | None:
    """Return the one thing that goes by exactly this text; None if there is none, or several.

    An item's SKU or barcode goes before a place's path, barcode or code, then a document's number,
    a lot, and last what others call a document.
    """
    wanted = text.strip()
    for exact in (_exact_item, _exact_place, _exact_number, _exact_lot, _exact_reference):
        for form in _forms(wanted):
            if ref := exact(session, form):
                return ref
    return None


def _forms(text: str) -> tuple[str, ...]:
    """A code is written as it was typed, or in capitals."""
    return tuple(dict.fromkeys((text, text.upper())))


def _places(session: Session, form: str) -> Iterator[Found]:
    for column in (LocationRow.code, LocationRow.path, LocationRow.barcode):
        query = select(LocationRow.path, LocationRow.name)
        for path, name in session.execute(_some(session, query, column, form)):
            yield Found(Ref(FoundKind.PLACE, path), name)


def _lots(session: Session, form: str) -> Iterator[Found]:
    query = select(LotRow.code, func.min(ItemRow.sku), func.count()).join(
        ItemRow, ItemRow.id == LotRow.item_id
    )
    for code, sku, count in session.execute(
        _some(session, query, LotRow.code, form).group_by(LotRow.code)
    ):
        yield Found(Ref(FoundKind.LOT, code), sku if count == 1 else f"{sku} +{count - 1}")


def _documents(session: Session, form: str) -> Iterator[Found]:
    for column in (DocumentRow.number, DocumentRow.reference):
        query = select(DocumentRow.number, DocumentRow.reference)
        for number, reference in session.execute(_some(session, query, column, form)):
            yield Found(Ref(FoundKind.DOCUMENT, number), reference)


def _some(
    session: Session, query: Select[*tuple[Any, ...]], column: Any, form: str
) -> Select[*tuple[Any, ...]]:
    begins, order = begins_with(session, column, form)
    return query.where(begins).order_by(order).limit(MOST_OTHERS)


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


def _exact_reference(session: Session, code: str) -> Ref | None:
    return _only(session, select(DocumentRow.number).where(DocumentRow.reference == code))


def _only(session: Session, query: Select[*tuple[Any, ...]]) -> Ref | None:
    found: Sequence[str] = session.scalars(query.limit(2)).all()
    return Ref(FoundKind.DOCUMENT, found[0]) if len(found) == 1 else None


def _exact_lot(session: Session, code: str) -> Ref | None:
    found = session.scalar(select(LotRow.code).where(LotRow.code == code).limit(1))
    return Ref(FoundKind.LOT, found) if found else None
