import pytest

from app.core.catalogue import LocationKind
from app.features.catalogue.rules import ancestors, circles, default_kind, misplaced

SITE, STORAGE = LocationKind.SITE, LocationKind.STORAGE


def test_the_places_above_are_named_from_the_site_down():
    assert ancestors("MAIN/A/01") == ["MAIN", "MAIN/A"]
    assert ancestors("MAIN") == []


@pytest.mark.parametrize(
    ("path", "parent", "kind"),
    [
        ("MAIN", None, SITE),
        ("SUPPLIER", None, LocationKind.SUPPLIER),
        ("MAIN/A", SITE, STORAGE),
        ("MAIN/A/01", STORAGE, STORAGE),
        ("MAIN/DOCK", SITE, LocationKind.DOCK),
        ("MAIN/Transit", SITE, LocationKind.TRANSIT),
        ("MAIN/QUARANTINE", SITE, LocationKind.QUARANTINE),
        ("MAIN/QUARANTINE/Q1", LocationKind.QUARANTINE, LocationKind.QUARANTINE),
        ("LOSS/THEFT", LocationKind.LOSS, LocationKind.LOSS),
        ("LOSS/DOCK", LocationKind.LOSS, LocationKind.LOSS),
    ],
)
def test_a_place_that_does_not_say_what_it_is_gets_its_kind(path, parent, kind):
    assert default_kind(path, parent) is kind


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (SITE, SITE),
        (LocationKind.CUSTOMER, SITE),
        (STORAGE, LocationKind.LOSS),
        (LocationKind.SUPPLIER, LocationKind.LOSS),
    ],
)
def test_a_place_in_the_wrong_tree_is_told_why(kind, parent):
    assert misplaced("A/B", kind, parent)


@pytest.mark.parametrize(
    ("kind", "parent"),
    [
        (SITE, None),
        (STORAGE, SITE),
        (LocationKind.DOCK, STORAGE),
        (LocationKind.LOSS, LocationKind.LOSS),
    ],
)
def test_a_place_in_its_tree_is_fine(kind, parent):
    assert misplaced("A/B", kind, parent) is None


@pytest.mark.parametrize(
    ("bills", "found"),
    [
        ({}, []),
        ({1: [2, 3], 2: [3], 3: [4]}, []),
        ({1: [1]}, [[1, 1]]),
        ({1: [2], 2: [3], 3: [1]}, [[1, 2, 3, 1]]),
        ({1: [2], 2: [3], 3: [2]}, [[2, 3, 2]]),
        ({1: [2], 2: [1], 3: [4], 4: [3]}, [[1, 2, 1], [3, 4, 3]]),
        ({1: [2, 3], 2: [1], 3: [1]}, [[1, 2, 1], [1, 3, 1]]),
    ],
)
def test_products_that_are_part_of_themselves_are_found(bills, found):
    assert list(circles(bills)) == found


def test_a_long_chain_of_products_is_walked_without_end_of_stack():
    chain = {item: [item + 1] for item in range(100_000)}

    assert list(circles(chain)) == []
    assert len(next(circles({**chain, 100_000: [0]}))) == 100_002
