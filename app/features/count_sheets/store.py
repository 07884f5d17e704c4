"""Count sheets in the database: reading them whole, locking the one that is worked on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select, text
from sqlalchemy.orm import Session, aliased

from app.core.catalogue import Item
from app.core.documents import sheet_title
from app.db.tables import (
    BarcodeRow,
    CountLineRow,
    CountSheetRow,
    DocumentRow,
    ItemRow,
    LocationRow,
    LotRow,
)
from app.features.count_sheets.refusals import SheetNotOpen, UnknownSheet
from app.features.count_sheets.rules import (
    CountSheet,
    SheetHead,
    SheetLine,
    SheetState,
)

BATCH = 5_000
"""Values in one IN list: far below what either database allows."""

_REVERSAL = aliased(DocumentRow)
_HEADS = (
    select(
        CountSheetRow,
        DocumentRow.number,
        _REVERSAL.id,
        select(func.count())
        .where(CountLineRow.sheet_id == CountSheetRow.id)
        .correlate(CountSheetRow)
        .scalar_subquery(),
        select(func.count())
        .where(CountLineRow.sheet_id == CountSheetRow.id, CountLineRow.counted.is_not(None))
        .correlate(CountSheetRow)
        .scalar_subquery(),
    )
    .outerjoin(DocumentRow, DocumentRow.id == CountSheetRow.posted_as)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == CountSheetRow.posted_as)
)
ITEM_COLUMNS = (
    ItemRow.id,
    ItemRow.sku,
    ItemRow.name,
    ItemRow.unit,
    ItemRow.decimals,
    ItemRow.tracking,
    ItemRow.category,
    ItemRow.shelf_life_days,
)
_LINES: Select[*tuple[Any, ...]] = (
    select(
        CountLineRow.id,
        CountLineRow.row_key,
        CountLineRow.expected,
        CountLineRow.counted,
        CountLineRow.counted_at,
        CountLineRow.counter,
        CountLineRow.note,
        CountLineRow.was_found,
        LocationRow.path,
        func.coalesce(LotRow.code, "").label("lot"),
        *(column.label(f"item_{column.key}") for column in ITEM_COLUMNS),
    )
    .join(ItemRow, ItemRow.id == CountLineRow.item_id)
    .join(LocationRow, LocationRow.id == CountLineRow.location_id)
    .outerjoin(LotRow, LotRow.id == CountLineRow.lot_id)
    .order_by(CountLineRow.id)
)
_BARCODES: Any = (
    select(BarcodeRow.item_id, BarcodeRow.code)
    .where(BarcodeRow.quantity == 1, BarcodeRow.item_id.in_(bindparam("wanted", expanding=True)))
    .order_by(BarcodeRow.id)
)


def list_sheets(session: Session) -> list[SheetHead]:
    """Return all sheets, the newest first."""
    return [_head(row) for row in session.execute(_HEADS.order_by(CountSheetRow.id.desc()))]


def find_head(session: Session, number: int) -> SheetHead:
    """Return a sheet's head; raises UnknownSheet."""
    row = session.execute(_HEADS.where(CountSheetRow.id == number)).one_or_none()
    if row is None:
        raise UnknownSheet(number=number)
    return _head(row)


def find_sheet(session: Session, number: int) -> CountSheet:
    """Return a sheet with all its lines; raises UnknownSheet."""
    return CountSheet(find_head(session, number), tuple(find_lines(session, number)))


def find_lines(session: Session, number: int) -> list[SheetLine]:
    """Return the lines of a sheet in the order in which they are walked, found ones last."""
    return _lines(session, session.execute(_LINES.where(CountLineRow.sheet_id == number)).all())


def find_counted(session: Session, number: int) -> list[SheetLine]:
    """Return the counted lines of a sheet, without the barcodes of their items."""
    query = _LINES.where(CountLineRow.sheet_id == number, CountLineRow.counted.is_not(None))
    return _as_lines(session.execute(query).all(), {})


def find_line(session: Session, line: int) -> SheetLine:
    return _lines(session, session.execute(_LINES.where(CountLineRow.id == line)).all())[0]


def open_sheet(session: Session, number: int) -> CountSheetRow:
    """Return a sheet for a change, locked until the transaction ends; refuse a closed one."""
    row = lock_sheet(session, number)
    head = find_head(session, number)
    if head.state is not SheetState.OPEN:
        raise SheetNotOpen(sheet=sheet_title(number), state=head.state.value)
    return row


def lock_sheet(session: Session, number: int) -> CountSheetRow:
    """Return a sheet, locked until the transaction ends; raises UnknownSheet."""
    query = select(CountSheetRow).where(CountSheetRow.id == number).with_for_update()
    row = session.scalars(query).one_or_none()
    if row is None:
        raise UnknownSheet(number=number)
    return row


def one_at_a_time(session: Session) -> None:
    """Let one sheet take its places after the other, so that two cannot claim the same one."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE count_sheet IN SHARE ROW EXCLUSIVE MODE"))


def open_places(
    session: Session, items: Iterable[int], *, but_not: int | None = None
) -> dict[tuple[int, int], int]:
    """Return by item and place on which open sheet they are to be counted."""
    query: Any = (
        select(CountLineRow.item_id, CountLineRow.location_id, CountLineRow.sheet_id)
        .join(CountSheetRow, CountSheetRow.id == CountLineRow.sheet_id)
        .where(
            CountSheetRow.posted_as.is_(None),
            CountSheetRow.cancelled_at.is_(None),
            CountLineRow.item_id.in_(bindparam("wanted", expanding=True)),
        )
    )
    if but_not is not None:
        query = query.where(CountLineRow.sheet_id != but_not)
    rows = in_batches(session, query, set(items))
    return {(item, place): sheet for item, place, sheet in rows}


def barcodes_of(session: Session, items: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the codes that stand for one piece of each item, the oldest first."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for item, code in in_batches(session, _BARCODES, set(items)):
        found[item].append(code)
    return {item: tuple(codes) for item, codes in found.items()}


def in_batches(session: Session, query: Any, wanted: Iterable[Any], **others: Any) -> Iterator[Any]:
    """Run a query that has an IN list named `wanted`, as often as its length asks for."""
    values = list(wanted)
    for start in range(0, len(values), BATCH):
        yield from session.execute(query, {"wanted": values[start : start + BATCH], **others})


def item_of(row: Any, barcode: str = "") -> Item:
    """Return the item whose columns a row holds under the names item_…"""
    return Item(
        row.item_id,
        row.item_sku,
        row.item_name,
        row.item_unit,
        row.item_decimals,
        row.item_tracking,
        barcode,
        row.item_category,
        row.item_shelf_life_days,
    )


def _lines(session: Session, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[SheetLine]:
    return _as_lines(rows, barcodes_of(session, {row.item_id for row in rows}))


def _as_lines(
    rows: Sequence[Row[*tuple[Any, ...]]], barcodes: Mapping[int, tuple[str, ...]]
) -> list[SheetLine]:
    items: dict[int, Item] = {}
    for row in rows:
        if row.item_id not in items:
            items[row.item_id] = item_of(row, next(iter(barcodes.get(row.item_id, ())), ""))
    return [
        SheetLine(
            id=row.id,
            row_key=row.row_key,
            item=items[row.item_id],
            location=row.path,
            lot=row.lot,
            expected=row.expected,
            barcodes=barcodes.get(row.item_id, ()),
            counted=row.counted,
            counted_at=row.counted_at,
            counter=row.counter,
            note=row.note,
            was_found=row.was_found,
        )
        for row in rows
    ]


def _head(row: Row[*tuple[Any, ...]]) -> SheetHead:
    sheet, document, reversal, lines, counted = row
    return SheetHead(
        number=sheet.id,
        code=sheet.code,
        scope=sheet.scope,
        state=_state(sheet.posted_as, reversal, sheet.cancelled_at),
        is_blind=sheet.is_blind,
        created_at=sheet.created_at,
        created_by=sheet.created_by,
        lines=lines,
        counted=counted,
        document=document or "",
    )


def _state(
    posted_as: int | None, reversal: int | None, cancelled_at: datetime | None
) -> SheetState:
    if reversal is not None:
        return SheetState.REVERSED
    if posted_as is not None:
        return SheetState.POSTED
    return SheetState.CANCELLED if cancelled_at is not None else SheetState.OPEN
