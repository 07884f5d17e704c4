"""From one screen to another: labels, documents, look-ups and count sheets have one home each."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

if TYPE_CHECKING:  # the window is painted before the parts of screens are loaded
    from app.ui.screen import Screen


class Crossings(QObject):
    """Brings a screen to the front by its name (`go_to`), and hands it what another one wants."""

    def __init__(self, go_to: Callable[[str], Any], parent: QObject) -> None:
        super().__init__(parent)
        self._go_to = go_to

    def lead_from(self, screen: "Screen") -> None:
        """Hear what this screen wants of others."""
        screen.labels_wanted.connect(self._print_labels)
        screen.document_wanted.connect(self._open_document)
        screen.lookup_wanted.connect(self._look_up)
        screen.sheet_wanted.connect(self._open_sheet)

    def _print_labels(self, wanted: list[object]) -> None:
        self._go_to("labels").queue_labels(wanted)

    def _open_document(self, number: str) -> None:
        self._go_to("stock_lookup").open_document(number)

    def _look_up(self, text: str) -> None:
        self._go_to("stock_lookup").look_up(text)

    def _open_sheet(self, number: int) -> None:
        self._go_to("count_sheets").open_number(number)
