"""The screens in the order of the rail. A new one is one line here; it is loaded when wanted."""

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.core.errors import marked

if TYPE_CHECKING:  # the rail is painted before the parts of screens are loaded
    from app.ui.screen import Screen


@dataclass(frozen=True)
class Place:
    """What the rail knows of a screen before it is loaded: the same as the screen says itself."""

    title: str
    key: str
    icon: str

    @property
    def name(self) -> str:
        """The folder of the screen, and what its button is called."""
        return self.title.lower().replace(" ", "_")

    @property
    def label(self) -> str:
        """The title in the user's language."""
        return QCoreApplication.translate("errors", self.title)

    def load(self) -> "type[Screen]":
        """Import app/features/<name>/view.py and return its <Title>View."""
        module = import_module(f"app.features.{self.name}.view")
        screen: type[Screen] = getattr(module, f"{self.title.title().replace(' ', '')}View")
        return screen


SCREENS = (
    Place(marked("Receiving"), "F2", "receiving"),
    Place(marked("Stock lookup"), "F3", "stock_lookup"),
    Place(marked("Transfer"), "F4", "transfer"),
    Place(marked("Count sheets"), "F5", "count_sheets"),
    Place(marked("Labels"), "F6", "labels"),
    Place(marked("Catalogue"), "F9", "catalogue"),
    Place(marked("Settings"), "F10", "settings"),
)
