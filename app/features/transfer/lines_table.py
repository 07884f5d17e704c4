"""The lines of a transfer: what goes, of which lot, and what stays behind."""

from PySide6.QtCore import QCoreApplication

from app.core.clock import now
from app.core.scans import Tone
from app.features.transfer.draft import Need
from app.features.transfer.totals import Row
from app.ui.formats import UNKNOWN, day, quantity
from app.ui.messages import translated
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable


class LinesTable(TableView):
    """Digits typed here mean quantities, so only Ctrl+F opens its filter."""

    def __init__(self) -> None:
        self.today = now().astimezone().date()
        self.lines: RowsTable[Row] = RowsTable(self._columns(), row_tone=self._tone)
        name = QCoreApplication.translate("LinesTable", "Lines of the transfer")
        super().__init__(self.lines, "transfer_lines", name, type_to_filter=False)
        self.lines.setParent(self)

    def show_lines(self, rows: list[Row]) -> None:
        self.today = now().astimezone().date()
        self.lines.show_rows(rows)

    def place_of_line(self, line: int | None) -> int | None:
        """Return the number of the row that shows a line of the draft."""
        rows = enumerate(self.lines.rows())
        return next((place for place, row in rows if row.line.id == line), None)

    def notes(self, row: Row) -> str:
        """Say in words what is to be looked at."""
        line = row.line
        notes = [self.tr("not posted")] if row.trouble else []
        if line.needs is Need.LOT:
            notes.append(
                self.tr("which {tracking}?").format(tracking=translated(line.item.tracking.value))
            )
        if line.needs is Need.QUANTITY:
            notes.append(self.tr("how many?"))
        if line.is_expired(self.today):
            notes.append(self.tr("expired"))
        if line.is_guess:
            notes.append(self.tr("right lot?"))
        if row.left is not None and row.left < 0:
            notes.append(self.tr("more than there is"))
        return ", ".join(notes)

    def _columns(self) -> tuple[Column[Row], ...]:
        tr = QCoreApplication.translate
        return (
            Column(tr("LinesTable", "Item"), _item, key="item", stretch=True, chars=16),
            Column(tr("LinesTable", "Lot"), _lot, key="lot", chars=9),
            Column(
                tr("LinesTable", "Expiry"),
                lambda row: day(row.line.expiry),
                key="expiry",
                sort=lambda row: row.line.expiry,
                tone=self._expiry_tone,
                chars=12,
            ),
            Column(
                tr("LinesTable", "There"),
                lambda row: quantity(row.there),
                NUMBER,
                key="there",
                sort=lambda row: row.there,
                chars=7,
            ),
            Column(
                tr("LinesTable", "Move"),
                lambda row: quantity(row.line.quantity),
                NUMBER,
                key="move",
                unit=_unit,
                sort=lambda row: row.line.quantity,
                chars=12,
            ),
            Column(
                tr("LinesTable", "Left"),
                lambda row: quantity(row.left),
                NUMBER,
                key="left",
                sort=lambda row: row.left,
                tone=lambda row: Tone.BAD if row.left is not None and row.left < 0 else None,
                chars=7,
            ),
            Column(
                tr("LinesTable", "Note"),
                self.notes,
                key="note",
                icon=self._note_icon,
                tone=self._note_tone,
                tooltip=self._note_in_full,
                chars=14,
            ),
        )

    def _note_in_full(self, row: Row) -> str:
        return row.trouble or self.notes(row)

    def _tone(self, row: Row) -> Tone | None:
        return Tone.BAD if row.trouble else None

    def _note_tone(self, row: Row) -> Tone | None:
        if not self.notes(row):
            return None
        return Tone.BAD if row.trouble or (row.left is not None and row.left < 0) else Tone.ASK

    def _note_icon(self, row: Row) -> str:
        tone = self._note_tone(row)
        return tone.value if tone else ""

    def _expiry_tone(self, row: Row) -> Tone | None:
        return Tone.ASK if row.line.is_expired(self.today) else None


def _item(row: Row) -> str:
    return f"{row.line.item.sku}  {row.line.item.name}"


def _unit(row: Row) -> str:
    return row.line.item.unit


def _lot(row: Row) -> str:
    return row.line.lot or UNKNOWN
