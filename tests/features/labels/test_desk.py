import pytest
from PySide6.QtCore import Qt

from app.core.media import STOCKS
from app.features.labels.desk import Desk
from app.features.labels.setup import Device, PrintSetup, Way
from app.features.labels.sheets import Calibration

OFFICE = Device(Way.PRINTER, "Office")


@pytest.fixture
def desk(qtbot):
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show()
    desk.show_setup(PrintSetup(STOCKS["L7160"]))
    desk.offer(["Office", "Zebra"], past_driver=True)
    return desk


def choose(qtbot, desk, box, text) -> PrintSetup:
    """Choose as a person does, and return the setup that was told."""
    with qtbot.waitSignal(desk.changed) as changed:
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
    return changed.args[0]


def listed(box) -> list[str]:
    return [box.itemText(at) for at in range(box.count())]


def test_all_stock_and_all_printers_are_offered(desk):
    assert desk.stock.count() == len(STOCKS)
    assert listed(desk.printer) == [
        "None: save as PDF or ZPL",
        "Office",
        "Zebra",
        "Office · ZPL past the driver",
        "Zebra · ZPL past the driver",
    ]
    assert desk.stock.currentData() == "L7160"


def test_where_nothing_goes_past_a_driver_that_is_not_offered(desk):
    desk.offer(["Office"], past_driver=False)
    assert listed(desk.printer) == ["None: save as PDF or ZPL", "Office"]


def test_a_choice_is_told_as_a_whole_new_setup(qtbot, desk):
    setup = choose(qtbot, desk, desk.stock, STOCKS["57x32"].name)
    assert setup == PrintSetup(STOCKS["57x32"])
    setup = choose(qtbot, desk, desk.printer, "Zebra · ZPL past the driver")
    assert setup.device == Device(Way.SPOOLER, "Zebra")
    setup = choose(qtbot, desk, desk.printer, "None: save as PDF or ZPL")
    assert setup.device is None


def test_a_network_printer_is_added_by_its_address(qtbot, desk):
    with qtbot.waitSignal(desk.changed) as changed:
        qtbot.keyClicks(desk.address, "10.0.0.7:6101")
        qtbot.keyClick(desk.address, Qt.Key.Key_Return)
    assert changed.args[0].device == Device(Way.NETWORK, "10.0.0.7:6101")
    assert desk.printer.currentText() == "10.0.0.7:6101 · ZPL over the network"
    assert desk.address.text() == ""


def test_an_address_that_is_none_is_marked_and_not_added(qtbot, desk):
    with qtbot.assertNotEmitted(desk.changed):
        qtbot.keyClicks(desk.address, "http://printer")
        qtbot.keyClick(desk.address, Qt.Key.Key_Return)
    assert "not the address" in desk.address.problem()


def test_only_a_label_printer_has_a_head_to_choose(qtbot, desk):
    desk.show_setup(PrintSetup(STOCKS["57x32"], OFFICE))
    assert not desk.head.isEnabled()
    desk.show_setup(PrintSetup(STOCKS["57x32"], Device(Way.NETWORK, "10.0.0.7")))
    assert desk.head.isEnabled()
    assert desk.head.currentData() == 203
    setup = choose(qtbot, desk, desk.head, "300 dpi")
    assert setup.device == Device(Way.NETWORK, "10.0.0.7", 300)


def test_a_printer_that_is_away_stays_chosen(desk):
    desk.show_setup(PrintSetup(STOCKS["L7160"], Device(Way.PRINTER, "Gone")))
    assert desk.printer.currentText() == "Gone"
    desk.show_setup(PrintSetup(STOCKS["L7160"]))
    assert "Gone" not in listed(desk.printer)


def test_the_calibration_is_opened_by_its_key_and_shows_what_is_known(qtbot, desk):
    desk.show_setup(PrintSetup(STOCKS["L7160"], OFFICE).calibrated(Calibration(1.5, 0)))
    assert desk.calibration.isHidden()
    desk.calibrate.click()
    assert desk.calibration.isVisible()
    assert desk.calibration.dx.text() == "1.5"
    assert desk.calibrate.shortcut().toString() == "Ctrl+K"


def test_everything_has_a_name(desk):
    for widget in (desk.stock, desk.printer, desk.head, desk.address, desk.calibrate):
        assert widget.accessibleName()
        assert widget.objectName().isidentifier()
