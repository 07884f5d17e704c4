"""The password file of PostgreSQL, from which its library takes what an address leaves out."""

import os
import sys
from pathlib import Path

from sqlalchemy import URL

from app.core.errors import Unavailable, marked
from app.core.folders import write_whole


class PasswordNotKept(Unavailable):
    template = marked(
        "The password cannot be written to {file} ({detail}). Connect without keeping it."
    )


def password_file() -> Path:
    """https://www.postgresql.org/docs/current/libpq-pgpass.html"""
    if named := os.environ.get("PGPASSFILE"):
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home()), "postgresql", "pgpass.conf")
    return Path.home() / ".pgpass"


def keep_password(url: URL, password: str) -> Path:
    """Put the password of an address first in the file, which only its owner may read."""
    file = password_file()
    entry = (url.host or "localhost", str(url.port or 5432), url.database or "", url.username or "")
    start = ":".join(map(_escaped, entry)) + ":"
    try:
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        others = [line for line in lines if not line.startswith(start)]
        text = "\n".join([start + _escaped(password), *others]) + "\n"
        write_whole(text, file)
    except (OSError, ValueError) as fault:
        raise PasswordNotKept(file=file, detail=getattr(fault, "strerror", "") or fault) from fault
    return file


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(":", "\\:")
