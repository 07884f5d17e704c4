"""What an administrator sets for everybody on this PC: where newer versions are looked for."""

import sys
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from app.core.errors import Unavailable, marked
from app.settings import Settings

POLICY_FILE = Path("/etc/stockroom/policy.toml")
POLICY_KEY = r"SOFTWARE\Policies\Stockroom"


class PolicyUnreadable(Unavailable):
    template = marked(
        "Newer versions are not looked for: what the administrator says in {place} cannot be read"
        " ({detail}). Ask the administrator to mend it."
    )


class PolicyNoText(Unavailable):
    template = marked(
        "Newer versions are not looked for: “updates” in {place} is no text. Ask the administrator"
        " to mend it."
    )


def read_policy() -> dict[str, Any]:
    """Return what the administrator sets, by the names of the settings.

    On Windows it stands in the registry, where group policies put it and nobody else may write;
    elsewhere in a TOML file. Raises PolicyUnreadable and PolicyNoText: what is meant for everybody
    must not give way to what somebody chose.
    """
    try:
        found = _read()
    except (OSError, ValueError) as fault:
        raise PolicyUnreadable(place=policy_place(), detail=_first_line(fault)) from fault
    if not isinstance(found.get("updates", ""), str):
        raise PolicyNoText(place=policy_place())
    return found


def policy_place() -> str:
    """Return where it stands what the administrator sets."""
    return rf"HKEY_LOCAL_MACHINE\{POLICY_KEY}" if sys.platform == "win32" else str(POLICY_FILE)


def update_address(settings: Settings, policy: Mapping[str, Any]) -> tuple[str, bool]:
    """Return where newer versions are looked for, and whether the administrator says so."""
    if "updates" in policy:
        return policy["updates"], True
    return settings.updates, False


if sys.platform == "win32":

    def _read() -> dict[str, Any]:
        import winreg  # noqa: PLC0415 -- there is none elsewhere

        place = winreg.HKEY_LOCAL_MACHINE, POLICY_KEY
        with suppress(FileNotFoundError), winreg.OpenKey(*place) as key:
            count = winreg.QueryInfoKey(key)[1]
            values = (winreg.EnumValue(key, at) for at in range(count))
            return {name.lower(): value for name, value, _ in values}  # as Windows compares them
        return {}

else:

    def _read() -> dict[str, Any]:
        with suppress(FileNotFoundError):
            return tomllib.loads(POLICY_FILE.read_text(encoding="utf-8"))
        return {}


def _first_line(fault: Exception) -> str:
    return str(fault).partition("\n")[0]
