"""A count of a real zone: out as a workbook, filled in as a person would, back, and posted."""

from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from PySide6.QtCore import Qt

from app.features.count_sheets.service import find_lines
from app.tour.stage import Stage
from app.tour.warehouse import COMMAND, ZONE

COUNTED = "Counted"


class Counting:
    """Makes a count sheet, has it counted with one slip, mends the slip, and posts it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.workbook = stage.folder / "count_sheet.xlsx"
        self.number = 0

    def make(self) -> dict[str, Any]:
        """Make a sheet of a zone and write it as a workbook."""
        stage = self.stage
        stage.open_by_key("F5")
        stage.key(Qt.Key.Key_N, COMMAND)
        stage.type_text(ZONE)
        stage.key(Qt.Key.Key_Escape)
        stage.press("make_sheet")
        stage.until(lambda: stage.screen.head is not None, "the new sheet")
        stage.rest()
        self.number = stage.screen.number
        stage.picture("count_sheet")
        stage.screen.export_file(self.workbook)
        stage.until(self.workbook.exists, "the workbook")
        stage.rest()
        return {"sheet": self.number, "workbook": self.workbook.name, "lines": self._lines()}

    def fill_in(self) -> dict[str, Any]:
        """Count as people do: most as expected, one more, one less, one left blank, one a slip."""
        counted = self._write({0: 1, 1: -1}, slip="ten")
        stage = self.stage
        stage.screen.import_file(self.workbook)
        stage.rest()
        stage.until(lambda: stage.screen.problems is not None, "the problems")
        stage.picture("count_problems")
        return {"rows": counted, "problems": len(stage.screen.problems.rows.rows())}

    def mend(self) -> dict[str, Any]:
        """Mend the slip in the workbook and bring it back again."""
        stage = self.stage
        self._write({0: 1, 1: -1})
        stage.screen.import_file(self.workbook)
        stage.rest()
        with stage.program.database.reading() as session:
            lines = find_lines(session, self.number)
        counted = sum(line.counted is not None for line in lines)
        assert counted == len(lines) - 1, f"{counted} of {len(lines)} lines are counted"
        stage.picture("counted")
        return {"counted": counted, "left_blank": 1}

    def review(self) -> dict[str, Any]:
        """Look at the differences and their value."""
        stage = self.stage
        stage.press("review")
        stage.until(lambda: stage.find("post").isVisible(), "the review")
        stage.rest()
        stage.picture("variances")
        return {}

    def post(self) -> dict[str, Any]:
        """Post the count."""
        stage = self.stage
        stage.press("post")
        stage.until(lambda: bool(stage.screen.head and stage.screen.head.document), "the posting")
        stage.rest()
        stage.picture("count_posted")
        return {"document": stage.screen.head.document}

    def _lines(self) -> int:
        with self.stage.program.database.reading() as session:
            return len(find_lines(session, self.number))

    def _write(self, differences: dict[int, int], slip: str = "") -> int:
        """Type counts into the workbook; the last line stays blank, the one before may slip."""
        return fill_workbook(self.workbook, differences, slip)


def fill_workbook(path: Path, differences: dict[int, int], slip: str = "") -> int:
    """Fill a count sheet in: what is expected plus the difference of the n-th line.

    The last line is left blank; the one before it gets the slip, if there is one.
    """
    book = load_workbook(path)
    rows = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            continue
        headings = {cell.value: cell.column for cell in sheet[1]}
        expected, counted = headings["Expected"], headings[COUNTED]
        rows += [
            (sheet.cell(row, expected), sheet.cell(row, counted))
            for row in range(2, sheet.max_row + 1)
            if sheet.cell(row, expected).value is not None
        ]
    for number, (expected_cell, counted_cell) in enumerate(rows):
        counted_cell.value = expected_cell.value + differences.get(number, 0)
    rows[-1][1].value = None
    if slip:
        rows[-2][1].value = slip
    book.save(path)
    return len(rows)
