"""`backup` and `restore`: the database as one file, out and back."""

from argparse import Namespace

from app.cli.answers import say, say_json
from app.db.backup import backup, restore
from app.db.database import Database


def back_up(database: Database, options: Namespace) -> int:
    """Copy the database into a folder and say which file it became."""
    written = backup(database, options.folder)
    if options.json:
        say_json({"ok": True, "file": written})
    else:
        say(f"Backed up to {written}.")
    return 0


def restore_backup(options: Namespace, where: str) -> int:
    """Put a backup in the place of the database; what was there is kept aside."""
    kept = restore(options.file, where)
    if options.json:
        say_json({"ok": True, "kept": kept})
    else:
        aside = f" What was there is kept as {kept}." if kept else ""
        say(f"Restored {options.file}.{aside}")
    return 0
