"""Documents that change what stock is worth and move nothing."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import aliased
from typing_extensions import override

from app.core.catalogue import Costing
from app.core.decimals import ZERO, apportion, check_room, fits, plain
from app.core.documents import Document, DocumentType, Line, SpreadBy, ValueKind
from app.core.errors import Said, marked
from app.core.refusals import Malformed, NothingToPost, NothingToSpread
from app.db.prepared import one_of
from app.db.tables import DocumentRow, ItemRow, ValueEntryRow, table_of
from app.ledger.facts import ItemFacts, on_line
from app.ledger.moves import Entry, Plan
from app.ledger.naming import NamedDocument, NamedPart
from app.ledger.planning import Planner, is_cost, per_base_unit

WRONG_AMOUNT = marked("amount: {found} is not above zero, or finer than the currency.")

HEAD = 0
_REVERSAL = aliased(DocumentRow)
_LAST_CHANGE = (
    select(ValueEntryRow.costing)
    .outerjoin(_REVERSAL, _REVERSAL.reverses_id == ValueEntryRow.document_id)
    .where(
        ValueEntryRow.item_id == bindparam("item"),
        ValueEntryRow.kind == ValueKind.COSTING,
        ValueEntryRow.effective_at <= bindparam("at", type_=ValueEntryRow.effective_at.type),
        _REVERSAL.id.is_(None),
    )
    .order_by(ValueEntryRow.effective_at.desc(), ValueEntryRow.sequence.desc())
    .limit(1)
)

_ITEM = table_of(ItemRow)
_REMEMBER = (
    update(_ITEM)
    .where(one_of(_ITEM.c.id, "items"), _ITEM.c.first_costing.is_(None))
    .values(first_costing=_ITEM.c.costing, first_standard_cost=_ITEM.c.standard_cost)
)


class LandedCostPlanner(Planner):
    """Freight, duty and the like on top of what a receipt cost, at the receipt's moment."""

    def __init__(self, connection: Connection, document: Document, places: int) -> None:
        kinds = (DocumentType.RECEIPT,)
        self.named = NamedDocument(connection, document.names, kinds)
        super().__init__(connection, document, places)
        self._facts = {item.id: item for item in self.items.by_name.values()}

    @override
    def item_names(self) -> Iterable[str]:
        return [*(line.item for line in self.lines if line.item), *self.named.skus()]

    @override
    def plan_lines(self, plan: Plan) -> None:
        amount = self._amount()
        plan.names_id = self.named.id
        plan.partner_id = plan.partner_id or self.named.partner_id
        parts = self._chosen(self.named.parts())
        weights = [self._weight(theirs) for theirs in parts.values()]
        if not any(weights):
            raise NothingToSpread(
                document=self.document.names, amount=plain(amount), by=self._by().value
            )
        shares = apportion(amount, weights, self.money_places)
        for theirs, share in zip(parts.values(), shares, strict=True):
            within = apportion(share, [part.quantity for part in theirs], self.money_places)
            for part, cost in zip(theirs, within, strict=True):
                if cost:
                    plan.entries.append(self._entry(part, cost))
                    plan.revalued[part.item] = part.at

    def _amount(self) -> Decimal:
        amount = self.document.amount
        if amount is None or amount <= 0 or not fits(amount, self.money_places):
            found = "—" if amount is None else plain(amount)
            raise Malformed(Said(WRONG_AMOUNT, found=found))
        return check_room(amount)

    def _by(self) -> SpreadBy:
        if self.document.by is None:
            raise Malformed(marked("by: it is missing."))
        return self.document.by

    def _chosen(self, parts: Sequence[NamedPart]) -> dict[int, list[NamedPart]]:
        """Return the receipt's movements by its lines: of all, or of those that are named."""
        wanted = set()
        for number, line in enumerate(self.lines, start=1):
            with on_line(number):
                wanted |= self._lines_named(parts, line, number)
        chosen: dict[int, list[NamedPart]] = {}
        for part in parts:
            if not self.lines or part.line in wanted:
                chosen.setdefault(part.line, []).append(part)
        return chosen

    def _lines_named(self, parts: Sequence[NamedPart], line: Line, number: int) -> set[int]:
        item = self.items.find(line.item, number) if line.item else None
        lot = self.lots.find_known(item, line.lot) if item and line.lot else None
        if item is None and line.names_line is None:
            raise Malformed(marked("line: say which line of the receipt, or which item."))
        found = {
            part.line
            for part in parts
            if line.names_line in (None, part.line)
            and (item is None or part.item == item.id)
            and (lot is None or part.lot == lot.id)
        }
        if not found:
            raise Malformed(marked("The receipt has no such line."))
        return found

    def _weight(self, parts: Sequence[NamedPart]) -> Decimal:
        quantity = sum((part.quantity for part in parts), ZERO)
        match self._by():
            case SpreadBy.EQUAL:
                return Decimal(1)
            case SpreadBy.QUANTITY:
                return quantity
            case SpreadBy.WEIGHT:
                return quantity * (self._facts[parts[0].item].weight or ZERO)
        return sum((part.stated for part in parts), ZERO)

    def _entry(self, part: NamedPart, cost: Decimal) -> Entry:
        return Entry(
            line=part.line,
            kind=ValueKind.LANDED,
            item=self._facts[part.item],
            at=part.at,
            lot_id=part.lot or None,
            sequence=part.sequence,
            movement_id=part.movement,
            amount=cost,
        )


class RevaluationPlanner(Planner):
    """A new cost for what is owned, from a moment on."""

    @override
    def plan_lines(self, plan: Plan) -> None:
        if not self.lines:
            raise NothingToPost
        seen: set[tuple[int, int | None]] = set()
        for number, line in enumerate(self.lines, start=1):
            with on_line(number):
                entry = self._entry(number, line)
                if (entry.item.id, entry.lot_id) in seen:
                    raise Malformed(marked("The item is revalued twice in this document."))
                seen.add((entry.item.id, entry.lot_id))
                plan.entries.append(entry)
                plan.revalued[entry.item.id] = self.at

    def _entry(self, number: int, line: Line) -> Entry:
        item, packing = self.item_of(line, number)
        if line.unit_cost is None or not is_cost(line.unit_cost):
            raise Malformed(marked("unit_cost: it is missing, below zero, too fine or too large."))
        lot = None
        if line.lot:
            if not item.cost_per_lot or item.costing is Costing.STANDARD:
                raise Malformed(marked("lot: the item's cost is not kept by lot."))
            lot = self.lot_of(item, line, arriving=False)
        unit_cost = per_base_unit(line.unit_cost, packing)
        kind = ValueKind.REVALUATION
        return Entry(number, kind, item, self.at, lot.id if lot else None, unit_cost=unit_cost)


class CostingChangePlanner(Planner):
    """Another costing method from a moment on."""

    @override
    def item_names(self) -> Iterable[str]:
        return [self.document.item]

    def _costing_then(self, item: ItemFacts) -> Costing:
        """Return how the item was valued just before the document's moment."""
        last = {"item": item.id, "at": self.at}
        return self.connection.scalar(_LAST_CHANGE, last) or item.first_costing or item.costing

    @override
    def plan_lines(self, plan: Plan) -> None:
        item = self.items.find(self.document.item, HEAD)
        costing = self.document.costing
        if costing is None:
            raise Malformed(marked("costing: it is missing."))
        if costing is self._costing_then(item):
            raise Malformed(marked("costing: the item is valued that way already."))
        if costing is Costing.STANDARD and item.standard_at_entry is None:
            raise Malformed(marked("The item has no standard cost. Give it one first."))
        standard = item.standard_at_entry if costing is Costing.STANDARD else None
        plan.entries.append(
            Entry(HEAD, ValueKind.COSTING, item, self.at, unit_cost=standard, costing=costing)
        )
        plan.revalued[item.id] = self.at


def remember_beginnings(connection: Connection, plan: Plan) -> None:
    """Keep how items were valued before the first document that changes it."""
    changing = {entry.item.id for entry in plan.entries if entry.kind is not ValueKind.LANDED}
    connection.execute(_REMEMBER, {"items": sorted(changing)})
