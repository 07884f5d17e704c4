"""The line worked on: its number large, and all that can be said of it in one row of fields."""

from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.core.catalogue import Pack, Tracking
from app.core.decimals import PLACES, ZERO
from app.features.receiving.draft import Facts, Need
from app.features.receiving.head import Suggest
from app.features.receiving.lots import LONGEST_LOT, usual_expiry
from app.features.receiving.totals import Row
from app.ui.code_field import CodeField
from app.ui.entries import Entries
from app.ui.fields import CheckedField, DateField, QuantityField
from app.ui.formats import day, quantity, typed
from app.ui.parts import BigNumber, ElidedLabel, SmallButton, labelled
from app.ui.quantity_keys import QuantityKeys
from app.ui.theme import part


class LineEditor(QFrame):
    """Says what was typed of a row, with the row it was typed for. Enter in a field confirms it
    and goes on to what is still asked for."""

    counted = Signal(object, object)
    added = Signal(object, object)
    unit_said = Signal(object, str)
    lot_said = Signal(object, str)
    expiry_said = Signal(object, object)
    place_said = Signal(object, str)
    rejected_said = Signal(object, object)
    cost_said = Signal(object, object)
    removed = Signal(object)
    confirmed = Signal()
    """Enter was pressed in a field: the next question may be asked."""

    def __init__(self, places: Suggest) -> None:
        super().__init__()
        self.setObjectName("line_editor")
        self._entries = Entries()
        self._row: Row | None = None
        self.item = ElidedLabel(use="part", name="line_item")
        self.detail = ElidedLabel(use="quiet", name="line_detail")
        self.number = BigNumber("line_number", self.tr("Received now"))
        self.remove = SmallButton(self.tr("Remove"), "remove_line", self.tr("Remove this line"))
        self.remove.setToolTip(self.tr("Remove this line (Del)"))
        self._make_fields(places)
        self._lay_out()
        self._wire()
        part(self, "card")
        self.show_row(None, Facts(), date.today())

    def _make_fields(self, places: Suggest) -> None:
        self.quantity = QuantityKeys("quantity", self.tr("Quantity"))
        self.unit = QComboBox()
        self.unit.setObjectName("unit")
        self.unit.setAccessibleName(self.tr("Unit that the quantity counts"))
        self.lot = QLineEdit()
        self.lot.setObjectName("lot")
        self.lot.setMaxLength(LONGEST_LOT)
        self.lot.setAccessibleName(self.tr("Lot or serial"))
        self.expiry = DateField("expiry", self.tr("Expiry"))
        self.place = CodeField("put_away", self.tr("Put away in"), places)
        self.rejected = QuantityField("rejected", self.tr("Rejected"), PLACES, zero=True)
        self.cost = QuantityField("cost", self.tr("Cost of one base unit"), PLACES, zero=True)

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
            (self.tr("&Quantity"), self.quantity, 5),
            (self.tr("&Unit"), self.unit, 5),
            (self.tr("&Lot"), self.lot, 7),
            (self.tr("&Expiry"), self.expiry, 6),
            (self.tr("Put a&way in"), self.place, 9),
            (self.tr("Re&jected"), self.rejected, 4),
            (self.tr("&Cost"), self.cost, 5),
        )
        for text, field, share in fields:
            field.setMinimumWidth(56)
            lower.addWidget(labelled(text, field), share)
        lower.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignBottom)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(4)
        layout.addLayout(upper)
        layout.addLayout(lower)

    def _wire(self) -> None:
        self.quantity.entered.connect(self._count)
        self.quantity.added.connect(self._add)
        self.quantity.editingFinished.connect(self._leave_quantity)
        self.unit.activated.connect(self._say_unit)
        self.lot.editingFinished.connect(self._say_lot)
        self.expiry.editingFinished.connect(self._say_expiry)
        self.place.editingFinished.connect(self._say_place)
        self.place.chosen.connect(self._choose_place)
        self.rejected.editingFinished.connect(self._say_rejected)
        self.cost.editingFinished.connect(self._say_cost)
        self.remove.clicked.connect(self._remove)
        for field in (self.lot, self.expiry, self.rejected, self.cost):
            field.returnPressed.connect(self._confirm)

    # What is shown

    def show_row(self, row: Row | None, facts: Facts, today: date) -> None:
        """Show a row of the receipt; what was typed for another row is said for that one first."""
        if not _is_same(row, self._row):
            self.commit()
        new, self._row = not _is_same(row, self._row), row
        self.setEnabled(row is not None)
        self.item.setText(f"{row.item.sku}  {row.item.name}" if row else "")
        self.detail.setText(self._detail(row) if row else "")
        self.number.setText(self._number(row) if row else "")
        self._show_units(row, facts)
        put = self._entries.replace if new else self._entries.put
        for field, text in self._texts(row, facts).items():
            put(field, text)
        if new:
            self._entries.replace(self.quantity, "")
        self._allow(row, today)

    def ask(self, need: Need | None) -> bool:
        """Put the cursor where the row must still be told something; tell if there is such."""
        field = (
            {
                Need.QUANTITY: self.quantity,
                Need.LOT: self.lot,
                Need.EXPIRY: self.expiry,
            }.get(need)
            if need
            else None
        )
        if field is None:
            return False
        field.setFocus()
        field.selectAll()
        return True

    def asks_for_lot(self) -> bool:
        """Tell whether the row waits for its lot, and nobody has begun to type it."""
        line = self._row.line if self._row else None
        return bool(line and line.needs is Need.LOT and not self._entries.is_new(self.lot))

    def commit(self) -> None:
        """Say what stands in the fields and was not confirmed yet."""
        self._leave_quantity()
        for say in (
            self._say_lot,
            self._say_expiry,
            self._say_place,
            self._say_rejected,
            self._say_cost,
        ):
            say()

    def _texts(self, row: Row | None, facts: Facts) -> dict[QLineEdit, str]:
        line = row.line if row else None
        cost = line.cost if line else None
        return {
            self.lot: line.lot if line else "",
            self.expiry: day(line.expiry) if line and line.expiry else "",
            self.place: row.target if row else "",
            self.rejected: typed(line.rejected) if line and line.rejected else "",
            self.cost: typed(cost),
        }

    def _allow(self, row: Row | None, today: date) -> None:
        """Open the fields that mean something for the item, and say what holds if left empty."""
        is_tracked = row is not None and row.item.tracking is not Tracking.NONE
        self.lot.setEnabled(is_tracked)
        self.expiry.setEnabled(is_tracked)
        usual = usual_expiry(row.item, today) if row else None
        if usual:
            self.expiry.setPlaceholderText(day(usual))
        self.cost.setPlaceholderText(typed(row.price) if row else "")
        self.remove.setEnabled(row is not None and row.line is not None)

    def _show_units(self, row: Row | None, facts: Facts) -> None:
        packs = facts.packs or ((Pack(row.item.unit, 1),) if row else ())
        units = [pack.unit for pack in packs]
        with QSignalBlocker(self.unit):
            if units != [self.unit.itemText(place) for place in range(self.unit.count())]:
                self.unit.clear()
                self.unit.addItems(units)
            chosen = (row.line.unit if row and row.line else "") or (row.item.unit if row else "")
            self.unit.setCurrentIndex(max(self.unit.findText(chosen), 0))
        self.unit.setEnabled(len(units) > 1)

    def _number(self, row: Row) -> str:
        return f"{quantity(row.line.quantity if row.line else ZERO)} {row.item.unit}"

    def _detail(self, row: Row) -> str:
        if row.ordered is None:
            return self.tr("Not on the order") if row.is_extra else ""
        text = self.tr("{ordered} ordered · {before} before · {expected} to come")
        return text.format(
            ordered=quantity(row.ordered.ordered),
            before=quantity(row.ordered.before),
            expected=quantity(row.ordered.expected),
        )

    # What is said

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
        else:
            super().keyPressEvent(event)

    def _confirm(self) -> None:
        """Take what stands there; Enter in an empty expiry takes the usual one."""
        field = self.sender()
        if isinstance(field, CheckedField) and not field.is_good():
            return
        line = self._row.line if self._row else None
        is_asked = line is not None and line.needs is Need.EXPIRY
        if field is self.expiry and is_asked and not self.expiry.text().strip():
            self.expiry_said.emit(self._row, None)
        self.commit()
        self.confirmed.emit()

    def _count(self, count: object) -> None:
        if count is not None:
            self.counted.emit(self._row, count)
        self._entries.replace(self.quantity, "")
        self.confirmed.emit()

    def _add(self, count: object) -> None:
        self.added.emit(self._row, count)
        self._entries.replace(self.quantity, "")

    def _leave_quantity(self) -> None:
        value = self.quantity.value()
        if value is not None and self._entries.is_new(self.quantity):
            self._entries.replace(self.quantity, "")
            self.counted.emit(self._row, value)

    def _say_unit(self) -> None:
        self.unit_said.emit(self._row, self.unit.currentText())

    def _say_lot(self) -> None:
        if self._entries.take(self.lot):
            self.lot_said.emit(self._row, self.lot.text())

    def _say_expiry(self) -> None:
        if self.expiry.is_good() and self._entries.take(self.expiry):
            self.expiry_said.emit(self._row, self.expiry.value())

    def _say_place(self) -> None:
        if self._entries.take(self.place) and self.place.code():
            self.place_said.emit(self._row, self.place.code())

    def _choose_place(self) -> None:
        self._say_place()
        self.confirmed.emit()

    def _say_rejected(self) -> None:
        if self.rejected.is_good() and self._entries.take(self.rejected):
            self.rejected_said.emit(self._row, self.rejected.value())

    def _say_cost(self) -> None:
        if self.cost.is_good() and self._entries.take(self.cost):
            self.cost_said.emit(self._row, self.cost.value())

    def _remove(self) -> None:
        self.removed.emit(self._row)


def _is_same(one: Row | None, other: Row | None) -> bool:
    """Tell whether two rows stand for the same goods, whatever was said of them between."""
    if one is None or other is None:
        return one is other
    if one.line and other.line:
        return one.line.id == other.line.id
    if one.ordered is None or other.ordered is None:
        return False
    return one.ordered.number == other.ordered.number and one.item.id == other.item.id
