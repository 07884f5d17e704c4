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
    Meaning,
    QuantityScan,
    UnknownScan,
)
from app.shell.meanings import described

GEL = Item(1, "GEL-7", "Blue gel")


@pytest.mark.parametrize(
    ("meaning", "words"),
    [
        (ItemScan("c", GEL, Decimal("12.5")), "GEL-7 ×12.5"),
        (LocationScan("c", Location(1, "MAIN/A/A-01", LocationKind.STORAGE)), "place A-01"),
        (LotScan("c", GEL, "L0099"), "GEL-7 lot L0099"),
        (DocumentScan("c", "RC-1", "receipt"), "RC-1"),
        (QuantityScan("c", Decimal(12)), "×12"),
        (UnknownScan("c", "No such code."), "unknown"),
        (Meaning("c"), ""),
        *[(CommandScan("c", command), f"command: {command.lower()}") for command in Command],
    ],
)
def test_every_meaning_goes_by_a_few_words(qapp, meaning, words):
    assert described(meaning) == words
