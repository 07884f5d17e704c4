"""The one door through which a document enters the ledger: whole, once, or not at all."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text
from sqlalchemy.orm import Session

from app.core.clock import AHEAD, EPOCH, SKEW, now
from app.core.documents import PREFIXES, Document, DocumentType, Posted
from app.core.refusals import FutureTime, KeyInUse
from app.db.attempts import report_of
from app.db.bulk import insert_many
from app.db.tables import (
    BalanceRow,
    CountResultRow,
    DocumentRow,
    MovementRow,
    ValueEntryRow,
    table_of,
)
from app.ledger.allocation import give_back, release, reserve
from app.ledger.assemblies import ASSEMBLING
from app.ledger.corrections import correct_counts, count_moves
from app.ledger.costs import value_moves
from app.ledger.facts import USUAL_MONEY_PLACES, on_line
from app.ledger.heads import read_head, wait_for_turn
from app.ledger.moves import CountedPlace, Entry, Move, Plan
from app.ledger.orders import close_order, count_towards_orders, record_order
from app.ledger.periods import PERIODS, change_period, moment_of, refuse_closed
from app.ledger.planners import planner_of
from app.ledger.planning_values import remember_beginnings
from app.ledger.promises import keep_promises, trim_promises, use_up
from app.ledger.revaluing import Revalued, differing, reopen, revalue
from app.ledger.reversal import ORDERS, plan_reversal
from app.ledger.rows import balance_rows, count_row, done_of_orders, entry_row, movement_row
from app.ledger.serials import check_serials
from app.ledger.states import States
from app.ledger.timeline import Balances, check_late, check_prompt
from app.ledger.upserts import add_up

_DOCUMENT = table_of(DocumentRow)
_MOVEMENT = table_of(MovementRow)
_COUNT = table_of(CountResultRow)
_BALANCE = table_of(BalanceRow)
_ENTRY = table_of(ValueEntryRow)

_NEXT_SEQUENCES = text("SELECT nextval('movement_id_seq') FROM generate_series(1, :count)")
_INSERT_DOCUMENT = insert(_DOCUMENT)
_INSERT_MOVEMENTS = insert(_MOVEMENT)
_INSERT_COUNTS = insert(_COUNT)
_INSERT_ENTRIES = insert(_ENTRY)
_TYPE_OF_KEY = select(_DOCUMENT.c.number, _DOCUMENT.c.type).where(
    _DOCUMENT.c.key == bindparam("key")
)

WITHOUT_STOCK = (*ORDERS, DocumentType.ALLOCATE, DocumentType.RELEASE)


def post(session: Session, document: Document, *, user: str = "") -> Posted:
    """Post a document and return its number; raises a `Refused` and writes nothing if it may not.

    The same key again answers with the first result. Everything is written in the session's
    transaction: the caller commits.
    """
    posting = begin(session, document, user=user)
    return posting if isinstance(posting, Posted) else posting.run()


def begin(session: Session, document: Document, *, user: str = "") -> "Posted | Posting":
    """Return a posting that is ready to run, or the first result if the key was posted before."""
    connection = session.connection()
    wait_for_turn(connection, alone=document.type in PERIODS)
    head = read_head(connection, document.key)
    if head.number is not None:
        return _answer_again(connection, document)
    return Posting(session, document, user, head)


def _answer_again(connection: Connection, document: Document) -> Posted:
    number, kind = connection.execute(_TYPE_OF_KEY, {"key": document.key}).one()
    if kind is not document.type:
        raise KeyInUse(key=document.key, document=number)
    return Posted(document.key, number, again=True)


class Posting:
    """One document on its way into the ledger.

    Afterwards it tells what it did beside what was stated: `revalued` are movements that were
    worth something else before, `corrections` the movements that keep later counts right.
    """

    def __init__(self, session: Session, document: Document, user: str, head: Any) -> None:
        self._connection = session.connection()
        self._report = report_of(session)
        self._document = document
        self._user = user
        self._id = int(head.id)
        self._places = self.money_places = int(head.places or USUAL_MONEY_PLACES)
        self._boundary = moment_of(head.closed)
        self._entered_at = now()
        self._number = f"{PREFIXES[document.type]}-{self._id:06}"
        self._last_sequence = int(head.sequence)
        self.at = self._entered_at
        self.is_late = False
        self.revalued: list[Revalued] = []
        self.corrections: list[Move] = []

    def run(self) -> Posted:
        plan, states = self._plan()
        self.at = plan.at
        self._check_open(plan)
        self._write_head(plan)
        if self._document.type in PERIODS:
            self._change_period()
        if plan.moves or plan.counts:
            self._write_movements(plan, states or States(self._connection, plan.items()))
        if plan.entries:
            self._write_entries(plan.entries)
            remember_beginnings(self._connection, plan)
        self.revalued = revalue(self._connection, plan.revalued, self._places, self._report)
        return Posted(self._document.key, self._number, tuple(plan.warnings))

    def _check_open(self, plan: Plan) -> None:
        """Refuse what lies in a closed period; orders are no part of what was closed."""
        if self._document.type in WITHOUT_STOCK or plan.cancels_order is not None:
            return
        for count in plan.counts:
            with on_line(count.line):
                refuse_closed(self._boundary, [count.at])
        refuse_closed(self._boundary, plan.moments())

    def _plan(self) -> tuple[Plan, States | None]:
        """Return what to do, and where history stands if stock moves."""
        kind = self._document.type
        if kind is DocumentType.REVERSAL:
            plan = plan_reversal(self._connection, self._document.reverses)
            if plan.cancels_order is not None:
                close_order(self._connection, plan.cancels_order)
                give_back(self._connection, plan.cancels_order)
            return plan, None
        if kind in PERIODS:
            return Plan(self._entered_at), None
        if kind in WITHOUT_STOCK:
            return self._plan_order(kind), None
        return self._plan_stock()

    def _plan_order(self, kind: DocumentType) -> Plan:
        plan = Plan(self._document.at or self._entered_at)
        if kind in ORDERS:
            plan.order_id = record_order(self._connection, self._document, self._number)
        elif kind is DocumentType.ALLOCATE:
            plan.order_id, plan.warnings = reserve(self._connection, self._document.order)
        else:
            plan.order_id = release(self._connection, self._document.order)
        return plan

    def _plan_stock(self) -> tuple[Plan, States]:
        planner = planner_of(self._connection, self._document, self._places)
        self._entered_at = now()
        states = States(self._connection, planner.items.ids())
        planner.at = self._document.at or self._present(states)
        self._check_moment(planner.at)
        plan = planner.plan()
        for count in plan.counts:
            self._check_moment(count.at)
        return plan, states

    def _check_moment(self, moment: datetime) -> None:
        if moment > self._entered_at + AHEAD:
            raise FutureTime(moment=moment)

    def _present(self, states: States) -> datetime:
        """Return now; a little later where another PC's clock that is ahead has just posted."""
        last = max(states.last_at.values(), default=self._entered_at)
        return last if timedelta(0) < last - self._entered_at <= SKEW else self._entered_at

    def _change_period(self) -> None:
        boundary = change_period(self._connection, self._document, self._id)
        if self._document.type is DocumentType.REOPEN_PERIOD:
            reopen(self._connection, boundary, self._places)

    def _write_head(self, plan: Plan) -> None:
        insert_many(
            self._connection,
            _INSERT_DOCUMENT,
            [
                {
                    "id": self._id,
                    "key": self._document.key,
                    "number": self._number,
                    "type": self._document.type,
                    "effective_at": plan.at,
                    "entered_at": self._entered_at,
                    "user": self._user,
                    "reference": self._document.reference,
                    "note": self._document.note,
                    "partner_id": plan.partner_id,
                    "order_id": plan.order_id,
                    "reverses_id": plan.reverses_id,
                    "names_id": plan.names_id,
                }
            ],
        )

    def _write_movements(self, plan: Plan, states: States) -> None:
        balances = Balances(self._connection, plan.moves, plan.counts)
        self._number_all(plan)
        late = self._late(plan, states)
        self.is_late = bool(late)
        moves = plan.moves + count_moves(self._connection, plan, balances, set(late))
        use_up(self._connection, plan.moves, balances)
        check_prompt(moves, balances, late)
        tardy = [move for move in moves if move.item.id in late]
        if tardy:
            moves += self._correct_counts(tardy, plan, balances)
        balances.check_room(moves)
        plan.warnings += keep_promises(self._connection, moves, balances)
        self._insert(moves, plan.counts)
        check_serials(self._connection, moves, late)
        prompt = [move for move in moves if move.item.id not in late]
        document = (self._id, self._document.type)
        again = value_moves(self._connection, document, prompt, states, self._places)
        plan.revalued.update(late)
        plan.revalued.update(dict.fromkeys(again, EPOCH))
        self._count_towards_orders(plan, moves)

    def _late(self, plan: Plan, states: States) -> dict[int, datetime]:
        """Return the items that have to be replayed, each from its moment on.

        A build is replayed whole, and so are goods that come back from a closed period of which
        more is known now.
        """
        earliest = plan.earliest()
        late = {
            item
            for item, at in earliest.items()
            if plan.reverses_id is not None or states.is_late(item, at)
        }
        named = {move.item.id for move in plan.moves if move.origin_id is not None}
        if self._boundary is not None and named:
            late |= differing(self._connection, named)
        if late and self._document.type in ASSEMBLING:
            late = set(earliest)
        return {item: earliest[item] for item in late}

    def _count_towards_orders(self, plan: Plan, moves: list[Move]) -> None:
        done = done_of_orders(moves, undone=plan.reverses_id is not None)
        count_towards_orders(self._connection, done)
        if done and self._document.type is DocumentType.ISSUE:
            trim_promises(self._connection, done)

    def _correct_counts(self, tardy: list[Move], plan: Plan, balances: Balances) -> list[Move]:
        """Lay late movements into history; return the corrections of later counts."""
        corrections = correct_counts(self._connection, tardy, plan, self._id)
        self.corrections = corrections
        refuse_closed(self._boundary, [move.at for move in corrections])
        numbers = self._next_sequences(len(corrections))
        for move, number in zip(corrections, numbers, strict=True):
            move.id = number
        check_late(self._connection, tardy + corrections, balances)
        return corrections

    def _number_all(self, plan: Plan) -> None:
        """Give each movement and count its number, and a sequence to those that brought none."""
        numbers = iter(self._next_sequences(len(plan.moves) + len(plan.counts)))
        for move in plan.moves:
            move.id = next(numbers)
            move.sequence = move.sequence or move.id
        for count in plan.counts:
            count.sequence = next(numbers)

    def _next_sequences(self, count: int) -> list[int]:
        if self._connection.dialect.name == "postgresql":
            return sorted(self._connection.scalars(_NEXT_SEQUENCES, {"count": count}))
        first = self._last_sequence + 1
        self._last_sequence += count
        return list(range(first, first + count))

    def _insert(self, moves: list[Move], counts: list[CountedPlace]) -> None:
        if moves:
            rows = [movement_row(move, self._id, self._entered_at) for move in moves]
            insert_many(self._connection, _INSERT_MOVEMENTS, rows)
            add_up(self._connection, _BALANCE, balance_rows(moves))
        if counts:
            rows = [count_row(count, self._id) for count in counts]
            insert_many(self._connection, _INSERT_COUNTS, rows)

    def _write_entries(self, entries: list[Entry]) -> None:
        numbers = self._next_sequences(len(entries))
        rows = [
            entry_row(entry, number, self._id)
            for entry, number in zip(entries, numbers, strict=True)
        ]
        insert_many(self._connection, _INSERT_ENTRIES, rows)
