"""Text that wraps wherever it must: a path or an address has no blanks, and may not be cut off."""

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu
from typing_extensions import override

from app.ui.parts import PlainLabel

MAY_BREAK = "\u200b"  # a space without width
LONG = 20  # letters; shorter words stay whole

_LONG_WORD = re.compile(rf"\S{{{LONG},}}")
_PIECE = re.compile(rf"[^\\/_.,:;@&=?-]{{1,{LONG}}}[\\/_.,:;@&=?-]*|[\\/_.,:;@&=?-]+")


def breakable(text: str) -> str:
    """Return the text with places to break at in its long words, behind marks where there are."""
    return _LONG_WORD.sub(lambda word: MAY_BREAK.join(_PIECE.findall(word[0])), text)


class WrappedLabel(PlainLabel):
    """Shows all of a text in any width; what is copied of it is as it was given."""

    def __init__(self, text: str = "", use: str = "", name: str = "") -> None:
        super().__init__("", use, name)
        self._whole = ""
        self.setWordWrap(True)
        self.setText(text)

    @override
    def setText(self, text: str) -> None:
        self._whole = text
        super().setText(breakable(text))

    @override
    def text(self) -> str:
        return self._whole

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction(self.tr("Copy")).triggered.connect(self._copy)
            menu.popup(event.globalPos())

    def _copy(self) -> None:
        """What is selected, else all of it."""
        chosen = self.selectedText().replace("\u2029", "\n") or self._whole
        QGuiApplication.clipboard().setText(chosen.replace(MAY_BREAK, ""))
