"""The place for newer versions, as an administrator sets it in the registry for everybody."""

import shutil
from pathlib import Path
from time import sleep

from archives import sha256
from latest import write_latest

from wine.installed import Installed
from wine.rig import Rig, Version
from wine.table import Table, expect
from wine.working import close_window, open_screen

POLICY = "HKLM\\SOFTWARE\\Policies\\Stockroom"
NEWER = "9.0.0"
NOTES = "More shelves."
LOOKS_AFTER = 5.0  # seconds after the database is open, as the program has it
PATIENCE = 30.0
AHEAD = 4_096  # bytes that are another file's


class Updates:
    """A folder stands in for the share: Wine has no file server to ask."""

    def __init__(self, rig: Rig, program: Installed, version: Version) -> None:
        self._rig, self._program, self._version = rig, program, version
        self._place = rig.windows.drive / "Freigabe für alle"
        self._fetched = program.database.parent / "Cache" / "Updates"

    def prove(self, table: Table) -> None:
        """Prove what a user may install, or what is left to the administrator."""
        try:
            if self._program.scope.word == "/AllUsers":
                table.prove("updates: for all users the file is named", self._named)
            else:
                table.prove("updates: off while nobody says where", self._off)
                table.prove("updates: found where the policy says", self._found)
                table.prove("updates: a file that is another is refused", self._refused)
        finally:
            self._rig.windows.run(["reg", "delete", POLICY, "/v", "updates", "/f"])
            shutil.rmtree(self._place, ignore_errors=True)

    def _off(self) -> str:
        told = self._told_on_settings("A folder, or an https address", after=2 * LOOKS_AFTER)
        expect(not self._files(), f"fetched: {self._files()}")
        expect("is ready" not in told, "something is told to be ready")
        return "nothing fetched, Settings ask for a place"

    def _found(self) -> str:
        offered = self._offer()
        self._told_on_settings(f"Version {NEWER} is ready", NOTES)
        expect(self._files() == [offered.name], f"fetched: {self._files()}")
        expect(sha256(self._fetched / offered.name) == sha256(offered), "it is another file")
        return f"{offered.name} fetched, checked and told; not started"

    def _named(self) -> str:
        offered = self._offer()
        self._told_on_settings(f"Version {NEWER} is there", "administrator", NOTES)
        expect(not self._files(), f"fetched: {self._files()}")
        return f"{offered.name} left to the administrator, nothing fetched"

    def _offer(self) -> Path:
        """Lay a newer version at the place that the policy names."""
        self._place.mkdir()
        offered = self._place / self._version.setup.name.replace(self._version.name, NEWER)
        shutil.copyfile(self._version.setup, offered)
        write_latest(self._place, NEWER, NOTES)
        words: list[str | Path] = ["reg", "add", POLICY, "/v", "updates", "/d", self._place, "/f"]
        expect(self._rig.windows.run(words).code == 0, "the policy could not be set")
        return offered

    def _refused(self) -> str:
        shutil.rmtree(self._fetched)
        (offered,) = self._place.glob("*.exe")
        with offered.open("r+b") as file:
            file.write(bytes(AHEAD))
        self._told_on_settings("is not what latest.json says", "sha256")
        expect(not self._files(), f"fetched: {self._files()}")
        return "nothing kept, Settings say why"

    def _told_on_settings(self, *texts: str, after: float = 0.0) -> str:
        """Open the window and return what Settings say, once that stands there."""
        screen = self._rig.screen
        process = self._program.open()
        try:
            open_screen(screen, "F10", "Settings")
            sleep(after)
            told = screen.wait_to_read(*texts, patience=PATIENCE)
            screen.picture(self._rig.pictures / "updates" / f"{texts[0]}.png")
            close_window(self._program, screen, process)
        finally:
            self._program.stop()
        return told

    def _files(self) -> list[str]:
        return sorted(path.name for path in self._fetched.glob("*"))
