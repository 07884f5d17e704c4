"""What holds for a whole receipt, and the way to add an item by hand."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.features.receiving.draft import Draft
from app.ui.code_field import CodeField
from app.ui.entries import Entries
from app.ui.jobs import Job
from app.ui.parts import labelled

Suggest = Callable[[str], Job]
LONGEST_REFERENCE = 100


class ReceiptHead(QWidget):
    """Item, supplier, delivery note, and the place for all of it."""

    item_wanted = Signal(str)
    supplier_said = Signal(str)
    reference_said = Signal(str)
    place_said = Signal(str)

    def __init__(self, items: Suggest, suppliers: Suggest, places: Suggest) -> None:
        super().__init__()
        self._entries = Entries()
        self.item = CodeField("item", self.tr("Add an item"), items)
        self.item.setPlaceholderText(self.tr("SKU, name or barcode"))
        self.supplier = CodeField("supplier", self.tr("Supplier"), suppliers)
        self.reference = QLineEdit()
        self.reference.setObjectName("reference")
        self.reference.setMaxLength(LONGEST_REFERENCE)
        self.reference.setAccessibleName(self.tr("Delivery note"))
        self.place = CodeField("place_for_all", self.tr("Put all away in"), places)
        self.place.setPlaceholderText(self.tr("each to its own bin"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for text, field, share in (
            (self.tr("Add &item"), self.item, 3),
            (self.tr("&Supplier"), self.supplier, 2),
            (self.tr("&Delivery note"), self.reference, 2),
            (self.tr("Put &all away in"), self.place, 2),
        ):
            row.addWidget(labelled(text, field), share)
        self.item.chosen.connect(self._want_item)
        self.supplier.editingFinished.connect(self._say_supplier)
        self.supplier.chosen.connect(self._say_supplier)
        self.reference.editingFinished.connect(self._say_reference)
        self.place.editingFinished.connect(self._say_place)
        self.place.chosen.connect(self._say_place)

    def show_draft(self, draft: Draft) -> None:
        """Show what holds; a field that somebody is typing into is left alone."""
        self._entries.put(self.supplier, draft.supplier)
        self._entries.put(self.reference, draft.reference)
        self._entries.put(self.place, draft.place)
        self.supplier.setReadOnly(bool(draft.order and draft.order.supplier))

    def commit(self) -> None:
        """Say what stands in a field and was not confirmed yet."""
        self._say_supplier()
        self._say_reference()
        self._say_place()

    def _want_item(self, code: str) -> None:
        self.item.clear()
        self.item_wanted.emit(code)

    def _say_supplier(self) -> None:
        if self._entries.take(self.supplier):
            self.supplier_said.emit(self.supplier.code())

    def _say_reference(self) -> None:
        if self._entries.take(self.reference):
            self.reference_said.emit(self.reference.text().strip())

    def _say_place(self) -> None:
        if self._entries.take(self.place):
            self.place_said.emit(self.place.code())
