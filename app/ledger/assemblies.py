"""Builds and unbuilds as costing sees them: what went in, what came out, who bears the cost."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from app.core.catalogue import LocationKind
from app.core.decimals import ZERO
from app.core.documents import DocumentType
from app.db.prepared import one_of
from app.db.tables import DocumentRow, LocationRow, MovementRow
from app.ledger.happenings import WHOLE, Scope

ASSEMBLING = (DocumentType.BUILD, DocumentType.UNBUILD)

_SOURCE = aliased(LocationRow)
_TARGET = aliased(LocationRow)
_REVERSAL = aliased(DocumentRow)
_ANY = aliased(MovementRow)
_PRODUCTION = LocationKind.PRODUCTION
_PARTS = (
    select(
        MovementRow.document_id,
        DocumentRow.type,
        MovementRow.id,
        MovementRow.item_id,
        MovementRow.lot_id,
        MovementRow.quantity,
        MovementRow.effective_at,
        MovementRow.given_value,
        MovementRow.share,
        MovementRow.standard_cost,
        (_SOURCE.kind == _PRODUCTION).label("is_output"),
        _REVERSAL.id.label("reversal"),
    )
    .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == DocumentRow.id)
    .join(_SOURCE, _SOURCE.id == MovementRow.from_id)
    .join(_TARGET, _TARGET.id == MovementRow.to_id)
    .where(
        DocumentRow.type.in_(ASSEMBLING),
        _TARGET.kind != LocationKind.LOSS,
        MovementRow.document_id.in_(
            select(_ANY.document_id)
            .join(DocumentRow, DocumentRow.id == _ANY.document_id)
            .where(one_of(_ANY.item_id, "items"), DocumentRow.type.in_(ASSEMBLING))
        ),
    )
    .order_by(MovementRow.document_id, MovementRow.id)
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that went into a build or came out of it; `share` is a by-product's."""

    number: int
    item: int
    lot: int
    quantity: Decimal
    share: Decimal | None = None
    standard: Decimal | None = None


@dataclass(slots=True)
class Assembly:
    """A build (or unbuild) at its moment; `cost` is labour and the like."""

    type: DocumentType
    at: datetime
    inputs: list[Part] = field(default_factory=list)
    outputs: list[Part] = field(default_factory=list)
    cost: Decimal = ZERO

    def items(self) -> set[int]:
        return {part.item for part in (*self.inputs, *self.outputs)}

    def shares(self) -> list[Decimal]:
        """Return each output's share of a build's cost: the product takes what is left."""
        rest = Decimal(1) - sum((part.share or ZERO for part in self.outputs), ZERO)
        return [rest if part.share is None else part.share for part in self.outputs]


def find_assemblies(
    connection: Connection, items: Collection[int], scope: Scope = WHOLE
) -> dict[int, Assembly]:
    """Return the live builds and unbuilds that any of these items took part in, by document."""
    rows = connection.execute(_PARTS, {"items": list(items)}).all()
    return _assembled(row for row in rows if _is_live(row, scope))


def _assembled(rows: Iterable[Any]) -> dict[int, Assembly]:
    found: dict[int, Assembly] = {}
    for row in rows:
        assembly = found.get(row.document_id)
        if assembly is None:
            assembly = found[row.document_id] = Assembly(row.type, row.effective_at)
        part = Part(
            row.id, row.item_id, row.lot_id or 0, row.quantity, row.share, row.standard_cost
        )
        (assembly.outputs if row.is_output else assembly.inputs).append(part)
        assembly.cost += row.given_value or ZERO
    return found


def _is_live(row: Any, scope: Scope) -> bool:
    if scope.known_before is None:
        return row.reversal is None
    is_reversed = row.reversal is not None and row.reversal < scope.known_before
    return row.document_id < scope.known_before and not is_reversed


def spread_of(connection: Connection, changed: Collection[int]) -> set[int]:
    """Return all items whose value may change with these ones'.

    What goes into a build is in the value of what comes out of it; in an unbuild each component's
    part depends on what the others are worth. It does not matter when: goods that come in later
    give what was short before another cost.
    """
    reached = set(changed)
    to_look_at = set(changed)
    while to_look_at:
        assemblies = find_assemblies(connection, to_look_at)
        to_look_at = {
            item for one in assemblies.values() for item in _depending(one, reached)
        } - reached
        reached |= to_look_at
    return reached


def _depending(assembly: Assembly, reached: Collection[int]) -> set[int]:
    """Return the items of a build or unbuild whose value hangs on items that are reached."""
    outputs = {part.item for part in assembly.outputs}
    if assembly.type is DocumentType.UNBUILD:
        return outputs if assembly.items() & set(reached) else set()
    return outputs if any(part.item in reached for part in assembly.inputs) else set()


def behind(connection: Connection, items: Collection[int]) -> set[int]:
    """Return these items, all they were built of, and all that those took part in."""
    known = set(items)
    to_look_at = set(items)
    while to_look_at:
        assemblies = find_assemblies(connection, to_look_at)
        to_look_at = {item for one in assemblies.values() for item in one.items()} - known
        known |= to_look_at
    return known


def beside(connection: Connection, items: Collection[int]) -> set[int]:
    """Return these items and those that share an unbuild with them: a part's value depends on what
    the other parts are worth."""
    known = set(items)
    to_look_at = set(items)
    while to_look_at:
        assemblies = find_assemblies(connection, to_look_at)
        to_look_at = {
            item
            for one in assemblies.values()
            if one.type is DocumentType.UNBUILD
            for item in one.items()
        } - known
        known |= to_look_at
    return known
