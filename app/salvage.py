"""What becomes of damaged settings: they are put aside, and a person is asked which company to
open. Whatever else would be opened might be another company than theirs."""

import os
import tomllib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.core.errors import AppError, Unavailable, marked
from app.settings import Settings, SettingsUnreadable, load_settings, understood


class SettingsPutAside(Unavailable):
    template = marked(
        "The settings in {file} were damaged and are kept as {kept}, so it is not known for sure"
        " which company is yours. Choose it in the window; a command takes it by --db."
    )


def kept_aside(file: Path) -> Path:
    """Return where damaged settings are kept."""
    return file.with_suffix(".unreadable.toml")


def settings_at_start(file: Path) -> tuple[Settings, AppError | None]:
    """Return the settings, and what is wrong with them; damaged ones are moved out of the way.

    With trouble the database is only a proposal. A file that could not even be read may be whole,
    and stays.
    """
    settings, trouble = look_at_settings(file)
    if isinstance(trouble, SettingsUnreadable) and not isinstance(trouble.__cause__, OSError):
        with suppress(OSError):
            os.replace(file, kept_aside(file))
            return settings, SettingsPutAside(file=file, kept=kept_aside(file))
    return settings, trouble


def look_at_settings(file: Path) -> tuple[Settings, AppError | None]:
    """Return the same without changing anything.

    Settings were put aside until others name a company, which only a person's choice writes.
    """
    try:
        settings = load_settings(file)
    except SettingsUnreadable as trouble:
        return _salvaged(file), trouble
    kept = kept_aside(file)
    if settings.database or not os.path.exists(kept):
        return settings, None
    proposed = _salvaged(kept)
    if os.path.exists(file):  # something else was chosen meanwhile: a language, say
        proposed = replace(settings, database=proposed.database)
    return proposed, SettingsPutAside(file=file, kept=kept)


def _salvaged(file: Path) -> Settings:
    """Return what can still be read, line by line, of what stands above all tables."""
    found: dict[str, Any] = {}
    with suppress(OSError):
        for line in file.read_bytes().splitlines():
            if line.lstrip().startswith(b"["):
                break
            with suppress(ValueError):  # no TOML, or no text at all
                found |= tomllib.loads(line.decode("utf-8"))
    return Settings(**understood(found))
