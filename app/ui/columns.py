"""How a table reads a row: its columns, and the cells that come of them."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from PySide6.QtCore import Qt

from app.core.tones import Tone

Row = TypeVar("Row")

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = NUMBER = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True)
class Column(Generic[Row]):
    """How to read one thing of a row.

    `key` names the column in what is kept of a user's arrangement. `unit` is written quietly
    after a number. `sort` gives the figure or date itself: it is sorted by, and exported.
    `editable` tells for which rows it can be typed into. `chars` is a good width in characters.
    """

    title: str
    text: Callable[[Row], str]
    align: Qt.AlignmentFlag = LEFT
    _: KW_ONLY
    key: str = ""
    unit: Callable[[Row], str] | None = None
    tone: Callable[[Row], Tone | None] | None = None
    icon: Callable[[Row], str] | None = None
    sort: Callable[[Row], Any] | None = None
    tooltip: Callable[[Row], str] | None = None
    editable: Callable[[Row], bool] | None = None
    hidden: bool = False
    stretch: bool = False
    chars: int = 0

    @property
    def name(self) -> str:
        return self.key or self.title

    @property
    def is_number(self) -> bool:
        return self.align == NUMBER

    def order(self, row: Row) -> tuple[bool, Any]:
        """Return what to sort the row by; what is unknown comes last."""
        value = self.sort(row) if self.sort else self.text(row).casefold()
        return (value is None, "" if value is None else value)


class Cell(NamedTuple):
    """Everything about a cell that is painted, prepared once."""

    text: str
    unit: str
    tone: Tone | None
    icon: str
