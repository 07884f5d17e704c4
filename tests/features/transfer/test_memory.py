import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from app.features.transfer.memory import items_in, recall, remember
from app.features.transfer.rules import Incoming, add, set_unit, type_quantity
from tests.features.transfer.conftest import B1, FLOUR, GEL, TEA

AT = datetime(2026, 5, 31, 12, 2, tzinfo=UTC)


def full(draft):
    for new in (Incoming(TEA, Decimal(12)), Incoming(GEL), Incoming(FLOUR)):
        draft, _ = add(draft, new)
    draft = set_unit(draft, draft.lines[0], "case")
    draft = type_quantity(draft, draft.lines[2], Decimal("0.125"))
    return replace(draft, target=B1, at=AT)


def test_a_draft_is_the_same_after_it_was_written_and_read(draft):
    written = full(draft)
    body = json.loads(json.dumps(remember(written)))

    found = recall(body, [TEA, GEL, FLOUR])

    assert found == replace(written, source=None, target=None)
    assert (body["source"], body["target"]) == ("MAIN/A-1", "MAIN/B-1")


def test_a_line_of_an_item_that_is_gone_is_left_out(draft):
    body = remember(full(draft))

    assert items_in(body) == {TEA.id, GEL.id, FLOUR.id}
    assert [line.item for line in recall(body, [GEL]).lines] == [GEL]
