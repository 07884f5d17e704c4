from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from app.adapters.printer import FileNotWritten, PrinterSilent
from app.core.gtin import as_gtin14
from app.core.labels import InvalidCopies, NothingToPrint
from app.core.media import OFFICE_600, SHEETS, STOCKS, THERMAL_203, resolution_of
from app.features.labels.layout import BarcodeTooWide, TextTooLong
from app.features.labels.pages import Layouts
from app.features.labels.printing import (
    LabelUnreadable,
    SheetOnLabelPrinter,
    check_readable,
    save_pdf,
    save_test_page,
    save_zpl,
    send_test_label,
    send_zpl,
    zpl_parts,
)
from app.features.labels.setup import Device, Way
from app.features.labels.sheets import Calibration, PrintJob
from tests.adapters.test_printer import Listener
from tests.support.label_printer import print_zpl
from tests.support.labels import (
    BIN,
    CASE,
    HOSTILE,
    KINDS,
    LOT,
    OWN_LOT,
    PEN,
    item,
    labels_to_pdf,
    labels_to_zpl,
)
from tests.support.paper import page_sizes, scan_pdf, texts_of

SHEET = STOCKS["L7160"]
ROLL = STOCKS["57x32"]


def one_form(codes) -> Counter[str]:
    return Counter(as_gtin14(code) or code for code in codes)


def read(pages) -> Counter[str]:
    return one_form(code.content for page in pages for code in page)


def finish(steps) -> int:
    *_, last = steps_and_result(steps)
    return last


def steps_and_result(steps):
    while True:
        try:
            yield next(steps)
        except StopIteration as end:
            yield end.value
            return


@pytest.mark.parametrize("dpi", [203.2, 300, 600])
def test_every_barcode_of_a_pdf_reads_back_however_finely_it_is_printed(tmp_path: Path, dpi):
    labels = KINDS * 5
    labels_to_pdf(tmp_path / "labels.pdf", labels, SHEET, start=7)
    pages = scan_pdf(tmp_path / "labels.pdf", dpi)
    assert [len(page) for page in pages] == [14, 16]
    assert read(pages) == one_form(label.barcode for label in labels)


@pytest.mark.parametrize("stock", SHEETS, ids=lambda stock: stock.code)
def test_every_office_sheet_reads_back_from_its_pdf(tmp_path: Path, stock):
    labels = [label for label in KINDS if stock.code != "L4731" or label is not OWN_LOT]
    labels_to_pdf(tmp_path / "labels.pdf", labels, stock)
    assert page_sizes(tmp_path / "labels.pdf") == [pytest.approx(stock.page_size, abs=0.4)]
    assert read(scan_pdf(tmp_path / "labels.pdf", 300)) == one_form(
        label.barcode for label in labels
    )


@pytest.mark.parametrize("stock", ["102x152", "57x32", "50x25", "99012", "DK-11209"])
def test_every_roll_reads_back_from_its_pdf_a_page_each(tmp_path: Path, stock):
    labels_to_pdf(tmp_path / "labels.pdf", KINDS, STOCKS[stock])
    pages = scan_pdf(tmp_path / "labels.pdf", STOCKS[stock].resolution.dots_per_mm * 25.4)
    assert [[code.content for code in page] for page in pages] == [[k.barcode] for k in KINDS]
    wanted = STOCKS[stock].page_size
    assert page_sizes(tmp_path / "labels.pdf") == [pytest.approx(wanted, abs=0.4)] * len(KINDS)


@pytest.mark.parametrize("label", HOSTILE, ids=lambda label: ascii(label.sku))
def test_hostile_codes_and_names_read_back_from_paper_and_from_pictures(tmp_path: Path, label):
    stock = STOCKS["102x152"]
    labels_to_pdf(tmp_path / "labels.pdf", [label], stock)
    assert read(scan_pdf(tmp_path / "labels.pdf", 203.2)) == one_form([label.barcode])
    (printed,) = print_zpl(labels_to_zpl([label], stock))
    assert one_form(printed.contents) == one_form([label.barcode])


def test_the_codes_on_a_pdf_can_be_read_by_people(tmp_path: Path):
    labels_to_pdf(tmp_path / "labels.pdf", [LOT, BIN], STOCKS["L7165"])
    (text,) = texts_of(tmp_path / "labels.pdf")
    for shown in ("(01)04006381333931(17)270131(10)L0099", "Lot L0099", "Expires 2027-01-31"):
        assert shown in text
    assert "LOC:A-01-02" in text


@pytest.mark.parametrize("as_pictures", [True, False])
@pytest.mark.parametrize("dpi", [203, 300])
@pytest.mark.parametrize("stock", ["102x152", "57x32", "50x25", "99010"])
def test_every_label_that_a_printer_draws_reads_back(stock, dpi, as_pictures):
    made = labels_to_zpl(KINDS, STOCKS[stock], resolution_of(dpi), as_pictures=as_pictures)
    printed = print_zpl(made)
    assert [label.contents for label in printed] == [[label.barcode] for label in KINDS]


def test_few_labels_go_as_pictures_and_many_as_commands():
    few = b"".join(zpl_parts(PrintJob(((PEN, 200),), ROLL, THERMAL_203)))
    many = b"".join(zpl_parts(PrintJob(((PEN, 201),), ROLL, THERMAL_203)))
    assert (b"^GFA" in few, b"^BE" in few) == (True, False)
    assert (b"^GFA" in many, b"^BE" in many) == (False, True)
    for data, copies in ((few, 200), (many, 201)):
        (label,) = print_zpl(data)
        assert (label.copies, label.contents) == (copies, [PEN.barcode])


def test_a_label_that_a_printer_cannot_draw_goes_as_a_picture_among_commands():
    strange = item("A>B", "青いペン")
    data = b"".join(zpl_parts(PrintJob(((PEN, 200), (strange, 1)), ROLL, THERMAL_203)))
    pen, other = print_zpl(data)
    assert (pen.contents, other.contents) == ([PEN.barcode], ["A>B"])
    assert pen.texts
    assert not other.texts


def test_ten_thousand_copies_are_one_label_for_a_label_printer(tmp_path: Path):
    job = PrintJob(((PEN, 10_000),), ROLL, THERMAL_203)
    assert finish(save_zpl(str(tmp_path / "labels.zpl"), job)) == 10_000
    data = (tmp_path / "labels.zpl").read_bytes()
    assert len(data) < 2000
    assert print_zpl(data)[0].copies == 10_000


def test_a_pdf_is_told_sheet_by_sheet(tmp_path: Path):
    job = PrintJob(((PEN, 50),), SHEET, OFFICE_600)
    *steps, count = steps_and_result(save_pdf(str(tmp_path / "labels.pdf"), job))
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert count == 50


def test_a_pdf_that_is_given_up_leaves_nothing(tmp_path: Path):
    steps = save_pdf(str(tmp_path / "labels.pdf"), PrintJob(((PEN, 50),), SHEET, OFFICE_600))
    next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_one_label_without_room_refuses_the_whole_job_by_name(tmp_path: Path):
    job = PrintJob(((PEN, 300), (replace(CASE, sku="7" * 50), 1)), ROLL, THERMAL_203)
    with pytest.raises(TextTooLong, match=r"7{50} · case"):
        finish(save_zpl(str(tmp_path / "labels.zpl"), job))
    with pytest.raises(BarcodeTooWide, match=r"GEL-7.*25.4 × 10 mm"):
        labels_to_pdf(
            tmp_path / "labels.pdf", [PEN, replace(PEN, barcode="z" * 60)], STOCKS["L4731"]
        )
    assert list(tmp_path.iterdir()) == []


def test_a_label_that_does_not_read_back_is_refused_by_name():
    composition = Layouts(PrintJob(((PEN, 1),), ROLL, THERMAL_203))[0]
    check_readable(composition)
    (bars,) = composition.bars
    (runs,) = bars.symbol.rows
    smeared = replace(bars.symbol, rows=((*runs[:9], (40, 30), *runs[20:]),))
    wrong = replace(composition, bars=(replace(bars, symbol=smeared),))
    with pytest.raises(LabelUnreadable, match=r"GEL-7 .*4006381333931"):
        check_readable(wrong)


def test_a_barcode_that_says_something_else_is_refused():
    composition = Layouts(PrintJob(((PEN, 1),), ROLL, THERMAL_203))[0]
    (bars,) = composition.bars
    other = replace(bars.symbol, content="4006381333948")
    with pytest.raises(LabelUnreadable, match="4006381333948"):
        check_readable(replace(composition, bars=(replace(bars, symbol=other),)))


def test_text_in_the_white_of_a_barcode_is_noticed():
    composition = Layouts(PrintJob(((PEN, 1),), ROLL, THERMAL_203))[0]
    (bars,) = composition.bars
    lines = tuple(
        replace(text, x=bars.x - 8, y=bars.y + at * 12, text="||||")
        for text in composition.texts[:1]
        for at in range(1, 8)
    )
    with pytest.raises(LabelUnreadable):
        check_readable(replace(composition, texts=lines))


@pytest.mark.parametrize("copies", [0, -1, 100_001])
def test_a_job_without_sane_copies_is_refused(copies, tmp_path: Path):
    with pytest.raises(InvalidCopies):
        finish(save_zpl(str(tmp_path / "x.zpl"), PrintJob(((PEN, copies),), ROLL, THERMAL_203)))


def test_an_empty_job_is_refused(tmp_path: Path):
    with pytest.raises(NothingToPrint):
        labels_to_pdf(tmp_path / "x.pdf", [], SHEET)


def test_a_folder_that_is_not_there_is_explained(tmp_path: Path):
    with pytest.raises(FileNotWritten):
        labels_to_pdf(tmp_path / "none" / "x.pdf", [PEN], SHEET)


def test_a_network_printer_gets_the_labels_with_their_shift():
    job = PrintJob(((PEN, 2), (BIN, 1)), ROLL, THERMAL_203, calibration=Calibration(1, -2))
    with Listener() as listener:
        device = Device(Way.NETWORK, f"127.0.0.1:{listener.port}")
        assert finish(send_zpl(device, job)) == 3
    printed = print_zpl(listener.received)
    assert [label.contents for label in printed] == [[PEN.barcode], [BIN.barcode]]
    assert [label.shift for label in printed] == [(8, -16)] * 2
    assert [label.copies for label in printed] == [2, 1]


def test_nothing_is_sent_of_a_job_with_a_label_that_cannot_be_printed():
    job = PrintJob(((PEN, 1), (replace(PEN, sku="7" * 90), 1)), ROLL, THERMAL_203)
    with pytest.raises(TextTooLong):
        finish(send_zpl(Device(Way.NETWORK, "127.0.0.1:9"), job))


def test_a_silent_printer_is_named():
    job = PrintJob(((PEN, 1),), ROLL, THERMAL_203)
    with pytest.raises(PrinterSilent, match=r"127\.0\.0\.1:9"):
        finish(send_zpl(Device(Way.NETWORK, "127.0.0.1:9"), job))


def test_a_sheet_is_not_sent_to_a_printer_of_rolls():
    job = PrintJob(((PEN, 1),), SHEET, THERMAL_203)
    with pytest.raises(SheetOnLabelPrinter, match="L7160"):
        finish(send_zpl(Device(Way.NETWORK, "127.0.0.1:9"), job))


def test_a_test_page_is_saved_and_a_test_label_sent(tmp_path: Path):
    job = PrintJob((), SHEET, OFFICE_600)
    assert save_test_page(str(tmp_path / "test.pdf"), job) == 21
    assert page_sizes(tmp_path / "test.pdf") == [pytest.approx(SHEET.page_size, abs=0.4)]
    with Listener() as listener:
        device = Device(Way.NETWORK, f"127.0.0.1:{listener.port}")
        made = PrintJob((), ROLL, THERMAL_203, calibration=Calibration(2, 0))
        assert send_test_label(device, made) == 1
    (label,) = print_zpl(listener.received)
    assert label.shift == (16, 0)
    assert label.pixels[0] == 0
    assert label.pixels.count(0) < len(label.pixels) / 4
