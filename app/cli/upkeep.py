"""`backup`, `restore`, `rebuild`, `diagnostics`: the database as one file, what follows from the
facts, and what support wants to know."""

from argparse import Namespace

from app.cli.answers import outcome, say, say_json
from app.db.backup import backup, restore
from app.db.database import Database
from app.features.settings.diagnostics import write_diagnostics
from app.ledger.rebuild import rebuild


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


def rebuild_tables(database: Database, options: Namespace) -> int:
    """Make all derived tables anew; 1 if anything in them was wrong, which is mended then."""
    tables = database.run(rebuild)
    ok = not any(table.changed for table in tables)
    if options.json:
        say_json({"ok": ok, "tables": tables})
        return 0 if ok else 1
    for table in tables:
        told = f", {table.changed} were wrong and are mended" if table.changed else ""
        say(f"{table.name}: {table.rows} rows{told}")
    return 0 if ok else 1


def diagnose(options: Namespace) -> int:
    """Write the file for support; that something is broken is what it is for, and no failure."""
    told = outcome(write_diagnostics(options.file, options.db or ""))
    if options.json:
        say_json({"ok": True, "file": told.file, "findings": told.findings})
        return 0
    say(f"Written to {told.file}. It holds no passwords; look it over before you send it.")
    for finding in told.findings:
        say(f"  {finding}")
    return 0
