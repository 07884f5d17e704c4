"""Tables in and out of the Catalogue screen: what a file would do is shown before it is done."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from app.features.catalogue.exporting import export_table
from app.features.catalogue.importing import Imported, Wish, import_table
from app.ui.files import choose_open, choose_save
from app.ui.formats import counted, quantity
from app.ui.jobs import Job, Jobs
from app.ui.parts import ActionButton
from app.ui.screen import Screen


class ExchangeScreen(Screen):
    """A screen with the buttons Import and Export, each of which asks for the kind of table."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self._kind = ""
        self._file = Path()
        self._done: Imported | None = None
        self.bring = ActionButton(self.tr("Import …"), "Ctrl+I", "import_table")
        self.write = ActionButton(self.tr("Export …"), "Ctrl+Shift+E", "export_table")
        self.import_menu = self._menu(self.bring, "import_kinds")
        self.export_menu = self._menu(self.write, "export_kinds")
        self.import_menu.triggered.connect(self._choose_import)
        self.export_menu.triggered.connect(self._choose_export)
        self.bring.clicked.connect(self._offer_import)
        self.write.clicked.connect(self._offer_export)

    def look_at_file(self, kind: str, file: Path) -> None:
        """Say what importing the file would do, with every problem in it."""
        self._kind, self._file = kind, file
        wish = Wish(dry_run=True, accept_good=True)
        self._follow(self.ask(import_table, kind, file, wish)).succeeded.connect(self._preview)

    def export_to(self, kind: str, file: Path) -> None:
        """Write a table to a file."""
        self._file = file
        self._follow(self.ask(export_table, kind, file)).succeeded.connect(self._tell_written)

    def table_names(self) -> dict[str, str]:
        """Return the kinds of tables and how they are called here."""
        return {
            "items": self.tr("Items"),
            "barcodes": self.tr("Barcodes"),
            "units": self.tr("Packs"),
            "locations": self.tr("Locations"),
            "suppliers": self.tr("Suppliers"),
            "customers": self.tr("Customers"),
            "supplier-items": self.tr("Prices of suppliers"),
            "bom": self.tr("Bills of materials"),
            "orders": self.tr("Orders"),
        }

    def _follow(self, job: Job) -> Job:
        """Show how far a long question is, with a way out, and hold the buttons meanwhile."""
        self._jobs.busy.emit(job)
        return self._hold_for(job)

    def _menu(self, button: QPushButton, name: str) -> QMenu:
        menu = QMenu(self)
        menu.setObjectName(name)
        menu.setAccessibleName(button.text())
        for kind, label in self.table_names().items():
            menu.addAction(label).setData(kind)
        return menu

    def _offer_import(self) -> None:
        self.import_menu.popup(self.bring.mapToGlobal(self.bring.rect().topLeft()))

    def _offer_export(self) -> None:
        self.export_menu.popup(self.write.mapToGlobal(self.write.rect().topLeft()))

    def _choose_import(self, action: QAction) -> None:
        kinds = self.tr("Tables") + " (*.csv *.txt *.xlsx *.xlsm)"
        if path := choose_open(self, self.tr("Import {table}").format(table=action.text()), kinds):
            self.look_at_file(action.data(), path)

    def _choose_export(self, action: QAction) -> None:
        title = self.tr("Export {table}").format(table=action.text())
        if path := choose_save(self, title, f"{action.data()}.xlsx", "Excel (*.xlsx);;CSV (*.csv)"):
            self.export_to(action.data(), path)

    def _preview(self, found: Imported) -> None:
        self.banner.clear()
        self.confirm.decline()
        if found.problems:
            self.show_problems(found.problems)
        elif self.problems:
            self.problems.hide()
        bad = len({problem.row for problem in found.problems if not problem.is_warning})
        if not found.imported:
            self._tell_nothing(found, bad)
        elif bad:
            text = self.tr("In {file}: {good} good, {bad} with problems, {same} not new.")
            one, many = self.tr("Import the good row"), self.tr("Import the {count} good rows")
            self.confirm.ask(
                self._counted(text, found, bad),
                counted(found.imported, one, many),
                self._import_good,
                destroys=False,
            )
        else:
            text = self.tr("In {file}: {good} new or changed, {same} as they are here.")
            one, many = self.tr("Import 1 row"), self.tr("Import {count} rows")
            self.confirm.ask(
                self._counted(text, found, bad),
                counted(found.imported, one, many),
                self._import_all,
                destroys=False,
            )

    def _tell_nothing(self, found: Imported, bad: int) -> None:
        if bad:
            one = self.tr("Nothing of {file} can be taken: 1 row has problems.")
            many = self.tr("Nothing of {file} can be taken: {count} rows have problems.")
            self.banner.show_bad(counted(bad, one, many, file=self._file.name))
        else:
            one = self.tr("{file} says nothing new: its row is as it is here.")
            many = self.tr("{file} says nothing new: all {count} rows are as they are here.")
            self.banner.show_good(counted(found.unchanged, one, many, file=self._file.name))

    def _import_all(self) -> None:
        self._import(Wish())

    def _import_good(self) -> None:
        self._import(Wish(accept_good=True))

    def _import(self, wish: Wish) -> None:
        job = self.change(import_table, self._kind, self._file, wish, user=self.user)
        job.succeeded.connect(self._tell_imported)

    def _tell_imported(self, done: Imported) -> None:
        self._done = done
        if done.rejects:
            self.perform(done.rejects.write).succeeded.connect(self._tell_rejects)
            return
        text = self.tr("Imported: {good} · as they were: {same}")
        self.banner.show_good(self._counted(text, done, 0))

    def _tell_rejects(self, file: Path) -> None:
        text = self.tr("Imported: {good} · as they were: {same} · the others are in {rejects}.")
        if self._done:
            self.banner.show_good(self._counted(text, self._done, 0, file.name))

    def _tell_written(self, rows: int) -> None:
        one = self.tr("1 row written to {file}.")
        many = self.tr("{count} rows written to {file}.")
        self.banner.show_good(counted(rows, one, many, file=self._file.name))

    def _counted(self, text: str, found: Imported, bad: int, rejects: str = "") -> str:
        return text.format(
            file=self._file.name,
            good=quantity(found.imported),
            same=quantity(found.unchanged),
            bad=quantity(bad),
            rejects=rejects,
        )
