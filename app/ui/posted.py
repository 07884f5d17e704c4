"""What was posted last, and what can be done with it: look at it, print its labels, undo it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.ui.icons import icon
from app.ui.parts import ActionButton, LinkButton, PlainLabel
from app.ui.theme import Role, look, part

ICON_SIZE = 20  # pixels


class PostedStrip(QFrame):
    """Stays until the next document is posted, so that it can be undone as long as possible."""

    opened = Signal(str)
    labels_wanted = Signal(str)
    undo_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("posted")
        self.mark = QLabel()
        self.number = LinkButton("", "posted_number")
        self.text = PlainLabel(name="posted_text")
        self.labels = ActionButton(self.tr("Print labels"), "Ctrl+L", "print_labels")
        self.undo = ActionButton(self.tr("Undo"), "Ctrl+Shift+Z", "undo_posted")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self.number)
        row.addWidget(self.text)
        row.addStretch(1)
        row.addWidget(self.labels)
        row.addWidget(self.undo)
        part(self, "card")
        self.number.clicked.connect(self._open)
        self.labels.clicked.connect(self._print)
        self.undo.clicked.connect(self._undo)
        look().changed.connect(self._draw)
        self._draw()
        self.hide()

    def show_posted(self, number: str, text: str, labels: int = 0) -> None:
        """Show the document's number as a link, and how many labels its goods take."""
        self.number.setText(number)
        self.number.setAccessibleName(self.tr("Open {number}").format(number=number))
        self.text.setText(text)
        self.labels.setVisible(labels > 0)
        one, many = self.tr("Print 1 label"), self.tr("Print {count} labels")
        self.labels.say(one if labels == 1 else many.format(count=labels))
        self.undo.setEnabled(True)
        self.show()

    def show_undone(self, text: str) -> None:
        """Say that the document was taken back; there is nothing more to do with it."""
        self.text.setText(text)
        self.labels.hide()
        self.undo.setEnabled(False)

    def document(self) -> str:
        """Return the number of the document it is about; "" before the first."""
        return self.number.text()

    def _draw(self) -> None:
        self.mark.setPixmap(icon("good", Role.GOOD).pixmap(ICON_SIZE, ICON_SIZE))

    def _open(self) -> None:
        self.opened.emit(self.document())

    def _print(self) -> None:
        self.labels_wanted.emit(self.document())

    def _undo(self) -> None:
        self.undo_wanted.emit(self.document())
