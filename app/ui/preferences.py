"""What a user arranged to taste: widths, folded parts, sizes. Losing it loses no work."""

import json
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings

T = TypeVar("T")


class Preferences:
    """Values by key, as JSON, kept in a file of the user's; without a file, for this run."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = QSettings(str(file), QSettings.Format.IniFormat) if file else None
        self._texts: dict[str, str] = {}

    def get(self, key: str, default: T) -> T:
        """Return what was kept, or the default if it is not there or of another type."""
        text = self._texts.get(key)
        if text is None and self._file is not None:
            text = str(self._file.value(key, ""))
        value = _read(text or "")
        return value if isinstance(value, type(default)) else default

    def put(self, key: str, value: object) -> None:
        text = json.dumps(value)
        self._texts[key] = text
        if self._file is not None:
            self._file.setValue(key, text)

    def save(self) -> None:
        if self._file is not None:
            self._file.sync()


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
