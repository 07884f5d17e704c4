"""The field a quantity is keyed into as on an adding machine: 12 Enter is 12, 12 + is 12 more."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from typing_extensions import override

from app.core.decimals import PLACES
from app.ui.fields import QuantityField
from app.ui.formats import decimal_mark

MORE = "+"
LESS = ("-", "\N{MINUS SIGN}")
ONE = Decimal(1)


class QuantityKeys(QuantityField):
    """`entered` tells the quantity that shall be, `added` how many more or (below zero) fewer.

    + and − alone mean one. It is empty between two entries.
    """

    added = Signal(Decimal)

    def __init__(self, name: str, accessible: str) -> None:
        super().__init__(name, accessible, PLACES, zero=True)

    def begin(self, text: str) -> bool:
        """Take a character typed elsewhere on the screen, if it belongs to a quantity."""
        if text in (MORE, *LESS):
            self.clear()
            self._add(text)
        elif text.isdecimal() or text in (".", ",", decimal_mark()):
            self.setFocus()
            self.setText(text)
        else:
            return False
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in (MORE, *LESS):
            self._add(event.text())
            event.accept()
        else:
            super().keyPressEvent(event)

    def _add(self, sign: str) -> None:
        if not self.check():
            self.selectAll()
            return
        value = self.value()
        self.clear()
        count = ONE if value is None else value
        self.added.emit(count if sign == MORE else -count)
