import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from app.features.receiving.draft import Draft
from app.features.receiving.memory import items_in, recall, remember
from app.features.receiving.rules import (
    Incoming,
    add,
    put_away,
    reject,
    set_cost,
    set_unit,
    type_quantity,
)
from tests.features.receiving.conftest import FLOUR, GEL, TEA


def full(draft: Draft) -> Draft:
    draft, _ = add(draft, Incoming(TEA, Decimal(24)))
    draft, _ = add(draft, Incoming(GEL, lot="A", expiry=date(2027, 1, 5)))
    draft, _ = add(draft, Incoming(FLOUR))
    draft = set_unit(draft, draft.lines[0], "case")
    draft = reject(draft, draft.lines[0], Decimal(1))
    draft = set_cost(draft, draft.lines[0], Decimal(0))
    draft = type_quantity(draft, draft.lines[2], Decimal("0.000"))
    draft, _ = put_away(draft, draft.lines[1], "MAIN/A-2")
    draft, _ = put_away(draft, None, "MAIN/A-1")
    return replace(draft.without_line(9), at=datetime(2026, 5, 31, 12, 2, tzinfo=UTC))


def test_a_draft_is_the_same_after_it_was_written_and_read(draft):
    written = full(draft)
    body = json.loads(json.dumps(remember(written)))

    assert recall(body, [TEA, GEL, FLOUR]) == written


def test_a_cost_of_nothing_is_not_the_same_as_no_cost(draft):
    body = json.loads(json.dumps(remember(full(draft))))

    assert recall(body, [TEA, GEL, FLOUR]).lines[0].cost == 0
    assert recall(body, [TEA, GEL, FLOUR]).lines[1].cost is None


def test_the_order_is_remembered_by_its_number(ordered):
    assert remember(ordered)["order"] == "PO-1"


def test_a_line_of_an_item_that_is_gone_is_left_out(draft):
    body = remember(full(draft))

    assert items_in(body) == {TEA.id, GEL.id, FLOUR.id}
    assert [line.item for line in recall(body, [GEL]).lines] == [GEL]
