from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from app.core.documents import DocumentType
from app.features.transfer.draft import MoveLine
from app.features.transfer.rules import Incoming, add, set_unit
from app.features.transfer.totals import (
    as_document,
    first_unnamed,
    lines_to_post,
    rows_of,
    total_of,
    warnings_of,
)
from tests.features.transfer.conftest import B1, FLOUR, GEL, PAST, QUARANTINE, SAW, TEA

TODAY = date(2026, 11, 1)


def moved(draft, *incoming):
    for new in incoming:
        draft, _ = add(draft, new)
    return draft


def test_a_row_tells_what_is_there_and_what_stays(draft):
    draft = moved(draft, Incoming(TEA, Decimal(20)), Incoming(SAW))

    rows = rows_of(draft, {2: "No."})

    assert [(row.there, row.left, row.trouble) for row in rows] == [
        (30, 10, ""),
        (None, None, "No."),
    ]


def test_what_lies_there_now_says_nothing_of_another_time(draft):
    draft = replace(moved(draft, Incoming(TEA, Decimal(20))), at=datetime(2026, 5, 31, tzinfo=UTC))

    assert [(row.there, row.left) for row in rows_of(draft)] == [(None, None)]
    assert as_document(draft).at == draft.at


def test_a_bin_that_lost_its_goods_meanwhile_shows_the_lack(draft):
    draft = draft.with_line(MoveLine(1, FLOUR, Decimal(10)))

    assert rows_of(draft)[0].left == Decimal("-2.75")


def test_the_document_says_everything(draft):
    draft = moved(draft, Incoming(TEA, Decimal(24)), Incoming(GEL, lot="L1"), Incoming(FLOUR))
    draft = set_unit(replace(draft, target=B1), draft.lines[0], "case")

    document = as_document(draft)

    assert (document.key, document.type, document.at) == ("k1", DocumentType.TRANSFER, None)
    assert [(line.item, line.quantity, line.unit, line.lot) for line in document.lines] == [
        ("TEA", 2, "case", ""),
        ("GEL", 1, "", "L1"),
    ]
    assert {(line.source, line.target) for line in document.lines} == {("MAIN/A-1", "MAIN/B-1")}
    assert [line.item.sku for line in lines_to_post(draft)] == ["TEA", "GEL"]
    assert total_of(draft) == 25


def test_the_first_line_without_its_serial_is_found(draft):
    draft = moved(draft, Incoming(TEA), Incoming(SAW))

    assert first_unnamed(draft) is draft.lines[1]


def test_expired_goods_are_warned_of_unless_they_go_into_quarantine(draft):
    draft = draft.with_line(MoveLine(1, GEL, Decimal(1), "L0", PAST))

    assert warnings_of(replace(draft, target=B1), TODAY).expired == draft.lines
    assert not warnings_of(replace(draft, target=QUARANTINE), TODAY)


def test_goods_that_leave_quarantine_are_warned_of(draft):
    draft = replace(moved(draft, Incoming(TEA)), source=QUARANTINE, target=B1)

    assert warnings_of(draft, TODAY).from_quarantine == draft.lines
    assert not warnings_of(replace(draft, source=B1, target=None), TODAY)
