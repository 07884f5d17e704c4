from decimal import Decimal

import pytest

from app.core.decimals import InvalidQuantity
from app.core.refusals import LotNotTracked, UnknownLocation, UnknownLot
from app.features.count_sheets.refusals import (
    AlreadyOnSheet,
    LotNeeded,
    SerialTwice,
    SheetNotOpen,
    UnknownSheet,
)
from app.features.count_sheets.rules import Counted, Scope, SheetLine
from app.features.count_sheets.service import (
    cancel_sheet,
    count_scan,
    enter_count,
    note_on_line,
)


class Counter:
    """A clerk with an open sheet of MAIN."""

    def __init__(self, room) -> None:
        self.room = room
        self.number = room.create(Scope("MAIN"))

    def line(self, sku: str, lot: str = "") -> SheetLine:
        lines = self.room.sheet(self.number).lines
        return next(line for line in lines if (line.item.sku, line.lot) == (sku, lot))

    def enter(self, line: SheetLine, counted: Decimal | None) -> Counted:
        return self.room.database.run(
            lambda session: enter_count(session, self.number, line.id, counted, user="kim")
        )

    def scan(self, sku: str, location: str, quantity="1", lot: str = "") -> Counted:
        with self.room.database.reading() as session:
            item = self.room.item(session, sku)
        return self.room.database.run(
            lambda session: count_scan(
                session, self.number, (item, location, lot), Decimal(quantity), user="kim"
            )
        )


@pytest.fixture
def counter(room):
    room.put("TEA", "MAIN/A/A-1", 10)
    room.put("FLOUR", "MAIN/A/A-1", "12.5")
    room.put("MILK", "MAIN/B/B-1", 7, "L1")
    room.put("MILK", "MAIN/B/B-1", 6, "L2")
    room.put("SAW", "MAIN/A/A-2", 1, "S1")
    return Counter(room)


def test_a_count_is_kept_with_who_and_when_and_can_be_taken_back(counter):
    first = counter.enter(counter.line("TEA"), Decimal(9))
    second = counter.enter(counter.line("TEA"), None)

    assert (first.before.counted, first.line.counted, first.line.counter) == (None, 9, "kim")
    assert first.line.counted_at is not None
    assert (second.before.counted, second.line.counted, second.line.counted_at) == (9, None, None)


def test_zero_is_a_count(counter):
    assert counter.enter(counter.line("TEA"), Decimal(0)).line.counted == 0


@pytest.mark.parametrize("counted", ["-1", "1.5", "1000000000"])
def test_what_cannot_be_a_count_is_refused(counter, counted):
    with pytest.raises(InvalidQuantity):
        counter.enter(counter.line("TEA"), Decimal(counted))


def test_each_scan_adds_one_or_what_its_code_stands_for(counter):
    counter.scan("TEA", "MAIN/A/A-1")
    counter.scan("TEA", "MAIN/A/A-1", "12")

    assert counter.line("TEA").counted == 13


def test_a_scan_names_the_lot_where_there_are_several(counter):
    counter.scan("MILK", "MAIN/B/B-1", lot="L2")

    assert counter.line("MILK", "L2").counted == 1
    with pytest.raises(LotNeeded):
        counter.scan("MILK", "MAIN/B/B-1")
    with pytest.raises(UnknownLot):
        counter.scan("MILK", "MAIN/B/B-1", lot="L9")
    with pytest.raises(LotNotTracked):
        counter.scan("TEA", "MAIN/A/A-1", lot="L9")


def test_the_only_line_of_an_item_in_a_bin_needs_no_lot(counter):
    assert counter.scan("SAW", "MAIN/A/A-2").line.lot == "S1"


def test_a_serial_number_scanned_twice_is_one_piece(counter):
    counter.scan("SAW", "MAIN/A/A-2")

    with pytest.raises(SerialTwice):
        counter.scan("SAW", "MAIN/A/A-2")
    assert counter.line("SAW", "S1").counted == 1


def test_what_is_scanned_where_it_is_not_listed_was_found_there(counter):
    found = counter.scan("TEA", "MAIN/A/A-2", "3").line

    assert (found.was_found, found.expected, found.counted) == (True, 0, 3)
    assert counter.scan("TEA", "MAIN/A/A-2").line == counter.room.sheet(counter.number).lines[-1]


def test_what_another_open_sheet_counts_is_left_to_it(counter):
    counter.room.put("TEA", "SHOP/S-1", 5)
    counter.room.create(Scope("SHOP"))

    with pytest.raises(AlreadyOnSheet):
        counter.scan("TEA", "SHOP/S-1")


def test_places_without_stock_of_ours_are_not_counted(counter):
    with pytest.raises(UnknownLocation):
        counter.scan("TEA", "MAIN")


def test_a_remark_leaves_the_count_alone(counter):
    line = counter.line("TEA")
    counter.enter(line, Decimal(9))

    noted = counter.room.database.run(
        lambda session: note_on_line(session, counter.number, line.id, " one torn ")
    )

    assert (noted.line.note, noted.line.counted) == ("one torn", 9)


def test_a_closed_sheet_cannot_be_counted(counter):
    line = counter.line("TEA")
    counter.room.database.run(lambda session: cancel_sheet(session, counter.number))

    with pytest.raises(SheetNotOpen):
        counter.enter(line, Decimal(1))


def test_a_line_of_another_sheet_is_not_this_ones(counter):
    counter.room.put("TEA", "SHOP/S-1", 5)
    other = counter.room.sheet(counter.room.create(Scope("SHOP"))).lines[0]

    with pytest.raises(UnknownSheet):
        counter.enter(other, Decimal(1))
