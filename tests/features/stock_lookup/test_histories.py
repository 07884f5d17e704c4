"""Histories, counted back from what is on hand now."""

from datetime import datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from app.core.progress import Progress
from app.features.stock_lookup.histories import history_page, save_history
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.service import open_subject
from app.features.stock_lookup.subject import Scope


def told(page):
    return [(line.entry.number, line.change, line.after) for line in page.rows]


@pytest.fixture
def gel(busy):
    return Scope(busy.gel, "GEL-7", "each")


def test_an_items_history_counts_what_came_in_and_went_out(busy, gel):
    latest, *rest = told(busy.ask(history_page, gel))

    assert latest[1:] == (10, 53)
    assert rest == [(busy.sale, -5, 43), (busy.transfer, 0, 48), (busy.receipt, 48, 48)]


def test_the_history_of_a_line_counts_what_changed_there(busy):
    subject = busy.ask(open_subject, Ref(FoundKind.ITEM, "GEL-7"))
    here, there = (told(busy.ask(history_page, line.scope)) for line in subject.stock)

    assert [row[1:] for row in here] == [(10, 33), (-5, 23), (-20, 28), (48, 48)]
    assert there == [(busy.transfer, 20, 20)]


def test_the_history_of_a_lot_is_of_that_lot_alone(busy):
    busy.receive("MILK", 2, lot="L-NEW")
    lot = busy.ask(open_subject, Ref(FoundKind.LOT, "L-NEW"))

    assert [row[1:] for row in told(busy.ask(history_page, lot.history))] == [(2, 9), (7, 7)]


def test_pages_go_on_with_what_was_on_hand_before(busy, gel):
    whole = told(busy.ask(history_page, gel))
    first = busy.ask(history_page, gel, size=3)
    second = busy.ask(history_page, gel, first.next, 3)

    assert told(first) + told(second) == whole
    assert second.next is None


def test_a_late_entry_stands_where_it_happened(busy, gel):
    late = busy.receive("GEL-7", 2, at=datetime(2020, 1, 1).astimezone())

    assert told(busy.ask(history_page, gel))[-1] == (late, 2, 2)


def test_a_whole_history_is_written_to_a_workbook(busy, gel, tmp_path):
    path = tmp_path / "history.xlsx"
    headings = [f"H{number}" for number in range(18)]
    with busy.database.reading() as session:
        told_last = list(save_history(session, path, "History", headings, gel))[-1]

    rows = list(load_workbook(path).active.values)
    assert told_last == Progress(4, 4)
    assert rows[0] == tuple(headings)
    assert [row[8:11] for row in rows[1:]] == [(10, 10, 53), (5, -5, 43), (20, 0, 48), (48, 48, 48)]
    assert all(isinstance(row[0], datetime) for row in rows[1:])
    assert rows[4][1:8] == (busy.receipt, "receipt", 1, "GEL-7", None, "SUPPLIER", "MAIN/A/A-01")


def test_quantities_are_written_exactly(busy, tmp_path):
    path = tmp_path / "history.csv"
    flour = Scope(busy.flour, "FLOUR", "kg")
    with busy.database.reading() as session:
        list(save_history(session, path, "History", list("ABCDEFGHIJKLMNOPQR"), flour))

    (row,) = path.read_text("utf-8-sig").splitlines()[1:]
    assert row.split(",")[8:13] == ["12.5", "12.5", "12.5", "kg", "10"]
    assert Decimal(row.split(",")[8]) == Decimal("12.5")
