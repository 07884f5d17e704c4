"""Which items may be meant, before they are put in order."""

from sqlalchemy import insert

from app.db.tables import ItemRow
from app.features.stock_lookup.candidates import (
    CANDIDATES,
    LIKELY,
    find_beginnings,
    find_containing,
    find_likely,
)


def add(company, count, name="Bolt"):
    rows = [{"sku": f"N-{n:04}", "name": f"{name} {n}"} for n in range(count)]
    with company.database.writing() as session:
        session.execute(insert(ItemRow), rows)


def test_hits_come_in_row_order_so_many_at_once(company):
    add(company, CANDIDATES + 20)
    first = company.ask(find_containing, "bolt", 0)
    second = company.ask(find_containing, "bolt", first[-1].id)

    assert len(first) == CANDIDATES
    assert [hit.sku for hit in second] == [f"N-{CANDIDATES + n:04}" for n in range(20)]


def test_a_hit_brings_all_barcodes(company):
    (hit,) = company.ask(find_containing, "blue gel", 0)
    assert (hit.sku, hit.name, hit.codes.strip()) == ("GEL-7", "Blue gel, tube", "4006381333931")


def test_short_words_narrow_down_what_the_long_ones_find(company):
    add(company, 30)
    assert [hit.sku for hit in company.ask(find_containing, "bolt 7", 0)] == [
        f"N-{n:04}" for n in range(30) if "7" in f"N-{n:04} Bolt {n}"
    ]


def test_marks_of_the_query_language_are_letters_like_others(company):
    company.stock.item("50%_OFF", 'Sale "now" AND OR NOT*')
    for text in ("50%_", "0%_O", '"now"', "not*", "and or"):
        assert [hit.sku for hit in company.ask(find_containing, text, 0)] == ["50%_OFF"], text
    assert company.ask(find_containing, "50x_", 0) == []


def test_long_texts_are_compared_to_their_beginning(company):
    company.stock.item("ABCDEFGH-1", "One")
    company.stock.item("XXXDEFGH-1", "Other")
    assert [hit.sku for hit in company.ask(find_containing, "abcdefgh-1", 0)] == ["ABCDEFGH-1"]


def test_a_trade_number_is_known_in_every_length(company):
    for code in ("4006381333931", "04006381333931"):
        exact, hits = company.ask(find_likely, code)
        assert exact == company.gel
        assert [hit.id for hit in hits] == [company.gel]


def test_what_begins_so_is_likely_but_only_so_much_of_it(company):
    add(company, LIKELY + 50)
    exact, hits = company.ask(find_likely, "n-")
    assert exact is None
    assert len(hits) == LIKELY


def test_beginnings_come_by_sku_then_name_then_barcode(company):
    company.stock.item("B-1", "Zinc")
    company.stock.item("A-1", "Zinc", barcode="B777")

    page = company.ask(find_beginnings, "b", None, 10)
    with company.database.reading() as session:
        skus = [session.get(ItemRow, number).sku for number in page.rows]
    assert skus == ["B-1", "GEL-7", "A-1"]
    assert page.next is None
