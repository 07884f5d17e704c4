import pytest

from app.core.catalogue import Tracking
from app.core.labels import LabelKind, LabelRequest
from app.db.tables import LotRow
from app.features.labels.names import (
    AmbiguousLot,
    NothingByThatName,
    find_named,
    suggest_names,
)


@pytest.fixture
def company(stock, database):
    milk = stock.item("MILK", "Whole milk", "4006381333931", tracking=Tracking.LOT)
    soy = stock.item("SOY", "100% soy_milk", tracking=Tracking.LOT)
    stock.location("MAIN/A/A-01")
    with database.writing() as session:
        session.add_all(
            [
                LotRow(item_id=milk, code="L1"),
                LotRow(item_id=milk, code="L2"),
                LotRow(item_id=soy, code="L2"),
            ]
        )


@pytest.fixture
def named(company, database):
    def named(name: str) -> LabelRequest:
        with database.reading() as session:
            return find_named(session, name)

    return named


@pytest.fixture
def suggested(company, database):
    def suggested(text: str) -> list[str]:
        with database.reading() as session:
            return [known.code for known in suggest_names(session, text)]

    return suggested


@pytest.mark.parametrize("name", ["MILK", "4006381333931"])
def test_an_item_is_found_by_sku_or_barcode(named, name):
    assert named(name) == LabelRequest(sku="MILK")


def test_a_lot_is_found_if_only_one_item_has_it(named):
    assert named("L1") == LabelRequest(kind=LabelKind.LOT, sku="MILK", lot="L1")
    with pytest.raises(AmbiguousLot, match="MILK, SOY"):
        named("L2")


@pytest.mark.parametrize("name", ["MAIN/A/A-01", "A-01", "LOC:A-01"])
def test_a_bin_is_found_by_what_stands_on_it(named, name):
    assert named(name) == LabelRequest(kind=LabelKind.BIN, location="MAIN/A/A-01")


@pytest.mark.parametrize("name", ["NONE", "milk ", "%", "RC-000001", "a\x00b"])
def test_anything_else_is_refused_by_name(named, name):
    with pytest.raises(NothingByThatName):
        named(name)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("mi", ["MILK"]),
        ("whole", ["MILK"]),
        ("100%", ["SOY"]),
        ("a-0", ["MAIN/A/A-01"]),
        ("main/", ["MAIN/A", "MAIN/A/A-01"]),
        ("%", []),
        ("", []),
        ("  ", []),
        ("a\x00", []),
    ],
)
def test_what_begins_like_the_text_is_suggested(suggested, text, codes):
    assert suggested(text) == codes
