"""Finds items by any part of SKU, name or barcode, as fast as a person types.

Some hundreds are taken in row order and those are ranked: ranking all hits would cost a hundred
times as much. Further pages go on in row order.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, or_, select, text
from sqlalchemy.orm import Session

from app.core.documents import DocumentType
from app.core.paging import Key, Page
from app.db.paging import fetch_page
from app.db.tables import BalanceRow, BarcodeRow, ItemRow, OrderLineRow, OrderRow, PoolRow
from app.db.types import Quantity
from app.features.stock_lookup.rules import (
    SHORTEST_PART,
    ItemStock,
    matches,
    rank,
    words_of,
)

AT_ONCE = 100
CANDIDATES = 300
"""Hits that are ranked before the first page is shown."""


def _sum_of(column: Any, *where: Any) -> Any:
    zero = literal(0, Quantity)
    query = select(func.coalesce(func.sum(column, type_=Quantity), zero)).where(*where)
    return query.correlate(ItemRow).scalar_subquery()


_ON_ORDER = (
    select(
        func.coalesce(
            func.sum(OrderLineRow.quantity - OrderLineRow.done, type_=Quantity),
            literal(0, Quantity),
        )
    )
    .join(OrderRow, OrderRow.id == OrderLineRow.order_id)
    .where(
        OrderLineRow.item_id == ItemRow.id,
        OrderRow.is_open,
        OrderRow.type == DocumentType.PURCHASE_ORDER,
        OrderLineRow.done < OrderLineRow.quantity,
    )
    .correlate(ItemRow)
    .scalar_subquery()
)
_COLUMNS = (
    ItemRow.id,
    ItemRow.sku,
    ItemRow.name,
    ItemRow.unit,
    ItemRow.decimals,
    ItemRow.category,
    _sum_of(PoolRow.quantity, PoolRow.item_id == ItemRow.id),
    _sum_of(BalanceRow.allocated, BalanceRow.item_id == ItemRow.id),
    _ON_ORDER,
)
_ALL: Select[*tuple[Any, ...]] = select(ItemRow.sku.label("page_key"), *_COLUMNS)
_BY_IDS = select(*_COLUMNS).where(ItemRow.id.in_(bindparam("ids", expanding=True)))
_SQLITE_PARTS = text(
    "SELECT rowid, sku, name, barcodes FROM item_search WHERE item_search MATCH :wanted"
    " AND rowid > :after ORDER BY rowid LIMIT :most"
)
_CODES = (
    select(func.aggregate_strings(BarcodeRow.code, " "))
    .where(BarcodeRow.item_id == ItemRow.id)
    .correlate(ItemRow)
    .scalar_subquery()
)
_CANDIDATES = (
    select(ItemRow.id, ItemRow.sku, ItemRow.name, func.coalesce(_CODES, ""))
    .order_by(ItemRow.id)
    .limit(CANDIDATES)
)

Hit = tuple[int, str, str, str]
"""Row number, SKU, name and all barcodes of an item that was found."""


def list_items(session: Session, after: Key | None = None) -> Page[ItemStock]:
    """Return a page of all items in the order of their SKUs."""
    page = fetch_page(session, _ALL, (ItemRow.sku,), after, AT_ONCE)
    return page.into(lambda row: ItemStock(*row[1:]))


def search_items(session: Session, wanted: str, after: Key | None = None) -> Page[ItemStock]:
    """Return a page of the items that have every word somewhere in SKU, name or a barcode.

    The first page holds the best of the first hits; the key goes on in row order.
    """
    words = words_of(wanted)
    if not words:
        return list_items(session, after)
    last = after[0] if after else 0
    parts = [word for word in words if len(word) >= SHORTEST_PART]
    if not parts and len(wanted.strip()) >= SHORTEST_PART:
        parts = [wanted.strip()]
    hits = _find_parts(session, parts, last) if parts else _find_beginnings(session, words[0], last)
    good = [hit for hit in hits if matches(words, " ".join(hit[1:]))]
    found = sorted(good, key=lambda hit: rank(wanted, hit[1], hit[2], hit[3]))
    stock = _stock_of(session, [hit[0] for hit in found])
    return Page(stock, (hits[-1][0],) if len(hits) >= CANDIDATES else None)


def _find_parts(session: Session, parts: Sequence[str], last: int) -> list[Hit]:
    if session.get_bind().dialect.name == "sqlite":
        quoted = " AND ".join('"' + part.replace('"', '""') + '"' for part in parts)
        values = {"wanted": quoted, "after": last, "most": CANDIDATES}
        return _hits(session.execute(_SQLITE_PARTS, values))
    conditions = [
        or_(
            ItemRow.sku.icontains(part, autoescape=True),
            ItemRow.name.icontains(part, autoescape=True),
            ItemRow.id.in_(
                select(BarcodeRow.item_id).where(BarcodeRow.code.icontains(part, autoescape=True))
            ),
        )
        for part in parts
    ]
    return _hits(session.execute(_CANDIDATES.where(*conditions, ItemRow.id > last)))


def _hits(rows: Iterable[Any]) -> list[Hit]:
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _find_beginnings(session: Session, word: str, last: int) -> list[Hit]:
    """One or two letters: what begins with them, by the indexes on SKU, name and barcode."""
    forms = {word, word.upper(), word.lower(), word.capitalize()}
    ids: set[int] = set()
    for column, number in (
        (ItemRow.sku, ItemRow.id),
        (ItemRow.name, ItemRow.id),
        (BarcodeRow.code, BarcodeRow.item_id),
    ):
        for form in forms:
            begins = (column >= form, column < _after_all(form), number > last)
            ids.update(
                session.scalars(select(number).where(*begins).order_by(column).limit(CANDIDATES))
            )
    some = sorted(ids)[:CANDIDATES]
    return _hits(session.execute(_CANDIDATES.where(ItemRow.id.in_(some))))


def _after_all(beginning: str) -> str:
    """Return a text behind all that begin like this."""
    return beginning + "\U0010ffff"


def _stock_of(session: Session, ids: Sequence[int]) -> tuple[ItemStock, ...]:
    """Return the items in the order of their numbers here."""
    found = {row[0]: ItemStock(*row) for row in session.execute(_BY_IDS, {"ids": list(ids)})}
    return tuple(found[number] for number in ids if number in found)
