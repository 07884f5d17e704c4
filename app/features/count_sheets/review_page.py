"""Counts beside the ledger, before they are posted: what differs, by how much, what it is worth."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.core.decimals import ZERO
from app.core.scans import Tone
from app.features.count_sheets.rules import Variance
from app.ui.formats import money, quantity, signed
from app.ui.messages import translated
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable


class ReviewPage(QWidget):
    """`shown_changed`: other lines are shown, the totals say so."""

    shown_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("review_page")
        self.variances: list[Variance] = []
        self.only_different = QCheckBox(self.tr("Only differences (Alt+D)"))
        self.only_different.setObjectName("only_different")
        self.only_different.setAccessibleName(self.tr("Show only lines that differ"))
        self.only_different.setShortcut("Alt+D")
        self.only_different.setChecked(True)
        self.rows: RowsTable[Variance] = RowsTable(self._columns(), self, row_tone=_row_tone)
        self.table = TableView(self.rows, "variances", self.tr("Variances of the count"))
        self.setFocusProxy(self.table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.only_different)
        layout.addWidget(self.table, 1)
        self.only_different.toggled.connect(self._show)

    def show_variances(self, variances: Sequence[Variance]) -> None:
        self.variances = list(variances)
        self._show()

    def totals(self) -> str:
        """Return the sheet's differences in one line: how many, and what they are worth."""
        different = [one for one in self.variances if one.difference]
        gains = sum((one.value for one in different if one.value > 0), ZERO)
        losses = sum((one.value for one in different if one.value < 0), ZERO)
        text = self.tr("{count} counted · {different} differ · gains {gains} · losses {losses}")
        places = different[0].money_places if different else 2
        stopped = sum(bool(one.stop) for one in self.variances)
        if stopped:
            text += self.tr(" · {stopped} cannot be posted")
        return text.format(
            count=quantity(len(self.variances)),
            different=quantity(len(different)),
            gains=money(gains, places),
            losses=money(losses, places),
            stopped=quantity(stopped),
        )

    def _show(self) -> None:
        rows = self.variances
        if self.only_different.isChecked():
            rows = [one for one in rows if one.difference or one.stop]
            self.table.show_when_empty(
                self.tr("Every count agrees with the ledger"),
                self.tr("Posting keeps a record of the count; no stock changes."),
            )
        self.rows.show_rows(rows)
        self.shown_changed.emit()

    def _columns(self) -> tuple[Column[Variance], ...]:
        tr = QCoreApplication.translate
        return (
            Column(
                tr("ReviewPage", "Location"), lambda one: one.location, key="location", chars=12
            ),
            Column(tr("ReviewPage", "Item"), lambda one: one.item, key="item", chars=10),
            Column(
                tr("ReviewPage", "Name"),
                lambda one: one.name,
                key="name",
                stretch=True,
                chars=14,
                tooltip=lambda one: one.name,
            ),
            Column(tr("ReviewPage", "Lot"), lambda one: one.lot, key="lot", chars=6),
            _figure(tr("ReviewPage", "Expected"), "expected"),
            _figure(tr("ReviewPage", "Counted"), "counted"),
            Column(
                tr("ReviewPage", "Difference"),
                lambda one: signed(one.difference),
                NUMBER,
                key="difference",
                unit=lambda one: one.unit,
                sort=lambda one: one.difference,
                tone=_tone,
                icon=_icon,
                chars=11,
            ),
            Column(
                tr("ReviewPage", "Value"),
                lambda one: money(one.value, one.money_places),
                NUMBER,
                key="value",
                sort=lambda one: one.value,
                chars=9,
            ),
            Column(
                tr("ReviewPage", "Moved"),
                lambda one: signed(one.moved) if one.moved else "",
                NUMBER,
                key="moved",
                sort=lambda one: one.moved,
                tooltip=_moved,
                chars=7,
            ),
            _figure(tr("ReviewPage", "Now"), "now"),
            Column(
                tr("ReviewPage", "Problem"),
                lambda one: translated(one.stop),
                key="stop",
                tooltip=lambda one: translated(one.stop),
                chars=8,
            ),
        )


def _figure(title: str, name: str) -> Column[Variance]:
    def figure(one: Variance) -> Decimal:
        value: Decimal = getattr(one, name)
        return value

    return Column(title, lambda one: quantity(figure(one)), NUMBER, key=name, sort=figure, chars=6)


def _moved(one: Variance) -> str:
    text = QCoreApplication.translate("ReviewPage", "{quantity} {unit} moved since the count")
    return text.format(quantity=signed(one.moved), unit=one.unit) if one.moved else ""


def _row_tone(one: Variance) -> Tone | None:
    return Tone.BAD if one.stop else None


def _tone(one: Variance) -> Tone:
    if one.stop:
        return Tone.BAD
    return Tone.ASK if one.difference else Tone.GOOD


def _icon(one: Variance) -> str:
    return _tone(one).value
