"""The line worked on: its number large, its unit and its lot."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.catalogue import Pack
from app.features.transfer.draft import Draft, Held, Need
from app.features.transfer.totals import Row
from app.ui.entries import Entries
from app.ui.formats import day, quantity
from app.ui.parts import BigNumber, ElidedLabel, SmallButton, labelled
from app.ui.quantity_keys import QuantityKeys
from app.ui.theme import part


class LineEditor(QFrame):
    """Says what was typed of a line, with the line's number. Enter goes on."""

    counted = Signal(int, object)
    added = Signal(int, object)
    unit_said = Signal(int, str)
    lot_said = Signal(int, str)
    removed = Signal(int)
    confirmed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("line_editor")
        self._entries = Entries()
        self._row: Row | None = None
        self.item = ElidedLabel(use="part", name="line_item")
        self.detail = ElidedLabel(use="quiet", name="line_detail")
        self.number = BigNumber("line_number", self.tr("To be moved"))
        self.quantity = QuantityKeys("quantity", self.tr("Quantity"))
        self.unit = _choice("unit", self.tr("Unit that the quantity counts"))
        self.lot = _choice("lot", self.tr("Lot or serial"))
        self.remove = SmallButton(self.tr("Remove"), "remove_line", self.tr("Remove this line"))
        self.remove.setToolTip(self.tr("Remove this line (Del)"))
        self._lay_out()
        self.quantity.entered.connect(self._count)
        self.quantity.added.connect(self._add)
        self.quantity.editingFinished.connect(self._leave_quantity)
        self.unit.activated.connect(self._say_unit)
        self.lot.activated.connect(self._say_lot)
        self.remove.clicked.connect(self._remove)
        part(self, "card")
        self.show_row(None, Draft(key=""))

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.item)
        words.addWidget(self.detail)
        upper = QHBoxLayout()
        upper.setSpacing(16)
        upper.addLayout(words, 1)
        upper.addWidget(self.number)
        lower = QHBoxLayout()
        lower.setSpacing(8)
        fields: tuple[tuple[str, QWidget, int], ...] = (
            (self.tr("&Quantity"), self.quantity, 2),
            (self.tr("&Unit"), self.unit, 2),
            (self.tr("&Lot"), self.lot, 4),
        )
        for text, field, share in fields:
            lower.addWidget(labelled(text, field), share)
        lower.addStretch(2)
        lower.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(upper)
        layout.addLayout(lower)

    def show_row(self, row: Row | None, draft: Draft) -> None:
        """Show a line; a number typed for another one is said for that one first."""
        is_new = (row.line.id if row else None) != (self._row.line.id if self._row else None)
        if is_new:
            self.commit()
            self._entries.replace(self.quantity, "")
        self._row = row
        self.setEnabled(row is not None)
        line = row.line if row else None
        self.item.setText(f"{line.item.sku}  {line.item.name}" if line else "")
        self.number.setText(f"{quantity(line.quantity)} {line.item.unit}" if line else "")
        self.detail.setText(self._detail(row) if row else "")
        packs = draft.facts_of(line.item).packs if line else ()
        self._show_units(row, packs)
        self._show_lots(row, draft)

    def ask(self, need: Need | None) -> bool:
        """Put the cursor where the line must still be told something; tell if there is such."""
        field = {Need.QUANTITY: self.quantity, Need.LOT: self.lot}.get(need) if need else None
        if field is not None:
            field.setFocus()
        return field is not None

    def ask_for_lot(self) -> None:
        self.lot.setFocus()

    def commit(self) -> None:
        """Say what stands in the field and was not confirmed yet."""
        self._leave_quantity()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.confirmed.emit()
        else:
            super().keyPressEvent(event)

    def _detail(self, row: Row) -> str:
        if row.there is None:
            return ""
        text = self.tr("{there} there · {left} left")
        return text.format(there=quantity(row.there), left=quantity(row.left))

    def _show_units(self, row: Row | None, packs: tuple[Pack, ...]) -> None:
        base = row.line.item.unit if row else ""
        units = [pack.unit for pack in packs] or [base]
        chosen = (row.line.unit if row else "") or base
        _fill(self.unit, [(unit, unit) for unit in units], chosen)
        self.unit.setEnabled(len(units) > 1)

    def _show_lots(self, row: Row | None, draft: Draft) -> None:
        """Offer the lots that lie there and have no line of their own."""
        line = row.line if row else None
        others = {other.lot for other in draft.lines if line and other.item.id == line.item.id}
        held = draft.facts_of(line.item).held if line else ()
        lots = [
            (_lot_text(one), one.lot)
            for one in held
            if one.lot and (line is None or one.lot == line.lot or one.lot not in others)
        ]
        if line and line.lot and line.lot not in {lot for _, lot in lots}:
            lots.insert(0, (line.lot, line.lot))
        if line and lots and not line.lot:
            lots.insert(0, (self.tr("choose …"), ""))
        _fill(self.lot, lots, line.lot if line else "")
        self.lot.setEnabled(bool(lots))

    def _count(self, count: object) -> None:
        self._entries.replace(self.quantity, "")
        if count is not None and self._row:
            self.counted.emit(self._row.line.id, count)
        self.confirmed.emit()

    def _add(self, count: object) -> None:
        self._entries.replace(self.quantity, "")
        if self._row:
            self.added.emit(self._row.line.id, count)

    def _leave_quantity(self) -> None:
        value = self.quantity.value()
        if value is not None and self._row:
            self._entries.replace(self.quantity, "")
            self.counted.emit(self._row.line.id, value)

    def _say_unit(self) -> None:
        if self._row:
            self.unit_said.emit(self._row.line.id, self.unit.currentText())

    def _say_lot(self) -> None:
        lot = str(self.lot.currentData())
        if self._row and lot:
            self.lot_said.emit(self._row.line.id, lot)

    def _remove(self) -> None:
        if self._row:
            self.removed.emit(self._row.line.id)


def _choice(name: str, accessible: str) -> QComboBox:
    choice = QComboBox()
    choice.setObjectName(name)
    choice.setAccessibleName(accessible)
    choice.setMinimumWidth(80)
    return choice


def _fill(choice: QComboBox, entries: list[tuple[str, str]], chosen: str) -> None:
    """Offer these texts with what they stand for, without saying that anything was chosen."""
    known = [(choice.itemText(n), str(choice.itemData(n))) for n in range(choice.count())]
    with QSignalBlocker(choice):
        if known != entries:
            choice.clear()
            for text, data in entries:
                choice.addItem(text, data)
        choice.setCurrentIndex(max(choice.findData(chosen), 0))


def _lot_text(held: Held) -> str:
    parts = [held.lot, day(held.expiry) if held.expiry else "", quantity(held.available)]
    return " · ".join(filter(None, parts))
