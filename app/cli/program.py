"""Runs one command: opens the database, does it, and says how it ended by the exit status."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import closing
from typing import Any

from app.adapters.spreadsheet import NotReadable
from app.cli.answers import complain, say_json, speak_utf8
from app.cli.counting import count_sheet
from app.cli.parser import parse
from app.cli.posting import post_file
from app.cli.questions import tell_history, tell_layers, tell_stock, tell_value, verify_ledger
from app.cli.tables import export_file, import_file
from app.cli.upkeep import back_up, diagnose, rebuild_tables, restore_backup
from app.core.errors import AppError, Refused, marked
from app.core.folders import make_folder
from app.db.address import refuse_gone
from app.db.database import Database
from app.salvage import SettingsPutAside, look_at_settings
from app.settings import (
    copies_folder,
    find_passing_folder,
    settings_file,
    usual_database,
    who_works,
)

DONE, REFUSED, UNREADABLE = 0, 1, 2

FILES = ("db", "file", "folder", "out")


class NotText(Refused):
    template = marked("What is given for “{name}” is not text. Type it anew.")


Command = Callable[[Database, Namespace], int]

COMMANDS: dict[str, Command] = {
    "post": post_file,
    "import": import_file,
    "export": export_file,
    "stock": tell_stock,
    "value": tell_value,
    "history": tell_history,
    "layers": tell_layers,
    "verify": verify_ledger,
    "rebuild": rebuild_tables,
    "backup": back_up,
    "count": count_sheet,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that the arguments name and return the exit status."""
    return run_command(parse(arguments))


def run_command(options: Namespace) -> int:
    """Run a parsed command, any but those that open the window."""
    speak_utf8()
    try:
        _check_words(options)
        if options.command == "diagnostics":
            return diagnose(options)  # also where neither settings nor database can be read
        find_passing_folder()
        _settle(options)
        return _run(options)
    except AppError as error:
        if options.json:
            say_json(_refusal(error, options.command))
        complain(str(error))
        is_refusal = isinstance(error, Refused) and not isinstance(error, NotReadable)
        return REFUSED if is_refusal else UNREADABLE
    except BrokenPipeError:
        _hush()
        return REFUSED
    except KeyboardInterrupt:
        complain("Stopped.")
        return REFUSED


def _check_words(options: Namespace) -> None:
    """Refuse words that are no text; only the name of a file may hold any byte."""
    for name, given in vars(options).items():
        if name in FILES:
            continue
        for word in given if isinstance(given, list) else [given]:
            if isinstance(word, str) and not word.isascii():
                _check_word(name, word)


def _check_word(name: str, word: str) -> None:
    try:
        word.encode()
    except UnicodeEncodeError:
        raise NotText(name=name) from None


def _settle(options: Namespace) -> None:
    """Fill in who works and on which database, as the window would: as set, else the usual."""
    if options.db and options.user:
        return
    settings, trouble = look_at_settings(settings_file())
    if trouble and not (options.db and isinstance(trouble, SettingsPutAside)):
        raise trouble
    options.user = who_works(options.user, settings)
    if settings.database and not options.db and options.command != "restore":
        refuse_gone(settings.database)
    options.db = options.db or settings.database
    if not options.db:
        make_folder(usual_database().parent)
        options.db = str(usual_database())


def _run(options: Namespace) -> int:
    if options.command == "restore":
        return restore_backup(options, options.db)
    database = Database(options.db)
    with closing(database):
        database.create(copies_folder())
        if database.only_to_look_at:
            complain(str(database.only_to_look_at))
        return COMMANDS[options.command](database, options)


def _refusal(error: AppError, command: str) -> dict[str, Any]:
    """Return the answer of a command that could not be done, in the shape of its other answers."""
    told = {"ok": False, "error": error.code, "message": str(error)}
    if command == "import":
        told |= {"imported": 0, "unchanged": 0, "problems": [], "lines": []}
    return told


def _hush() -> None:
    """Let nothing more be written where nobody reads any more, not even at the very end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
