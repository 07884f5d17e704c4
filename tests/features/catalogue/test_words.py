import pytest

from app.core.catalogue import Costing, LocationKind, Removal, Tracking
from app.features.catalogue.importing import KINDS
from app.features.catalogue.words import CHOICES, HEADINGS, choice_named, field_named, folded

ITEMS = ("sku", "name", "unit", "barcode", "shelf_life_days", "cost_per_lot")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("sku", "sku"),
        ("SKU", "sku"),
        (" Item number ", "sku"),
        ("Artikel-Nr.", "sku"),
        ("ARTIKELNUMMER", "sku"),
        ("Bezeichnung", "name"),
        ("Shelf life days", "shelf_life_days"),
        ("shelf-life-days", "shelf_life_days"),
        ("Haltbarkeit (in Tagen)", "shelf_life_days"),
        ("EAN", "barcode"),
        ("ＳＫＵ", "sku"),
    ],
)
def test_a_heading_is_known_in_any_case_and_language(heading, field):
    assert field_named(heading, ITEMS) == field


def test_an_unknown_heading_means_no_field():
    assert field_named("colour", ITEMS) is None


def test_a_fields_own_name_wins_over_anothers_synonym():
    assert field_named("item", ("sku", "item")) == "item"


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_fields_of_a_table_share_a_heading(kind):
    names = [field.name for field in KINDS[kind].fields]
    headings = [heading for name in names for heading in {folded(word) for word in HEADINGS[name]}]

    assert len(headings) == len(set(headings))


@pytest.mark.parametrize("kind", [Tracking, Costing, Removal, LocationKind])
def test_every_choice_is_known_by_its_own_name(kind):
    choices = tuple(member.value for member in kind)

    assert [choice_named(choice, choices) for choice in choices] == list(choices)
    assert set(choices) <= CHOICES.keys()


def test_a_choice_is_known_in_german():
    assert choice_named("Charge", ("none", "lot", "serial")) == "lot"
    assert choice_named("Quarantäne", ("storage", "quarantine")) == "quarantine"
    assert choice_named("purple", ("none", "lot")) is None
