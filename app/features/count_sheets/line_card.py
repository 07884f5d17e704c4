"""The line being counted, large enough to be read from two steps away, and where to type."""

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from app.features.count_sheets.rules import SheetLine
from app.ui.formats import quantity, signed
from app.ui.parts import BigNumber, ElidedLabel, PlainLabel
from app.ui.quantity_keys import QuantityKeys
from app.ui.theme import part

KEYS_WIDTH = 140  # pixels


class LineCard(QFrame):
    """`counted`: this line has so many (None: go on without counting); `added`: so many more."""

    counted = Signal(object, object)
    added = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("count_card")
        self.line: SheetLine | None = None
        self.item = ElidedLabel(use="part", name="card_item")
        self.place = ElidedLabel(use="quiet", name="card_place")
        self.expected = PlainLabel(use="quiet", name="card_expected")
        self.number = BigNumber("card_counted", self.tr("Counted"))
        self.unit = PlainLabel(use="quiet", name="card_unit")
        self.keys = QuantityKeys("count_keys", self.tr("Type what you counted"))
        self.keys.setPlaceholderText(self.tr("Counted"))
        self.keys.setFixedWidth(KEYS_WIDTH)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.addWidget(self.item, 0, 0)
        grid.addWidget(self.place, 1, 0)
        grid.addWidget(self.expected, 0, 1, 2, 1)
        grid.addWidget(self.number, 0, 2, 2, 1)
        grid.addWidget(self.unit, 0, 3, 2, 1)
        grid.addWidget(self.keys, 0, 4, 2, 1)
        grid.setColumnStretch(0, 1)
        part(self, "card")
        self.keys.entered.connect(self._enter)
        self.keys.added.connect(self._add)
        self.show_line(None, blind=False)

    def show_line(self, line: SheetLine | None, *, blind: bool) -> None:
        """Show a line; what was typed for another one is not carried over."""
        if line is None or self.line is None or line.id != self.line.id:
            self.keys.clear()
        self.line = line
        if line is None:
            for label in (self.item, self.place, self.expected, self.number, self.unit):
                label.setText("")
            return
        self.item.setText(f"{line.item.sku}  {line.item.name}")
        self.place.setText(" · ".join(part for part in (line.location, line.lot) if part))
        self.expected.setText("" if blind else self._expected(line))
        self.number.setText("" if line.counted is None else quantity(line.counted))
        self.unit.setText(line.item.unit)

    def allow(self, allowed: bool) -> None:
        """Let the line be counted, or only be looked at."""
        self.keys.setVisible(allowed)

    def commit(self) -> None:
        """Count what was typed and not confirmed by Enter."""
        if self.keys.text().strip() and self.keys.check():
            self._enter(self.keys.value())

    def _expected(self, line: SheetLine) -> str:
        text = self.tr("Expected {quantity}").format(quantity=quantity(line.expected))
        if line.counted is None or line.counted == line.expected:
            return text
        return f"{text}  ({signed(line.counted - line.expected)})"

    def _enter(self, counted: Decimal | None) -> None:
        if self.line is not None:
            self.counted.emit(self.line, counted)

    def _add(self, more: Decimal) -> None:
        if self.line is not None:
            self.added.emit(self.line, more)
