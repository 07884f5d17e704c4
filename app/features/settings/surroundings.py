"""What the program runs on: versions, the system, the folders it works in."""

import locale
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from app import __version__
from app.core.folders import is_writable
from app.core.secrets import masked
from app.db.migrations import LATEST
from app.settings import log_folder, settings_file, usual_database

Facts = dict[str, Any]

LIBRARIES = ("PySide6", "sqlalchemy", "psycopg", "openpyxl", "alembic", "biip")
SURROUNDINGS = (
    *("LANG", "LANGUAGE", "LC_ALL", "LC_COLLATE", "LC_CTYPE", "LC_MESSAGES", "LC_NUMERIC"),
    *("LC_TIME", "TZ", "DISPLAY", "WAYLAND_DISPLAY", "WIN_PD_OVERRIDE_LOCAL_APPDATA"),
    *("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_CURRENT_DESKTOP", "XDG_DATA_HOME"),
    *("XDG_RUNTIME_DIR", "XDG_SESSION_TYPE", "XDG_STATE_HOME"),
    *("QT_ACCESSIBILITY", "QT_AUTO_SCREEN_SCALE_FACTOR", "QT_ENABLE_HIGHDPI_SCALING"),
    *("QT_FONT_DPI", "QT_IM_MODULE", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "QT_OPENGL"),
    *("QT_PLUGIN_PATH", "QT_QPA_FONTDIR", "QT_QPA_PLATFORM", "QT_QPA_PLATFORMTHEME"),
    *("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_SCALE_FACTOR", "QT_SCALE_FACTOR_ROUNDING_POLICY"),
    *("QT_SCREEN_SCALE_FACTORS", "QT_STYLE_OVERRIDE", "QT_XCB_GL_INTEGRATION"),
)
"""By name: what else begins so may be somebody's password."""


def surroundings(where: str) -> Facts:
    """Return all of it; `where` is the database. What cannot be found out says why."""
    return {
        "versions": tried(_versions),
        "system": tried(_system),
        "folders": [tried(partial(_folder, *place)) for place in _places(where)],
    }


def tried(look: Callable[[], Any]) -> Any:
    """Return what is found, or what went wrong: that is a finding too."""
    try:
        return look()
    except Exception as fault:
        return {"failed": masked(f"{type(fault).__name__}: {fault}")}


def _versions() -> Facts:
    return {
        "stockroom": __version__,
        "schema": LATEST,
        "is_frozen": bool(getattr(sys, "frozen", False)),
        "python": sys.version,
        "qt": tried(lambda: import_module("PySide6.QtCore").qVersion()),
        "sqlite": import_module("sqlite3").sqlite_version,
        **{library: tried(partial(_version, library)) for library in LIBRARIES},
    }


def _version(library: str) -> str:
    """Ask the library itself: the bundle holds no list of what was installed."""
    found: str = import_module(library).__version__
    return found


def _system() -> Facts:
    return {
        "platform": platform.platform(),
        "machine": platform.machine(),
        "program": sys.executable,
        "processors": os.cpu_count(),
        "locale": locale.getlocale(),
        "encoding": sys.getfilesystemencoding(),
        "surroundings": {name: os.environ[name] for name in SURROUNDINGS if name in os.environ},
    }


def _places(where: str) -> Iterator[tuple[str, Path]]:
    yield "settings", settings_file().parent
    yield "data", usual_database().parent
    yield "logs", log_folder()
    yield "passing files", Path(tempfile.gettempdir())
    if "://" not in where:
        yield "database", Path(where).absolute().parent


def _folder(name: str, path: Path) -> Facts:
    """Tell of a folder, or of what is above it where it is not there yet."""
    there = next(folder for folder in (path, *path.parents) if os.path.isdir(folder))
    return {
        "what": name,
        "path": str(path),
        "exists": os.path.isdir(path),
        "is_writable": is_writable(there),
        "free_bytes": shutil.disk_usage(there).free,
    }
