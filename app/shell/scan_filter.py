"""Listens for the scanner at every window of the program, whatever has the focus there."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid
from typing_extensions import override

from app.core.scanner import Decode, ScannerProfile
from app.scanning.classifier import Classifier
from app.scanning.decisions import Decision, Fate, Outcome, Scan
from app.scanning.keys import CTRL, Key
from app.scanning.layout import Disagreement, find_disagreement
from app.shell.held_keys import HeldKeys
from app.shell.key_clock import KeyClock
from app.shell.key_events import read_key, set_1
from app.shell.native_keys import Presses, listen_to_system

TRANSPORT_MS = 4
"""A key may be under way so long when the time for it runs out."""

LOOK_AGAIN_MS = 5
"""What was pressed while the window was busy is in its queue: by then it has come out of it."""

_BLIND = (
    QLineEdit.EchoMode.Password,
    QLineEdit.EchoMode.NoEcho,
    QLineEdit.EchoMode.PasswordEchoOnEdit,
)

_INTERRUPTIONS = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.InputMethod,
)


class ScanFilter(QObject):
    """Takes scans out of the stream of keys; everything else arrives as it was typed.

    It sits on the windows themselves: there each key comes by once, before any widget has it.
    """

    scanned = Signal(str)
    refused = Signal(str)
    """Scanned while a question was open, which only a person may answer."""

    repeated = Signal(str)
    """The same code again at once: read twice, not scanned twice."""

    lost = Signal(str)
    """Began like a scan and was never finished."""

    hinted = Signal(str)
    """What is wrong with the keyboard the scanner was set up for, in a sentence."""

    _told = Signal(object, object, bool)

    def __init__(
        self, profile: ScannerProfile | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._held = HeldKeys()
        self.presses = Presses()
        self._native = listen_to_system(self.presses)
        self._clock = KeyClock(self.presses)
        self._has_looked_again = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._time_is_up)
        # Whoever hears of a scan may open a dialog: never from within the event of its Enter.
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self.set_profile(profile or ScannerProfile())
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.connect(self.watch)
        for window in QGuiApplication.topLevelWindows():
            self.watch(window)

    def set_profile(self, profile: ScannerProfile) -> None:
        """Listen for another scanner from the next key on."""
        self._held.give_back()
        self._profile = profile
        self._classifier = Classifier(profile)

    @property
    def is_holding(self) -> bool:
        """Whether keys are kept back that may still be typing."""
        return self._classifier.is_holding

    def watch(self, window: QWindow | None) -> None:
        """Listen at this window too. Whichever gets the focus is watched without being asked."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWindow):
            return False
        if isinstance(event, QKeyEvent):
            return not self._held.is_given_back(event) and self._filter(watched, event)
        if event.type() in _INTERRUPTIONS or _is_leaving(event):
            self._settle(self._classifier.interrupt())
        return False

    def _filter(self, window: QWindow, event: QKeyEvent) -> bool:
        match event.type():
            case QEvent.Type.ShortcutOverride:
                return self._override(event)
            case QEvent.Type.KeyPress:
                return self._press(window, event)
            case QEvent.Type.KeyRelease:
                return self._held.takes_release(window, event)
        return False

    def _override(self, event: QKeyEvent) -> bool:
        """Shortcuts run before their key is pressed: stop those of a scan's keys."""
        key = self._hear(event)
        self._settle(self._classifier.catch_up(key.t_ms))
        if self._classifier.keeps(key, raw=_wants_raw_keys()):
            event.accept()
            return True
        self._settle(self._classifier.interrupt())
        return False

    def _press(self, window: QWindow, event: QKeyEvent) -> bool:
        key = self._hear(event)
        fate = self._decide(key)
        self._held.note_press(window, event, fate)
        self._wait(key.t_ms)
        return fate != Fate.PASS

    def _hear(self, event: QKeyEvent) -> Key:
        moment, unseen = self._clock.hear(event)
        for dead in unseen:
            if self._profile.decode == Decode.POSITIONS or CTRL in dead.mods:
                self._decide(Key(dead.t_ms, "", "char", set_1(dead.scancode), dead.mods))
        return read_key(event, moment)

    def _decide(self, key: Key) -> Fate:
        self._settle(self._classifier.catch_up(key.t_ms))
        decision = self._classifier.press(key, raw=_wants_raw_keys())
        self._settle(decision)
        return decision.fate

    def _settle(self, decision: Decision) -> None:
        """Give back or drop what is no longer held, and tell of a scan."""
        if decision.resend:
            self._held.give_back()
        elif not self._classifier.is_holding:
            self._held.drop()
        if decision.scan:
            is_open = QGuiApplication.modalWindow() is not None
            self._told.emit(decision.scan, _field_for_scans(), is_open)

    def _tell(self, scan: Scan, field: QLineEdit | None, is_refused: bool) -> None:
        if scan.outcome == Outcome.BROKEN:
            self.lost.emit(scan.text)
        elif scan.outcome == Outcome.REPEATED:
            self.repeated.emit(scan.text)
        elif field is not None and isValid(field):
            field.selectAll()
            field.insert(scan.text)
        elif is_refused:
            self.refused.emit(scan.text)
        else:
            self.scanned.emit(scan.text)
        if disagreement := find_disagreement(scan.text, scan.in_place):
            self.hinted.emit(self._hint(disagreement))

    def _hint(self, disagreement: Disagreement) -> str:
        if disagreement == Disagreement.CAPS_LOCK:
            return self.tr("Caps Lock seems to be on: the scanner's letters come in swapped case.")
        return self.tr(
            "The scanner types as on another keyboard than this PC's: set it to read keys by"
            " position, or set up the scanner for this keyboard."
        )

    # Time

    def _wait(self, now_ms: float) -> None:
        self._has_looked_again = False
        deadline = self._classifier.deadline
        if deadline is None:
            self._timer.stop()
        else:
            self._timer.start(round(max(deadline - now_ms, 0)) + TRANSPORT_MS)

    def _time_is_up(self) -> None:
        """Decide on what is held, once all keys that were pressed in time have been heard."""
        if not self._has_looked_again:
            self._has_looked_again = True
            self._timer.start(LOOK_AGAIN_MS)
            return
        self._settle(self._classifier.expire())


def _is_leaving(event: QEvent) -> bool:
    """Another window of ours gets the rest of a scan; another program gets none of it."""
    return event.type() == QEvent.Type.FocusOut and QGuiApplication.focusWindow() is None


def _wants_raw_keys() -> bool:
    """Tell whether what has the focus wants its keys as they are: a password, a key recorder."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit) and focus.echoMode() in _BLIND:
        return True
    widget: QWidget | None = focus
    while widget is not None:
        if widget.property("rawKeys"):
            return True
        widget = widget.parentWidget()
    return False


def _field_for_scans() -> QLineEdit | None:
    """Return the field with the focus if a scan's text is what it asks for."""
    focus = QApplication.focusWidget()
    if isinstance(focus, QLineEdit) and focus.property("scanTarget") == "raw":
        return focus
    return None
