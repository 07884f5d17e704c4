from decimal import Decimal

import pytest

from app.core.refusals import LocationNotStocked, UnknownLocation
from app.db.catalogue import find_item
from app.db.tables import LocationRow
from app.features.transfer.finders import (
    find_bin,
    find_contents,
    find_facts,
    may_fall_short,
    suggest_contents,
)
from tests.features.transfer.conftest import PAST


@pytest.mark.parametrize("text", ["MAIN/A-1", "A-1", "LOC:A-1", " A-1 "])
def test_a_bin_is_found_by_path_and_code(warehouse, text):
    assert warehouse.ask(find_bin, text, "MAIN").path == "MAIN/A-1"


def test_a_site_alone_means_its_dock(warehouse):
    assert warehouse.ask(find_bin, "MAIN", "").path == "MAIN/DOCK"
    with pytest.raises(UnknownLocation):
        warehouse.ask(find_bin, "SHOP", "")


def test_a_bin_unknown_or_outside_is_refused(warehouse):
    with pytest.raises(UnknownLocation):
        warehouse.ask(find_bin, "Z-9", "MAIN")
    with pytest.raises(LocationNotStocked):
        warehouse.ask(find_bin, "SUPPLIER", "MAIN")


def test_what_lies_there_is_known_by_lot_the_first_to_expire_first(warehouse):
    warehouse.put("GEL", 2, "MAIN/A-1", lot="L0", expiry=PAST)
    warehouse.put("GEL", 7, "MAIN/A-1", lot="LX")
    gel = warehouse.ask(find_item, "GEL").item
    facts = warehouse.ask(find_facts, [gel.id], warehouse.bin("MAIN/A-1"))

    assert [(one.lot, one.on_hand) for one in facts[gel.id].held] == [
        ("L1", 5),
        ("L2", 50),
        ("LX", 7),
        ("L0", 2),
    ]


def test_what_is_promised_is_not_available(warehouse):
    warehouse.promise("TEA", 6)
    tea = warehouse.ask(find_item, "TEA").item
    facts = warehouse.ask(find_facts, [tea.id], warehouse.bin("MAIN/A-1"))[tea.id]

    assert (facts.held[0].on_hand, facts.held[0].available) == (30, 24)
    assert [pack.unit for pack in facts.packs] == ["each", "case"]
    assert warehouse.ask(find_facts, [tea.id], None)[tea.id].held == ()


def test_the_contents_of_a_bin_are_all_there_is(warehouse):
    contents = warehouse.ask(find_contents, warehouse.bin("MAIN/A-1"))

    assert [(one.item.sku, [held.lot for held in one.held]) for one in contents] == [
        ("GEL", ["L1", "L2"]),
        ("SAW", ["S1", "S2"]),
        ("TEA", [""]),
    ]
    assert warehouse.ask(find_contents, warehouse.bin("MAIN/B-1")) == ()


def test_a_bin_may_fall_short_by_the_policy_nearest_above_it(warehouse, database):
    bin_, other = warehouse.bin("MAIN/A-1"), warehouse.bin("MAIN/B-1")
    assert not warehouse.ask(may_fall_short, bin_)
    with database.writing() as session:
        session.query(LocationRow).filter_by(path="MAIN").update({"allow_negative": True})
        session.query(LocationRow).filter_by(path="MAIN/B-1").update({"allow_negative": False})

    assert warehouse.ask(may_fall_short, bin_)
    assert not warehouse.ask(may_fall_short, other)


def test_items_are_suggested_of_what_lies_in_the_bin(warehouse):
    def found(text, source):
        return [known.code for known in warehouse.ask(suggest_contents, text, source)]

    assert found("", warehouse.bin("MAIN/A-1")) == ["GEL", "SAW", "TEA"]
    assert found("green", warehouse.bin("MAIN/A-1")) == ["TEA"]
    assert found("fl", warehouse.bin("MAIN/A-1")) == []
    assert found("fl", None) == ["FLOUR"]


def test_figures_stay_exact(warehouse):
    warehouse.put("FLOUR", "7.125", "MAIN/B-1")

    contents = warehouse.ask(find_contents, warehouse.bin("MAIN/B-1"))

    assert contents[0].held[0].available == Decimal("7.125")
