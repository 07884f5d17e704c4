"""The program as it is installed on the Windows of the rig, and what its installer does."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from archives import sha256
from nsis import LIST, Bundle, files_below

from wine.table import expect
from wine.windows import PATIENCE, Done, Windows, kill, running, wait_until_gone

PROGRAM = "stockroom.exe"
CONSOLE = "stockroom-console.exe"
UNINSTALLER = "stockroom-uninstall.exe"

NEWER_THERE = 6
"""How the installer ends where a newer version is installed."""

UNINSTALL_KEY = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Stockroom"
PASSING = (".log", ".lock")  # what changes with every start
MENU = Path("Microsoft/Windows/Start Menu/Programs/Stockroom.lnk")
NEEDED_VALUES = (
    *("DisplayName", "DisplayVersion", "Publisher", "DisplayIcon", "InstallLocation"),
    *("UninstallString", "QuietUninstallString", "EstimatedSize", "NoModify", "NoRepair"),
)


@dataclass(frozen=True)
class Scope:
    """For whom something is installed: where it goes, and what says so."""

    word: str
    folder: Path
    registry: str
    shortcut: Path


def one_user(windows: Windows) -> Scope:
    local, roaming = windows.home / "AppData" / "Local", windows.home / "AppData" / "Roaming"
    return Scope("/CurrentUser", local / "Programs" / "Stockroom", "HKCU", roaming / MENU)


def all_users(windows: Windows) -> Scope:
    folder = windows.drive / "Program Files" / "Stockroom"
    return Scope("/AllUsers", folder, "HKLM", windows.drive / "ProgramData" / MENU)


class Installed:
    """Installs, asks, opens and removes the program."""

    def __init__(self, windows: Windows, scope: Scope) -> None:
        self.windows = windows
        self.scope = scope
        self.folder = scope.folder

    @property
    def database(self) -> Path:
        """Return the file that the stock of this user is in, if nothing else is set."""
        return self.windows.home / "AppData" / "Local" / "Stockroom" / "stock.db"

    def install(self, setup: Path) -> Done:
        words = ["/AllUsers"] if self.scope.word == "/AllUsers" else []
        return self.windows.run([setup, "/S", *words])

    def entries(self) -> dict[str, str]:
        """Return what the list of installed programs says."""
        return self.windows.registry(f"{self.scope.registry}\\{UNINSTALL_KEY}")

    def check_entries(self, version: str) -> str:
        """Expect the program to be listed, in the menu, and alone in its folder."""
        entries = self.entries()
        missing = [name for name in NEEDED_VALUES if not entries.get(name)]
        expect(not missing, f"the list of programs does not say {', '.join(missing)}: {entries}")
        expect(entries["DisplayVersion"] == version, f"listed as {entries['DisplayVersion']}")
        expect(self.scope.shortcut.exists(), f"no {self.scope.shortcut}")
        builds = [path.name for path in self.folder.glob("program-*")]
        expect(len(builds) == 1, f"builds: {builds}")
        return f"{len(entries)} values, shortcut, {builds[0]}"

    def check_files(self, bundle: Bundle, *besides: str) -> None:
        """Expect the files of a version in its folder, with these besides and no other."""
        found = {str(name) for name in files_below(self.folder)}
        wanted = {*(str(name) for name in files_below(bundle.folder)), *besides}
        expect(found == wanted, f"files that are too many or missing: {sorted(found ^ wanted)[:9]}")

    def check_installed_files(self, bundle: Bundle) -> None:
        """Expect what the installer made of a version to be in its folder, and nothing else."""
        self.check_files(bundle, UNINSTALLER, f"{bundle.contents}/{LIST}")

    def ask(self, *words: str | Path, program: str = CONSOLE, patience: float = PATIENCE) -> Done:
        return self.windows.run([self.folder / program, *words], patience=patience)

    def answer(self, *words: str | Path) -> Any:
        """Return what a command answers as JSON; it has to go well."""
        done = self.ask(*words, "--json")
        expect(done.code == 0, f"{words}: {done.code} {done.said[-400:]}")
        return json.loads(done.said)

    def check_works(self, *words: str | Path) -> None:
        """Expect both programs to run, and to find the ledger right."""
        for program in (CONSOLE, PROGRAM):
            done = self.ask("verify", *words, program=program)
            expect(done.code == 0, f"{program} verify: {done.code} {done.said[-400:]}")

    def open(
        self, *words: str | Path, settings: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        return self.windows.open([self.folder / PROGRAM, *words], settings=settings)

    def uninstall(self) -> None:
        """Remove the program as the list of programs does, and wait for the end of that."""
        self.windows.run([self.folder / UNINSTALLER, self.scope.word, "/S"])
        end = monotonic() + 30
        while (self.folder / UNINSTALLER).exists() and monotonic() < end:
            sleep(0.1)
        sleep(1)  # the registry is the last thing it cleans

    def uninstall_in_place(self) -> Done:
        """Remove the program by an uninstaller that stays, and so can say how it ended.

        It takes its folder only without quotes, so by a name without blanks.
        """
        place = self.windows.drive / "stockroom"
        place.symlink_to(self.folder.relative_to(self.windows.drive))
        where = f"_?={self.windows.path(place)}"
        try:
            return self.windows.run([place / UNINSTALLER, self.scope.word, "/S", where])
        finally:
            place.unlink()

    def check_gone(self) -> None:
        expect(not self.scope.shortcut.exists(), f"{self.scope.shortcut} is still there")
        left = [str(path) for path in self.folder.rglob("*")] if self.folder.exists() else []
        expect(not self.folder.exists(), f"left in the folder: {left[:5]}")
        expect(not self.entries(), f"still listed: {self.entries()}")

    def data(self) -> str:
        """Return a word for the user's database and settings that changes when they do."""
        folder = self.database.parent
        kept = [path for path in sorted(folder.rglob("*")) if path.is_file()]
        return " ".join(
            f"{path.name}={sha256(path)}" for path in kept if path.suffix not in PASSING
        )

    def stop(self) -> None:
        """End whatever still runs of it, so that the next row begins anew."""
        for name in (PROGRAM, CONSOLE, UNINSTALLER):
            kill(name)
            wait_until_gone(name)

    def is_running(self) -> bool:
        return bool(running(PROGRAM))
