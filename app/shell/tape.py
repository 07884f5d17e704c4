"""The tape of the last scans: what was scanned, what it is, what it did; and a way back."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from app.core.errors import AppError
from app.core.scans import Effect, Meaning, Tone
from app.shell.meanings import described
from app.ui.icons import TONE_ICONS, drawn, icon
from app.ui.jobs import Job
from app.ui.messages import message
from app.ui.parts import SmallButton
from app.ui.theme import TONES, Role, colour, look

LENGTH = 50  # scans that are remembered
HEIGHT = 44  # pixels
ICON = 16
GAP = 8
SHARE = 0.6  # of the width that one scan takes at most


@dataclass(frozen=True)
class Entry:
    """One scan. Until it is `effect`-ive it is still being worked on."""

    number: int
    code: str
    meaning: str = ""
    effect: Effect | None = None
    is_undone: bool = False
    screen: object = None
    """The one that took it."""

    @property
    def told(self) -> str:
        return self.effect.text if self.effect else self.meaning

    @property
    def can_be_undone(self) -> bool:
        return bool(self.effect and self.effect.undo and not self.is_undone)


class Roll(QWidget):
    """Paints as many scans as fit, the newest at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self._places: list[tuple[QRect, Entry]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look().changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._places = []
        right = self.width()
        if not self.entries:
            painter.setPen(colour(Role.QUIET))
            painter.drawText(self.rect(), _left(), self.tr("Scan anything, on any screen."))
        for entry in reversed(self.entries):
            width = min(self._width(entry), int(self.width() * SHARE))
            left = right - width
            if left < 0:
                break
            self._paint_entry(painter, QRect(left, 0, width, self.height()), entry)
            right = left
        painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._explain(event.pos(), event.globalPos())
            return True
        return super().event(event)

    def _explain(self, where: QPoint, on_screen: QPoint) -> None:
        for area, entry in self._places:
            if area.contains(where):
                parts = [entry.code, entry.meaning, entry.effect.text if entry.effect else ""]
                QToolTip.showText(on_screen, "\n→ ".join(filter(None, parts)), self, area)

    def _width(self, entry: Entry) -> int:
        text = f"{entry.code} → {entry.told}"
        return self.fontMetrics().horizontalAdvance(text) + ICON + 4 * GAP

    def _paint_entry(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        self._places.append((area, entry))
        painter.setPen(colour(Role.LINE))
        painter.drawLine(area.topLeft() + QPoint(0, 12), area.bottomLeft() - QPoint(0, 12))
        inner = area.adjusted(GAP, 0, -GAP, 0)
        tone = entry.effect.tone if entry.effect else None
        ink = colour(TONES[tone] if tone and not entry.is_undone else Role.QUIET)
        name = "undo" if entry.is_undone else TONE_ICONS[tone] if tone else "waiting"
        picture = drawn(name, ink.name(), ICON * 2)
        painter.drawPixmap(inner.left(), inner.center().y() - ICON // 2 + 1, ICON, ICON, picture)
        inner.setLeft(inner.left() + ICON + GAP)
        metrics = self.fontMetrics()
        code = metrics.elidedText(f"{entry.code} → ", Qt.TextElideMode.ElideMiddle, inner.width())
        painter.setPen(colour(Role.QUIET))
        painter.drawText(inner, _left(), code)
        inner.setLeft(inner.left() + metrics.horizontalAdvance(code))
        told = metrics.elidedText(entry.told, Qt.TextElideMode.ElideRight, inner.width())
        font = self.font()
        font.setStrikeOut(entry.is_undone)
        painter.setFont(font)
        painter.setPen(ink if tone == Tone.BAD or entry.is_undone else colour(Role.TEXT))
        painter.drawText(inner, _left(), told)
        font.setStrikeOut(False)
        painter.setFont(font)


class ScanTape(QFrame):
    """Told of each scan in three steps: begin, understood, done. Ctrl+Z takes the last back."""

    finished = Signal(object)
    """The Effect of each scan, for whoever makes a sound of it."""

    undo_ended = Signal(int, object)
    """Which scan was to be taken back, and the Effect: it was, or why it was not."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("tape")
        self.setAccessibleName(self.tr("Last scans"))
        self.roll = Roll()
        self.undo = SmallButton(self.tr("Undo"), "tape_undo", use="flat")
        self.undo.setShortcut("Ctrl+Z")
        self.undo.clicked.connect(self.undo_last)
        self._count = 0
        self._undoing: dict[QObject, int] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8, 0)
        layout.setSpacing(8)
        layout.addWidget(self.roll, 1)
        layout.addWidget(self.undo)
        look().changed.connect(self._show)
        self._show()

    def entries(self) -> list[Entry]:
        """Return the scans, the newest last."""
        return list(self.roll.entries)

    def begin(self, code: str) -> int:
        """Show a scan as it came in and return its number."""
        self._count += 1
        self.roll.entries.append(Entry(self._count, code))
        del self.roll.entries[:-LENGTH]
        self._show()
        return self._count

    def understood(self, number: int, meaning: Meaning) -> None:
        self._change(number, meaning=described(meaning))

    def done(self, number: int, effect: Effect, screen: object = None) -> None:
        self._change(number, effect=effect, screen=screen)
        self.finished.emit(effect)

    def undo_last(self) -> None:
        """Take back the newest scan that still can be. What cannot be is not tried again."""
        entry = self.undoable()
        if entry is None or entry.effect is None or entry.effect.undo is None:
            return
        try:
            saving = entry.effect.undo()
        except AppError as error:
            self._end_undo(entry.number, error)
        except Exception:
            self._forget_undo_of(entry.number)
            raise
        else:
            if isinstance(saving, Job):
                self._follow(saving, entry.number)
            else:
                self._end_undo(entry.number)

    def forget_undo(self, screen: object) -> None:
        """What was scanned there so far is posted or put aside: it can no longer be taken back."""
        for entry in self.roll.entries:
            if entry.screen is screen:
                self._forget_undo_of(entry.number)

    def undoable(self) -> Entry | None:
        """Return the newest scan that can be taken back."""
        under_way = self._undoing.values()
        entries = (entry for entry in reversed(self.roll.entries) if entry.can_be_undone)
        return next((entry for entry in entries if entry.number not in under_way), None)

    def _follow(self, saving: Job, number: int) -> None:
        """It is undone once that is saved."""
        self._undoing[saving] = number
        saving.succeeded.connect(self._note_saved)
        saving.refused.connect(self._note_refused)
        saving.finished.connect(self._note_finished)
        self._show()

    def _note_saved(self) -> None:
        self._end_undo(self._undoing.pop(self.sender()))

    def _note_refused(self, error: AppError) -> None:
        self._end_undo(self._undoing.pop(self.sender()), error)

    def _note_finished(self) -> None:
        """A fault of ours, told by itself: it was not undone."""
        number = self._undoing.pop(self.sender(), None)
        if number is not None:
            self._forget_undo_of(number)
            self.undo_ended.emit(number, Effect(self.tr("It could not be undone."), Tone.BAD))

    def _end_undo(self, number: int, error: AppError | None = None) -> None:
        told = next((entry.told for entry in self.roll.entries if entry.number == number), "")
        if error is None:
            self._change(number, is_undone=True)
            effect = Effect(self.tr("undone: {what}").format(what=told))
        else:
            self._forget_undo_of(number)
            effect = Effect(message(error), Tone.BAD)
        self.undo_ended.emit(number, effect)

    def _forget_undo_of(self, number: int) -> None:
        effect = next((one.effect for one in self.roll.entries if one.number == number), None)
        if effect is not None:
            self._change(number, effect=replace(effect, undo=None))

    def _change(self, number: int, **changes: object) -> None:
        self.roll.entries = [
            replace(entry, **changes) if entry.number == number else entry  # type: ignore[arg-type]
            for entry in self.roll.entries
        ]
        self._show()

    def _show(self) -> None:
        entry = self.undoable()
        self.undo.setEnabled(entry is not None)
        self.undo.setIcon(icon("undo", Role.TEXT))
        about = self.tr("Undo {what} (Ctrl+Z)") if entry else self.tr("Nothing to undo (Ctrl+Z)")
        self.undo.setToolTip(about.format(what=entry.told if entry else ""))
        if self.roll.entries:
            last = self.roll.entries[-1]
            self.setAccessibleDescription(f"{last.code} → {last.told}")
        self.roll.update()


def _left() -> int:
    return (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
