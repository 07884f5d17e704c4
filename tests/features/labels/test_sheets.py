import pytest

from app.core.labels import InvalidCopies, NothingToPrint
from app.core.media import OFFICE_600, STOCKS, THERMAL_203
from app.features.labels.sheets import (
    Calibration,
    NoSuchCell,
    PrintJob,
    checked,
    pages_of,
)
from tests.support.labels import BIN, PEN

SHEET = STOCKS["L7160"]


def job(*copies: int, start: int = 0, stock=SHEET, **more) -> PrintJob:
    lines = tuple(zip((PEN, BIN) * 9, copies, strict=False))
    return PrintJob(lines, stock, OFFICE_600, start, **more)


def test_labels_fill_a_sheet_row_by_row_from_the_first_free_one():
    (page,) = pages_of(job(2, 1, start=4))

    assert [placed.line for placed in page] == [0, 0, 1]
    dots = OFFICE_600.dots
    top = SHEET.top + SHEET.pitch_y
    assert [(placed.x, placed.y) for placed in page] == [
        (dots(SHEET.left + SHEET.pitch_x), dots(top)),
        (dots(SHEET.left + 2 * SHEET.pitch_x), dots(top)),
        (dots(SHEET.left), dots(top + SHEET.pitch_y)),
    ]


@pytest.mark.parametrize(
    ("copies", "start", "pages", "then"),
    [(1, 0, 1, 1), (21, 0, 1, 0), (22, 0, 2, 1), (21, 20, 2, 20), (1, 20, 1, 0), (43, 5, 3, 6)],
)
def test_a_full_sheet_is_followed_by_a_fresh_one(copies, start, pages, then):
    made = job(copies, start=start)
    laid = list(pages_of(made))

    assert (made.pages, made.next_start) == (pages, then)
    assert len(laid) == pages
    assert sum(map(len, laid)) == copies
    assert all(len(page) == 21 for page in laid[1:-1])


def test_ten_thousand_copies_are_laid_out():
    made = job(10_000)
    assert made.pages == 477
    assert sum(len(page) for page in pages_of(made)) == 10_000


def test_a_roll_has_one_label_on_a_page():
    made = PrintJob(((PEN, 3),), STOCKS["57x32"], THERMAL_203)
    assert [[(p.x, p.y) for p in page] for page in pages_of(made)] == [[(0, 0)]] * 3
    assert made.next_start == 0


def test_a_calibrated_printer_shifts_and_stretches_the_places_not_the_labels():
    plain = next(pages_of(job(21)))
    calibration = Calibration(1.0, -0.5, 1.01, 1.0)
    moved = next(pages_of(job(21, calibration=calibration)))

    assert moved[0].y - plain[0].y == OFFICE_600.dots(-0.5)
    first, last = (moved[at].x - plain[at].x for at in (0, 2))
    stretch = 2 * SHEET.pitch_x * 0.01
    assert last - first == pytest.approx(stretch * OFFICE_600.dots_per_mm, abs=1)


def test_nothing_to_print_is_refused():
    with pytest.raises(NothingToPrint):
        checked(job())


@pytest.mark.parametrize("copies", [0, -3, 100_001])
def test_a_line_without_sane_copies_is_refused(copies):
    with pytest.raises(InvalidCopies):
        checked(job(1, copies))


@pytest.mark.parametrize("start", [-1, 21, 1000])
def test_a_cell_that_the_sheet_does_not_have_is_refused(start):
    with pytest.raises(NoSuchCell, match=f"number {start + 1}"):
        checked(job(1, start=start))
