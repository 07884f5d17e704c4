import subprocess
import sys

import pytest
from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QWidget

from app.ui.overrides import guard_overrides
from app.ui.table_grid import Grid
from app.ui.tables import RowsTable

PROGRAM = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from app.ui.overrides import guard_overrides

class Faulty(QWidget):
    __module__ = "app.faulty"
    def paintEvent(self, event):
        {fault}

sys.excepthook = lambda kind, bug, where: print("admitted", kind.__name__)
guard_overrides()
application = QApplication([])
widget = Faulty()
widget.show()
QTimer.singleShot(100, application.quit)
application.exec()
print("still running")
"""


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("int('x')", "ValueError"), ("[][0]", "IndexError"), ("raise KeyError(1)", "KeyError")],
)
def test_a_bug_in_a_method_that_qt_calls_is_admitted_and_the_program_lives(fault, kind):
    program = PROGRAM.replace("{fault}", fault)
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )

    assert f"admitted {kind}" in run.stdout
    assert run.stdout.splitlines()[-1] == "still running"
    assert run.returncode == 0


def test_it_may_be_done_again_and_again():
    guard_overrides()
    first = Grid.keyPressEvent
    guard_overrides()

    assert Grid.keyPressEvent is first
    assert QWidget.keyPressEvent is not first


def test_what_is_guarded_still_does_its_work(qapp):
    guard_overrides()
    table = RowsTable(())

    assert table.rowCount() == 0
    assert table.rowCount(QModelIndex()) == 0
