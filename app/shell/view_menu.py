"""The small menu of how it looks and sounds: theme, height of rows, size of text, volume."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.ui.theme import TEXT_SIZES, look


class ViewMenu(QMenu):
    """Theme and volume are told to whoever keeps the settings; the rest is applied at once."""

    theme_chosen = Signal(str)
    volume_chosen = Signal(int)
    company_wanted = Signal()
    """Another company shall be opened."""

    def __init__(self, parent: QWidget, theme: str, volume: int) -> None:
        super().__init__(parent)
        self.setObjectName("view_menu")
        self._groups: list[QActionGroup] = []
        themes = (
            ("system", self.tr("As the &system")),
            ("light", self.tr("&Light")),
            ("dark", self.tr("&Dark")),
        )
        rows = (
            ("compact", self.tr("&Compact rows")),
            ("normal", self.tr("&Normal rows")),
            ("comfortable", self.tr("C&omfortable rows")),
        )
        sizes = [(size, self.tr("Text {size} %").format(size=size)) for size in TEXT_SIZES]
        volumes = (
            (0, self.tr("S&ilent")),
            (25, self.tr("&Quiet sounds")),
            (50, self.tr("No&rmal sounds")),
            (100, self.tr("Lo&ud sounds")),
        )
        self._add("theme", self.tr("Theme"), themes, theme)
        self._add("rows", self.tr("Rows"), rows, look().rows)
        self._add("text", self.tr("Text"), sizes, look().text_size)
        self._add("volume", self.tr("Sound"), volumes, volume)
        self.addSeparator()
        self.company = self.addAction(self.tr("Open another compan&y …"))
        self.company.setObjectName("view_company")
        self.company.triggered.connect(self.company_wanted)
        self.triggered.connect(self._choose)

    def _add(
        self, kind: str, heading: str, choices: Sequence[tuple[str | int, str]], now: str | int
    ) -> None:
        if not self.isEmpty():
            self.addSeparator()
        self.addAction(heading).setEnabled(False)
        group = QActionGroup(self)
        self._groups.append(group)
        for value, text in choices:
            action = self.addAction(text)
            action.setObjectName(f"view_{kind}_{value}")
            action.setCheckable(True)
            action.setChecked(value == now)
            action.setData((kind, value))
            group.addAction(action)

    def _choose(self, action: QAction) -> None:
        match action.data():
            case ("theme", str(theme)):
                look().choose_theme(theme)
                self.theme_chosen.emit(theme)
            case ("rows", str(rows)):
                look().choose_rows(rows)
            case ("text", int(size)):
                look().choose_text_size(size)
            case ("volume", int(volume)):
                self.volume_chosen.emit(volume)
