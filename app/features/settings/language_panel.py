"""Which language the program speaks."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.features.settings.rules import AS_THE_SYSTEM, LANGUAGES, language_of
from app.ui.parts import PlainLabel, hint


class LanguagePanel(QWidget):
    chosen = Signal(str)
    """The code of the language, "" for the system's."""

    def __init__(self) -> None:
        super().__init__()
        self.language = QComboBox()
        self.language.setObjectName("language")
        self.language.setAccessibleName(self.tr("Language"))
        self.language.addItem(self.tr("As the system"), AS_THE_SYSTEM)
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setMinimumWidth(200)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.language)
        row.addWidget(hint(self.tr("It is spoken from the next start of the program on.")), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(self.tr("Language"), "part"))
        layout.addLayout(row)
        self.language.activated.connect(self._choose)

    def show_language(self, code: str) -> None:
        self.language.setCurrentIndex(self.language.findData(language_of(code)))

    def name(self) -> str:
        """Return what the language chosen is called."""
        return self.language.currentText()

    def _choose(self, _place: int) -> None:
        self.chosen.emit(self.language.currentData())
