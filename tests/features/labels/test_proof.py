from pathlib import Path

import pytest

from app.core.gtin import as_gtin14
from app.core.media import STOCKS, resolution_of
from app.features.labels.proof import codes_in_pdf, codes_in_zpl
from tests.support.labels import HOSTILE, KINDS, PEN, labels_to_pdf, labels_to_zpl
from tests.support.paper import scan_pdf


def one_form(page) -> list[str]:
    return sorted(as_gtin14(code.content) or code.content for code in page)


@pytest.mark.parametrize("stock", ["L7160", "L7651", "5160", "57x32"])
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_pdf_says_what_a_scanner_reads_from_paper(tmp_path: Path, stock, dpi):
    file = tmp_path / "labels.pdf"
    labels_to_pdf(file, KINDS * 5, STOCKS[stock], start=STOCKS[stock].per_page // 3)

    proven = codes_in_pdf(file.read_bytes(), resolution_of(dpi))

    assert sum(map(len, proven)) == 30
    assert list(map(one_form, proven)) == list(map(one_form, scan_pdf(file, 600)))


def test_hostile_texts_do_not_disturb_the_proof(tmp_path: Path):
    file = tmp_path / "labels.pdf"
    labels_to_pdf(file, HOSTILE, STOCKS["102x152"])
    proven = codes_in_pdf(file.read_bytes())
    expected = [as_gtin14(label.barcode) or label.barcode for label in HOSTILE]
    assert [one_form(page) for page in proven] == [[code] for code in expected]


def test_pictures_for_label_printers_say_what_they_should():
    proven = codes_in_zpl(labels_to_zpl(HOSTILE, STOCKS["102x152"]))
    expected = [as_gtin14(label.barcode) or label.barcode for label in HOSTILE]
    assert [one_form(page) for page in proven] == [[code] for code in expected]


def test_bars_that_are_missing_are_not_read():
    data = labels_to_zpl([PEN], STOCKS["57x32"], as_pictures=False)
    assert codes_in_zpl(data) == [()]
    assert codes_in_zpl(b"") == []


def test_a_file_that_is_no_pdf_holds_no_page():
    assert codes_in_pdf(b"%PDF-1.4 nothing") == []
