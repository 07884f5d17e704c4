"""The head of a subject: its figures side by side, the first one large."""

from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.features.stock_lookup.rules import Ref
from app.features.stock_lookup.subject import Fact, FactKind, Subject
from app.features.stock_lookup.words import fact_word
from app.ui.formats import UNKNOWN, day, moment, money, quantity
from app.ui.parts import ElidedLabel, LinkButton, PlainLabel
from app.ui.theme import part

FIGURES = 7  # facts side by side where they are figures
TEXTS = 4  # and where they are texts


class FactsBar(QFrame):
    """Shows facts; what a fact names can be opened."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("facts")
        part(self, "card")
        self._subject: Subject | None = None
        self._links: dict[LinkButton, Ref] = {}
        self._cells: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 8, 12, 8)

    def show_subject(self, subject: Subject) -> None:
        if self._subject and self._subject.facts == subject.facts:
            return
        self._subject = subject
        self._links.clear()
        if self._cells:
            self._cells.hide()
            self._cells.deleteLater()
        self._cells = QWidget()
        grid = QGridLayout(self._cells)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        columns = TEXTS if subject.is_document else FIGURES
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        for number, fact in enumerate(subject.facts):
            is_big = number == 0 and fact.kind is FactKind.ON_HAND
            grid.addWidget(self._cell(fact, subject, is_big), number // columns, number % columns)
            if is_big:
                grid.setColumnStretch(0, 2)
        self._layout.addWidget(self._cells)

    def _cell(self, fact: Fact, subject: Subject, is_big: bool) -> QWidget:
        cell = QWidget()
        layout = QVBoxLayout(cell)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        title = fact_word(fact.kind)
        text = written(fact, subject.money_places)
        layout.addWidget(PlainLabel(title, "label"))
        if fact.leads_to:
            layout.addWidget(self._link(text, fact))
        else:
            layout.addWidget(_value(text, fact, is_big))
        layout.addStretch(1)
        cell.setAccessibleName(f"{title} {text} {fact.unit}".strip())
        return cell

    def _link(self, text: str, fact: Fact) -> LinkButton:
        link = LinkButton(text, f"fact_{fact.kind}")
        link.setAccessibleName(f"{fact_word(fact.kind)} {text}")
        link.clicked.connect(self._open)
        if fact.leads_to:
            self._links[link] = fact.leads_to
        return link

    def _open(self) -> None:
        link = self.sender()
        if isinstance(link, LinkButton) and link in self._links:
            self.opened.emit(self._links[link])


def _value(text: str, fact: Fact, is_big: bool) -> QWidget:
    line = QWidget()
    layout = QHBoxLayout(line)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    value = ElidedLabel(text, "big" if is_big else "part", f"fact_{fact.kind}")
    value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
    layout.addWidget(value, 1)
    if fact.unit and is_big:
        value.setSizePolicy(PlainLabel().sizePolicy())
        layout.addWidget(PlainLabel(fact.unit, "quiet"), 1, Qt.AlignmentFlag.AlignBottom)
    return line


def written(fact: Fact, money_places: int) -> str:
    """Return a fact as it is shown."""
    match fact.value:
        case None:
            return UNKNOWN
        case Decimal() if fact.kind in (FactKind.VALUE, FactKind.AMOUNT):
            return money(fact.value, money_places)
        case Decimal() if fact.kind is FactKind.UNIT_COST:
            return unit_price(fact.value, money_places)
        case Decimal():
            return quantity(fact.value)
        case datetime():
            return moment(fact.value)
        case date():
            return day(fact.value)
    return str(fact.value)


def unit_price(value: Decimal, money_places: int) -> str:
    """Return a cost exactly, with at least the decimals of the currency."""
    exponent = value.normalize().as_tuple().exponent
    return money(value, max(money_places, -exponent if isinstance(exponent, int) else 0))
