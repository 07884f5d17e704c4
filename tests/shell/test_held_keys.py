"""Events kept back, and given back."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QWindow

from app.scanning.decisions import Fate
from app.shell.held_keys import HeldKeys


class Seen(QObject):
    """Notes what arrives at a window."""

    def __init__(self, held: HeldKeys) -> None:
        super().__init__()
        self._held = held
        self.keys: list[tuple[str, str]] = []

    def eventFilter(self, watched, event):
        if isinstance(event, QKeyEvent) and self._held.is_given_back(event):
            self.keys.append((event.type().name, event.text()))
        return False


def key(kind: QEvent.Type, text: str) -> QKeyEvent:
    return QKeyEvent(kind, ord(text.upper()), Qt.KeyboardModifier.NoModifier, text)


@pytest.fixture
def window(qapp) -> QWindow:
    return QWindow()


def test_keys_come_back_in_the_order_they_came(window):
    held = HeldKeys()
    seen = Seen(held)
    window.installEventFilter(seen)
    held.note_press(window, key(QEvent.Type.KeyPress, "a"), Fate.HOLD)
    held.note_press(window, key(QEvent.Type.KeyPress, "b"), Fate.HOLD)
    assert held.takes_release(window, key(QEvent.Type.KeyRelease, "a"))

    held.give_back()

    assert seen.keys == [("KeyPress", "a"), ("KeyPress", "b"), ("KeyRelease", "a")]
    assert not held.takes_release(window, key(QEvent.Type.KeyRelease, "b"))


def test_dropped_keys_take_their_releases_along(window):
    held = HeldKeys()
    seen = Seen(held)
    window.installEventFilter(seen)
    held.note_press(window, key(QEvent.Type.KeyPress, "a"), Fate.HOLD)

    held.drop()
    held.give_back()

    assert seen.keys == []
    assert held.takes_release(window, key(QEvent.Type.KeyRelease, "a"))
    assert not held.takes_release(window, key(QEvent.Type.KeyRelease, "a"))


def test_a_key_whose_window_is_gone_is_dropped(qapp):
    held = HeldKeys()
    window = QWindow()
    held.note_press(window, key(QEvent.Type.KeyPress, "a"), Fate.HOLD)
    window.deleteLater()
    qapp.sendPostedEvents(window, QEvent.Type.DeferredDelete)

    held.give_back()

    assert not held.takes_release(window, key(QEvent.Type.KeyRelease, "a"))


def test_only_the_event_itself_is_on_its_way_back(window):
    assert not HeldKeys().is_given_back(key(QEvent.Type.KeyPress, "a"))
