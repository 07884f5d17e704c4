"""What the rig proves of the installers and of what they installed, row by row."""

import os
import shutil
import sys
import zipfile
from collections.abc import Callable

from environment import ROOT
from tours import differences, take_tour_with

from wine.building import changed_files
from wine.first_start import FirstStart
from wine.installed import CONSOLE, NEWER_THERE, PROGRAM, Installed, all_users, one_user
from wine.killing import kill_at_random_moments
from wine.odd_databases import OddDatabases
from wine.older import ON_HAND, SKU, make_older_database, revision_of
from wine.rig import Rig, Version
from wine.server import Server
from wine.server_rows import OnServer
from wine.table import Table, expect
from wine.update_rows import Updates
from wine.working import (
    close_window,
    make_company,
    open_screen,
    scan_a_transfer,
    take_tour,
)

IN_USE = 5
FAILED = 2


class OneUser:
    """The installer as a clerk uses it, from the first installation to the last."""

    def __init__(self, rig: Rig, older: Version, newer: Version) -> None:
        self._rig, self._older, self._newer = rig, older, newer
        self._program = Installed(rig.windows, one_user(rig.windows))

    def prove(self, table: Table) -> None:
        try:
            self._prove(table)
        finally:
            self._program.stop()

    def _prove(self, table: Table) -> None:
        table.prove("silent installation for one user", self._install)
        table.prove("tour of the installed program", self._tour)
        table.prove("commands that fail end without a dialog", self._fail)
        table.prove("scanner at the window, US keyboard", self._scan("us"))
        table.prove("scanner at the window, German keyboard", self._scan("de"))
        table.prove("refused while running: installer", self._refuse_installer)
        table.prove("refused while running: uninstaller", self._refuse_uninstaller)
        table.prove("upgrade to other files, data kept", self._upgrade)
        table.prove("older version refused: installer", self._refuse_older)
        table.prove("upgrade, data of the first version migrated", self._migrate)
        table.prove("window of the new version, same data", self._scan("us"))
        table.prove("installer killed at 10 random moments", self._kill)
        Updates(self._rig, self._program, self._newer).prove(table)
        table.prove("removal, data kept", self._remove)

    def _install(self) -> str:
        done = self._program.install(self._older.setup)
        expect(done.code == 0, f"ended with {done.code}")
        found = self._program.check_entries(self._older.name)
        self._program.check_installed_files(self._older.bundle)
        make_company(self._program, self._rig.work / "company")
        return found

    def _tour(self) -> str:
        own = take_tour(self._program, self._rig.work / "tour-installed")
        as_on_windows = {"LC_ALL": "en_US.UTF-8", "LANG": "en_US.UTF-8", "LANGUAGE": "en_US"}
        program = [sys.executable, str(ROOT / "main.py")]
        settings = {**os.environ, **as_on_windows}
        source = take_tour_with(program, self._rig.work / "tour-source", settings)
        differing = differences(own, source)
        expect(not differing, f"other than the source's: {'; '.join(differing)}")
        return f"{len(own['steps'])} steps with the results of the source, on {own['platform']}"

    def _fail(self) -> str:
        no_folder = self._rig.work / "passwd" / "tour"
        no_database = self._rig.work / "passwd"
        for words in (["nonsense"], ["verify", "--db", no_database], ["tour", "--out", no_folder]):
            done = self._program.ask(*words, program=PROGRAM, patience=60)
            expect(done.code == FAILED, f"{words[0]}: {done.code} {self._rig.screen.titles()}")
        return f"exit code {FAILED}: a wrong word, no database, no folder"

    def _scan(self, layout: str) -> Callable[[], str]:
        def claim() -> str:
            return scan_a_transfer(
                self._program, self._rig.screen, layout, self._rig.pictures / layout
            )

        return claim

    def _refuse_installer(self) -> str:
        return self._refuse(lambda: self._program.install(self._newer.setup).code)

    def _refuse_uninstaller(self) -> str:
        return self._refuse(lambda: self._program.uninstall_in_place().code)

    def _refuse(self, attempt: Callable[[], int]) -> str:
        process = self._program.open()
        try:
            open_screen(self._rig.screen, "F4", "Transfer")
            code = attempt()
            expect(code == IN_USE, f"ended with {code}")
            expect(self._program.is_running(), "the program does not run any more")
            self._program.check_entries(self._older.name)
            close_window(self._program, self._rig.screen, process)
        finally:
            self._program.stop()
        self._program.check_works()
        return f"exit code {code}, all as it was"

    def _upgrade(self) -> str:
        before = self._program.data()
        done = self._program.install(self._newer.setup)
        expect(done.code == 0, f"ended with {done.code}")
        expect(self._program.data() == before, "the installer changed the data")
        found = self._program.check_entries(self._newer.name)
        told = self._program.ask("--version").said.split()
        expect(told == ["stockroom", self._newer.name], f"says it is {told}")
        self._program.check_works()
        self._program.check_installed_files(self._newer.bundle)
        return f"{found}; {changed_files(self._older.bundle, self._newer.bundle)}"

    def _refuse_older(self) -> str:
        done = self._program.install(self._older.setup)
        expect(done.code == NEWER_THERE, f"ended with {done.code}")
        self._program.check_entries(self._newer.name)
        self._program.check_installed_files(self._newer.bundle)
        self._program.check_works()
        return f"exit code {NEWER_THERE}, all as it was"

    def _migrate(self) -> str:
        file = self._rig.work / "first.db"
        make_older_database(file)
        first = revision_of(file)
        self._program.ask("rebuild", "--db", file)
        self._program.check_works("--db", file)
        stock = self._program.answer("stock", "--db", file)
        found = [(line["item"], line["on_hand"]) for line in stock]
        expect(found == [(SKU, str(ON_HAND))], f"stock: {found}")
        copies = [path for path in file.parent.glob("first.before-*") if revision_of(path) == first]
        expect(len(copies) == 1, f"copies: {copies}")
        return f"schema {first} to {revision_of(file)}, {SKU} still {ON_HAND}, a copy beside"

    def _kill(self) -> str:
        return kill_at_random_moments(self._program, self._older.setup, self._newer.setup)

    def _remove(self) -> str:
        before = self._program.data()
        self._program.uninstall()
        self._program.check_gone()
        expect(before and self._program.data() == before, "the data is another")
        return f"files, list and shortcut gone; {self._program.database.name} kept"


class AllUsers:
    """The installer as an administrator uses it, and a folder that nobody may write to."""

    def __init__(self, rig: Rig, version: Version, server: Server) -> None:
        self._rig, self._version, self._server = rig, version, server
        self._program = Installed(rig.windows, all_users(rig.windows))

    def prove(self, table: Table) -> None:
        table.prove("installation for all users", self._install)
        table.prove("starts from a folder it cannot write to", self._start_read_only)
        FirstStart(self._rig, self._program).prove(table)
        OddDatabases(self._rig, self._program).prove(table)
        OnServer(self._rig, self._program, self._server).prove(table)
        Updates(self._rig, self._program, self._version).prove(table)
        table.prove("removal for all users", self._remove)

    def _install(self) -> str:
        done = self._program.install(self._version.setup)
        expect(done.code == 0, f"ended with {done.code}")
        found = self._program.check_entries(self._version.name)
        self._program.check_works()
        return f"Program Files, {found}"

    def _start_read_only(self) -> str:
        with self._rig.windows.read_only(self._program.folder):
            wrote = self._rig.windows.run(["cmd", "/c", "mkdir", self._program.folder / "x"])
            expect(wrote.code, "the folder can be written to")
            pictures = self._rig.pictures / "read_only"
            found = scan_a_transfer(self._program, self._rig.screen, "us", pictures)
            self._program.check_works()
        return found

    def _remove(self) -> str:
        self._program.uninstall()
        self._program.check_gone()
        return "files, list and shortcut gone"


def prove_zip(rig: Rig, version: Version) -> str:
    """Start the program from a plain folder, as whoever takes the zip does."""
    assert version.portable
    place = rig.windows.drive / "Werkzeuge für Lager"
    with zipfile.ZipFile(version.portable) as archive:
        archive.extractall(place)
    (folder,) = place.iterdir()
    done = rig.windows.run([folder / CONSOLE, "verify"])
    expect(done.code == 0, f"ended with {done.code}: {done.said[-400:]}")
    shutil.rmtree(place)
    return "verify from a folder with a blank and an umlaut in its name"
