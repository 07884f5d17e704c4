import gc
import weakref

import pytest
from PySide6.QtCore import QObject

from app.shell import garbage


class Ring:
    def __init__(self):
        self.itself = self


@pytest.fixture(autouse=True)
def _collecting():
    yield
    gc.enable()


def test_garbage_is_collected_while_the_event_loop_runs(qtbot, qapp, monkeypatch):
    monkeypatch.setattr(garbage, "COLLECT_EVERY", 1)
    home = QObject()
    garbage.collect_in_gui_thread(home)
    ring = weakref.ref(Ring())

    assert not gc.isenabled()
    qtbot.waitUntil(lambda: ring() is None)
