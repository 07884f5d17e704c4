"""All that was posted, and every question about it."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from app.core.documents import Document
from tests.ledger.model.checks import Checks
from tests.ledger.model.company import Company
from tests.ledger.model.events import Documents, Entry, Key
from tests.ledger.model.orders import Orders
from tests.ledger.model.periods import Periods
from tests.ledger.model.refusal import Refusal
from tests.ledger.model.replay import Place, Replay
from tests.ledger.model.resolving import resolve
from tests.ledger.model.telling import Telling

NEW = "(new)"
ZERO = Decimal(0)

TIMES = 50
"""How often to go through history until what builds pass on is what it came to."""


class History:
    """`try_out` says why a document cannot be posted; `post` posts it under a number."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.documents = Documents()
        self.posted: dict[str, Entry] = {}
        self.reversed: set[str] = set()
        self.orders = Orders(company, self.documents)
        self.periods = Periods()

    def try_out(self, document: Document, now: datetime) -> set[str]:
        """Return all that speaks against it: the ledger may name any of them."""
        try:
            found = Checks(self, self._entry(document, NEW, now), now).refusals()
            return found or self._impossible(document, now)
        except Refusal as refusal:
            return {refusal.code}

    def post(self, document: Document, number: str, now: datetime) -> None:
        entry = self._entry(document, number, now)
        self.posted[number] = entry
        self._apply(entry)
        if entry.type == "close_period":
            self.periods.close(document.until, self.documents.live)
        elif entry.type == "reopen_period":
            self.periods.reopen(document.until)
        elif entry.type == "release":
            self.orders.release(document.order)
        elif entry.type == "allocate":
            today = now.astimezone().date()
            self.orders.allocate(document.order, self.replay(), today)
        else:
            self._keep_promises(entry)

    def replay(self, until: datetime | None = None, new: str = "") -> Replay:
        """Go through all that holds, as if no period had ever been closed."""
        return self._run(self.documents, until, new)

    def on_hand(self, until: datetime | None = None) -> dict[Place, Decimal]:
        return {where: held for where, held in self.replay(until).held.items() if held}

    def values(self, until: datetime | None = None) -> dict[str, tuple[Decimal, Decimal]]:
        """Return quantity and value by item; of a closed moment, what was reported."""
        replay = self._reported(until)
        return {sku: replay.total(sku) for sku in self.company.items}

    def movement_values(self) -> dict[Key, Decimal]:
        """Return what each movement is worth: in a closed period, what was known at its end."""
        now = self.replay()
        at = {move.key: move.at for move in now.moved}
        reported = {
            closing: self._run(Documents(list(closing.known)), None, "").values
            for closing in self.periods.closings
        }
        found = {}
        for key, value in now.values.items():
            closing = self.periods.closing_of(at[key])
            found[key] = reported[closing][key] if closing else value
        return found

    def method_at(self, sku: str, moment: datetime) -> str:
        replay = self.replay(moment)
        return replay.methods.get(sku, self.company.items[sku].costing)

    def _entry(self, document: Document, number: str, now: datetime) -> Entry:
        at = document.at or now
        undone = self.posted.get(document.reverses) if document.reverses else None
        if undone is not None:
            at = undone.at
        document = resolve(self.company, self.documents, document)
        return Entry(number, len(self.posted), at, document)

    def _apply(self, entry: Entry) -> None:
        if entry.type == "reversal":
            self.reversed.add(entry.document.reverses)
            self.documents.live = [
                one for one in self.documents.live if one.number != entry.document.reverses
            ]
        else:
            self.documents.live.append(entry)

    def _impossible(self, document: Document, now: datetime) -> set[str]:
        """Return what would be wrong anywhere in history, and with the promises of today."""
        entry = self._entry(document, NEW, now)
        before = list(self.documents.live)
        promises = [replace(promise) for promise in self.orders.promises]
        try:
            self._apply(entry)
            replay = self.replay(new=NEW)
            found = set(replay.problems.values())
            self._serve(entry)
            if not self._is_finding(entry) and self.orders.broken(replay.held):
                found.add("promised_stock")
            return found
        finally:
            self.documents.live = before
            self.orders.promises = promises
            self.reversed.discard(entry.document.reverses)

    def _is_finding(self, entry: Entry) -> bool:
        """Tell whether it says what is there: promises give way to the facts."""
        undone = self.posted.get(entry.document.reverses)
        return (undone or entry).type in ("count", "adjustment")

    def _keep_promises(self, entry: Entry) -> None:
        self._serve(entry)
        self.orders.give_way(self.replay().held)

    def _serve(self, entry: Entry) -> None:
        if entry.type == "issue":
            self.orders.serve(entry)
        elif entry.type == "reversal":
            self.orders.release(entry.document.reverses)

    def _reported(self, until: datetime | None) -> Replay:
        closing = self.periods.closing_of(until) if until is not None else None
        known = Documents(list(closing.known)) if closing else self.documents
        return self._run(known, until, "")

    def _run(self, documents: Documents, until: datetime | None, new: str) -> Replay:
        events = Telling(self.company, documents).all_events()
        replay = Replay(self.company, new).run(events, until)
        for _ in range(TIMES):
            if replay.is_settled:
                break
            replay = Replay(self.company, new, replay.values).run(events, until)
        return replay
