from collections import defaultdict

import pytest

from app.core.cells import Cell, CellKind, Row, Tab, find_header
from app.features.count_sheets.headings import COUNTED, ITEM, NAMES, TITLES


def meanings(*headings: str) -> dict[str, tuple[int, ...]]:
    """Return which columns are understood to hold what."""
    row = Row(1, tuple(Cell(CellKind.TEXT, heading) for heading in headings))
    header = find_header(Tab("A", (row,)), NAMES, (ITEM, COUNTED))
    return dict(header.columns) if header else {}


def test_no_heading_means_two_things():
    fields = defaultdict(set)
    for name, headings in NAMES.items():
        for heading in headings:
            fields[heading.casefold()].add(name)

    assert {heading: names for heading, names in fields.items() if len(names) > 1} == {}


@pytest.mark.parametrize("name", NAMES)
def test_the_headings_we_send_out_are_understood_when_they_come_back(name):
    others = [TITLES[other] for other in (ITEM, COUNTED) if other != name]

    assert meanings(TITLES[name], *others)[name] == (0,)


@pytest.mark.parametrize(
    ("headings", "understood"),
    [
        (
            ("Artikel-Nr.", "Lagerplatz", "Charge", "Soll", "Ist"),
            "item location lot expected counted",
        ),
        (("Référence", "Emplacement", "Compté"), "item location counted"),
        (("item code", "BIN", "Counted Qty"), "item location counted"),
    ],
)
def test_headings_of_other_programs_and_languages_are_understood(headings, understood):
    assert list(meanings(*headings)) == understood.split()
