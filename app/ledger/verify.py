"""Proves what is derived from what is fact, and reports every difference by document or place."""

from collections.abc import Generator
from time import monotonic
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.progress import Progress
from app.db.tables import ItemRow
from app.ledger.checks import Check
from app.ledger.facts import money_places
from app.ledger.periods import closed_before, documented_boundary
from app.ledger.quick_proof import QuickProof
from app.ledger.spans import Span, last_item, next_span, within
from app.ledger.verify_checkpoints import wrong_checkpoints
from app.ledger.verify_stock import OF_SPANS, check_balances
from app.ledger.verify_values import check_values

NAMES = (
    *("periods", "double_entry", "balances", "allocations", "orders", "counts"),
    *("values", "layers", "costing"),
)
_ITEMS = select(ItemRow.id).where(within(ItemRow.id))

SLICE_SECONDS = 0.02
SLICE_MOVEMENTS = 1_000
SLICE_ITEMS = 200


class Audited(NamedTuple):
    """What a slice of the audit found; the next one begins behind `next_item`, 0: a new round."""

    next_item: int
    differences: list[str]
    progress: Progress


def verify(session: Session) -> Generator[Progress, None, list[Check]]:
    """Recompute all derived tables from the movements and return what differs, check by check."""
    proof = _Proof(session)
    proof.prove_periods()
    last = last_item(session.connection())
    span = next_span(session.connection(), 0)
    while span is not None:
        proof.prove(span)
        yield Progress(span.until, last)
        span = next_span(session.connection(), span.until)
    return list(proof.checks.values())


def audit_slice(session: Session, after_item: int = 0) -> Audited:
    """Prove as many items as take a moment, those behind one of them; begin with 0.

    One item is never cut, however long its history is.
    """
    proof = _Proof(session)
    if after_item == 0:
        proof.prove_periods()
    connection = session.connection()
    last = last_item(connection)
    ends = monotonic() + SLICE_SECONDS
    while True:
        span = next_span(connection, after_item, movements=SLICE_MOVEMENTS, items=SLICE_ITEMS)
        if span is None:
            return Audited(0, proof.differences(), Progress(last, last))
        proof.prove(span)
        after_item = span.until
        if monotonic() >= ends:
            at_end = after_item >= last
            progress = Progress(after_item, last)
            return Audited(0 if at_end else after_item, proof.differences(), progress)


class _Proof:
    """Proves one span of items after the other, and keeps what differs."""

    def __init__(self, session: Session) -> None:
        self.checks = {name: Check(name) for name in NAMES}
        self._session = session
        self._quick = QuickProof(session.connection(), money_places(session.connection()))

    def differences(self) -> list[str]:
        return [found for check in self.checks.values() for found in check.differences]

    def prove_periods(self) -> None:
        """The boundary that postings ask for is the one that the closings say."""
        connection = self._session.connection()
        kept, documented = closed_before(connection), documented_boundary(connection)
        if kept != documented:
            self.checks["periods"].add(
                f"closed before {kept or 'nothing'}, the documents say {documented or 'nothing'}"
            )

    def _prove_checkpoints(self, span: Span) -> None:
        connection = self._session.connection()
        for wrong in wrong_checkpoints(connection, span, money_places(connection)):
            sku = self._session.scalar(select(ItemRow.sku).where(ItemRow.id == wrong.item))
            self.checks["values"].add(
                f"{sku}: the checkpoint of {wrong.at.isoformat()} differs from history"
            )

    def prove(self, span: Span) -> None:
        for check in OF_SPANS:
            check(self._session, span, self.checks)
        self._prove_checkpoints(span)
        proven = self._quick.prove(span)
        others = set(self._session.scalars(_ITEMS, span.values())) - proven
        if others:
            check_balances(self._session, others, self.checks)
            check_values(self._session, others, self.checks)
