"""When something happened, typed or stepped to, and refused where it is typed."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.core.clock import now
from app.ui.when_field import MomentField, WhenField, read_moment

ENTER, ESCAPE, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down
CONTROL = Qt.KeyboardModifier.ControlModifier


def local(*parts):
    return datetime(*parts).astimezone().astimezone(UTC)


@pytest.fixture
def locale():
    before = QLocale()
    yield QLocale.setDefault
    QLocale.setDefault(before)


class Answer(QObject):
    """What comes back from the books a moment later."""

    succeeded = Signal(object)

    def __init__(self, moment):
        super().__init__()
        self._moment = moment
        QTimer.singleShot(0, self._tell)

    def _tell(self):
        self.succeeded.emit(self._moment)


@pytest.fixture
def page(qtbot):
    """A page with a field to work in, and one that says when it happened."""
    page = QWidget()
    page.closed = None
    page.answers = []

    def ask():
        page.answers.append(Answer(page.closed))
        return page.answers[-1]

    page.when = WhenField(ask)
    page.work = QLineEdit()
    layout = QVBoxLayout(page)
    for widget in (page.when.button, page.when, page.work):
        layout.addWidget(widget)
    page.said = []
    page.when.said.connect(page.said.append)
    page.when.said.connect(page.when.show_moment)
    qtbot.addWidget(page)
    page.resize(900, 300)
    with qtbot.waitActive(page):
        page.show()
    page.work.setFocus()
    return page


@pytest.fixture
def keys(qtbot):
    def keys(text="", key=None, modifier=Qt.KeyboardModifier.NoModifier):
        if text:
            qtbot.keyClicks(QApplication.focusWidget(), text)
        if key is not None:
            qtbot.keyClick(QApplication.focusWidget(), key, modifier)

    return keys


@pytest.mark.parametrize(
    ("name", "text", "moment"),
    [
        ("de", "31.05.2026 14:02", (2026, 5, 31, 14, 2)),
        ("de", "31.5.26, 7:02", (2026, 5, 31, 7, 2)),
        ("de", "2026-05-31 14:02", (2026, 5, 31, 14, 2)),
        ("en_GB", "31/05/2026 14:02", (2026, 5, 31, 14, 2)),
        ("en_US", "5/31/2026 2:02 PM", (2026, 5, 31, 14, 2)),
        ("en_US", "5/31/2026 12:02 am", (2026, 5, 31, 0, 2)),
    ],
)
def test_a_moment_is_read_as_the_locale_writes_it(locale, name, text, moment):
    locale(QLocale(name))

    assert read_moment(text) == local(*moment)


def test_a_time_alone_is_of_today():
    today = datetime.now().astimezone().replace(hour=0, minute=5, second=0, microsecond=0)

    assert read_moment("0:05") == today


@pytest.mark.parametrize(
    "text",
    ["", "31.05.2026", "14", "31.02.2026 14:02", "24:00", "9:60", "0900-01-01 10:00", "x 9:00"],
)
def test_what_is_no_moment_is_not_guessed(locale, text):
    locale(QLocale("de"))

    assert read_moment(text) is None


@pytest.mark.parametrize("name", ["de", "en_GB", "en_US", "en_150", "fr", "sv"])
def test_what_it_shows_it_can_read(qtbot, locale, name):
    locale(QLocale(name))
    field = MomentField("when", "When")
    qtbot.addWidget(field)
    field.set_value(local(2026, 5, 31, 14, 2))

    assert field.value() == local(2026, 5, 31, 14, 2)


def test_it_is_now_until_somebody_says_otherwise(page):
    assert page.when.button.text() == "Now"
    assert page.when.button.accessibleName() == "When it happened: Now"
    assert page.when.isHidden()


def test_it_opens_by_its_key_and_takes_what_is_typed(qtbot, page, keys):
    keys(key=Qt.Key.Key_H, modifier=CONTROL)
    assert page.when.field.hasFocus()
    keys("2026-05-31 14:02", ENTER)

    assert page.said == [local(2026, 5, 31, 14, 2)]
    assert page.when.isHidden()
    assert page.work.hasFocus()
    assert page.when.button.text().endswith("14:02")
    assert page.when.button.property("part") == "late"


def test_it_opens_and_closes_by_mouse_too(qtbot, page):
    qtbot.mouseClick(page.when.button, Qt.MouseButton.LeftButton)
    page.when.field.selectAll()
    qtbot.keyClicks(page.when.field, "2026-05-31 14:02")
    qtbot.mouseClick(page.when.done, Qt.MouseButton.LeftButton)
    assert page.said == [local(2026, 5, 31, 14, 2)]

    qtbot.mouseClick(page.when.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.when.now, Qt.MouseButton.LeftButton)
    assert page.said[1:] == [None]
    assert page.when.button.text() == "Now"


def test_looking_at_it_changes_nothing(page, keys):
    page.when.button.click()
    keys(key=ENTER)

    assert page.said == []
    assert page.when.isHidden()


def test_escape_goes_back_to_now(page, keys):
    page.when.show_moment(local(2026, 5, 31, 14, 2))
    page.when.button.click()
    assert page.when.field.value() == local(2026, 5, 31, 14, 2)
    keys(key=ESCAPE)

    assert page.said == [None]
    assert page.when.isHidden()
    assert page.work.hasFocus()


@pytest.mark.parametrize(
    ("place", "step"),
    [(1, timedelta(days=1)), (12, timedelta(hours=1)), (15, timedelta(minutes=1))],
)
def test_arrow_keys_step_what_the_cursor_is_in(locale, page, keys, place, step):
    locale(QLocale("de"))
    page.when.show_moment(local(2026, 5, 31, 14, 2))
    page.when.button.click()
    for key, moment in ((DOWN, -step), (UP, 0 * step), (UP, step)):
        page.when.field.setCursorPosition(place)
        keys(key=key)
        assert page.when.field.value() == local(2026, 5, 31, 14, 2) + moment


def test_more_than_a_day_ahead_is_refused_where_it_is_typed(page, keys):
    page.when.button.click()
    ahead = (now() + timedelta(days=2)).astimezone()
    keys(f"{ahead:%Y-%m-%d %H:%M}")

    assert "more than a day ahead" in page.when.note.text()
    assert page.when.note.property("part") == "bad"
    keys(key=ENTER)
    assert page.said == []
    assert page.when.field.hasFocus()
    assert not page.when.commit()


def test_a_closed_period_is_told_at_once(qtbot, page, keys):
    page.closed = local(2026, 6, 1)
    page.when.button.click()
    qtbot.waitUntil(lambda: page.when.field._open_from is not None)
    keys("2026-05-31 14:02")
    assert "closed period" in page.when.note.text()
    page.when.field.selectAll()
    keys("2026-06-01 00:00", ENTER)

    assert page.said == [local(2026, 6, 1)]


def test_what_is_no_moment_says_how_to_type_one(page, keys):
    page.when.button.click()
    keys("yesterday")

    assert "“yesterday” is not a date with a time" in page.when.note.text()


def test_what_is_typed_is_said_when_the_field_is_left(page, keys):
    page.when.button.click()
    keys("2026-05-31 14:02")
    page.work.setFocus()

    assert page.said == [local(2026, 5, 31, 14, 2)]
    assert page.when.commit()
    assert page.said == [local(2026, 5, 31, 14, 2)]
