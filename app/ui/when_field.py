"""When it happened: now, unless somebody says otherwise. It opens in place, by key or mouse."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from app.core.clock import AHEAD, EARLIEST, now
from app.core.errors import Refused, marked
from app.core.refusals import FutureTime, PeriodClosed
from app.ui.fields import CheckedField, read_date
from app.ui.formats import clock_time, day, moment
from app.ui.jobs import Job
from app.ui.parts import ActionButton, PlainLabel, SmallButton
from app.ui.theme import part

STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
EXAMPLE = datetime(2026, 5, 31, 14, 2)
MOMENT = re.compile(r"(.*?)[,\s]*\b(\d{1,2}):(\d{2})\s*([ap]\.?m\.?)?", re.IGNORECASE)


class NotAMoment(Refused):
    template = marked(
        "“{found}” is not a date with a time. Type it as {example}, or as 14:02 for today."
    )


class MomentField(CheckedField):
    """A past moment as the locale writes it or as 2026-05-31 14:02; a time alone is of today.

    The arrow keys change the day, hour or minute that the cursor is in. `left` says that nobody
    wants to say anything here.
    """

    left = Signal()
    aligned: ClassVar = Qt.AlignmentFlag.AlignLeft

    def __init__(self, name: str, accessible: str) -> None:
        self._open_from: datetime | None = None
        super().__init__(name, accessible)

    def value(self) -> datetime | None:
        """Return the moment in UTC; None if the field is empty or cannot be used."""
        return self._value if isinstance(self._value, datetime) else None

    def set_value(self, value: datetime) -> None:
        self.setText(_typed(value.astimezone()))

    def close_before(self, moment: datetime | None) -> None:
        """Refuse what lies before this moment."""
        self._open_from = moment
        self._reread()
        self.check()

    @override
    def parse(self, text: str) -> datetime | None:
        if not text.strip():
            return None
        read = read_moment(text)
        if read is None:
            raise NotAMoment(found=text.strip(), example=_typed(EXAMPLE))
        if read > now() + AHEAD:
            raise FutureTime(moment=read)
        if self._open_from is not None and read < self._open_from:
            last = (self._open_from - timedelta(microseconds=1)).astimezone().date()
            raise PeriodClosed(moment=read, until=last)
        return read

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif step:
            self._step(step)
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        read = read_moment(self.text())
        if read is None:
            return
        place = self.cursorPosition()
        with suppress(OverflowError):
            wall = read.astimezone().replace(tzinfo=None)  # a day later is the same time of day
            self.setText(_typed(wall + step * _part_at(self.text(), place)))
        self.setCursorPosition(place)
        self.check()


class WhenField(QFrame):
    """A button that tells the moment, for the heading, and the field that it opens.

    `said` is a new moment, None for now. `ask_open_from` asks from when on nothing is closed.
    """

    said = Signal(object)

    def __init__(self, ask_open_from: Callable[[], Job]) -> None:
        super().__init__()
        self.setObjectName("when_strip")
        self._ask_open_from = ask_open_from
        self._at: datetime | None = None
        self._put = ""
        self._back: QWidget | None = None
        self.button = ActionButton(self.tr("Now"), "Ctrl+H", "when_open", icon="waiting")
        self.field = MomentField("when", self.tr("When it happened"))
        self.now = SmallButton(self.tr("Now"), "when_now", self.tr("It happens now"))
        self.done = SmallButton(self.tr("Set"), "when_set", self.tr("It happened at this time"))
        self.note = PlainLabel(name="when_note")
        self.note.setWordWrap(True)
        self._lay_out()
        self._wire()
        self.show_moment(None)
        self.hide()

    def _lay_out(self) -> None:
        label = PlainLabel(self.tr("Happened"), "label")
        label.setBuddy(self.field)
        self.field.setMinimumWidth(180)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        for widget in (label, self.field, self.done, self.now):
            row.addWidget(widget)
        row.addWidget(self.note, 1)
        part(self, "card")

    def _wire(self) -> None:
        self.button.clicked.connect(self.open)
        self.field.textChanged.connect(self._explain)
        self.field.entered.connect(self._enter)
        self.field.editingFinished.connect(self._say)
        self.field.left.connect(self.forget)
        self.done.clicked.connect(self._set)
        self.now.clicked.connect(self.forget)

    def show_moment(self, at: datetime | None) -> None:
        """Show what holds; what somebody is typing is left alone."""
        self._at = at
        self.button.say(self.tr("Now") if at is None else moment(at))
        told = self.tr("When it happened: {moment}").format(moment=self.button.text())
        self.button.setAccessibleName(told)
        self.button.setToolTip(f"{told} ({self.button.key})")
        part(self.button, "action" if at is None else "late")
        if not self.isHidden() and self.field.text() == self._put:
            self._fill()

    def open(self) -> None:
        """Let a moment be typed; asked again, put the field away as it is."""
        if not self.isHidden():
            self.commit()
            return
        self._back = self.window().focusWidget()
        self._ask_open_from().succeeded.connect(self.field.close_before)
        self._fill()
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def commit(self) -> bool:
        """Take what was typed and put the field away; False if it cannot be used."""
        if self.isHidden():
            return True
        if not self.field.check():
            self.field.setFocus()
            return False
        self._say()
        self._close()
        return True

    def forget(self) -> None:
        """It happens now."""
        self._close()
        if self._at is not None:
            self.said.emit(None)

    def _fill(self) -> None:
        self.field.set_value(self._at or now())
        self._put = self.field.text()
        self._explain()

    def _enter(self, _value: object) -> None:
        self.commit()

    def _set(self) -> None:
        self.commit()

    def _say(self) -> None:
        """Say what is new; a field that nobody touched says nothing."""
        if self.isHidden() or self.field.text() == self._put or not self.field.is_good():
            return
        self._put = self.field.text()
        self.said.emit(self.field.value())

    def _explain(self) -> None:
        """Tell what is wrong with what stands there, else what the keys do."""
        problem = self.field.problem()
        hint = self.tr("↑ ↓ change the part under the cursor · Esc: now")
        self.note.setText(problem or hint)
        part(self.note, "bad" if problem else "label")

    def _close(self) -> None:
        had_focus = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.hide()
        back, self._back = self._back, None
        if had_focus and back is not None:
            back.setFocus()


def read_moment(text: str) -> datetime | None:
    """Read a date with a time, or a time of today, and return it in UTC; None if it is neither."""
    found = MOMENT.fullmatch(text.strip())
    if found is None:
        return None
    clock = _clock(int(found[2]), int(found[3]), found[4])
    on = read_date(found[1]) if found[1] else now().astimezone().date()
    if clock is None or on is None:
        return None
    return _in_utc(on, clock)


def _clock(hour: int, minute: int, half: str | None) -> time | None:
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _in_utc(on: date, clock: time) -> datetime | None:
    try:
        read = datetime.combine(on, clock).astimezone().astimezone(UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return read if read >= EARLIEST else None


def _part_at(text: str, place: int) -> timedelta:
    """Return what one step is worth where the cursor stands: a day, an hour, a minute."""
    colon = text.rfind(":")
    hour = re.search(r"\d{1,2}$", text[:colon])
    if place > colon:
        return timedelta(minutes=1)
    return timedelta(hours=1) if hour and place >= hour.start() else timedelta(days=1)


def _typed(value: datetime) -> str:
    return f"{day(value.date())} {clock_time(value)}"
