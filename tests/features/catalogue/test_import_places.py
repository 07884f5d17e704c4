from decimal import Decimal

import pytest
from sqlalchemy import select

from app.core.catalogue import LocationKind
from app.core.documents import Document, DocumentType, Line
from app.db.tables import LocationRow
from app.ledger.posting import post
from tests.features.catalogue.conftest import places


def tree(database):
    """Our own places: path, kind, parent's path."""
    with database.reading() as session:
        rows = session.scalars(select(LocationRow)).all()
        by_id = {row.id: row.path for row in rows}
        return [
            (row.path, row.kind.value, by_id.get(row.parent_id))
            for row in sorted(rows, key=lambda row: row.path)
            if row.kind.is_inside
        ]


def find(database, path):
    with database.reading() as session:
        row = session.scalars(select(LocationRow).where(LocationRow.path == path)).one()
        session.expunge(row)
        return row


def test_parents_are_created_and_kinds_follow_from_the_names(database, bring):
    lines = ("path", "MAIN/A/01", "MAIN/DOCK", "MAIN/QUARANTINE/Q1", "SHOP")
    first, again = bring("locations", *lines), bring("locations", *lines)

    assert (first.imported, again.imported, again.unchanged) == (4, 0, 4)
    assert tree(database) == [
        ("MAIN", "site", None),
        ("MAIN/A", "storage", "MAIN"),
        ("MAIN/A/01", "storage", "MAIN/A"),
        ("MAIN/DOCK", "dock", "MAIN"),
        ("MAIN/QUARANTINE", "quarantine", "MAIN"),
        ("MAIN/QUARANTINE/Q1", "quarantine", "MAIN/QUARANTINE"),
        ("SHOP", "site", None),
    ]


def test_every_column_is_taken_in(database, bring):
    bring(
        "locations",
        "Pfad;Art;Bezeichnung;Barcode;Negativ erlaubt;Laufweg",
        "HAUPT/TOR 1;Wareneingang;Tor im Hof;LOC-T1;ja;10",
    )
    row = find(database, "HAUPT/TOR 1")

    assert (row.kind, row.name, row.barcode) == (LocationKind.DOCK, "Tor im Hof", "LOC-T1")
    assert (row.allow_negative, row.walk_order, row.code) == (True, 10, "TOR 1")


@pytest.mark.parametrize("code", ["TEA", "4006381333931", "04006381333931", "CASE-12"])
def test_the_barcode_of_a_place_is_no_code_of_an_item(bring, code):
    bring("items", "sku,name,barcode", "TEA,Tea,4006381333931")
    bring("barcodes", "item,barcode,quantity", "TEA,CASE-12,12")

    answer = bring("locations", "path,kind,barcode", f"MAIN/A,storage,{code}")

    assert places(answer) == [(2, "barcode")]
    assert "item TEA" in answer.problems[0].message


def test_a_place_that_has_its_barcode_already_stays_importable(bring, stock):
    stock.item("TEA", barcode="4006381333931")
    stock.location("MAIN/A", barcode="4006381333931")

    assert bring("locations", "path,kind,barcode", "MAIN/A,storage,4006381333931").ok


def test_a_blank_policy_follows_the_place_above(database, bring):
    bring("locations", "path,allow_negative", "MAIN,yes", "MAIN/A,", "MAIN/B,no")

    assert [find(database, path).allow_negative for path in ("MAIN", "MAIN/A", "MAIN/B")] == [
        True,
        None,
        False,
    ]


def test_a_child_may_stand_above_its_parent_in_the_file(database, bring):
    bring("locations", "path,kind", "MAIN/COLD/01,", "MAIN/COLD,quarantine")

    assert ("MAIN/COLD/01", "quarantine", "MAIN/COLD") in tree(database)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (["MAIN//A,,"], (2, "path")),
        (["MAIN/B,site,"], (2, "kind")),
        (["MAIN/B,customer,"], (2, "kind")),
        (["LOSS/FIRE,storage,"], (2, "kind")),
        (["MAIN/B,cellar,"], (2, "kind")),
        (["MAIN/B,,X", "MAIN/C,,X"], (2, "barcode")),
        (["MAIN/B,,TAKEN"], (2, "barcode")),
        (["MAIN/B,,", "MAIN/B,,"], (3, "path")),
    ],
)
def test_a_place_that_cannot_be_is_refused_where_it_stands(database, bring, stock, rows, problem):
    stock.location("MAIN/A", barcode="TAKEN")
    before = tree(database)
    answer = bring("locations", "path,kind,barcode", *rows)

    assert places(answer) == [problem]
    assert tree(database) == before


def test_a_loss_of_its_own_can_be_added(database, bring):
    assert bring("locations", "path", "LOSS/FIRE").ok
    assert find(database, "LOSS/FIRE").kind is LocationKind.LOSS


def test_where_stock_has_moved_stays_on_its_side_of_the_wall(database, bring, stock):
    stock.location("MAIN/A")
    stock.item("TEA")
    lines = (Line(item="TEA", quantity=Decimal(1), target="MAIN/A"),)
    document = Document(key="k", type=DocumentType.RECEIPT, lines=lines)
    database.run(lambda session: post(session, document, user="kim"))

    refused = bring("locations", "path,kind", "SUPPLIER,site")
    allowed = bring("locations", "path,kind", "MAIN/A,dock")

    assert places(refused) == [(2, "kind")]
    assert allowed.ok
