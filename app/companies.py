"""Opens the company that a person chose; runs in the background and knows no window."""

import os
from collections.abc import Generator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.companies import Kind, Wanted
from app.core.errors import Refused, marked
from app.core.folders import make_folder
from app.settings import (
    Settings,
    copies_folder,
    find_passing_folder,
    sample_database,
    usual_database,
)

if TYPE_CHECKING:  # drivers of databases are loaded when one is opened
    from app.db.database import Database


class AlreadyThere(Refused):
    template = marked("{place} is there already. Choose another name, or open that company.")


class NothingThere(Refused):
    template = marked("The database {place} is empty: there is no company in it yet.")


class NoSuchCompany(Refused):
    template = marked("{place} is not there. Choose the file of a company.")


def is_first_start(settings: Settings) -> bool:
    """Tell whether nothing was chosen yet and there is nothing at the usual place."""
    return not settings.database and not os.path.exists(usual_database())


def open_chosen(where: str) -> Any:
    """Open the company that was chosen some time ago; it must be there still.

    Raises CompanyGone, NothingThere, and what opening raises.
    """
    if where:
        import_module("app.db.address").refuse_gone(where)
    if "://" in where:
        return _join(Wanted(Kind.SERVER, where))
    return open_database(where)


def open_database(where: str) -> Any:
    """Open the database, making or updating its tables."""
    module = import_module("app.db.database")
    if not where:
        make_folder(usual_database().parent)
    database = module.Database(where or usual_database())
    database.create(copies_folder())
    return database


def open_sample(where: str) -> Any:
    """Open a fresh sample company, where it does not stay if no place is named."""
    find_passing_folder()
    return import_module("app.demo.opening").opening_demo(where)


def open_company(wanted: Wanted) -> Any:
    """Open what was chosen; a sample that is still to be built tells its progress.

    Raises AlreadyThere, NothingThere, NoSuchCompany, FolderRefused, and what opening raises.
    """
    match wanted.kind:
        case Kind.NEW:
            return _open_new(Path(wanted.where).expanduser().absolute())
        case Kind.SAMPLE:
            file = sample_database()
            return open_database(str(file)) if os.path.exists(file) else _building_sample(file)
        case Kind.FILE:
            if not os.path.isfile(wanted.where):
                raise NoSuchCompany(place=wanted.where)
            return open_database(wanted.where)
    return _join(wanted)


def _open_new(file: Path) -> Any:
    import_module("app.db.shares").refuse_network_share(file)
    if os.path.exists(file):
        raise AlreadyThere(place=file)
    make_folder(file.parent)
    return open_database(str(file))


def _building_sample(file: Path) -> Generator[Any, None, Any]:
    """Build under another name, so that what was cut short is not taken for the whole."""
    make_folder(file.parent)
    part = file.with_name(f"{file.stem}.part{file.suffix}")
    _remove(part)
    try:
        database = yield from open_sample(str(part))
        database.close()
        os.replace(part, file)
    except BaseException:
        _remove(part)
        raise
    return open_database(str(file))


def _join(wanted: Wanted) -> Any:
    url = import_module("app.db.address").read_address(wanted.where)
    if wanted.password:
        url = url.set(password=wanted.password)
    where = url.render_as_string(hide_password=False)
    database: Database = import_module("app.db.database").Database(where)
    try:
        if not wanted.may_begin and not database.has_company():
            raise NothingThere(place=database.place)
        if wanted.password and wanted.keeps_password:
            import_module("app.db.passwords").keep_password(url, wanted.password)
        database.create(copies_folder())
    except BaseException:
        database.close()
        raise
    return database


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            file.with_name(file.name + ending).unlink()
