"""Where a database is: a file on this PC, or a server."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from app.core.errors import Refused, Unavailable, marked


class UnknownDatabase(Refused):
    template = marked(
        "“{found}” names no database. Give a file, such as stock.db, or a server, such as "
        "postgresql://user:password@host/stockroom."
    )


class CompanyGone(Unavailable):
    template = marked(
        "The company's file {place} is gone. Look whether its drive is connected and its name is "
        "as it was, or choose another company."
    )


def read_address(where: str | Path) -> URL:
    """Return the URL of a database given as a path or an URL."""
    if isinstance(where, Path) or "://" not in where:
        return _file(Path(where))
    try:
        url = make_url(where)
    except (ArgumentError, ValueError):
        raise UnknownDatabase(found=where.partition("://")[0] + "://…") from None
    match url.get_backend_name():
        case "sqlite" if url.database and url.database != ":memory:":
            return _file(Path(url.database))
        case "postgresql" | "postgres":
            return url.set(drivername="postgresql+psycopg")
    raise UnknownDatabase(found=url.render_as_string(hide_password=True))


def place_of(url: URL) -> str:
    """Return how to call the database in front of the user: never with its password."""
    if file := file_of(url):
        return str(file)
    return f"{url.host or url.query.get('host', 'localhost')}/{url.database or ''}"


def file_of(url: URL) -> Path | None:
    is_file = url.get_backend_name() == "sqlite"
    return Path(url.database) if is_file and url.database else None


def refuse_gone(where: str | Path) -> None:
    """Raise CompanyGone if a file that was chosen is not there: it must not be made anew."""
    file = file_of(read_address(where))
    if file and not file.exists():
        raise CompanyGone(place=file)


def _file(path: Path) -> URL:
    if not path.name:
        raise UnknownDatabase(found=str(path))
    return URL.create("sqlite", database=str(path.expanduser().absolute()))
