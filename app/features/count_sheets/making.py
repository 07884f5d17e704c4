"""Making a sheet: what lies in the scope, with what the ledger expects there, frozen."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, bindparam, func, insert, or_, select
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.documents import new_key, sheet_title
from app.core.refusals import UnknownItem, UnknownLocation
from app.db.bulk import insert_many
from app.db.catalogue import find_items, find_location
from app.db.tables import (
    BalanceRow,
    CountLineRow,
    CountSheetRow,
    ItemRow,
    LocationRow,
    LotRow,
    table_of,
)
from app.features.count_sheets.refusals import AlreadyOnSheet, NothingToCount
from app.features.count_sheets.row_keys import row_key
from app.features.count_sheets.rules import COUNTABLE, NewSheet, Scope
from app.features.count_sheets.store import in_batches, one_at_a_time, open_places

_DIGITS = re.compile(r"(\d+)")
_STOCK: Select[*tuple[Any, ...]] = (
    select(
        BalanceRow.item_id,
        BalanceRow.location_id,
        BalanceRow.lot_id,
        BalanceRow.on_hand,
        ItemRow.sku,
        LocationRow.path,
        LocationRow.code,
        LocationRow.walk_order,
        LotRow.code.label("lot"),
    )
    .join(ItemRow, ItemRow.id == BalanceRow.item_id)
    .join(LocationRow, LocationRow.id == BalanceRow.location_id)
    .outerjoin(LotRow, LotRow.id == BalanceRow.lot_id)
    .where(LocationRow.kind.in_(COUNTABLE))
)
_WANTED: Any = bindparam("wanted", expanding=True)
_INSERT_LINES = insert(table_of(CountLineRow))


def create_sheet(
    session: Session, scope: Scope, *, blind: bool = False, user: str = ""
) -> NewSheet:
    """Make a sheet of all stock in the scope and freeze what is expected.

    Items named one by one are listed where they ran out too. Raises UnknownLocation,
    UnknownItem, NothingToCount, and AlreadyOnSheet if an item is on an open sheet for its place.
    """
    one_at_a_time(session)
    lines = _in_walking_order(_find_stock(session, scope), scope)
    if not lines:
        raise NothingToCount(scope=scope.words())
    _refuse_doubles(session, lines)
    sheet = CountSheetRow(
        code=f"CS-{uuid4().hex[:16]}",
        scope=scope.words(),
        is_blind=blind,
        created_at=now(),
        created_by=user,
        post_key=new_key(),
    )
    session.add(sheet)
    session.flush()
    insert_many(
        session.connection(),
        _INSERT_LINES,
        [_line(sheet, position, line) for position, line in enumerate(lines, start=1)],
    )
    return NewSheet(sheet.id, len(lines))


def find_categories(session: Session) -> list[str]:
    """Return the categories that items have, for the choice of a scope."""
    query = select(ItemRow.category).where(ItemRow.category != "").distinct()
    return list(session.scalars(query.order_by(ItemRow.category)))


def natural(code: str) -> tuple[tuple[int, int, str], ...]:
    """Return what sorts a code as a person does: A-2 before A-10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in _DIGITS.split(code)
        if part
    )


def _find_stock(session: Session, scope: Scope) -> Sequence[Any]:
    query = _STOCK
    if scope.location:
        query = query.where(BalanceRow.location_id.in_(_below(session, scope.location)))
    if scope.category:
        query = query.where(ItemRow.category == scope.category)
    if not scope.items:
        return session.execute(query.where(BalanceRow.on_hand != 0)).all()
    items = _items_named(session, scope.items)
    return list(in_batches(session, query.where(BalanceRow.item_id.in_(_WANTED)), items))


def _below(session: Session, text: str) -> Select[int]:
    """Return the numbers of a place and all below it, whatever characters its path has."""
    found = find_location(session, text)
    path = found.path if found else text
    inside = func.substr(LocationRow.path, 1, len(path) + 1) == f"{path}/"
    query = select(LocationRow.id).where(or_(LocationRow.path == path, inside))
    if session.scalar(query.limit(1)) is None:
        raise UnknownLocation(location=text)
    return query


def _items_named(session: Session, names: Iterable[str]) -> set[int]:
    found = find_items(session, names)
    for name in names:
        if name not in found:
            raise UnknownItem(item=name)
    return {one.item.id for one in found.values()}


def _in_walking_order(stock: Iterable[Any], scope: Scope) -> list[Any]:
    first, last = natural(scope.first_bin), natural(scope.last_bin)
    inside = [
        row
        for row in stock
        if first <= natural(row.code) and natural(row.code)[: len(last)] <= last
    ]
    return sorted(
        inside,
        key=lambda row: (
            row.walk_order is None,
            row.walk_order or 0,
            natural(row.path),
            natural(row.sku),
            natural(row.lot or ""),
        ),
    )


def _refuse_doubles(session: Session, lines: Sequence[Any]) -> None:
    taken = open_places(session, {line.item_id for line in lines})
    for line in lines:
        sheet = taken.get((line.item_id, line.location_id))
        if sheet is not None:
            raise AlreadyOnSheet(item=line.sku, location=line.path, sheet=sheet_title(sheet))


def _line(sheet: CountSheetRow, position: int, line: Any) -> dict[str, Any]:
    return {
        "sheet_id": sheet.id,
        "row_key": row_key(sheet.code, position),
        "item_id": line.item_id,
        "location_id": line.location_id,
        "lot_id": line.lot_id or None,
        "expected": line.on_hand,
        "counted": None,
        "counted_at": None,
        "counter": "",
        "note": "",
        "was_found": False,
    }
