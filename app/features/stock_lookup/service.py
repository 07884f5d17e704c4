"""Everything a clerk may look up: items, places, lots and documents, and what lies behind them."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session, aliased

from app.adapters.spreadsheet import OutColumn, OutSheet, write_table
from app.core.catalogue import OWNED
from app.core.documents import Document, DocumentType, Posted
from app.core.history import Entry
from app.core.paging import Key, Page
from app.core.refusals import UnknownDocument
from app.db.catalogue import find_location, get_item
from app.db.tables import (
    BalanceRow,
    DocumentRow,
    ItemRow,
    LocationRow,
    LotRow,
    OrderLineRow,
    OrderRow,
    PartnerRow,
    PoolRow,
)
from app.db.types import Quantity
from app.features.stock_lookup.rules import (
    Fact,
    Found,
    FoundKind,
    OrderLine,
    PlaceStock,
    Subject,
)
from app.features.stock_lookup.search import list_items, search_items
from app.ledger.history import movements_of, page_of_history
from app.ledger.posting import post

__all__ = ["list_items", "search_items"]

MOST_OTHERS = 5
"""Places, lots and documents each that are offered beside the items."""

MOST_ROWS = 2_000
"""Rows of stock shown of one place; a place that holds more is better exported."""

_ORDERS = (DocumentType.PURCHASE_ORDER, DocumentType.SALES_ORDER)
_NOT_REVERSIBLE = (DocumentType.REVERSAL, DocumentType.ALLOCATE, DocumentType.RELEASE)
_REVERSAL = aliased(DocumentRow)


def find_others(session: Session, text: str) -> list[Found]:
    """Return the places, lots, documents and orders whose code begins like the text."""
    wanted = text.strip()
    if len(wanted) < 2:
        return []
    found: list[Found] = []
    for kind, column, detail in _OTHERS:
        for form in dict.fromkeys((wanted, wanted.upper())):
            query = (
                select(column, detail)
                .where(column >= form, column < form + "\U0010ffff")
                .order_by(column)
                .limit(MOST_OTHERS)
            )
            found += [Found(kind, code, about or "") for code, about in session.execute(query)]
    return list(dict.fromkeys(found))


_OTHERS: tuple[tuple[FoundKind, Any, Any], ...] = (
    (FoundKind.PLACE, LocationRow.code, LocationRow.path),
    (FoundKind.PLACE, LocationRow.path, LocationRow.path),
    (FoundKind.LOT, LotRow.code, literal("")),
    (FoundKind.DOCUMENT, DocumentRow.number, DocumentRow.reference),
    (FoundKind.DOCUMENT, DocumentRow.reference, DocumentRow.number),
    (FoundKind.DOCUMENT, OrderRow.number, OrderRow.reference),
)


def open_item(session: Session, item_id: int) -> Subject:
    """Return all stock of an item by place and lot, with its totals."""
    item = get_item(session, item_id)
    rows = _stock_rows(session, BalanceRow.item_id == item_id)
    value = session.scalar(
        select(func.sum(PoolRow.value, type_=Quantity)).where(PoolRow.item_id == item_id)
    )
    on_hand = sum((row.on_hand for row in rows), Decimal(0))
    allocated = sum((row.allocated for row in rows), Decimal(0))
    facts = (
        Fact("on_hand", on_hand),
        Fact("allocated", allocated),
        Fact("available", on_hand - allocated),
        Fact("value", value or Decimal(0)),
    )
    return Subject(FoundKind.ITEM, item.sku, item.name, item=item, facts=facts, stock=rows)


def open_place(session: Session, code: str) -> Subject | None:
    """Return what lies at a place and below it; None where there is no such place."""
    place = find_location(session, code)
    if place is None:
        return None
    below = func.substr(LocationRow.path, 1, len(place.path) + 1) == f"{place.path}/"
    here = LocationRow.id == place.id
    rows = _stock_rows(session, here | below)
    facts = (Fact("lines", Decimal(len(rows))),)
    return Subject(
        FoundKind.PLACE,
        place.path,
        place.name,
        location=place,
        facts=facts,
        stock=rows,
        is_cut=len(rows) >= MOST_ROWS,
    )


def open_lot(session: Session, code: str) -> Subject | None:
    """Return where a lot or serial number lies, of whichever items have one of that code."""
    rows = _stock_rows(session, LotRow.code == code, also_empty=True)
    if not rows:
        return None
    names = ", ".join(dict.fromkeys(row.sku for row in rows))
    on_hand = sum((row.on_hand for row in rows), Decimal(0))
    return Subject(FoundKind.LOT, code, names, facts=(Fact("on_hand", on_hand),), stock=rows)


def open_document(session: Session, number: str) -> Subject:
    """Return a document or order with its lines; raises UnknownDocument."""
    query = (
        select(
            DocumentRow.id,
            DocumentRow.number,
            DocumentRow.type,
            DocumentRow.effective_at,
            DocumentRow.entered_at,
            DocumentRow.user,
            DocumentRow.reference,
            DocumentRow.order_id,
            PartnerRow.name,
            _REVERSAL.number.label("reversal"),
        )
        .outerjoin(PartnerRow, PartnerRow.id == DocumentRow.partner_id)
        .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
        .where((DocumentRow.number == number) | (DocumentRow.reference == number))
        .order_by(DocumentRow.number != number, DocumentRow.id.desc())
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        raise UnknownDocument(document=number)
    facts = (
        Fact("type", row.type.value),
        Fact("at", row.effective_at),
        Fact("entered_at", row.entered_at),
        Fact("user", row.user),
        Fact("partner", row.name or ""),
        Fact("reference", row.reference),
        Fact("reversed_by", row.reversal or ""),
    )
    kind = row.type
    return Subject(
        FoundKind.DOCUMENT,
        row.number,
        row.name or row.reference,
        facts=tuple(fact for fact in facts if fact.value),
        entries=tuple(movements_of(session, row.number)),
        orders=_order_lines(session, row.order_id) if kind in _ORDERS else (),
        can_be_reversed=row.reversal is None and kind not in _NOT_REVERSIBLE,
    )


def history_page(
    session: Session, item_id: int, location_id: int | None, lot_id: int | None, after: Key | None
) -> Page[Entry]:
    """Return a page of an item's history, the latest first, of one place and lot if given."""
    return page_of_history(session, item_id, location_id=location_id, lot_id=lot_id, after=after)


def reverse_document(session: Session, number: str, *, user: str = "") -> Posted:
    """Undo a posted document by a reversal; the key makes sure it is done once."""
    document = Document(key=f"reverse-{number}", type=DocumentType.REVERSAL, reverses=number)
    return post(session, document, user=user)


def save_table(
    path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]
) -> int:
    """Write what a table shows to Excel or CSV, by the file's ending; return the number of rows."""
    columns = tuple(OutColumn(heading, is_text=False) for heading in headings)
    write_table(path, OutSheet(title, columns, rows))
    return len(rows)


def _stock_rows(
    session: Session, where: Any, *, also_empty: bool = False
) -> tuple[PlaceStock, ...]:
    query = (
        select(
            ItemRow.id,
            ItemRow.sku,
            ItemRow.name,
            ItemRow.unit,
            LocationRow.id,
            LocationRow.path,
            LocationRow.kind,
            BalanceRow.lot_id,
            func.coalesce(LotRow.code, ""),
            LotRow.expiry,
            BalanceRow.on_hand,
            BalanceRow.allocated,
        )
        .join(ItemRow, ItemRow.id == BalanceRow.item_id)
        .join(LocationRow, LocationRow.id == BalanceRow.location_id)
        .outerjoin(LotRow, LotRow.id == BalanceRow.lot_id)
        .where(where, LocationRow.kind.in_(OWNED))
        .order_by(LocationRow.path, ItemRow.sku, LotRow.expiry, LotRow.code)
        .limit(MOST_ROWS)
    )
    if not also_empty:
        query = query.where((BalanceRow.on_hand != 0) | (BalanceRow.allocated != 0))
    return tuple(PlaceStock(*row) for row in session.execute(query))


def _order_lines(session: Session, order_id: int) -> tuple[OrderLine, ...]:
    query = (
        select(
            OrderLineRow.line,
            ItemRow.sku,
            ItemRow.name,
            ItemRow.unit,
            OrderLineRow.quantity,
            OrderLineRow.done,
            OrderLineRow.due,
        )
        .join(ItemRow, ItemRow.id == OrderLineRow.item_id)
        .where(OrderLineRow.order_id == order_id)
        .order_by(OrderLineRow.line)
    )
    return tuple(OrderLine(*row) for row in session.execute(query))
