import pytest

from app.core.media import STOCKS
from app.features.labels.setup import (
    CalibrationTooLarge,
    Device,
    NotAnAddress,
    PrintSetup,
    Way,
    parse_address,
    read_setup,
    write_setup,
)
from app.features.labels.sheets import NO_CALIBRATION, Calibration

ZEBRA = Device(Way.NETWORK, "10.0.0.7", 300)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.168.1.50", ("192.168.1.50", 9100)),
        (" labels.local:6101 ", ("labels.local", 6101)),
        ("[fe80::1]:9100", ("fe80::1", 9100)),
        ("zebra", ("zebra", 9100)),
    ],
)
def test_an_address_is_a_host_and_perhaps_a_port(text, address):
    assert parse_address(text) == address


@pytest.mark.parametrize(
    "text", ["", " ", "a b", "http://x", "x:", "x:0", "x:65536", "x:y", "x:١", "a/b", "x:1:2"]
)
def test_anything_else_is_no_address(text):
    with pytest.raises(NotAnAddress):
        parse_address(text)


def test_a_setup_comes_back_as_it_was_kept():
    setup = PrintSetup(STOCKS["L7160"], ZEBRA).starting_at(4)
    setup = setup.calibrated(Calibration(0.5, -1.25, 1.01, 0.99))
    assert read_setup(write_setup(setup)) == setup
    assert read_setup(write_setup(PrintSetup())) == PrintSetup()


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "3", '{"stock": "57x32"}', write_setup(PrintSetup()).replace("null", "7")],
)
def test_a_setup_that_cannot_be_read_gives_way_to_the_usual(text):
    assert read_setup(text) == PrintSetup()


def test_stock_no_longer_known_gives_way_but_the_rest_stays():
    text = write_setup(PrintSetup(STOCKS["L7160"], ZEBRA)).replace('"L7160"', '"L0000"')
    assert read_setup(text) == PrintSetup(device=ZEBRA)


def test_each_stock_remembers_where_it_was_left():
    setup = PrintSetup(STOCKS["L7160"]).starting_at(20)
    other = PrintSetup(STOCKS["5163"], None, setup.starts)
    assert (setup.start, other.start) == (20, 0)


def test_a_place_beyond_a_sheet_is_its_last():
    assert PrintSetup(STOCKS["5163"], None, {"5163": 99}).start == 9


def test_a_calibration_belongs_to_one_printer_and_one_stock():
    calibration = Calibration(1, 2)
    setup = PrintSetup(STOCKS["L7160"], ZEBRA).calibrated(calibration)
    assert setup.calibration == calibration
    for other in (
        PrintSetup(STOCKS["L7163"], ZEBRA, {}, setup.calibrations),
        PrintSetup(STOCKS["L7160"], None, {}, setup.calibrations),
    ):
        assert other.calibration == NO_CALIBRATION


@pytest.mark.parametrize(
    "calibration",
    [Calibration(dx=20.1), Calibration(dy=-21), Calibration(scale_x=1.06), Calibration(scale_y=0)],
)
def test_a_printer_is_never_that_far_off(calibration):
    with pytest.raises(CalibrationTooLarge):
        PrintSetup().calibrated(calibration)


def test_the_head_of_a_label_printer_sets_the_resolution_else_the_stock_does():
    roll, sheet = STOCKS["57x32"], STOCKS["L7160"]
    assert PrintSetup(roll, ZEBRA).resolution.dpi == 300
    assert PrintSetup(roll).resolution.dpi == 203
    assert PrintSetup(sheet, Device(Way.PRINTER, "Office")).resolution.dpi == 600
