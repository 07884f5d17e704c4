import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from app.ui.wrapped import WrappedLabel, breakable

FILE = "C:\\Users\\Geschaeftsfuehrung\\AppData\\Local\\Stockroom\\Niederlassung-Sued\\stock.db"
DIGEST = "0123456789abcdef" * 4


@pytest.fixture
def label(qtbot):
    label = WrappedLabel()
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    qtbot.addWidget(label)
    return label


@pytest.mark.parametrize("word", [FILE, DIGEST, "postgresql://kim@server.example.com:5432/stock"])
def test_no_word_is_too_long_for_the_width_there_is(label, word):
    label.setText(f"{word} is not there.")
    widest = label.fontMetrics().horizontalAdvance("m" * 20) + 8

    assert label.minimumSizeHint().width() <= widest
    assert label.heightForWidth(widest) >= 2 * label.fontMetrics().height()
    assert label.text() == f"{word} is not there."


def test_usual_words_stay_whole():
    text = "Der Datenbankserver antwortet nicht (connection refused)."

    assert breakable(text) == text


def test_nothing_of_a_word_is_lost():
    for text in (FILE, DIGEST, "::::////----....____????====&&&&", f"a {FILE}, {DIGEST}\nb"):
        assert breakable(text).replace("\u200b", "") == text


def test_what_is_copied_is_what_was_said(qtbot, label):
    label.setText(f"{FILE}\nis not there.")
    label.show()
    label.setSelection(0, len(breakable(FILE)))
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == FILE

    label.setSelection(0, 0)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(label, event)
    (menu,) = label.findChildren(QMenu)
    menu.actions()[0].trigger()
    assert QGuiApplication.clipboard().text() == f"{FILE}\nis not there."
    menu.close()
