import pytest

from app.core.media import (
    DEAD_BORDER,
    OFFICE_600,
    ROLLS,
    SHEETS,
    STOCKS,
    THERMAL_203,
    THERMAL_300,
    resolution_of,
)

ON_PAGE = {
    "L7160": 21,
    "L7163": 14,
    "L7159": 24,
    "L7165": 8,
    "L7651": 65,
    "L4731": 189,
    "3475": 24,
    "5160": 30,
    "5163": 10,
    "5167": 80,
}
LEFT_AND_TOP = {  # computed by hand from the sizes that the makers print on the pack
    "L7160": (7.21, 15.15),
    "L7163": (4.65, 15.15),
    "L7159": (7.21, 12.9),
    "L7165": (4.65, 13.1),
    "L7651": (4.75, 10.7),
    "L4731": (8.6, 13.5),
    "3475": (0, 4.5),
    "5160": (4.76, 12.7),
    "5163": (3.97, 12.7),
    "5167": (7.14, 12.7),
}


def test_there_are_enough_sheets_and_rolls_to_choose_from():
    assert len(SHEETS) >= 6
    assert len(ROLLS) >= 4
    assert len(STOCKS) == len(SHEETS) + len(ROLLS)


@pytest.mark.parametrize("stock", SHEETS, ids=lambda stock: stock.code)
def test_a_sheet_holds_as_many_labels_as_its_pack_says(stock):
    assert len(list(stock.cells())) == stock.per_page == ON_PAGE[stock.code]


@pytest.mark.parametrize("stock", SHEETS, ids=lambda stock: stock.code)
def test_the_margins_of_a_sheet_come_out_as_measured(stock):
    assert (stock.left, stock.top) == pytest.approx(LEFT_AND_TOP[stock.code], abs=0.01)


@pytest.mark.parametrize("stock", SHEETS, ids=lambda stock: stock.code)
def test_labels_lie_on_the_page_with_equal_margins_and_do_not_overlap(stock):
    cells = list(stock.cells())
    width, height = stock.page_size
    right = width - max(cell.x for cell in cells) - stock.width
    bottom = height - max(cell.y for cell in cells) - stock.height
    assert min(right, bottom) >= -1e-9
    assert right == pytest.approx(min(cell.x for cell in cells), abs=1e-9)
    assert bottom == pytest.approx(min(cell.y for cell in cells), abs=1e-9)
    for number, one in enumerate(cells):
        for other in cells[number + 1 :]:
            apart_x = abs(one.x - other.x) >= stock.width - 1e-9
            apart_y = abs(one.y - other.y) >= stock.height - 1e-9
            assert apart_x or apart_y


@pytest.mark.parametrize("stock", ROLLS, ids=lambda stock: stock.code)
def test_a_roll_is_a_page_of_one_label_without_margins(stock):
    (cell,) = stock.cells()
    assert (cell.x, cell.y) == (0, 0)
    assert stock.page_size == (stock.width, stock.height)
    assert not stock.is_sheet


def test_labels_that_reach_into_the_border_no_printer_prints_on_are_known():
    assert {stock.code for stock in STOCKS.values() if stock.touches_dead_border} == {
        "3475",
        "5163",
    }
    assert DEAD_BORDER == 4.2


@pytest.mark.parametrize(
    ("code", "dots"), [("102x152", (816, 1216)), ("57x32", (456, 256)), ("50x25", (400, 200))]
)
def test_a_203_dpi_head_has_eight_dots_to_the_millimetre(code, dots):
    stock = STOCKS[code]
    assert (THERMAL_203.dots(stock.width), THERMAL_203.dots(stock.height)) == dots


def test_a_quarter_millimetre_is_two_dots_at_203_dpi_and_three_at_300():
    assert THERMAL_203.at_least(0.25) == 2
    assert THERMAL_300.at_least(0.25) == 3
    assert OFFICE_600.at_least(0.25) == 6


def test_rounding_up_and_down_do_not_fall_for_a_hair():
    assert THERMAL_203.at_most(0.5) == 4
    assert resolution_of(300).at_most(4 * 25.4 / 300) == 4
    assert resolution_of(300).at_least(4 * 25.4 / 300) == 4


def test_type_is_measured_in_points():
    assert OFFICE_600.points(72) == 600
    assert resolution_of(203) is THERMAL_203


def test_one_label_of_a_sheet_can_stand_alone():
    alone = STOCKS["L7160"].alone()
    assert alone.page_size == (63.5, 38.1)
    assert [(cell.x, cell.y) for cell in alone.cells()] == [(0, 0)]
