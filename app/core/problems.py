"""What is wrong with one cell of a file that was brought in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that cannot be used: `row` from 1 as the spreadsheet numbers it, 0 for the file.

    `is_warning`: it is only odd; the row is used all the same.
    """

    row: int
    column: str
    found: str
    message: str
    is_warning: bool = False

    def __str__(self) -> str:
        where = f"Row {self.row}, {self.column}" if self.column else f"Row {self.row}"
        return f"{where}: {self.message}" if self.row else self.message

    def as_json(self) -> dict[str, str | int | bool]:
        """Return it as other programs see it; what is only a warning says so."""
        told: dict[str, str | int | bool] = {
            "row": self.row,
            "column": self.column,
            "found": self.found,
            "message": self.message,
        }
        return {**told, "warning": True} if self.is_warning else told
