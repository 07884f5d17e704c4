"""What to count: a place, a range of bins, a category, some items; what is empty is not asked."""

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from app.features.count_sheets.rules import Scope
from app.ui.code_field import CodeField
from app.ui.jobs import Job
from app.ui.parts import PlainLabel, hint, labelled

_BETWEEN = re.compile(r"\s*[,;\n]\s*")
WIDEST = 640  # pixels: a form wider than this is hard to follow


class ScopeForm(QWidget):
    """`entered` tells that Enter was pressed in a field: the scope is complete."""

    entered = Signal()

    def __init__(self, suggest: Callable[[str], Job]) -> None:
        super().__init__()
        self.setObjectName("scope_form")
        self.location = CodeField("scope_location", self.tr("Place to count"), suggest)
        self.first = self._line("scope_first_bin", self.tr("First bin"))
        self.last = self._line("scope_last_bin", self.tr("Last bin"))
        self.category = QComboBox()
        self.category.setObjectName("scope_category")
        self.category.setAccessibleName(self.tr("Category"))
        self.items = self._line("scope_items", self.tr("Items"))
        self.items.setPlaceholderText(self.tr("Scan items, or type SKUs with commas between"))
        self.blind = QCheckBox(self.tr("Blind: whoever counts does not see what is expected"))
        self.blind.setObjectName("scope_blind")
        self.blind.setAccessibleName(self.blind.text())
        self.location.setPlaceholderText(self.tr("A site, a zone or a bin; empty for everything"))
        self._lay_out()
        self.show_categories(())
        self.location.chosen.connect(self._go_on)

    def scope(self) -> Scope:
        """Return what is chosen."""
        return Scope(
            location=self.location.code().strip("/"),
            first_bin=self.first.text().strip(),
            last_bin=self.last.text().strip(),
            category=self.category.currentData() or "",
            items=tuple(filter(None, _BETWEEN.split(self.items.text().strip()))),
        )

    def is_blind(self) -> bool:
        return self.blind.isChecked()

    def start_over(self) -> None:
        """Empty the form; the place stays, as the next sheet is mostly near the last."""
        for field in (self.first, self.last, self.items):
            field.clear()
        self.category.setCurrentIndex(0)
        self.location.selectAll()
        self.location.setFocus()

    def show_categories(self, categories: Sequence[str]) -> None:
        chosen = self.category.currentData()
        self.category.clear()
        self.category.addItem(self.tr("All"), "")
        for category in categories:
            self.category.addItem(category, category)
        self.category.setCurrentIndex(max(0, self.category.findData(chosen)))

    def set_place(self, path: str) -> None:
        self.location.set_code(path)

    def add_item(self, sku: str) -> None:
        """Add a scanned item to those that are named; one that is named already stays once."""
        named = self.scope().items
        if sku not in named:
            self.items.setText(", ".join((*named, sku)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _line(self, name: str, accessible: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(accessible)
        return field

    def _go_on(self, _: str) -> None:
        self.first.setFocus()

    def _lay_out(self) -> None:
        form = QWidget()
        form.setMaximumWidth(WIDEST)
        grid = QGridLayout(form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(PlainLabel(self.tr("What shall be counted?"), "part"), 0, 0, 1, 2)
        grid.addWidget(labelled(self.tr("&Place"), self.location), 1, 0, 1, 2)
        grid.addWidget(labelled(self.tr("&First bin"), self.first), 2, 0)
        grid.addWidget(labelled(self.tr("&Last bin"), self.last), 2, 1)
        grid.addWidget(labelled(self.tr("&Category"), self.category), 3, 0, 1, 2)
        grid.addWidget(labelled(self.tr("&Items"), self.items), 4, 0, 1, 2)
        grid.addWidget(self.blind, 5, 0, 1, 2)
        about = self.tr(
            "The sheet lists what lies there now and keeps what is expected. Stock may go on moving"
            " while it is counted."
        )
        grid.addWidget(hint(about), 6, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(form)
        layout.addStretch(1)
