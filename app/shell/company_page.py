"""Where a person chooses the company to work on: at the first start, and whenever they like."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.companies import Kind, Wanted
from app.core.errors import AppError
from app.core.secrets import masked
from app.shell.company_forms import JoinForm, NewForm
from app.ui.banner import Banner
from app.ui.files import choose_open
from app.ui.messages import message
from app.ui.parts import ElidedLabel, Mend, PlainLabel, SmallButton, hint
from app.ui.scrolled import scrolled

WIDEST = 720  # pixels: a line that eyes can follow
ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Choices(QWidget):
    """One below the other, each with what it means; arrows go from one to the next."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[SmallButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def add(self, text: str, name: str, about: str, place: str = "") -> SmallButton:
        button = SmallButton(text, name, f"{text}. {about} {place}".strip(), use="action")
        self.buttons.append(button)
        self._layout.addWidget(button)
        self._layout.addWidget(hint(about))
        if place:
            middle = Qt.TextElideMode.ElideMiddle  # both ends of a path tell something
            self._layout.addWidget(ElidedLabel(place, "quiet", f"{name}_place", middle))
        self._layout.addSpacing(12)
        return button

    def end(self) -> None:
        """Nothing comes after; the choices stay together at the top."""
        self._layout.addStretch(1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = [button for button in self.buttons if button.hasFocus()]
        if focused and event.key() in ARROWS:
            at = self.buttons.index(focused[0]) + ARROWS[Qt.Key(event.key())]
            self.buttons[at % len(self.buttons)].setFocus()
        else:
            super().keyPressEvent(event)


class CompanyPage(QWidget):
    """`came_from` is the company that was left, if any: Esc goes back to it.

    `proposed` is the one that damaged settings seem to name; `is_first` if this person has chosen
    none before.
    """

    wanted = Signal(object)
    """The Wanted that was chosen."""

    back_wanted = Signal()

    def __init__(
        self,
        usual: Path,
        sample: Path,
        came_from: str = "",
        *,
        proposed: Wanted | None = None,
        is_first: bool = True,
    ) -> None:
        super().__init__()
        self.setObjectName("company_page")
        self._is_first = is_first
        self._came_from = came_from
        self._proposed = proposed
        self._mended: Wanted | None = None
        self.banner = Banner()
        self.choices = Choices()
        self.new = NewForm(usual)
        self.join = JoinForm()
        self.forms = QStackedWidget()
        for form in (self.choices, self.new, self.join):
            self.forms.addWidget(form)
        self._add_choices(usual, sample)
        self.choices.end()
        self._last = self.choices.buttons[0]
        self.title = PlainLabel("", "document", "company_title")
        about = self.tr(
            "Which company do you want to work on? What is scanned meanwhile waits until one is"
            " open."
        )
        self.about = hint(about)
        self._lay_out()
        self._show_title()
        self.new.wanted.connect(self.wanted)
        self.join.wanted.connect(self.wanted)
        self.new.back.connect(self._show_choices)
        self.join.back.connect(self._show_choices)
        self.setFocusProxy(self._last)

    def _add_choices(self, usual: Path, sample: Path) -> None:
        if self._came_from:
            text = self.tr("Back to the company that was open")
            about = self.tr("Nothing changes.")
            back = self.choices.add(text, "company_back", about, self._came_from)
            back.clicked.connect(self.back_wanted)
        if self._proposed:
            text = self.tr("The company of the damaged settings")
            about = self.tr("As far as they can still be read, it was this one:")
            place = masked(self._proposed.where)
            known = self.choices.add(text, "company_proposed", about, place)
            known.clicked.connect(self._want_proposed)
        text = self.tr("Empty, your own: you bring in your items and places. It lies on this PC:")
        new = self.choices.add(self.tr("New company"), "company_new", text, str(usual.parent))
        text = self.tr("A bicycle maker with 504 products, to look around in. It stays, here:")
        try_out = self.choices.add(self.tr("Sample company"), "company_sample", text, str(sample))
        text = self.tr("Several PCs work on one PostgreSQL server. You need its address.")
        join = self.choices.add(self.tr("Join a shared database"), "company_join", text)
        text = self.tr("A company that already lies in a file on this PC.")
        file = self.choices.add(self.tr("Open a company's file …"), "company_file", text)
        new.clicked.connect(self._show_new)
        try_out.clicked.connect(self._want_sample)
        join.clicked.connect(self._show_join)
        file.clicked.connect(self._choose_file)

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("company_inner")
        inner.setMaximumWidth(WIDEST)
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(24, 24, 24, 24)
        inside.setSpacing(12)
        inside.addWidget(self.title)
        inside.addWidget(self.about)
        inside.addWidget(self.banner)
        inside.addWidget(self.forms)
        inside.addStretch(1)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner, 1)
        row.addStretch(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(holder, "company_scroll"))

    def hold(self, held: bool) -> None:
        """While a company is being opened nothing else can be chosen; then the focus is back."""
        if held:
            self.banner.clear()
        self.forms.setEnabled(not held)
        if not held:
            self._focus_form()

    def tell(self, error: AppError, wanted: Wanted, again: Mend | None = None) -> None:
        """Say what stood in the way, there where something can be done about it.

        `again` is what to do where nothing better is known.
        """
        if wanted.kind == Kind.SERVER:
            self._show(self.join)
        if error.code == "password_refused":
            self._ask_password(error, wanted)
        elif mend := self._mend(error, wanted):
            self.banner.show_ask(message(error), mend)
            self.banner.button.setFocus()
        else:
            self.banner.show_bad(message(error), again)

    def _ask_password(self, error: AppError, wanted: Wanted) -> None:
        """Without one it was only to be expected that the server asks."""
        asks = self.tr("{place} asks for your password.")
        refuses = self.tr("{place} does not accept this user and password.")
        if wanted.password:
            self.banner.show_bad(refuses.format(place=error.fields["place"]))
        else:
            self.banner.show_ask(asks.format(place=error.fields["place"]))
        self.join.ask_password()

    def _mend(self, error: AppError, wanted: Wanted) -> Mend | None:
        mends = {
            "already_there": (self.tr("Open that company"), Kind.FILE),
            "nothing_there": (self.tr("Begin a company there"), wanted.kind),
        }
        if error.code not in mends:
            return None
        verb, kind = mends[error.code]
        self._mended = replace(wanted, kind=kind, may_begin=True)
        return Mend(verb, self._want_mended)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._focus_form()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in ENTER and isinstance(focused, SmallButton):
            focused.click()
        elif event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self.forms.currentWidget() is not self.choices:
            self._show_choices()
        elif self._came_from and self.forms.isEnabled():
            self.back_wanted.emit()

    def _want_mended(self) -> None:
        if self._mended:
            self.wanted.emit(self._mended)

    def _want_proposed(self) -> None:
        if self._proposed:
            self.wanted.emit(self._proposed)

    def _want_sample(self) -> None:
        self.wanted.emit(Wanted(Kind.SAMPLE))

    def _choose_file(self) -> None:
        path = choose_open(self, self.tr("Open a company's file"), "Stockroom (*.db);;* (*)")
        if path is not None:
            self.wanted.emit(Wanted(Kind.FILE, str(path)))

    def _show_choices(self) -> None:
        """What was typed into a form stays in it."""
        self.banner.clear()
        self._show(self.choices)

    def _show_new(self) -> None:
        self._lead_to(self.new)

    def _show_join(self) -> None:
        self._lead_to(self.join)

    def _lead_to(self, form: QWidget) -> None:
        button = self.sender()
        if isinstance(button, SmallButton):
            self._last = button
        self.banner.clear()
        self._show(form)

    def _show(self, form: QWidget) -> None:
        self.forms.setCurrentWidget(form)
        self._show_title()
        self._focus_form()

    def _show_title(self) -> None:
        form = self.forms.currentWidget()
        self.about.setVisible(form is self.choices)
        if form is self.new:
            title = self.tr("New company")
        elif form is self.join:
            title = self.tr("Join a shared database")
        elif self._came_from:
            title = self.tr("Open another company")
        else:
            title = self.tr("Welcome") if self._is_first else self.tr("Open a company")
        self.title.setText(title)

    def _focus_form(self) -> None:
        form = self.forms.currentWidget()
        (self._last if form is self.choices else form).setFocus()
