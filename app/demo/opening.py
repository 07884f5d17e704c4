"""Opens the sample company: new each time, gone when the program ends, unless a place is named."""

import atexit
import shutil
from collections.abc import Generator
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from sqlalchemy import select

from app.core.errors import Refused, marked
from app.core.folders import FolderRefused
from app.core.progress import Progress
from app.db.database import Database
from app.db.tables import DocumentRow, ItemRow
from app.demo.building import building_demo


class NotEmpty(Refused):
    template = marked(
        "{place} already holds items or documents, so the sample company is not put into it. Name"
        " a file that is not there yet, or leave --db out."
    )


def opening_demo(where: str | Path = "") -> Generator[Progress, None, Database]:
    """Build the sample company in a new database and return that.

    Raises NotEmpty, and FolderRefused where passing files cannot be written.
    """
    try:
        return (yield from _opening(where))
    except OSError as fault:
        raise FolderRefused(folder=gettempdir(), detail=fault.strerror or fault) from fault


def _opening(where: str | Path) -> Generator[Progress, None, Database]:
    database = Database(where or _passing_place())
    try:
        database.create()
        _refuse_used(database)
        yield from building_demo(database)
    except BaseException:
        database.close()
        raise
    return database


def _passing_place() -> Path:
    folder = Path(mkdtemp(prefix="stockroom-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "sample.db"


def _refuse_used(database: Database) -> None:
    with database.reading() as session:
        if any(session.scalar(select(row.id).limit(1)) for row in (ItemRow, DocumentRow)):
            raise NotEmpty(place=database.place)
