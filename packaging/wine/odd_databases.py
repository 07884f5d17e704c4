"""Databases at a place, or of a version, that few have."""

import sqlite3
from contextlib import closing
from pathlib import Path

from archives import sha256

from wine.installed import Installed
from wine.rig import Rig
from wine.table import Table, expect
from wine.working import (
    HERE,
    close_window,
    last_document,
    make_company,
    scan_a_transfer,
)

LIMIT = 260
"""Letters a path may have for programs of Windows that do not ask for more."""

FOLDER = "Lagerhäuser für Größe und Übermaß"
DEPTH = 8
NEWER = "9999"


class OddDatabases:
    """The console answers on them, and the window opens them."""

    def __init__(self, rig: Rig, program: Installed) -> None:
        self._rig, self._program = rig, program

    def prove(self, table: Table) -> None:
        table.prove("database at a path longer than 260 letters", self._far_down)
        table.prove("newer database, only looked at", self._of_tomorrow)

    def _far_down(self) -> str:
        """Wine lets every program have such paths; Windows asks its registry and the manifest."""
        folder = self._rig.windows.home.joinpath("Documents", *[FOLDER] * DEPTH)
        folder.mkdir(parents=True)
        file = folder / "Bestände.db"
        called = self._rig.windows.path(file)
        expect(len(called) > LIMIT, f"only {len(called)} letters")
        make_company(self._program, self._rig.work / "far-down", "--db", file)
        self._program.check_works("--db", file)
        pictures = self._rig.pictures / "far_down"
        found = scan_a_transfer(self._program, self._rig.screen, "us", pictures, file)
        self._program.check_works("--db", file)
        return f"{len(called)} letters, verified; {found}"

    def _of_tomorrow(self) -> str:
        file = self._rig.work / "tomorrow.db"
        make_company(self._program, self._rig.work / "tomorrow", "--db", file)
        with closing(sqlite3.connect(file)) as database:
            database.execute("UPDATE stockroom_version SET version_num = ?", [NEWER])
            database.commit()
        before = sha256(file), last_document(file)
        self._look_by_console(file)
        self._look_by_window(file)
        expect((sha256(file), last_document(file)) == before, "it was changed")
        return f"schema {NEWER}: stock told, posting refused, the window says why; not changed"

    def _look_by_console(self, file: Path) -> None:
        done = self._program.ask("stock", "--db", file)
        expect(done.code == 0 and HERE in done.said, f"stock: {done.code} {done.said[-200:]}")
        expect("looked at here, but not changed" in done.said, f"stock said: {done.said[-200:]}")
        opening = self._rig.work / "tomorrow" / "opening.jsonl"
        done = self._program.ask("post", opening, "--db", file)
        expect(done.code, f"post ended with 0: {done.said[-200:]}")
        expect("newer version" in done.said, f"post said: {done.said[-200:]}")

    def _look_by_window(self, file: Path) -> None:
        screen = self._rig.screen
        process = self._program.open("--db", file)
        try:
            screen.wait_for("Stockroom")
            screen.wait_to_read("made by a newer version of Stockroom", "not changed")
            screen.key("F4")
            screen.wait_to_read("Nothing to move yet")
            for code in (f"LOC:{HERE}", "ZYX-1"):
                screen.scan(code)
            screen.key("ctrl+Return")
            screen.picture(self._rig.pictures / "newer_database.png")
            close_window(self._program, screen, process)
        finally:
            self._program.stop()
