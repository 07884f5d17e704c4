"""Does everything twice, in the ledger and in the model, and compares after every step."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition

from app.core.clock import now
from app.core.documents import Document, DocumentType, Line, new_key
from app.core.errors import Refused
from app.db.database import Database
from app.ledger.posting import post
from app.ledger.verify import verify
from tests.ledger.history_compare import (
    check_layers,
    model_of,
    proofs,
    told_by_ledger,
    told_by_model,
    told_of,
)
from tests.ledger.history_rebuild import make_anew
from tests.ledger.history_scene import (
    BARCODES,
    ITEMS,
    MOMENTS,
    PLACES,
    Goods,
    allow_shortages,
    company,
)
from tests.ledger.model.history import History

EVERY = 10
"""Steps from one look at the past, one `verify` and one `rebuild`, to the next."""

quantities = st.integers(1, 9)
moments = st.sampled_from((*MOMENTS, None))
places = st.sampled_from(PLACES)
choices = st.integers(0, 99)
costs = st.none() | st.integers(0, 9999).map(lambda cents: Decimal(cents) / 1000)


@dataclass(frozen=True)
class Scene:
    """Which kinds of documents there are, about which goods; `made` are what builds change."""

    kinds: frozenset[str]
    goods: tuple[Goods, ...]
    made: tuple[str, ...] = ()
    may_be_short: bool = False


@dataclass
class Setup:
    """Where each run gets its database from, and how many steps were made in all."""

    scene: Scene
    open: Callable[[], Database]
    close: Callable[[Database], None]
    steps: int = field(default=0)


def for_kind(kind: str) -> Callable[[Any], Any]:
    return precondition(lambda machine: kind in machine.setup.scene.kinds)


class Both(RuleBasedStateMachine):
    """One company and what happens to a few of its goods."""

    setup: Setup

    def __init__(self) -> None:
        super().__init__()
        self.database = self.setup.open()
        self.model = History(company(may_be_short=False))
        self.numbers: dict[str, list[str]] = {}
        self.done = 0
        self.is_sound = True

    @initialize(data=st.data(), may_be_short=st.booleans())
    def begin(self, data: st.DataObject, may_be_short: bool) -> None:
        every = st.sampled_from(self.setup.scene.goods)
        self.goods = data.draw(st.lists(every, min_size=1, max_size=4, unique=True))
        if may_be_short and self.setup.scene.may_be_short:
            allow_shortages(self.database)
            self.model = History(company(may_be_short=True))

    def teardown(self) -> None:
        try:
            if self.is_sound:
                self.look_at_the_past(MOMENTS[self.done % len(MOMENTS)])
        finally:
            self.setup.close(self.database)

    def knows(self, kind: str) -> bool:
        return kind in self.setup.scene.kinds

    def choose(self, kind: str, choice: int) -> str:
        """Return one of the documents of that kind, a late one rather than an early one."""
        known = self.numbers.get(kind, [])
        return known[-1 - choice % len(known)] if known else ""

    def departing(self, data: st.DataObject) -> Line:
        """State some of the goods, and a place that they may lie in."""
        line = self.line(data)
        sku = BARCODES.get(line.item, (line.item, 0))[0]
        there = [where[2] for where in self.model.on_hand() if where[:2] == (sku, line.lot)]
        return replace(line, source=data.draw(st.sampled_from((*sorted(there), PLACES[0]))))

    def line(
        self,
        data: st.DataObject,
        *,
        rejects: bool = False,
        lotless: bool = False,
        **more: Any,
    ) -> Line:
        """State some of the goods, in one of their units."""
        goods = data.draw(st.sampled_from(self.goods))
        item = ITEMS[goods.sku]
        unit = data.draw(st.sampled_from(("", *item.units)))
        quantity = Decimal(data.draw(quantities))
        if item.decimals and not unit:
            quantity += Decimal(data.draw(st.integers(0, 999))) / 1000
        if item.tracking == "serial":
            quantity = Decimal(1)
        rejected = Decimal(data.draw(st.sampled_from((0, 0, 0, 2))) if rejects else 0)
        return Line(
            item=goods.name if not unit else goods.sku,
            lot="" if lotless else goods.lot,
            quantity=quantity,
            rejected=rejected if item.tracking != "serial" else Decimal(0),
            unit=unit,
            **more,
        )

    def counted(self, data: st.DataObject, place: str) -> Line:
        goods = data.draw(st.sampled_from(self.goods))
        most = 1 if ITEMS[goods.sku].tracking == "serial" else 9
        counted = data.draw(st.none() | st.integers(0, most))
        return Line(
            item=goods.sku,
            lot=goods.lot,
            source=place,
            counted=None if counted is None else Decimal(counted),
            at=data.draw(st.none() | st.none() | moments),
        )

    def post(self, kind: str, lines: list[Line] | None = None, **head: Any) -> None:
        """Post it in both: both refuse it for the same reason, or both say the same after it."""
        document = Document(
            key=new_key(), type=DocumentType(kind), lines=tuple(lines or ()), **head
        )
        self.is_sound = False
        moment = now()
        expected = self.model.try_out(document, moment)
        number, refusal = self.posted(document)
        note(f"{number or refusal}: {_shown(document)}")
        if number:
            assert not expected, f"posted as {number}, expected: {expected}"
            self.model.post(document, number, moment)
            self.numbers.setdefault(kind, []).append(number)
        else:
            assert refusal.code in expected, f"{refusal!r}, expected: {expected or 'none'}"
        self.compare()

    def posted(self, document: Document) -> tuple[str, Refused | None]:
        try:
            return self.database.run(lambda session: post(session, document)).number, None
        except Refused as refusal:
            return "", refusal

    def compare(self) -> None:
        self.done += 1
        self.setup.steps += 1
        skus = {*(goods.sku for goods in self.goods), *self.setup.scene.made}
        ledger, model = told_by_ledger(self.database, skus), told_by_model(self.model, skus)
        for subject, figures in model.items():
            assert ledger[subject] == figures, (subject, ledger[subject], figures)
        check_layers(ledger)
        proofs(self.database)
        if self.done % EVERY == 0:
            self.look_at_the_past(MOMENTS[self.done // EVERY % len(MOMENTS)])
        self.is_sound = True

    def look_at_the_past(self, moment: datetime) -> None:
        ledger, model = told_of(self.database, moment), model_of(self.model, moment)
        assert ledger == model, (moment, ledger, model)
        checks = self.database.run(verify)
        differences = [difference for check in checks for difference in check.differences]
        assert not differences, differences
        make_anew(self.database)


def _shown(document: Document | Line) -> str:
    """Return what it states, without what it leaves unsaid."""
    said = {
        each.name: getattr(document, each.name)
        for each in fields(document)
        if getattr(document, each.name) != each.default and each.name != "key"
    }
    lines = said.pop("lines", ())
    told = ", ".join(f"{name}={value}" for name, value in said.items())
    return "; ".join((told, *map(_shown, lines)))
