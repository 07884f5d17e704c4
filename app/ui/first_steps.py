"""How to begin in a company without items, told wherever a table is empty for want of them."""

from PySide6.QtCore import QObject

from app.ui.jobs import Jobs, Service
from app.ui.parts import Mend
from app.ui.screen import Screen
from app.ui.table_view import TableView


class FirstSteps(QObject):
    """Speaks for the tables of a screen until there are items. `has_items` is a service."""

    def __init__(
        self, screen: Screen, jobs: Jobs, has_items: Service[[]], *tables: TableView
    ) -> None:
        super().__init__(screen)
        self._screen = screen
        self._jobs = jobs
        self._has_items = has_items
        self._tables = tables
        screen.freshened.connect(self._ask)

    def _ask(self) -> None:
        job = self._jobs.read(self._has_items)
        job.is_quiet = True
        job.succeeded.connect(self._tell)

    def _tell(self, has_items: bool) -> None:
        words = None if has_items else self._words()
        for table in self._tables:
            table.say_instead(words)

    def _words(self) -> tuple[str, str, Mend]:
        text = self.tr(
            "Bring in items and locations on the Catalogue screen (F9). To look around first, open"
            " the sample company: View (Alt+V), Open another company …"
        )
        return (
            self.tr("This company has no items yet"),
            text,
            Mend(self.tr("Open the catalogue"), self._open_catalogue),
        )

    def _open_catalogue(self) -> None:
        self._screen.screen_wanted.emit("catalogue")
