"""Reads the command line, and loads no more than what it says takes."""

import os
import sys
from argparse import Namespace
from collections.abc import Mapping, MutableMapping, Sequence
from contextlib import suppress
from importlib import import_module
from inspect import iscoroutine

from app.cli.parser import parse
from app.core.errors import AppError
from app.core.later import load_later
from app.running import Door, key_of, knock
from app.salvage import settings_at_start
from app.settings import Settings, log_folder, settings_file, usual_database

NOT_USED_AT_FIRST = {"asyncio": {"iscoroutine": iscoroutine}, "importlib.metadata": {}}
"""What SQLAlchemy imports for programs that are not like this one, and what it takes of it."""

BESIDE_THE_WINDOW = ("tour", "bench")
BROKEN_DOWN = 2
NO_DISPLAY = "There is no display here for a window. Commands work without one: see --help."


def run(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says: open the window, or run a command without one."""
    options = parse(arguments)
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        let_go_of_own_libraries(os.environ)
    if options.command is None:
        return _open_window(options)
    try:
        return _run_command(options)
    except Exception:
        return _leave_in_log()


def let_go_of_own_libraries(variables: MutableMapping[str, str]) -> None:
    """Let programs that we start load the system's libraries, not those that came with us.

    The frozen program begins with a path to its own; this process has read it by now.
    """
    before = variables.pop("LD_LIBRARY_PATH_ORIG", "")
    variables.pop("LD_LIBRARY_PATH", None)
    if before:
        variables["LD_LIBRARY_PATH"] = before


def _run_command(options: Namespace) -> int:
    if options.command in BESIDE_THE_WINDOW:
        return int(import_module(f"app.{options.command}").main(options))
    return int(import_module("app.cli.program").run_command(options))


def _leave_in_log() -> int:
    """Write down the bug at hand and return the exit status.

    The frozen program of Windows would tell it in a dialog, and a script that runs the command
    would wait for somebody to close that.
    """
    logs = import_module("app.core.logs")
    logging = import_module("logging")
    with suppress(logs.LogRefused):
        logs.keep_log(log_folder())
    logging.getLogger(__name__).exception("The command broke down")
    if sys.stderr is not None:
        told = import_module("traceback").format_exc()
        print(import_module("app.core.secrets").masked(told), file=sys.stderr)
    return BROKEN_DOWN


def can_show_window(platform: str, variables: Mapping[str, str]) -> bool:
    """Tell whether there is a display; where there is none Qt would end the program."""
    shows = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return platform != "linux" or any(variables.get(name) for name in shows)


def _open_window(options: Namespace) -> int:
    """Open the window, or bring the one forward that shows the same company to the same user."""
    if not can_show_window(sys.platform, os.environ):
        print(NO_DISPLAY, file=sys.stderr)
        return BROKEN_DOWN
    settings, trouble = settings_at_start(settings_file())
    database, user = options.db or "", options.user or ""
    door = Door()
    if not options.demo:
        key = key_of(database or _set_or_asked(settings, trouble), user)
        if knock(key):  # asked before the claim, which not every Windows refuses: Wine does not
            return 0
        if not door.claim(key) and knock(key):  # another started at the same moment
            return 0
    for name, known in NOT_USED_AT_FIRST.items():
        load_later(name, known)
    window = import_module("app.bootstrap")
    code = window.open_window(database, settings, trouble, user=user, demo=options.demo, door=door)
    return int(code)


def _set_or_asked(settings: Settings, trouble: AppError | None) -> str:
    """Return what the window is known by: where the settings are damaged it asks for a company."""
    if trouble:
        return str(settings_file())
    return settings.database or str(usual_database())
