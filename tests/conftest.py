"""What every test may ask for."""

import gc
import os
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from environment import without_display
from PySide6.QtCore import QLocale

from app.core.catalogue import LocationKind
from app.db.database import Database
from app.db.tables import BarcodeRow, ItemRow, LocationRow
from app.ui.jobs import Jobs
from app.ui.preferences import keep_preferences
from tests.support import needs
from tests.support.home import move_into
from tests.support.postgres import PostgresServer

if "QT_QPA_PLATFORM" not in os.environ:
    os.environ.update(without_display(os.environ))  # no windows flicker over the screen

QLocale.setDefault(QLocale.c())  # however dates and figures are written where the tests run

ENGINES = ("sqlite", "postgresql")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if out := needs.left_out(items):
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if names := needs.unmet():
        terminalreporter.write_line(f"Left out here: tests that need {', '.join(names)}")


@pytest.fixture(scope="session", autouse=True)
def _away_from_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoever runs the tests has settings, a company and logs of their own, which stay theirs."""
    with pytest.MonkeyPatch.context() as patch:
        move_into(tmp_path_factory.mktemp("home"), patch)
        yield


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of somebody who has not used the program yet; this process is at home there."""
    folder = tmp_path / "home"
    folder.mkdir()
    move_into(folder, monkeypatch)
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    server = PostgresServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres: PostgresServer) -> str:
    """The name of a database with all tables, to be copied."""
    name = postgres.make()
    _create(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "stock.db"
    _create(path)
    return path


@pytest.fixture
def sqlite_file(tmp_path: Path, sqlite_template: Path) -> Path:
    return shutil.copyfile(sqlite_template, tmp_path / "stock.db")


@pytest.fixture
def postgres_url(postgres: PostgresServer, postgres_template: str) -> Iterator[str]:
    name = postgres.make(postgres_template)
    yield postgres.url(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def guarded(postgres: PostgresServer) -> str:
    """The name of a user whose password is `r1ght`, and who may not change much."""
    postgres.execute("CREATE ROLE guarded LOGIN PASSWORD 'r1ght'")
    return "guarded"


@pytest.fixture(params=ENGINES)
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """A new database with all tables and no items, real transactions, on each engine in turn.

    A test of one engine only: `@pytest.mark.parametrize("database", ["sqlite"], indirect=True)`.
    """
    source = "sqlite_file" if request.param == "sqlite" else "postgres_url"
    database = Database(request.getfixturevalue(source))
    yield database
    database.close()


@pytest.fixture(params=ENGINES)
def empty_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database can be made: a file that is not there yet, an empty one on the server."""
    if request.param == "sqlite":
        yield str(tmp_path / "new.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    name = server.make()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def stock(database: Database) -> "Stock":
    return Stock(database)


@pytest.fixture(autouse=True)
def _no_preferences() -> None:
    """What one test arranged on a screen is not there for the next."""
    keep_preferences(None)


@pytest.fixture
def jobs(qapp: object, database: Database) -> Iterator[Jobs]:
    """Real background threads: a screen that only works without them does not work."""
    gc.freeze()
    gc.disable()  # as in the application: see app/shell/garbage.py
    jobs = Jobs(database)
    yield jobs
    jobs.close()
    gc.collect()


class Stock:
    """Sets the scene: `stock.item("TEA", barcode="4006381333931")` makes an item."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def item(self, sku: str, name: str = "", barcode: str = "", **columns: Any) -> int:
        """Make an item and return its number."""
        with self._database.writing() as session:
            row = ItemRow(sku=sku, name=name or sku.title(), **columns)
            session.add(row)
            session.flush()
            if barcode:
                session.add(BarcodeRow(item_id=row.id, code=barcode, quantity=Decimal(1)))
            return row.id

    def location(self, path: str, kind: LocationKind = LocationKind.STORAGE, **columns: Any) -> int:
        """Make a place, and the places above it, and return its number."""
        parent, _, code = path.rpartition("/")
        parent_id = self._find(parent) or self._above(parent)
        with self._database.writing() as session:
            row = LocationRow(path=path, code=code, kind=kind, parent_id=parent_id, **columns)
            session.add(row)
            session.flush()
            return row.id

    def _above(self, path: str) -> int | None:
        if not path:
            return None
        return self.location(path, LocationKind.STORAGE if "/" in path else LocationKind.SITE)

    def _find(self, path: str) -> int | None:
        with self._database.reading() as session:
            return session.query(LocationRow.id).filter_by(path=path).scalar()


def _create(where: str | Path) -> None:
    database = Database(where)
    database.create()
    database.close()
