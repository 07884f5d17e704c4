"""The barcodes and packs of an item, under its fields."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.core.decimals import PLACES
from app.features.catalogue.service import BarcodeLine, Card, PackLine
from app.ui.fields import QuantityField
from app.ui.formats import quantity
from app.ui.parts import PlainLabel, SmallButton, labelled
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable

LIST_HEIGHT = 124  # pixels: three rows and the headings


class PacksPanel(QWidget):
    """Lists barcodes and packs. What is added or taken away is told, by the texts typed."""

    barcode_added = Signal(str, str)
    barcode_removed = Signal(str)
    pack_added = Signal(str, str, str)
    pack_removed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("packs_panel")
        self._unit = ""
        self.barcodes: RowsTable[BarcodeLine] = RowsTable(self._barcode_columns(), self)
        self.packs: RowsTable[PackLine] = RowsTable(self._pack_columns(), self)
        self.barcode_table = TableView(self.barcodes, "item_barcodes", self.tr("Barcodes"))
        self.pack_table = TableView(self.packs, "item_packs", self.tr("Packs"))
        self.code = _line("new_barcode", self.tr("New barcode, typed or scanned"))
        self.code_quantity = _quantity("new_barcode_quantity", self.tr("Pieces it stands for"))
        self.unit = _line("new_pack", self.tr("Name of the pack, such as carton"))
        self.holds = _quantity("new_pack_holds", self.tr("Base units it holds"))
        self.shared_by = _quantity("new_pack_shared_by", self.tr("Packs that hold them"))
        self.add_code = SmallButton(self.tr("Add"), "add_barcode", self.tr("Add the barcode"))
        self.add_pack = SmallButton(self.tr("Add"), "add_pack", self.tr("Add the pack"))
        self.drop_code = SmallButton(
            self.tr("Remove"), "remove_barcode", self.tr("Remove the selected barcode")
        )
        self.drop_pack = SmallButton(
            self.tr("Remove"), "remove_pack", self.tr("Remove the selected pack")
        )
        self._arrange()
        self._wire()

    def show_card(self, card: Card | None) -> None:
        """Show what belongs to a stored item; a new one has nothing yet."""
        self.setVisible(card is not None)
        self._unit = card.texts["unit"] if card else ""
        self.barcodes.show_rows(card.barcodes if card else ())
        self.packs.show_rows(card.packs if card else ())

    def propose(self, code: str) -> None:
        """Put a code that nobody knows where it can be added to this item."""
        self.code.setText(code)
        self.code_quantity.setFocus()
        self.code_quantity.selectAll()

    def clear_entry(self) -> None:
        """Empty the fields for the next barcode and pack."""
        for field in (self.code, self.unit):
            field.clear()
        for figure in (self.code_quantity, self.holds, self.shared_by):
            figure.setText("1")

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        codes = self._entry(
            ((self.tr("New barcode"), self.code), (self.tr("Stands for"), self.code_quantity)),
            (self.drop_code, self.add_code),
        )
        packs = self._entry(
            (
                (self.tr("New pack"), self.unit),
                (self.tr("Holds"), self.holds),
                (self.tr("Per packs"), self.shared_by),
            ),
            (self.drop_pack, self.add_pack),
        )
        for title, table, entry in (
            (self.tr("Barcodes"), self.barcode_table, codes),
            (self.tr("Packs"), self.pack_table, packs),
        ):
            table.setFixedHeight(LIST_HEIGHT)
            layout.addWidget(PlainLabel(title, "part"))
            layout.addWidget(table)
            layout.addLayout(entry)

    def _entry(
        self, fields: Sequence[tuple[str, QWidget]], buttons: Sequence[QWidget]
    ) -> QVBoxLayout:
        """Return the fields of one line, the first as wide as it gets, and buttons below."""
        line, below, whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for text, field in fields:
            line.addWidget(labelled(text, field), 0 if line.count() else 1)
        below.addStretch(1)
        for button in buttons:
            below.addWidget(button)
        for part in (line, below):
            part.setSpacing(8)
            whole.addLayout(part)
        return whole

    def _wire(self) -> None:
        self.add_code.clicked.connect(self._add_barcode)
        self.code.returnPressed.connect(self._add_barcode)
        self.code_quantity.returnPressed.connect(self._add_barcode)
        self.drop_code.clicked.connect(self._remove_barcode)
        self.add_pack.clicked.connect(self._add_pack)
        self.unit.returnPressed.connect(self.holds.setFocus)
        self.holds.returnPressed.connect(self._add_pack)
        self.drop_pack.clicked.connect(self._remove_pack)

    def _add_barcode(self) -> None:
        if self.code.text().strip():
            self.barcode_added.emit(self.code.text(), self.code_quantity.text())

    def _add_pack(self) -> None:
        if self.unit.text().strip():
            self.pack_added.emit(self.unit.text(), self.holds.text(), self.shared_by.text())

    def _remove_barcode(self) -> None:
        row = self.barcode_table.current_row()
        if row is not None:
            self.barcode_removed.emit(row.code)

    def _remove_pack(self) -> None:
        row = self.pack_table.current_row()
        if row is not None:
            self.pack_removed.emit(row.unit)

    def _barcode_columns(self) -> tuple[Column[BarcodeLine], ...]:
        return (
            Column(self.tr("Barcode"), lambda line: line.code, key="code", stretch=True),
            Column(
                self.tr("Stands for"),
                lambda line: quantity(line.quantity),
                NUMBER,
                key="quantity",
                unit=self._base_unit,
            ),
        )

    def _pack_columns(self) -> tuple[Column[PackLine], ...]:
        return (
            Column(self.tr("Pack"), lambda line: line.unit, key="unit", stretch=True),
            Column(self.tr("Holds"), _content, NUMBER, key="content", unit=self._base_unit),
        )

    def _base_unit(self, _line: Any) -> str:
        return self._unit


def _content(pack: PackLine) -> str:
    if pack.denominator == 1:
        return str(pack.numerator)
    return f"{pack.numerator} ⁄ {pack.denominator}"


def _line(name: str, accessible: str) -> QLineEdit:
    field = QLineEdit()
    field.setObjectName(name)
    field.setAccessibleName(accessible)
    return field


def _quantity(name: str, accessible: str) -> QuantityField:
    field = QuantityField(name, accessible, PLACES)
    field.setToolTip(accessible)
    field.setFixedWidth(72)
    field.setText("1")
    return field
