"""Scans and typing as real key events at real windows."""

from collections import deque
from collections.abc import Callable, Iterator
from time import monotonic

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QMainWindow,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from app.core.scanner import Decode, ScannerProfile
from app.scanning.keys import Key
from app.shell.native_keys import Press
from app.shell.scan_filter import ScanFilter
from tests.scanning.replay import keys_of, profile_of, wedge_vectors
from tests.support.keyboard import Keyboard

EAN = "4006381333931"
PATIENT = ScannerProfile(hold_ms=500, gap_ms=500, avg_ms=200)
"""For keys struck in real time, by a machine that may be busy with other tests."""

VECTORS = [vector for vector in wedge_vectors() if vector["focus"] != "modal message after scan 1"]
MODAL = next(vector for vector in wedge_vectors() if vector["id"] == "W25")


def keys(text: str, gap: float = 5, start: float = 0) -> list[Key]:
    return [
        Key(start + at * gap, char, "Return" if char == "\r" else "char")
        for at, char in enumerate(text)
    ]


class Desk(QMainWindow):
    """A window with whatever may have the focus, and a menu."""

    def __init__(self) -> None:
        super().__init__()
        self.menuBar().addMenu("&File").addAction("Open")
        self.line = QLineEdit("abc")
        self.notes = QPlainTextEdit()
        self.number = QSpinBox(maximum=99_999_999)
        self.table = QTableWidget(3, 3)
        self.button = QPushButton("Default", default=True, autoDefault=True)
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.clicks = 0
        self.entered = 0
        body = QWidget()
        layout = QVBoxLayout(body)
        for widget in (
            self.line,
            self.notes,
            self.number,
            self.table,
            self.button,
            self.password,
        ):
            layout.addWidget(widget)
        self.setCentralWidget(body)
        self.button.clicked.connect(self._click)
        for field in (self.line, self.password, self.number.lineEdit()):
            field.returnPressed.connect(self._enter)

    def _click(self) -> None:
        self.clicks += 1

    def _enter(self) -> None:
        self.entered += 1


class Heard:
    """What the filter told."""

    def __init__(self, scans: ScanFilter) -> None:
        self.scanned: list[str] = []
        self.refused: list[str] = []
        self.repeated: list[str] = []
        self.lost: list[str] = []
        self.hinted: list[str] = []
        for name, told in vars(self).items():
            getattr(scans, name).connect(told.append)
        self._scans = scans

    def settle(self, qtbot) -> None:
        """Wait until nothing is held any more and all is told."""
        qtbot.waitUntil(lambda: not self._scans.is_holding)
        QApplication.processEvents()


@pytest.fixture
def desk(qtbot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show()
    desk.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is desk.windowHandle())
    return desk


Listen = Callable[..., tuple[ScanFilter, Heard]]


@pytest.fixture
def listen(qapp, desk) -> Iterator[Listen]:
    made: list[ScanFilter] = []

    def make(profile: ScannerProfile | None = None) -> tuple[ScanFilter, Heard]:
        scans = ScanFilter(profile)
        made.append(scans)
        return scans, Heard(scans)

    yield make
    for scans in made:
        scans.deleteLater()
    qapp.processEvents()


def focus(desk: Desk, where: str) -> None:
    widget = {
        "nothing": None,
        "text field": desk.line,
        "quantity field": desk.number,
        "default button": desk.button,
        "table cell": desk.table,
        "password field": desk.password,
    }.get(where)
    if widget:
        widget.setFocus()
    elif focused := QApplication.focusWidget():
        focused.clearFocus()
    desk.number.selectAll()
    desk.table.setCurrentCell(0, 0)
    desk.line.end(False)


def received(desk: Desk, where: str) -> str:
    text = {
        "text field": desk.line.text().removeprefix("abc"),
        "quantity field": desk.number.lineEdit().text() if desk.number.value() else "",
        "password field": desk.password.text(),
    }.get(where, "")
    return text + "\r" * desk.entered


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["id"])
def test_a_recorded_vector_does_what_it_should_in_a_real_window(qtbot, desk, listen, vector):
    _, heard = listen(profile_of(vector))
    keyboard = Keyboard(desk.windowHandle())
    focus(desk, vector["focus"])

    keyboard.strike_all(keys_of(vector))
    heard.settle(qtbot)

    assert heard.scanned == vector["scans"]
    assert received(desk, vector["focus"]) == vector["typed"]
    assert desk.line.text().startswith("abc")
    assert desk.clicks == 0
    assert desk.table.state() == QTableWidget.State.NoState
    assert desk.table.item(0, 0) is None
    assert desk.menuBar().activeAction() is None
    if vector["scans"]:
        assert [key for key in keyboard.offered if key not in ("Shift", "Ctrl")] == []


@pytest.mark.parametrize("where", ["text field", "quantity field", "table cell", "default button"])
def test_a_scan_changes_nothing_wherever_the_focus_is(qtbot, desk, listen, where):
    _, heard = listen()
    focus(desk, where)
    before = QApplication.focusWidget()

    Keyboard(desk.windowHandle()).strike_all([*keys(EAN), Key(65, "\t", "Tab")])
    heard.settle(qtbot)

    assert heard.scanned == [EAN]
    assert QApplication.focusWidget() is before
    assert (desk.line.text(), desk.number.value(), desk.clicks) == ("abc", 0, 0)


@pytest.mark.parametrize("gap", [70, 30])
def test_typing_arrives_in_order_at_its_own_pace(qtbot, desk, listen, gap):
    _, heard = listen()
    desk.notes.setFocus()
    text = "Hello World 12" if gap == 70 else "inv"
    for char in text:
        QTest.keyClick(desk.windowHandle(), char)
        qtbot.wait(gap)
    heard.settle(qtbot)

    assert desk.notes.toPlainText() == text
    assert heard.scanned == heard.lost == []


def test_a_quantity_and_enter_go_to_the_field(qtbot, desk, listen):
    listen()
    focus(desk, "quantity field")
    for char in "42":
        QTest.keyClick(desk.windowHandle(), char)
        qtbot.wait(70)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Return)

    assert (desk.number.value(), desk.entered) == (42, 1)


def test_what_is_typed_into_a_table_cell_stays_there(qtbot, desk, listen):
    listen()
    focus(desk, "table cell")
    for char in "77":
        QTest.keyClick(desk.windowHandle(), char)
        qtbot.wait(70)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Return)

    qtbot.waitUntil(lambda: desk.table.item(0, 0) is not None)
    assert desk.table.item(0, 0).text() == "77"


def test_space_still_clicks_a_button_once(qtbot, desk, listen):
    listen()
    desk.button.setFocus()

    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Space)

    qtbot.waitUntil(lambda: desk.clicks == 1)


def test_alt_alone_still_opens_the_menu_bar(qtbot, desk, listen):
    listen()
    desk.line.setFocus()

    Keyboard(desk.windowHandle()).strike(Key(0, "", "Alt", 56))

    qtbot.waitUntil(lambda: desk.menuBar().activeAction() is not None)


def test_shortcuts_run_when_typed_and_never_by_a_scan(qtbot, desk, listen):
    _, heard = listen(PATIENT)
    hits = []
    for sequence in ("Ctrl+]", "F8", "Ctrl+S"):
        shortcut = QShortcut(QKeySequence(sequence), desk)
        shortcut.activated.connect(lambda sequence=sequence: hits.append(sequence))
    window = desk.windowHandle()

    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert hits == ["Ctrl+S", "F8"]

    for char in "0109501101530003":
        QTest.keyClick(window, char)
    QTest.keyClick(window, Qt.Key.Key_F8)
    for char in "10AB":
        QTest.keyClick(window, char)
    QTest.keyClick(window, Qt.Key.Key_Return)
    heard.settle(qtbot)

    assert hits == ["Ctrl+S", "F8"]
    assert heard.scanned == ["0109501101530003\x1d10AB"]


def test_a_shortcut_right_behind_typing_comes_after_it(qtbot, desk, listen):
    listen()
    desk.line.setFocus()
    seen = []
    shortcut = QShortcut(QKeySequence("Ctrl+S"), desk)
    shortcut.activated.connect(lambda: seen.append(desk.line.text()))

    QTest.keyClick(desk.windowHandle(), "d")
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    assert seen == ["abcd"]


def test_the_mouse_comes_after_what_was_typed_before_it(qtbot, desk, listen):
    listen()
    desk.line.setFocus()
    QTest.keyClick(desk.windowHandle(), "d")
    place = desk.button.mapTo(desk, QPoint(5, 5))

    QTest.mouseClick(desk.windowHandle(), Qt.MouseButton.LeftButton, pos=place)

    assert (desk.line.text(), desk.clicks) == ("abcd", 1)


def test_a_window_that_was_busy_hears_a_scan_whole(qtbot, desk, listen):
    """Half of the keys wait in the queue while the time for the others runs out."""
    _, heard = listen()
    keyboard = Keyboard(desk.windowHandle())
    scan = keys(EAN + "\r")
    keyboard.strike_all(scan[:6])
    QTimer.singleShot(90, lambda: keyboard.strike_all(scan[6:]))

    QTest.qSleep(150)
    heard.settle(qtbot)

    assert (heard.scanned, heard.lost) == ([EAN], [])


def test_a_repeat_and_a_broken_scan_are_told_apart_from_scans(qtbot, desk, listen):
    _, heard = listen()
    keyboard = Keyboard(desk.windowHandle())

    keyboard.strike_all([*keys(EAN + "\r"), *keys(EAN + "\r", start=245)])
    keyboard.strike_all(keys("4006381", start=2_000))
    heard.settle(qtbot)

    assert (heard.scanned, heard.repeated, heard.lost) == ([EAN], [EAN], ["4006381"])


def test_nobody_but_a_person_answers_a_question(qtbot, desk, listen):
    """Three scans in real time; the first makes the program ask something."""
    scans, heard = listen()
    box = QMessageBox(
        QMessageBox.Icon.Question,
        "Post",
        "Post it?",
        QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
        desk,
    )
    box.setDefaultButton(QMessageBox.StandardButton.Yes)
    answers = []
    box.finished.connect(answers.append)
    scans.scanned.connect(lambda _: box.exec())
    left = deque(keys_of(MODAL))
    started = monotonic()

    seen = []

    def strike_what_is_due() -> None:
        while left and left[0].t_ms <= (monotonic() - started) * 1000:
            Keyboard(QGuiApplication.focusWindow()).strike(left.popleft())
        if len(heard.refused) == 2:
            seen.append(list(answers))
            hand.stop()
            box.reject()

    hand = QTimer(desk, interval=2)
    hand.timeout.connect(strike_what_is_due)
    hand.start()
    QTimer.singleShot(4_000, box.reject)  # or a fault would hold the test for ever
    qtbot.waitUntil(lambda: bool(seen))

    assert heard.scanned == MODAL["scans"]
    assert heard.refused == ["96385074", "036000291452"]
    assert seen == [[]]


def test_a_dialog_is_listened_to_as_soon_as_it_has_the_focus(qtbot, desk, listen):
    _, heard = listen()
    dialog = QDialog(desk)
    layout = QVBoxLayout(dialog)
    field = QLineEdit()
    layout.addWidget(field)
    layout.addWidget(QDialogButtonBox(QDialogButtonBox.StandardButton.Ok))
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is dialog.windowHandle())

    Keyboard(dialog.windowHandle()).strike_all(keys(EAN + "\r"))
    heard.settle(qtbot)

    assert (heard.scanned, field.text(), dialog.isVisible()) == ([EAN], "", True)


def test_a_field_that_asks_for_a_code_gets_its_text_even_in_a_dialog(qtbot, desk, listen):
    _, heard = listen()
    dialog = QDialog(desk, modal=True)
    field = QLineEdit("old", dialog)
    field.setProperty("scanTarget", "raw")
    dialog.show()
    dialog.activateWindow()
    field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)

    Keyboard(dialog.windowHandle()).strike_all(keys(EAN + "\r"))
    heard.settle(qtbot)

    assert (field.text(), heard.scanned, heard.refused) == (EAN, [], [])


def test_a_widget_that_wants_its_keys_raw_gets_them_at_any_pace(qtbot, desk, listen):
    _, heard = listen()
    desk.centralWidget().setProperty("rawKeys", True)
    desk.line.setFocus()

    Keyboard(desk.windowHandle()).strike_all(keys("12345678\r"))

    assert (desk.line.text(), heard.scanned) == ("abc12345678", [])


def test_a_dialog_that_typing_opens_is_listened_to_while_it_is_open(qtbot, desk, listen):
    """Space is given back to a button, whose dialog runs its own loop inside of that."""
    _, heard = listen()
    dialog = QDialog(desk)
    field = QLineEdit(dialog)
    desk.button.clicked.connect(dialog.exec)
    desk.button.setFocus()

    def scan() -> None:
        Keyboard(dialog.windowHandle()).strike_all(keys(EAN + "\r"))
        QTimer.singleShot(100, dialog.reject)

    QTimer.singleShot(200, scan)
    QTest.keyClick(desk.windowHandle(), Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(heard.refused))

    assert field.text() == ""


def test_caps_lock_is_pointed_out(qtbot, desk, listen):
    _, heard = listen()
    vector = next(vector for vector in wedge_vectors() if vector["id"] == "W23")

    Keyboard(desk.windowHandle()).strike_all(keys_of(vector))
    heard.settle(qtbot)

    assert heard.scanned == ["sku-AB12"]
    assert "Caps Lock" in heard.hinted[0]


def test_another_profile_holds_from_the_next_key_on(qtbot, desk, listen):
    scans, heard = listen()
    desk.line.setFocus()
    QTest.keyClick(desk.windowHandle(), "d")
    scans.set_profile(ScannerProfile(suffix="none"))

    assert desk.line.text() == "abcd"
    Keyboard(desk.windowHandle(), start_ms=100_000).strike_all(keys(EAN))
    qtbot.waitUntil(lambda: heard.scanned == [EAN])


def test_releases_follow_their_press(qtbot, desk, listen):
    """A widget never sees the release of a key whose press was part of a scan."""
    _, heard = listen()
    seen = []

    class Watcher(QWidget):
        def event(self, event):
            if event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                seen.append((event.type(), event.text()))
            return super().event(event)

    watcher = Watcher(focusPolicy=Qt.FocusPolicy.StrongFocus)
    desk.setCentralWidget(watcher)
    watcher.show()
    watcher.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is watcher)
    keyboard = Keyboard(desk.windowHandle())

    keyboard.strike_all([*keys(EAN + "\r"), *keys("a", start=500)])
    heard.settle(qtbot)

    assert seen == [(QEvent.Type.KeyPress, "a"), (QEvent.Type.KeyRelease, "a")]


@pytest.mark.parametrize(
    ("decode", "places", "code"),
    [(Decode.POSITIONS, "", "AB]12"), (Decode.TEXT, "C", "AB\x1d12"), (Decode.TEXT, "", "AB12")],
)
def test_keys_qt_does_not_tell_of_are_part_of_a_scan(qtbot, desk, listen, decode, places, code):
    """On a Swiss keyboard the place of ] is a dead key: only the system's messages have it."""
    scans, heard = listen(ScannerProfile(decode=decode))
    pressed = (("A", 30, 0), ("B", 48, 5), ("", 27, 10), ("1", 2, 15), ("2", 3, 20), ("\r", 28, 25))
    for _, place, t in pressed:
        scans.presses.note(Press(place, 7_000.0 + t, places if place == 27 else ""))

    for char, place, t in pressed:
        if char:
            name = "Return" if char == "\r" else "char"
            mods = "S" if char.isalpha() else ""
            Keyboard(desk.windowHandle()).strike(Key(t, char, name, place, mods))

    qtbot.waitUntil(lambda: heard.scanned == [code])
