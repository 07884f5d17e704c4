"""What a user arranged to taste: widths, folded parts, sizes. Losing it loses no work."""

import json
from pathlib import Path
from threading import Lock
from typing import TypeVar

from PySide6.QtCore import QSettings

from app.ui.worker import Worker

T = TypeVar("T")

LAST_WRITE = 5.0
"""Seconds that a closing window waits for the file; its folder may not answer."""


class Preferences:
    """Values by key, as JSON, kept in a file of the user's; without a file, for this run.

    The file is read once and written in the background.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._texts = _all_of(file) if file else {}
        self._unwritten: dict[str, str] = {}
        self._lock = Lock()
        self._writer = Worker("preferences")

    def get(self, key: str, default: T) -> T:
        """Return what was kept, or the default if it is not there or of another type."""
        value = _read(self._texts.get(key, ""))
        return value if isinstance(value, type(default)) else default

    def put(self, key: str, value: object) -> None:
        text = self._texts[key] = json.dumps(value)
        if self._file is None:
            return
        with self._lock:
            is_due = bool(self._unwritten)
            self._unwritten[key] = text
        if not is_due:
            self._writer.submit(self._write)

    def save(self) -> None:
        """Wait until all is written, though not for long."""
        self._writer.finish(LAST_WRITE)

    def _write(self) -> None:
        with self._lock:
            texts, self._unwritten = self._unwritten, {}
        # Qt's own way takes in what another window wrote meanwhile.
        settings = QSettings(str(self._file), QSettings.Format.IniFormat)
        for key, text in texts.items():
            settings.setValue(key, text)
        settings.sync()


def _all_of(file: Path) -> dict[str, str]:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    return {key: str(settings.value(key, "")) for key in settings.allKeys()}


class _Current:
    preferences = Preferences()


def preferences() -> Preferences:
    """Return what is known of the present user."""
    return _Current.preferences


def keep_preferences(file: Path | None) -> None:
    """Keep preferences in this file from now on; without one, forget all there are."""
    _Current.preferences = Preferences(file)


def _read(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return None
