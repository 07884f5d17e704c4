from decimal import Decimal

import pytest

from app.core.catalogue import Item, Location, LocationKind
from app.core.scans import (
    Command,
    CommandScan,
    DocumentScan,
    ItemScan,
    LocationScan,
    LotScan,
    UnknownScan,
)
from app.features.stock_lookup.rules import (
    MOST_STEPS,
    FoundKind,
    ItemStock,
    Ref,
    Search,
    Trail,
    forms_of,
    matches,
    parts_of,
    rank,
    ref_of,
)

GEL = Item(1, "GEL-7", "Blue gel")
TO_GEL = Ref(FoundKind.ITEM, "GEL-7")
TO_BIN = Ref(FoundKind.PLACE, "MAIN/A-01")


def test_available_is_what_is_on_hand_and_not_promised():
    stock = ItemStock(1, "GEL-7", "Gel", "each", 0, "", Decimal(10), Decimal(4))
    assert stock.available == 6


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("gel", ("gel",)),
        ("blue ge", ("blue",)),
        ("ge", ()),
        ("", ()),
        ("M8 x", ("M8 x",)),
        ("  blue   gel ", ("blue", "gel")),
    ],
)
def test_long_words_are_parts_and_short_ones_only_together(text, parts):
    assert parts_of(text) == parts


def test_a_beginning_may_be_written_in_several_ways():
    assert forms_of("gel-7") == ("gel-7", "GEL-7", "Gel-7")
    assert forms_of("42") == ("42",)


def test_every_word_must_be_there_in_whatever_case():
    assert matches(("GEL", "blue"), "GEL-7 Blue gel, tube")
    assert matches(("STRASSE",), "Straße")
    assert not matches(("gel", "red"), "GEL-7 Blue gel, tube")


def test_the_exact_code_comes_before_its_beginning_before_a_word_before_the_rest():
    found = [
        ("XGEL-7", "Rest of it", ""),
        ("A-1", "Blue gel-7", ""),
        ("GEL-70", "More", ""),
        ("B-1", "Other", "gel-7 4711"),
        ("GEL-7", "Gel", ""),
    ]
    order = sorted(found, key=lambda one: rank(" gel-7 ", *one))
    assert [sku for sku, *_ in order] == ["B-1", "GEL-7", "GEL-70", "A-1", "XGEL-7"]


def test_a_trail_leads_back_and_forward():
    trail = Trail().visit(Search("ge")).visit(Search("gel")).visit(TO_GEL).visit(TO_BIN)

    assert trail.steps == (Search("gel"), TO_GEL, TO_BIN)
    assert trail.back().here == TO_GEL
    assert trail.back().back().here == Search("gel")
    assert trail.back().forward() == trail
    assert (trail.can_go_back, trail.can_go_forward) == (True, False)


def test_a_trail_ends_at_its_ends():
    trail = Trail()
    assert trail.back() == trail.forward() == trail
    assert not trail.can_go_back
    assert not trail.can_go_forward


def test_going_on_from_the_middle_forgets_what_came_behind():
    trail = Trail().visit(TO_GEL).visit(TO_BIN).back().visit(Search("x"))
    assert trail.steps == (Search(), TO_GEL, Search("x"))


def test_standing_still_is_no_step():
    trail = Trail().visit(TO_GEL)
    assert trail.visit(TO_GEL) is trail


def test_only_so_many_steps_are_remembered():
    trail = Trail()
    for number in range(MOST_STEPS + 50):
        trail = trail.visit(Ref(FoundKind.DOCUMENT, f"RC-{number}"))

    assert len(trail.steps) == MOST_STEPS
    assert trail.here == Ref(FoundKind.DOCUMENT, f"RC-{MOST_STEPS + 49}")


def test_what_was_found_by_another_name_is_kept_under_its_own():
    trail = Trail().visit(Ref(FoundKind.DOCUMENT, "DN-77")).visit(TO_GEL).back()
    known = trail.known_as(Ref(FoundKind.DOCUMENT, "RC-1"))

    assert known.steps == (Search(), Ref(FoundKind.DOCUMENT, "RC-1"), TO_GEL)
    assert known.at == trail.at
    assert known.known_as(known.here) is known


@pytest.mark.parametrize(
    ("meaning", "ref"),
    [
        (ItemScan("4006381333931", GEL), TO_GEL),
        (LocationScan("LOC:A-01", Location(1, "MAIN/A-01", LocationKind.STORAGE)), TO_BIN),
        (LotScan("LOT:1", GEL, "L1"), Ref(FoundKind.LOT, "L1", "GEL-7")),
        (DocumentScan("RC-1", "RC-1", "receipt"), Ref(FoundKind.DOCUMENT, "RC-1")),
        (
            DocumentScan("CS-7", "CS-000007", "count_sheet"),
            Ref(FoundKind.COUNT_SHEET, "CS-000007"),
        ),
        (UnknownScan("?", "Nothing goes by it."), None),
        (CommandScan("CMD:POST", Command.POST), None),
    ],
)
def test_a_scan_names_what_can_be_looked_up(meaning, ref):
    assert ref_of(meaning) == ref
