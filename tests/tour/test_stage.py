"""Somebody at the window who is as patient as the PC is busy."""

from time import sleep
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.shell.listening import Listening
from app.shell.main_window import MainWindow
from app.tour.stage import Stage, TourStopped
from tests.support.pages import PLACES, Nearby

EAN = "4006381333931"

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def stage(qtbot, jobs, tmp_path):
    Nearby.loaded.clear()
    window = MainWindow(jobs, PLACES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    qtbot.waitUntil(lambda: window.current_screen() is not None)
    program = SimpleNamespace(window=window, jobs=jobs, listening=Listening(window, jobs))
    return Stage(QApplication.instance(), program, window, tmp_path)


def test_a_scan_is_a_scan_however_busy_the_window_is(stock, stage):
    stock.item("GEL-7", barcode=EAN)
    busy = QTimer(interval=1)
    busy.timeout.connect(lambda: sleep(0.06))
    busy.start()

    effect = stage.scan(EAN)

    busy.stop()
    assert effect.text == "GEL-7 +1"


def test_a_scan_that_is_refused_ends_the_tour(stage):
    with pytest.raises(TourStopped, match="No item has this barcode"):
        stage.scan(EAN)
