"""All that is wrong with a file, in one table: to filter, to copy, to take away."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.errors import Unavailable, marked
from app.core.problems import Problem
from app.core.scans import Tone
from app.ui.files import choose_save
from app.ui.formats import quantity
from app.ui.messages import translated
from app.ui.parts import PlainLabel, SmallButton
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable


class NotSaved(Unavailable):
    template = marked("{file} could not be written: {reason}. Choose another place or name.")


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ProblemsTable(QWidget):
    """Lists problems by row and column, with what was found and what to do."""

    save_wanted = Signal(str, list, list)
    """File, headings and rows; see write_csv."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problems")
        self.count = PlainLabel(use="part", name="problems_count")
        self.save = SmallButton(
            self.tr("Save as CSV …"), "problems_save", self.tr("Save the problems as CSV")
        )
        self.shut = SmallButton(
            self.tr("Close"), "problems_close", self.tr("Close the list of problems")
        )
        self.rows: RowsTable[Problem] = RowsTable(self._columns(), self)
        self.table = TableView(self.rows, "problems_table", self.tr("Problems of the file"))
        self.table.setMinimumHeight(180)
        top = QHBoxLayout()
        top.addWidget(self.count, 1)
        top.addWidget(self.save)
        top.addWidget(self.shut)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.table)
        self.save.clicked.connect(self._save)
        self.shut.clicked.connect(self.hide)
        self.table.export_wanted.connect(self._save)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        stops = sum(not problem.is_warning for problem in problems)
        remarks = len(problems) - stops
        text = self.tr("{stops} to mend, {remarks} to look at")
        self.count.setText(text.format(stops=quantity(stops), remarks=quantity(remarks)))
        self.rows.show_rows(problems)

    def _columns(self) -> tuple[Column[Problem], ...]:
        return (
            Column(
                self.tr("What"),
                self._kind,
                key="kind",
                tone=_tone,
                icon=lambda problem: _tone(problem).value,
            ),
            Column(self.tr("Row"), _row, NUMBER, key="row", sort=lambda problem: problem.row),
            Column(self.tr("Column"), lambda problem: problem.column, key="column", chars=14),
            Column(self.tr("Found"), lambda problem: problem.found, key="found", chars=18),
            Column(
                self.tr("What to do"),
                lambda problem: translated(problem.message),
                key="message",
                stretch=True,
                tooltip=lambda problem: translated(problem.message),
            ),
        )

    def _kind(self, problem: Problem) -> str:
        return self.tr("Look") if problem.is_warning else self.tr("Mend")

    def _save(self, *_: object) -> None:
        path = choose_save(self, self.tr("Save the problems"), "problems.csv", "CSV (*.csv)")
        if path:
            self.save_wanted.emit(str(path), *self.table.tabulated())


def write_csv(path: Path, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Write a table for a spreadsheet program; no cell is taken for a formula there."""
    try:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows([harmless(cell) for cell in row] for row in rows)
    except OSError as fault:
        raise NotSaved(file=path, reason=fault.strerror or fault) from fault


def harmless(value: Any) -> str:
    """Return the text of a cell, with ' before what a spreadsheet would calculate."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _tone(problem: Problem) -> Tone:
    return Tone.ASK if problem.is_warning else Tone.BAD


def _row(problem: Problem) -> str:
    return quantity(problem.row) if problem.row else ""
