"""A home of their own for the programs under test: no test touches that of whoever runs it."""

import os
import re
import sys
from pathlib import Path

import pytest

ELSEWHERE = re.compile("XDG_.*_HOME")


def variables_at(home: Path) -> dict[str, str]:
    """Return this process's variables as somebody has them whose home is that folder.

    Windows itself knows where a user's folders are; platformdirs lets a variable come before.
    """
    own = {name: value for name, value in os.environ.items() if not ELSEWHERE.fullmatch(name)}
    if sys.platform != "win32":
        return own | {"HOME": str(home)}
    local, roaming = (str(home / "AppData" / name) for name in ("Local", "Roaming"))
    known = {"USERPROFILE": str(home), "LOCALAPPDATA": local, "APPDATA": roaming}
    return own | known | {"WIN_PD_OVERRIDE_LOCAL_APPDATA": local}


def move_into(home: Path, patch: pytest.MonkeyPatch) -> None:
    """Let this process, and those it starts, be at home there."""
    own = variables_at(home)
    for name in os.environ.keys() - own.keys():
        patch.delenv(name)
    for name, value in own.items():
        patch.setenv(name, value)
