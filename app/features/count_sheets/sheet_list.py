"""All count sheets, the newest first, with how far each one is."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from app.core.scans import Tone
from app.features.count_sheets.rules import SheetHead, SheetState
from app.ui.formats import moment, quantity
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable

_TONES = {
    SheetState.OPEN: Tone.ASK,
    SheetState.POSTED: Tone.GOOD,
    SheetState.REVERSED: None,
    SheetState.CANCELLED: None,
}


class SheetList(TableView):
    """Enter or a double click opens a sheet."""

    def __init__(self) -> None:
        self.sheets: RowsTable[SheetHead] = RowsTable(self._columns())
        name = QCoreApplication.translate("SheetList", "Count sheets")
        super().__init__(self.sheets, "count_sheet_list", name)
        self.sheets.setParent(self)

    def show_sheets(self, sheets: Sequence[SheetHead]) -> None:
        self.sheets.show_rows(sheets)

    def state(self, head: SheetHead) -> str:
        """Return the sheet's state in a word."""
        return {
            SheetState.OPEN: self.tr("Open"),
            SheetState.POSTED: self.tr("Posted"),
            SheetState.REVERSED: self.tr("Reversed"),
            SheetState.CANCELLED: self.tr("Cancelled"),
        }[head.state]

    def _columns(self) -> tuple[Column[SheetHead], ...]:
        tr = QCoreApplication.translate
        return (
            Column(tr("SheetList", "Sheet"), lambda head: head.title, key="sheet", chars=11),
            Column(
                tr("SheetList", "What"),
                lambda head: head.scope,
                key="what",
                stretch=True,
                chars=24,
                tooltip=lambda head: head.scope,
            ),
            Column(
                tr("SheetList", "State"),
                self.state,
                key="state",
                tone=lambda head: _TONES[head.state],
                icon=_icon,
                chars=11,
            ),
            Column(
                tr("SheetList", "Counted"),
                lambda head: quantity(head.counted),
                NUMBER,
                key="counted",
                sort=lambda head: head.counted,
                chars=8,
            ),
            Column(
                tr("SheetList", "Lines"),
                lambda head: quantity(head.lines),
                NUMBER,
                key="lines",
                sort=lambda head: head.lines,
                chars=7,
            ),
            Column(
                tr("SheetList", "Blind"),
                _blind,
                key="blind",
                hidden=True,
                chars=6,
            ),
            Column(
                tr("SheetList", "Made"),
                lambda head: moment(head.created_at),
                key="made",
                sort=lambda head: head.created_at,
                chars=16,
            ),
            Column(tr("SheetList", "By"), lambda head: head.created_by, key="by", chars=9),
            Column(
                tr("SheetList", "Document"), lambda head: head.document, key="document", chars=11
            ),
        )


def _icon(head: SheetHead) -> str:
    tone = _TONES[head.state]
    return tone.value if tone else ""


def _blind(head: SheetHead) -> str:
    return QCoreApplication.translate("SheetList", "Blind") if head.is_blind else ""
