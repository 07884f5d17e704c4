"""Serial numbers: one piece each, and never in two places at one time."""

from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, case, func, select

from app.core.catalogue import OWNED, Tracking
from app.core.decimals import ZERO, plain
from app.core.errors import Said, marked
from app.core.refusals import SerialConflict
from app.db.prepared import one_of
from app.db.tables import BalanceRow, DocumentRow, LocationRow, MovementRow, table_of
from app.ledger.moves import Move

_BALANCE = table_of(BalanceRow).c
_MOVEMENT = table_of(MovementRow).c
_PLACE = table_of(LocationRow)
_DOCUMENT = table_of(DocumentRow)
_REVERSAL = _DOCUMENT.alias("reversal")
_SOURCE = _PLACE.alias("source")
_TARGET = _PLACE.alias("target")
_HELD = (
    select(_BALANCE.lot_id, func.sum(_BALANCE.on_hand, type_=_BALANCE.on_hand.type).label("held"))
    .join(_PLACE, _PLACE.c.id == _BALANCE.location_id)
    .where(
        one_of(_BALANCE.item_id, "items"),
        one_of(_BALANCE.lot_id, "lots"),
        _PLACE.c.kind.in_(OWNED),
    )
    .group_by(_BALANCE.lot_id)
)
_CHANGE = case((_SOURCE.c.kind.in_(OWNED), -_MOVEMENT.quantity), else_=_MOVEMENT.quantity)
_HISTORY = (
    select(
        _MOVEMENT.lot_id,
        _MOVEMENT.effective_at,
        _MOVEMENT.document_id,
        _CHANGE.label("change"),
    )
    .join(_SOURCE, _SOURCE.c.id == _MOVEMENT.from_id)
    .join(_TARGET, _TARGET.c.id == _MOVEMENT.to_id)
    .join(_DOCUMENT, _DOCUMENT.c.id == _MOVEMENT.document_id)
    .where(
        one_of(_MOVEMENT.item_id, "items"),
        one_of(_MOVEMENT.lot_id, "lots"),
        _SOURCE.c.kind.in_(OWNED) != _TARGET.c.kind.in_(OWNED),
        _DOCUMENT.c.reverses_id.is_(None),
        ~select(_REVERSAL.c.id).where(_REVERSAL.c.reverses_id == _DOCUMENT.c.id).exists(),
    )
    .order_by(_MOVEMENT.lot_id, _MOVEMENT.effective_at, _MOVEMENT.sequence, _MOVEMENT.id)
)


def check_one_piece(move: Move) -> None:
    """Refuse a quantity other than one of a serial number."""
    if move.quantity != 1:
        reason = marked("it stands for one piece, not for {quantity}.")
        _refuse(move, Said(reason, quantity=plain(move.quantity)))


def check_serials(connection: Connection, moves: Iterable[Move], late: Collection[int]) -> None:
    """Refuse what brings a serial number here twice, now or at the moment of a late entry.

    The movements are written already, so that a count of two places is judged as a whole.
    """
    last = {
        move.lot_id: move
        for move in moves
        if move.item.tracking is Tracking.SERIAL and move.target.is_owned
    }
    if not last:
        return
    items = {move.item.id for move in last.values()}
    for row in connection.execute(_HELD, {"items": list(items), "lots": list(last)}):
        if row.held > 1:
            _refuse(last[row.lot_id], marked("it is here already. Check the label."))
    tardy = [lot for lot, move in last.items() if move.item.id in late]
    if tardy:
        _check_history(connection, items, tardy, last)


def _check_history(
    connection: Connection, items: set[int], lots: list[int], last: dict[int, Move]
) -> None:
    held: dict[int, Decimal] = {}
    rows = connection.execute(_HISTORY, {"items": list(items), "lots": lots})
    for (lot, at, _), together in groupby(rows, _of_document):
        held[lot] = held.get(lot, ZERO) + sum((row.change for row in together), ZERO)
        if held[lot] > 1:
            reason = marked("it would have been here twice at {moment}. Check the label.")
            _refuse(last[lot], Said(reason, moment=at.isoformat(timespec="minutes")))


def _of_document(row: Any) -> tuple[int, datetime, int]:
    """All that a document does at a moment is judged together."""
    return row.lot_id, row.effective_at, row.document_id


def _refuse(move: Move, reason: str) -> None:
    code = move.lot.code if move.lot else ""
    raise SerialConflict(item=move.item.sku, lot=code, reason=reason, line=move.line)
