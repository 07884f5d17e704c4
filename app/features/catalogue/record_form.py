"""The fields of one item, place or partner, to be looked at, changed, or filled in anew."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.features.catalogue.field_box import Choices, FieldBox
from app.features.catalogue.import_items import FIXED_BY_HISTORY
from app.features.catalogue.service import Card
from app.ui.messages import translated
from app.ui.parts import PlainLabel

LAYOUT: dict[str, tuple[tuple[str, ...], ...]] = {
    "items": (
        ("sku",),
        ("name",),
        ("unit", "decimals"),
        ("tracking", "removal"),
        ("costing", "cost_per_lot"),
        ("standard_cost", "weight"),
        ("category", "abc"),
        ("shelf_life_days", "active"),
    ),
    "locations": (
        ("path",),
        ("kind", "walk_order"),
        ("name",),
        ("barcode",),
        ("allow_negative", "active"),
    ),
    "suppliers": (("code",), ("name",)),
    "customers": (("code",), ("name",)),
}
"""Which fields stand beside each other, from top to bottom; the first one names the record."""


class RecordForm(QWidget):
    """Shows a record's fields. `edited` tells that there is something to save now."""

    edited = Signal()
    entered = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.card: Card | None = None
        self.is_dirty = False
        self.title = PlainLabel(use="part", name=f"{kind}_form_title")
        self.title.setWordWrap(True)
        grid = QGridLayout()
        grid.setSpacing(12)
        self.boxes: dict[str, FieldBox] = {}
        for row, names in enumerate(LAYOUT[kind]):
            for column, name in enumerate(names):
                box = self._add(name)
                grid.addWidget(box, row, column, 1, 2 // len(names), Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addLayout(grid)
        self.start_new()

    @property
    def key(self) -> str:
        """What names the record that is shown; "" for a new one."""
        return self.card.key if self.card else ""

    def show_card(self, card: Card) -> None:
        """Show a stored record. What its history rests on can be read, not changed."""
        self.card = card
        self.is_dirty = False
        self.title.setText(card.texts.get("name") or card.key)
        for name, box in self.boxes.items():
            box.set_text(card.texts.get(name, ""))
            box.lock(self._why_fixed(name, card))

    def start_new(self) -> None:
        """Empty all fields for a record that is not stored yet."""
        self.card = None
        self.is_dirty = False
        self.title.setText(self._words()[f"new {self.kind}"])
        for name, box in self.boxes.items():
            box.lock("")
            box.set_text({"unit": "each", "costing": "average"}.get(name, ""))

    def label_of(self, name: str) -> str:
        """Return how a field is called here."""
        return self._words()[name]

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        names = list(self.boxes)
        self.boxes[names[1] if self.card else names[0]].editor.setFocus()

    def texts(self) -> dict[str, str]:
        """Return what stands in the fields, by their names in tables."""
        return {name: box.text() for name, box in self.boxes.items()}

    def show_problems(self, problems: dict[str, str]) -> None:
        """Say at each field what is wrong with it, and go to the first."""
        for name, box in self.boxes.items():
            box.show_problem(translated(problems[name]) if name in problems else "")
        first = next((box for name, box in self.boxes.items() if name in problems), None)
        if first:
            first.editor.setFocus()

    def _add(self, name: str) -> FieldBox:
        box = FieldBox(self.kind, name, self._words()[name], self._choices().get(name, ()))
        box.edited.connect(self._note_edit)
        box.entered.connect(self.entered)
        self.boxes[name] = box
        return box

    def _note_edit(self) -> None:
        self.is_dirty = True
        self.edited.emit()

    def _why_fixed(self, name: str, card: Card) -> str:
        if name == next(iter(self.boxes)):
            return self.tr("Documents name it, so it stays.")
        if card.is_used and name in FIXED_BY_HISTORY:
            return self.tr("The item has movements or orders that rest on this.")
        return ""

    def _words(self) -> dict[str, str]:
        return {
            "new items": self.tr("New item"),
            "new locations": self.tr("New location"),
            "new suppliers": self.tr("New supplier"),
            "new customers": self.tr("New customer"),
            "sku": self.tr("SKU"),
            "name": self.tr("Name"),
            "unit": self.tr("Base unit"),
            "decimals": self.tr("Decimals"),
            "tracking": self.tr("Tracked by"),
            "removal": self.tr("Taken in the order"),
            "costing": self.tr("Costing"),
            "cost_per_lot": self.tr("Cost kept by lot"),
            "standard_cost": self.tr("Standard cost"),
            "weight": self.tr("Weight"),
            "category": self.tr("Category"),
            "abc": self.tr("ABC class"),
            "shelf_life_days": self.tr("Shelf life in days"),
            "path": self.tr("Path (SITE/ZONE/BIN)"),
            "kind": self.tr("Kind"),
            "walk_order": self.tr("Walking order"),
            "barcode": self.tr("Barcode"),
            "allow_negative": self.tr("Stock below zero"),
            "code": self.tr("Code"),
            "active": self.tr("In use"),
        }

    def _choices(self) -> dict[str, Choices]:
        return {
            "tracking": (
                ("none", self.tr("Nothing")),
                ("lot", self.tr("Lot")),
                ("serial", self.tr("Serial number")),
            ),
            "costing": (
                ("average", self.tr("Moving average")),
                ("fifo", self.tr("First in, first out")),
                ("lifo", self.tr("Last in, first out")),
                ("standard", self.tr("Standard cost")),
            ),
            "removal": (
                ("fefo", self.tr("Earliest expiry")),
                ("fifo", self.tr("First in")),
                ("lifo", self.tr("Last in")),
                ("path", self.tr("Walking order")),
            ),
            "cost_per_lot": (("no", self.tr("No")), ("yes", self.tr("Yes"))),
            "active": (("yes", self.tr("Yes")), ("no", self.tr("No"))),
            "allow_negative": (
                ("", self.tr("As the place above")),
                ("no", self.tr("Refused")),
                ("yes", self.tr("Allowed")),
            ),
            "kind": (
                ("", self.tr("By its name")),
                ("site", self.tr("Site")),
                ("storage", self.tr("Storage")),
                ("dock", self.tr("Dock")),
                ("quarantine", self.tr("Quarantine")),
                ("transit", self.tr("In transit")),
            ),
        }
