"""The frame around the screens: rail, tape, status line, and what leads from one to another."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.errors import AppError
from app.core.scans import Effect, Tone
from app.shell.audit_light import AuditDetails
from app.shell.crossings import Crossings
from app.shell.keys_overlay import KeysOverlay, keys_of
from app.shell.rail import Rail, below
from app.shell.screens import SCREENS, Place
from app.shell.status_line import StatusLine
from app.shell.tape import ScanTape
from app.shell.view_menu import ViewMenu
from app.ui.banner import Banner
from app.ui.jobs import Jobs
from app.ui.messages import message
from app.ui.overrides import guard_overrides
from app.ui.parts import Mend
from app.ui.preferences import preferences
from app.ui.sounds import Sounds

if TYPE_CHECKING:  # the window is painted before the parts of screens are loaded
    from app.ui.screen import Screen

SETTLING = 3_000  # milliseconds that a closing window waits for what was typed to be looked up


class MainWindow(QWidget):
    """Screens are made when they are first wanted, the first one after the window is painted.

    It comes by `show_first`, or so many milliseconds of `patience` later.
    """

    screen_changed = Signal(object)
    """The Screen that came to the front."""

    painted = Signal()  # it is on view for the first time; the first screen comes next

    leaving = Signal()  # it is going to close; what is under way may still take its time

    def __init__(
        self,
        jobs: Jobs,
        places: Sequence[Place] = SCREENS,
        *,
        theme: str = "system",
        volume: int = 0,
        patience: int = 0,
    ) -> None:
        guard_overrides()
        super().__init__()
        self._jobs = jobs
        self._places = tuple(places)
        self._screens: dict[int, Screen] = {}
        self._current = -1
        self._is_painted = False
        self._patience = QTimer(self, singleShot=True, interval=patience)
        self._patience.timeout.connect(self._show_first)
        self._page: QWidget | None = None
        self._crossings = Crossings(self.screen_named, self)
        self.rail = Rail(self._places)
        self.tape = ScanTape()
        self.status = StatusLine()
        self.notice = Banner("notice")
        self.pages = QStackedWidget()
        self.sounds = Sounds(volume)
        self.view_menu = ViewMenu(self, theme, volume)
        self._lay_out()
        self.keys = KeysOverlay(self)
        self.audit_details = AuditDetails(self)
        self._add_keys()
        self._wire()

    def _lay_out(self) -> None:
        self.setObjectName("main_window")
        self.show_title()
        self.view_button = self.rail.add_tool("view", self.tr("View"), "Alt+V", "view")
        work = QVBoxLayout()
        work.addWidget(self.tape)
        notices = QVBoxLayout()
        notices.setContentsMargins(16, 0, 16, 0)
        notices.addWidget(self.notice)
        work.addLayout(notices)
        work.addWidget(self.pages, 1)
        upper = QHBoxLayout()
        upper.addWidget(self.rail)
        upper.addLayout(work, 1)
        body = QWidget()
        body.setObjectName("body")
        whole = QVBoxLayout(body)
        outer = QVBoxLayout(self)
        for layout in (work, upper, whole, outer):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status)
        outer.addWidget(body)

    def _add_keys(self) -> None:
        for number, place in enumerate(self._places):
            action = self._action(place.label, place.key, f"show_{place.name}")
            action.setData(number)
            action.triggered.connect(self._show_by_key)
        self.help_action = self._action(self.tr("All keys"), "F1", "show_keys")
        self.help_action.triggered.connect(self.show_keys)

    def _action(self, text: str, key: str, name: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcut(key)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        self.addAction(action)
        return action

    def _wire(self) -> None:
        self.rail.wanted.connect(self.show_screen)
        self.view_button.clicked.connect(self._show_view_menu)
        self.view_menu.volume_chosen.connect(self._set_volume)
        self.status.keys.clicked.connect(self.show_keys)
        self.tape.finished.connect(self._sound)
        self.tape.undo_ended.connect(self._tell_not_undone)
        self._jobs.busy.connect(self.status.progress.follow)
        self._jobs.timed.connect(self.status.show_took)

    # Screens

    def current_screen(self) -> "Screen | None":
        """Return the screen in front; None while the first one is still to come."""
        return self._screens.get(self._current)

    def screen_named(self, name: str) -> "Screen":
        """Bring the screen with this name (stock_lookup) to the front and return it."""
        number = [place.name for place in self._places].index(name)
        self.show_screen(number)
        return self._screens[number]

    def show_screen(self, number: int) -> None:
        """Bring a screen to the front, by its number in the rail."""
        screen = self._screens.get(number) or self._make(number)
        is_new = number != self._current
        if is_new and not self.keys.isHidden():
            self.keys.put_away()  # they are another screen's
        self._current = number
        self.pages.setCurrentWidget(screen)
        self.rail.show_current(number)
        self.show_title()
        preferences().put("window/screen", self._places[number].name)
        if is_new:
            self.screen_changed.emit(screen)

    def show_title(self) -> None:
        """Name the screen in front and the company, as far as there are any."""
        screen = self._places[self._current].label if self._current >= 0 else ""
        self.setWindowTitle(" – ".join(filter(None, (screen, self.status.company, "Stockroom"))))

    def show_page(self, page: QWidget) -> None:
        """Show something instead of the screens, which cannot be reached until it is left."""
        self._page = page
        self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)
        self._allow_screens(False)

    def leave_page(self) -> None:
        """Go on to the screen in front."""
        page, self._page = self._page, None
        if page is not None:
            self.pages.removeWidget(page)
            page.deleteLater()
            self._allow_screens(True)
            self._show_first()

    def _allow_screens(self, allowed: bool) -> None:
        self.rail.allow_screens(allowed)
        self.view_menu.company.setEnabled(allowed)
        for action in self.actions():
            action.setEnabled(allowed or action.data() is None)

    def _make(self, number: int) -> "Screen":
        kind = self._places[number].load()
        guard_overrides()
        screen = self._screens[number] = kind(self._jobs)
        self.pages.addWidget(screen)
        screen.said.connect(self.status.say)
        screen.undo_expired.connect(self._forget_undo)
        self._crossings.lead_from(screen)
        screen.screen_wanted.connect(self.screen_named)
        screen.close_wanted.connect(self._close_all)
        return screen

    def _show_by_key(self) -> None:
        if isinstance(action := self.sender(), QAction):
            self.show_screen(action.data())

    def _begin(self) -> None:
        self.painted.emit()
        self._patience.start()

    def show_first(self) -> None:
        """Show the first screen, unless there is one by now, once what was said is painted."""
        self._patience.start(0)

    def _show_first(self) -> None:
        if self._page is not None:
            return
        if self._current >= 0:
            self.pages.setCurrentWidget(self._screens[self._current])
        elif self._places:
            names = [place.name for place in self._places]
            last = preferences().get("window/screen", names[0])
            self.show_screen(names.index(last) if last in names else 0)

    # What is said of the whole

    def show_trouble(self, error: AppError, mend: Mend | None = None) -> None:
        """Say above all screens what is wrong with the whole: no database, no settings."""
        self.notice.show_bad(message(error), mend)

    def show_troubles(self, errors: Sequence[AppError]) -> None:
        """Say above all screens several things that are wrong with the whole."""
        self.notice.show_bad("\n".join(map(message, errors)))

    def show_keys(self) -> None:
        """Show all keys, or put them away."""
        if not self.keys.isHidden():
            self.keys.put_away()
            return
        screen = self.current_screen()
        shell = [(key, text) for key, text in keys_of(self) if not key.startswith("F")]
        own = keys_of(screen) if screen else []
        screens = [(place.key, place.label) for place in self._places]
        groups = [
            (self.tr("Screens"), [*screens, ("F1", self.tr("Keys"))]),
            (self._places[self._current].label if screen else "", own),
            (self.tr("Everywhere"), [pair for pair in shell if pair not in own]),
        ]
        self.keys.show_keys(groups)

    def _show_view_menu(self) -> None:
        self.view_menu.popup(below(self.view_button))

    def _set_volume(self, volume: int) -> None:
        self.sounds.volume = volume

    def _forget_undo(self) -> None:
        self.tape.forget_undo(self.sender())

    def _tell_not_undone(self, _: int, effect: Effect) -> None:
        screen = self.current_screen()
        if screen and effect.tone == Tone.BAD:
            screen.banner.show_bad(effect.text)

    def _sound(self, effect: Effect) -> None:
        self.sounds.play(effect.tone)

    # Coming and going

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self._begin)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_go():
            event.ignore()
            return
        preferences().save()
        self._jobs.close()
        super().closeEvent(event)

    def _may_go(self) -> bool:
        """Ask what must be asked; else take over what was typed, and wait until it is looked up."""
        for number, screen in self._screens.items():
            if screen.keeps_open():
                self.show_screen(number)
                return False
        self.leaving.emit()
        if focused := self.focusWidget():
            focused.clearFocus()  # a cell that is being edited takes its text by this
        for screen in self._screens.values():
            screen.finish_typing()
        self._settle()
        return True

    def _settle(self) -> None:
        end, loop = QDeadlineTimer(SETTLING), QEventLoop()
        while not end.hasExpired() and not all(one.is_settled() for one in self._screens.values()):
            loop.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents, 20)

    def _close_all(self) -> None:
        self.window().close()
