"""The lines of a receipt: ordered, before, now; lot, expiry, and where each is put away."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication

from app.core.clock import now
from app.core.decimals import ZERO
from app.core.scans import Tone
from app.features.receiving.draft import Need
from app.features.receiving.totals import Row
from app.ui.formats import UNKNOWN, day, quantity, signed
from app.ui.messages import translated
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable


class LinesTable(TableView):
    """Digits typed here mean quantities, so only Ctrl+F opens its filter."""

    def __init__(self) -> None:
        self.today = now().astimezone().date()
        self.lines: RowsTable[Row] = RowsTable(self._columns(), row_tone=self._tone)
        name = QCoreApplication.translate("LinesTable", "Lines of the receipt")
        super().__init__(self.lines, "receipt_lines", name, type_to_filter=False)
        self.lines.setParent(self)
        self.show_when_empty(
            self.tr("Nothing received yet"),
            self.tr("Scan the goods, or type an item above. Scan a bin first to put all there."),
        )

    def show_lines(self, rows: list[Row]) -> None:
        self.today = now().astimezone().date()
        self.lines.show_rows(rows)

    def place_of_line(self, line: int | None) -> int | None:
        """Return the number of the row that shows a line of the draft."""
        rows = enumerate(self.lines.rows())
        return next((place for place, row in rows if row.line and row.line.id == line), None)

    def notes(self, row: Row) -> str:
        """Say in words what is to be looked at."""
        line = row.line
        notes = []
        if row.trouble:
            notes.append(self.tr("not posted"))
        if line and line.arrived and line.needs is Need.LOT:
            notes.append(
                self.tr("which {tracking}?").format(tracking=translated(line.item.tracking.value))
            )
        if line and line.needs is Need.QUANTITY:
            notes.append(self.tr("how many?"))
        if line and line.is_expired(self.today):
            notes.append(self.tr("expired"))
        if row.over:
            notes.append(self.tr("{count} over").format(count=quantity(row.over)))
        if row.is_extra:
            notes.append(self.tr("not ordered"))
        if line and line.rejected:
            notes.append(self.tr("{count} rejected").format(count=quantity(line.rejected)))
        return ", ".join(notes)

    def _columns(self) -> tuple[Column[Row], ...]:
        tr = QCoreApplication.translate
        return (
            Column(tr("LinesTable", "Item"), _item, key="item", stretch=True, chars=16),
            Column(
                tr("LinesTable", "Ordered"),
                lambda row: _of_order(row, "ordered"),
                NUMBER,
                key="ordered",
                sort=lambda row: row.ordered.ordered if row.ordered else None,
                chars=6,
            ),
            Column(
                tr("LinesTable", "Before"),
                lambda row: _of_order(row, "before"),
                NUMBER,
                key="before",
                sort=lambda row: row.ordered.before if row.ordered else None,
                chars=6,
            ),
            Column(
                tr("LinesTable", "Now"),
                lambda row: signed(row.line.quantity if row.line else ZERO),
                NUMBER,
                key="now",
                unit=_unit,
                sort=lambda row: row.line.quantity if row.line else ZERO,
                tone=lambda row: Tone.ASK if row.over else None,
                chars=12,
            ),
            Column(
                tr("LinesTable", "Note"),
                self.notes,
                key="note",
                icon=self._note_icon,
                tone=self._note_tone,
                tooltip=self._note_in_full,
                chars=11,
            ),
            Column(tr("LinesTable", "Lot"), _lot, key="lot", chars=7),
            Column(
                tr("LinesTable", "Expiry"),
                lambda row: day(row.line.expiry) if row.line else UNKNOWN,
                key="expiry",
                sort=lambda row: row.line.expiry if row.line else None,
                tone=self._expiry_tone,
                chars=12,
            ),
            Column(
                tr("LinesTable", "Put away"),
                lambda row: row.place or UNKNOWN,
                key="target",
                tooltip=lambda row: row.target,
                chars=9,
            ),
            Column(
                tr("LinesTable", "Cost"),
                _cost,
                NUMBER,
                key="cost",
                sort=_cost_of,
                hidden=True,
                chars=9,
            ),
        )

    def _note_in_full(self, row: Row) -> str:
        return row.trouble or self.notes(row)

    def _tone(self, row: Row) -> Tone | None:
        return Tone.BAD if row.trouble else None

    def _note_tone(self, row: Row) -> Tone | None:
        if not self.notes(row):
            return None
        return Tone.BAD if row.trouble else Tone.ASK

    def _note_icon(self, row: Row) -> str:
        tone = self._note_tone(row)
        return tone.value if tone else ""

    def _expiry_tone(self, row: Row) -> Tone | None:
        return Tone.ASK if row.line and is_expired(row, self.today) else None


def is_expired(row: Row, today: date) -> bool:
    return row.line is not None and row.line.is_expired(today)


def _item(row: Row) -> str:
    return f"{row.item.sku}  {row.item.name}"


def _unit(row: Row) -> str:
    return row.item.unit


def _lot(row: Row) -> str:
    return (row.line.lot if row.line else "") or UNKNOWN


def _of_order(row: Row, what: str) -> str:
    if not row.is_first:
        return ""
    return quantity(getattr(row.ordered, what) if row.ordered else None)


def _cost_of(row: Row) -> object:
    return row.line.cost if row.line and row.line.cost is not None else row.price


def _cost(row: Row) -> str:
    cost = _cost_of(row)
    return quantity(cost if isinstance(cost, Decimal) else None)
