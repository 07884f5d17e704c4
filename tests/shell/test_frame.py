import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.shell.frame import Frame
from app.ui.preferences import preferences
from app.ui.theme import Role, colour, look


class Content(QWidget):
    def __init__(self):
        super().__init__()
        self.closed = 0
        self.may_close = True

    def closeEvent(self, event):
        self.closed += 1
        event.setAccepted(self.may_close)


@pytest.fixture
def frame(qtbot):
    frame = Frame()
    qtbot.addWidget(frame)
    yield frame
    if frame._content:
        frame._content.may_close = True


def test_it_tells_once_that_it_is_on_view(qtbot, frame):
    painted = []
    frame.painted.connect(lambda: painted.append(1))

    with qtbot.waitSignal(frame.painted):
        frame.show()
    frame.update()
    qtbot.wait(20)

    assert painted == [1]


def test_it_shows_the_ground_of_what_is_to_come_in_the_colours_in_force(qtbot, qapp, frame):
    for theme in ("dark", "light"):
        look().prepare(qapp, theme)
        image = frame.grab().toImage()

        assert image.pixelColor(10, 300) == QColor(colour(Role.SURFACE))
        assert image.pixelColor(600, 300) == QColor(colour(Role.WINDOW))


def test_the_content_fills_it_and_gives_it_its_title(qtbot, frame):
    content = Content()
    frame.show()
    frame.fill(content)
    content.setWindowTitle("Transfer – Stockroom")

    assert frame.windowTitle() == "Transfer – Stockroom"
    qtbot.waitUntil(lambda: content.size() == frame.size())


def test_what_comes_next_gives_it_its_title_too(qtbot, frame):
    content, another = Content(), Content()
    content.setWindowTitle("Transfer – stock – Stockroom")
    frame.fill(content)
    frame.empty()
    another.setWindowTitle("Stockroom")

    frame.fill(another)

    assert frame.windowTitle() == "Stockroom"


def test_it_closes_with_its_content_or_not_at_all(qtbot, frame):
    content = Content()
    frame.fill(content)
    frame.show()

    content.may_close = False
    assert not frame.close()
    content.may_close = True
    assert frame.close()
    assert content.closed == 2


def test_it_is_where_it_was_the_last_time(qtbot, frame):
    frame.resize(700, 500)
    frame.move(20, 30)
    frame.show()
    place = frame.geometry()
    frame.close()

    again = Frame()
    qtbot.addWidget(again)
    assert (again.size(), again.pos()) == (place.size(), place.topLeft())


def test_a_window_as_large_as_the_display_leaves_room_for_its_frame(qtbot):
    room = QApplication.primaryScreen().availableGeometry()
    preferences().put("window/place", [0, 0, 5_000, 5_000])

    frame = Frame()
    qtbot.addWidget(frame)

    assert frame.height() < room.height()


def test_a_place_on_a_display_that_is_gone_is_not_taken(qtbot):
    preferences().put("window/place", [90_000, 90_000, 5_000, 5_000])

    frame = Frame()
    qtbot.addWidget(frame)

    room = QApplication.primaryScreen().availableGeometry()
    assert frame.pos().x() < room.right()
    assert frame.width() <= room.width()


def test_a_maximized_window_is_maximized_again(qtbot):
    preferences().put("window/maximized", True)
    frame = Frame()
    qtbot.addWidget(frame)

    assert frame.isMaximized()


def test_a_minimized_window_comes_forward_as_large_as_it_was(qtbot, frame):
    frame.showMaximized()
    frame.setWindowState(frame.windowState() | Qt.WindowState.WindowMinimized)
    assert frame.isMinimized()

    frame.come_forward()

    qtbot.waitUntil(frame.isActiveWindow)
    assert not frame.isMinimized()
    assert frame.isMaximized()


def test_a_question_that_stands_before_it_comes_forward_with_it(qtbot, frame):
    frame.show()
    box = QDialog(frame)
    box.open()
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)

    frame.come_forward()

    qtbot.waitUntil(box.isActiveWindow)
