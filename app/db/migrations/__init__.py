"""Brings a database to the schema of this program. The folder holds one revision a step."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect, text

FOLDER = Path(__file__).parent

VERSION_TABLE = "stockroom_version"
"""Where a database says which revision it has; its presence says that it is one of ours."""

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010")
"""Every revision this program knows, oldest first. A test compares them with the folder."""

LATEST = REVISIONS[-1]

_FOUND_BY_NAME = ("item_search", "_search_ix")


def find_revision(connection: Connection) -> str | None:
    """Return the revision of the database; None if it has none."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))
    return str(found) if found else None


def upgrade(connection: Connection, revision: str = LATEST) -> None:
    """Apply every missing revision up to this one, within the connection's transaction."""
    from alembic.command import upgrade as apply  # noqa: PLC0415 - slow to import, rarely needed
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    apply(config, revision)


def is_compared(_thing: Any, name: str | None, *_: Any) -> bool:
    """Whether Alembic should expect to find a table or index in our tables: not those of search."""
    return not any(part in (name or "") for part in _FOUND_BY_NAME)
