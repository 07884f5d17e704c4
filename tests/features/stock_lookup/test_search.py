"""What is found, in which order, and page by page."""

from decimal import Decimal

import pytest
from openpyxl import load_workbook
from sqlalchemy import insert

from app.core.progress import Progress
from app.db.tables import BarcodeRow, ItemRow
from app.features.stock_lookup.search import look_for, save_items, search_items


def skus(company, text, **more):
    return [item.sku for item in company.ask(search_items, text, **more).rows]


def all_skus(company, text, size=100):
    """All pages, one after the other."""
    found, page = [], company.ask(search_items, text, size=size)
    while True:
        found += [item.sku for item in page.rows]
        if page.next is None:
            return found
        page = company.ask(search_items, text, page.next, size)


@pytest.fixture
def thousand(company):
    """1,000 items more: N-0000 … N-0999, every third one a bolt."""
    with company.database.writing() as session:
        session.execute(
            insert(ItemRow),
            [
                {
                    "sku": f"N-{n:04}",
                    "name": f"{'Bolt' if n % 3 == 0 else 'Washer'} M{n % 7} no {n}",
                }
                for n in range(1_000)
            ],
        )
    return company


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("GEL-7", ["GEL-7"]),
        ("gel", ["GEL-7"]),
        ("tub", ["GEL-7"]),
        ("tube blue", ["GEL-7"]),
        ("6381333", ["GEL-7"]),
        ("4006381333931", ["GEL-7"]),
        ("04006381333931", ["GEL-7"]),
        ("milk fre", ["MILK"]),
        ("of wo", ["PLT-1"]),
        ("f", ["FLOUR", "MILK"]),
        ("pa", ["PLT-1"]),
        ("40", ["GEL-7"]),
        ("gel red", []),
        ("x", []),
        ('"', []),
        ("100%", []),
        ("_el-7", []),
        ("' OR 1=1 --", []),
        ("gel\x00-7\ud800", ["GEL-7"]),
    ],
)
def test_items_are_found_by_sku_name_and_barcode(company, text, found):
    assert skus(company, text) == found


def test_no_text_finds_everything_in_order_of_sku(company):
    assert skus(company, "  ") == ["FLOUR", "GEL-7", "MILK", "PLT-1"]


def test_letters_of_all_languages_are_found_in_either_case(company):
    company.stock.item("ÄÖ-1", "Grüne Äpfel")
    for text in ("grüne", "GRÜNE", "äpfel", "ÄPFEL", "äö", "ÄÖ-1", "äö-1"):
        assert skus(company, text) == ["ÄÖ-1"], text


def test_totals_come_with_what_is_found(busy):
    gel, *_ = busy.ask(search_items, "gel-7").rows
    assert (gel.on_hand, gel.allocated, gel.available, gel.on_order) == (53, 0, 53, 20)
    assert (gel.name, gel.unit, gel.category) == ("Blue gel, tube", "each", "Care")


def test_what_was_taken_back_is_no_longer_on_order(busy):
    again = busy.order("GEL-7", 5)
    busy.post("reversal", reverses=again)
    assert busy.ask(search_items, "gel-7").rows[0].on_order == 20


def test_every_page_goes_on_where_the_last_one_ended(thousand):
    every = all_skus(thousand, "")
    assert len(every) == 1_004
    assert every == sorted(every)


@pytest.mark.parametrize("text", ["N-0", "n", "bolt", "wash no", "m3", "no"])
@pytest.mark.parametrize("size", [7, 2_000])
def test_nothing_is_found_twice_and_nothing_left_out(thousand, text, size):
    with thousand.database.reading() as session:
        names = dict(tuple(row) for row in session.query(ItemRow.sku, ItemRow.name))
    words = text.casefold().split()
    if len(words) == 1 and len(text) < 3:
        wanted = {
            s for s, n in names.items() if any(x.casefold().startswith(words[0]) for x in (s, n))
        }
    else:
        wanted = {s for s, n in names.items() if all(w in f"{s} {n}".casefold() for w in words)}

    found = all_skus(thousand, text, size)

    assert len(found) == len(set(found))
    assert set(found) == wanted


def test_short_words_together_are_looked_for_as_they_stand(thousand):
    found = all_skus(thousand, "no 1")
    assert found == [f"N-{n:04}" for n in range(1_000) if str(n).startswith("1")]


def test_the_exact_code_comes_first_however_many_contain_it(thousand):
    for number in range(400):
        thousand.stock.item(f"A{number:03}-N-0999", "Before it in row order")
    thousand.stock.item("N-09", "The one that is meant")

    assert skus(thousand, "n-09")[0] == "N-09"
    assert skus(thousand, "N-0999")[0] == "N-0999"


def test_a_barcode_that_is_exactly_so_comes_first(thousand):
    for number in range(400):
        thousand.stock.item(f"B{number:03}", f"Box 4711 of {number}")
    tea = thousand.stock.item("TEA", "Tea")
    with thousand.database.writing() as session:
        session.add(BarcodeRow(item_id=tea, code="4711", quantity=Decimal(1)))

    assert skus(thousand, "4711")[0] == "TEA"


def test_an_item_with_several_barcodes_that_begin_alike_is_found_once(company):
    with company.database.writing() as session:
        for code in ("7A", "7B", "7C"):
            session.add(BarcodeRow(item_id=company.milk, code=code, quantity=Decimal(1)))

    assert all_skus(company, "7", size=1) == ["MILK"]


def test_the_first_page_brings_the_places_lots_and_documents(busy):
    results = busy.ask(look_for, "a-0")
    assert results.text == "a-0"
    assert {found.ref.code for found in results.others} == {
        "MAIN/A/A-01",
        "MAIN/A/A-02",
        "SHOP/A-01",
    }


def test_further_pages_bring_only_items(busy):
    busy.stock.item("A-0815", "Screw of A-01")
    busy.stock.item("A-0816", "Screw of A-01")
    first = busy.ask(look_for, "a-0", size=1)

    assert first.others
    assert busy.ask(look_for, "a-0", first.next, 1).others == ()


def test_all_items_are_written_to_a_file(thousand, tmp_path):
    path = tmp_path / "items.xlsx"
    headings = [f"H{number}" for number in range(8)]
    with thousand.database.reading() as session:
        steps = save_items(session, path, "Items", headings, "")
        told = list(steps)

    rows = list(load_workbook(path).active.values)
    assert rows[0] == tuple(headings)
    assert len(rows) == 1 + 1_004
    assert told[-1] == Progress(1_004, 1_004)
    assert rows[1][:2] == ("FLOUR", "Flour, bulk")


def test_only_what_is_found_is_written(busy, tmp_path):
    path = tmp_path / "items.csv"
    with busy.database.reading() as session:
        list(save_items(session, path, "Items", list("ABCDEFGH"), "gel"))

    assert path.read_text("utf-8-sig").splitlines()[1:] == [
        'GEL-7,"Blue gel, tube",53,each,0,53,20,Care'
    ]
