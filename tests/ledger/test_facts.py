"""Items are found by SKU, by barcode, and by the other forms of the same GTIN."""

from concurrent.futures import ThreadPoolExecutor, wait
from decimal import Decimal

import pytest

from app.core.gtin import as_gtin14
from app.core.refusals import UnknownItem, UnknownPartner
from app.db.tables import BarcodeRow
from app.ledger.facts import ItemBook
from tests.ledger.conftest import line

EAN = "0036000291452"


@pytest.fixture
def barcodes(company):
    with company.database.writing() as session:
        tea = company.number_of(session, "TEA")
        session.add(BarcodeRow(item_id=tea, code=EAN, gtin=as_gtin14(EAN), quantity=Decimal(1)))
        session.add(BarcodeRow(item_id=tea, code="CASE", quantity=Decimal(6)))


@pytest.mark.parametrize("code", ["TEA", EAN, "036000291452", "00036000291452"])
def test_an_item_goes_by_its_sku_and_by_every_form_of_its_gtin(company, barcodes, code):
    company.receive(code, 2)

    assert company.on_hand("TEA") == 2


def test_a_packs_barcode_stands_for_what_is_in_it(company, barcodes):
    company.receive("CASE", 2)

    assert company.on_hand("TEA") == 12


def test_one_item_may_be_named_in_several_ways_in_one_document(company, barcodes):
    with company.database.writing() as session:
        book = ItemBook(session.connection(), ["TEA", EAN, "CASE", "NOPE"])
        numbers = {book.find(name, 1).id for name in ("TEA", EAN, "CASE")}
        with pytest.raises(UnknownItem):
            book.find("NOPE", 4)

    assert len(numbers) == 1


def test_an_unknown_supplier_is_refused(company):
    with pytest.raises(UnknownPartner):
        company.post("receipt", line("TEA", 1, target="MAIN/A-1"), supplier="NOBODY")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_two_documents_never_wait_for_each_other_however_they_name_their_items(company, barcodes):
    def lock_both():
        with company.database.writing() as session:
            ItemBook(session.connection(), ["CASE", "RUM"])

    with ThreadPoolExecutor() as pool, company.database.writing() as session:
        ItemBook(session.connection(), ["TEA"])
        other = pool.submit(lock_both)
        wait([other], timeout=1)
        ItemBook(session.connection(), ["RUM"])
        session.commit()
        other.result()
