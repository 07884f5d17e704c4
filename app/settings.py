"""What is set for this program on this PC, kept as TOML in the user's configuration folder."""

import json
import os
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from platformdirs import PlatformDirs

from app.core.errors import Unavailable, marked
from app.core.folders import write_whole

NAME = "Stockroom"
FOLDERS = PlatformDirs(NAME, appauthor=False)

Table = Mapping[str, str | int | bool]


class SettingsUnreadable(Unavailable):
    template = marked(
        "The settings in {file} could not be read ({reason}). Mend the file, or take it away."
    )


class SettingsNotSaved(Unavailable):
    template = marked("The settings could not be written to {file}: {reason}.")


@dataclass(frozen=True, slots=True)
class Settings:
    """`database` is a path or URL, "" the usual place; `user` "" is who is logged in.

    `theme` is system, light or dark; `language` "" is the system's. `scanner` is a profile by
    name of its figures, `sound` a volume of 0 to 100. `updates` is the folder or https address
    where newer versions are looked for, "" nowhere.
    """

    database: str = ""
    user: str = ""
    theme: str = "system"
    language: str = ""
    sound: int = 50
    updates: str = ""
    scanner: Table = field(default_factory=dict)


def settings_file() -> Path:
    return Path(FOLDERS.user_config_dir, "settings.toml")


def preferences_file() -> Path:
    return Path(FOLDERS.user_config_dir, "preferences.ini")


def word_file() -> Path:
    """Return where the word lies by which the user's own windows know each other."""
    return Path(FOLDERS.user_config_dir, "window.key")


def updates_folder() -> Path:
    """Return where a newer version is kept until somebody installs it."""
    return Path(FOLDERS.user_cache_dir, "Updates")


def log_folder() -> Path:
    return Path(FOLDERS.user_log_dir)


def find_passing_folder() -> None:
    """Let passing files lie in the user's own folder, where they may lie nowhere else."""
    import tempfile  # noqa: PLC0415 -- dear to load, and not wanted before the first paint

    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        folder = Path(FOLDERS.user_cache_dir)
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
        tempfile.tempdir = str(folder)


def usual_database() -> Path:
    """Return where the stock database of this user is, if nothing else is set."""
    return Path(FOLDERS.user_data_dir, "stock.db")


def sample_database() -> Path:
    """Return where the sample company is that stays."""
    return Path(FOLDERS.user_data_dir, "sample.db")


def copies_folder() -> Path:
    """Return where a server's database is copied to before an update changes it."""
    return Path(FOLDERS.user_data_dir, "Copies")


def login_name() -> str:
    """Return who is logged in on this PC; a service may have no name."""
    import getpass  # noqa: PLC0415 -- dear to load, and not wanted before the first paint

    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def who_works(stated: str | None, settings: Settings) -> str:
    """Return who works here: who was stated, else who is set, else who is logged in."""
    return stated or settings.user or login_name()


def load_settings(file: Path) -> Settings:
    """Read the settings; what is missing or of the wrong type is as usual.

    Raises SettingsUnreadable and leaves the file where it is: the next run must not take another
    database for the one that is set.
    """
    return Settings(**understood(_read(file)))


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as fault:
        raise SettingsUnreadable(file=file, reason=_first_line(fault)) from fault


def understood(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what this version knows of what stands in a file."""
    usual = asdict(Settings())
    return {
        name: value
        for name, value in found.items()
        if name in usual and isinstance(value, type(usual[name]))
    }


def change_settings(settings: Settings, file: Path, **changed: Any) -> Settings:
    """Return the settings with these changed, as they hold now, and write them.

    Another window may have written since `settings` were read: what it changed stays.
    """
    with suppress(SettingsUnreadable):
        settings = load_settings(file) if os.path.exists(file) else settings
    settings = replace(settings, **changed)
    save_settings(settings, file)
    return settings


def save_settings(settings: Settings, file: Path) -> None:
    """Write the settings; a crash leaves the old file or the new one, never half of one.

    What stands there and only a newer version understands is kept.
    """
    _write(as_toml(_strange(file) | asdict(settings)), file)


def _strange(file: Path) -> dict[str, Any]:
    """Return what the file says that this version does not know."""
    try:
        found = _read(file)
    except SettingsUnreadable as trouble:
        if isinstance(trouble.__cause__, OSError):
            raise SettingsNotSaved(file=file, reason=trouble.fields["reason"]) from trouble
        return {}
    known = {entry.name for entry in fields(Settings)}
    return {name: value for name, value in found.items() if name not in known}


def _write(text: str, file: Path) -> None:
    try:
        write_whole(text, file)
    except OSError as fault:
        raise SettingsNotSaved(file=file, reason=_first_line(fault)) from fault


def as_toml(values: Mapping[str, Any]) -> str:
    """Return as TOML whatever TOML can hold; tables inside of tables stand on one line."""
    plain = [(key, value) for key, value in values.items() if not isinstance(value, Mapping)]
    tables = [(key, value) for key, value in values.items() if isinstance(value, Mapping)]
    lines = [f"{_quoted(key)} = {_value(value)}" for key, value in plain]
    for key, table in tables:
        lines += ["", f"[{_quoted(key)}]"]
        lines += [f"{_quoted(name)} = {_value(value)}" for name, value in table.items()]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case int() | float():
            return repr(value)
        case Mapping():
            return (
                f"{{{', '.join(f'{_quoted(key)} = {_value(one)}' for key, one in value.items())}}}"
            )
        case list():
            return f"[{', '.join(map(_value, value))}]"
    return str(value.isoformat())  # a date, a time, or both


def _quoted(text: str) -> str:
    """JSON's way of writing a text is TOML's too, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0]
