"""One field of a record on the screen: its name, where it is typed, what is wrong with it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.features.catalogue.editing import check_field
from app.ui.messages import translated
from app.ui.parts import PlainLabel
from app.ui.theme import part, restyle

Choices = Sequence[tuple[str, str]]
"""What can be chosen: the word that is stored, and how it is called here."""


class FieldBox(QWidget):
    """A field of a kind of record. `edited` tells that a person changed it."""

    edited = Signal()
    entered = Signal()

    def __init__(self, kind: str, name: str, label: str, choices: Choices = ()) -> None:
        super().__init__()
        self.name = name
        self._kind = kind
        self._line = QLineEdit() if not choices else None
        self._combo = _combo(choices) if choices else None
        self.editor: QWidget = self._line or self._combo or QWidget()
        self.editor.setObjectName(f"{kind}_{name}")
        self.editor.setAccessibleName(label)
        self.problem = PlainLabel(use="bad", name=f"{kind}_{name}_problem")
        self.problem.setWordWrap(True)
        self.problem.hide()
        title = QLabel(label)
        title.setBuddy(self.editor)
        part(title, "label")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (title, self.editor, self.problem):
            layout.addWidget(widget)
        self._wire()

    def _wire(self) -> None:
        if self._line:
            self._line.textEdited.connect(self._tell)
            self._line.editingFinished.connect(self._check)
            self._line.returnPressed.connect(self.entered)
        if self._combo:
            self._combo.activated.connect(self._tell)

    def text(self) -> str:
        """Return what stands there, as a table would hold it."""
        if self._combo:
            return str(self._combo.currentData())
        return self._line.text() if self._line else ""

    def set_text(self, text: str) -> None:
        self.show_problem("")
        if self._line:
            self._line.setText(text)
        if self._combo:
            self._combo.setCurrentIndex(max(0, self._combo.findData(text)))

    def lock(self, reason: str) -> None:
        """Keep the field from being changed and say why; no reason opens it again."""
        self.editor.setToolTip(reason)
        self.editor.setAccessibleDescription(reason)
        if self._line:
            self._line.setReadOnly(bool(reason))
        if self._combo:
            self._combo.setEnabled(not reason)

    def show_problem(self, text: str) -> None:
        """Say under the field what is wrong with it; no text takes that back."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self.editor.setAccessibleDescription(text or self.editor.toolTip())
        if bool(self.editor.property("bad")) != bool(text):
            self.editor.setProperty("bad", bool(text))
            restyle(self.editor)

    def _tell(self) -> None:
        self.show_problem("")
        self.edited.emit()

    def _check(self) -> None:
        if self._line and self._line.isModified() and self.text().strip():
            wrong = check_field(self._kind, self.name, self.text())
            self.show_problem(translated(wrong) if wrong else "")


def _combo(choices: Choices) -> QComboBox:
    combo = QComboBox()
    for word, label in choices:
        combo.addItem(label, word)
    return combo
