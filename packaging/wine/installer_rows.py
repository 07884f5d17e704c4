"""What the installer does where something is in its way, shown with bundles of a few bytes."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import sleep

from nsis import ICON, Bundle, compile_installer

from wine.building import FOR_64_BITS_ALONE, QUICKLY_PACKED
from wine.installed import (
    CONSOLE,
    PROGRAM,
    UNINSTALL_KEY,
    UNINSTALLER,
    Installed,
    one_user,
)
from wine.rig import Rig
from wine.table import Table, expect
from wine.windows import kill

NOT_WRITTEN = 2
OWN_KEY = "Software\\Stockroom"
EARLIER_UNINSTALLER = "uninstall.exe"
LIBRARY = Path("PySide6", "Qt6Core.dll")
OF_ANOTHER = b"of another program"
MOMENT = 1_700_000_000


@dataclass(frozen=True)
class Dummy:
    """A version that is nothing but files that tell it from another."""

    bundle: Bundle
    setup: Path

    @property
    def files(self) -> dict[str, bytes]:
        folder = self.bundle.folder
        paths = (path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def make_dummies(work: Path, versions: tuple[str, ...]) -> list[Dummy]:
    """Make versions and their installers."""
    made = []
    for version in versions:
        folder = work / version / "stockroom"
        contents = folder / f"program-{version}-dummy"
        (contents / LIBRARY.parent).mkdir(parents=True)
        for path in (folder / PROGRAM, folder / CONSOLE, contents / LIBRARY, contents / "base.zip"):
            path.write_text(f"{path.name} of {version}", "utf-8")
        dummy = Dummy(Bundle(folder, version), work / f"dummy-{version}-setup.exe")
        words = [FOR_64_BITS_ALONE, QUICKLY_PACKED]
        scratch = work / version / "nsis"
        compile_installer(
            dummy.bundle, dummy.setup, scratch, icon=ICON, moment=MOMENT, defines=words
        )
        made.append(dummy)
    return made


class InTheWay:
    """Each row begins with nothing installed and leaves it so."""

    def __init__(self, rig: Rig) -> None:
        self._rig = rig
        self._work = rig.work / "dummies"
        self._place, self._elsewhere = rig.windows.drive / "Tools", rig.windows.drive / "Elsewhere"
        self._program = Installed(rig.windows, one_user(rig.windows))

    def prove(self, table: Table) -> None:
        self._older, self._newer = make_dummies(self._work, ("1.9.0", "1.10.0"))
        table.prove("a file cannot be written", self._not_written)
        table.prove("a folder that holds another program", self._foreign_folder)
        table.prove("the same, chosen in the wizard", self._wizard)
        table.prove("installed again: it stays in its place", self._stay)
        table.prove("the uninstaller by its earlier name goes", self._earlier_name)

    def _not_written(self) -> str:
        """What cannot be written is a name that a folder has already."""
        folder = self._program.folder
        blocked = (
            *(folder / self._newer.bundle.contents / name for name in (LIBRARY, "base.zip")),
            *(folder / f"{name}.new" for name in (PROGRAM, CONSOLE, UNINSTALLER)),
        )
        with self._installed(self._older):
            for path in blocked:
                path.unlink(missing_ok=True)  # what the attempt before has left
                (path / "kept").mkdir(parents=True)
                self._install(self._newer, expected=NOT_WRITTEN)
                self._check(self._older, folder)
                shutil.rmtree(path)
            self._install(self._newer)
            self._check(self._newer, folder)
            self._program.check_installed_files(self._newer.bundle)
        return (
            f"exit code {NOT_WRITTEN}, {len(blocked)} times, the old version whole; then upgraded"
        )

    def _foreign_folder(self) -> str:
        own = self._place / "Stockroom"
        theirs = self._make_foreign_folder()
        with self._installed(self._older, self._place, own):
            self._install(self._newer)
            self._check(self._newer, own)
        found = {path: path.read_bytes() for path in self._place.iterdir()}
        expect(found == theirs, f"then there is {found}")
        return "installed in a folder of its own there, the other's files untouched"

    def _wizard(self) -> str:
        """From the second page to the last but one, where it installs."""
        screen, own = self._rig.screen, self._place / "Stockroom"
        theirs = self._make_foreign_folder()
        process = self._rig.windows.open([self._newer.setup])
        try:
            screen.wait_for("Stockroom Setup")
            for _ in range(2):
                sleep(1)
                screen.key("Return")
            sleep(1)
            screen.key("ctrl+a")
            screen.write(self._rig.windows.path(self._place))
            screen.picture(self._rig.pictures / "wizard.png")
            screen.key("Return")
            screen.wait_to_read("Completing Stockroom Setup")
        finally:
            kill(self._newer.setup.name)
            process.wait()
        self._check(self._newer, own)
        found = {path: path.read_bytes() for path in self._place.iterdir() if path != own}
        expect(found == theirs, f"then there is {found}")
        return "installed in a folder of its own there"

    def _make_foreign_folder(self) -> dict[Path, bytes]:
        self._clear()
        self._place.mkdir()
        theirs = [self._place / name for name in (EARLIER_UNINSTALLER, "tool.exe")]
        for path in theirs:
            path.write_bytes(OF_ANOTHER)
        return dict.fromkeys(theirs, OF_ANOTHER)

    def _stay(self) -> str:
        self._clear()
        with self._installed(self._older, self._place, self._place):
            self._install(self._newer, self._elsewhere)
            self._check(self._newer, self._place)
            expect(not self._elsewhere.exists(), f"there is a second one in {self._elsewhere}")
        return "another /D makes no second copy"

    def _earlier_name(self) -> str:
        folder = self._program.folder
        earlier, now = folder / EARLIER_UNINSTALLER, folder / UNINSTALLER
        with self._installed(self._older):
            now.rename(earlier)
            self._list_uninstaller(earlier)
            self._install(self._newer)
            expect(now.exists() and not earlier.exists(), "the uninstaller has the earlier name")
            self._check(self._newer, folder)
            earlier.write_bytes(OF_ANOTHER)
            self._install(self._newer)
            expect(earlier.read_bytes() == OF_ANOTHER, "one that is not listed is another")
            earlier.unlink()
        return "replaced and listed anew; one that is not listed stays"

    @contextmanager
    def _installed(
        self, version: Dummy, place: Path | None = None, folder: Path | None = None
    ) -> Iterator[None]:
        """Have a version installed, and removed at the end as the list of programs does it.

        `place` is what the installer is told, `folder` where it then has to be.
        """
        folder = folder or self._program.folder
        if not place:
            self._clear()
        self._install(version, place)
        self._check(version, folder)
        yield
        scope = replace(self._program.scope, folder=folder)
        installed = Installed(self._rig.windows, scope)
        installed.uninstall()
        installed.check_gone()

    def _clear(self) -> None:
        """Take away what a row that did not come to its end has left."""
        for folder in (self._program.folder, self._place, self._elsewhere):
            shutil.rmtree(folder, ignore_errors=True)
        for key in (UNINSTALL_KEY, OWN_KEY):
            self._rig.windows.run(["reg", "delete", f"{self._program.scope.registry}\\{key}", "/f"])

    def _install(self, version: Dummy, place: Path | None = None, expected: int = 0) -> None:
        there = [f"/D={self._rig.windows.path(place)}"] if place else []
        code = self._rig.windows.run([version.setup, "/S", *there]).code
        expect(code == expected, f"{version.setup.name} ended with {code}, not {expected}")

    def _check(self, version: Dummy, folder: Path) -> None:
        """Expect a version to be whole in a folder, and listed there."""
        for name, content in version.files.items():
            path = folder / name
            there = path.read_bytes() if path.is_file() else None
            expect(there == content, f"{name} is {there!r}")
        listed = {key: _plain(value) for key, value in self._program.entries().items()}
        windows = self._rig.windows
        wanted = {
            "DisplayVersion": version.bundle.version,
            "InstallLocation": _plain(windows.path(folder)),
            "UninstallString": _plain(
                f'"{windows.path(folder / UNINSTALLER)}" {self._program.scope.word}'
            ),
        }
        found = {key: listed.get(key) for key in wanted}
        expect(found == wanted, f"listed: {found}")
        expect((folder / UNINSTALLER).is_file(), "there is no uninstaller")

    def _list_uninstaller(self, file: Path) -> None:
        text = f'"{self._rig.windows.path(file)}" {self._program.scope.word}'
        key = f"{self._program.scope.registry}\\{UNINSTALL_KEY}"
        words = ["reg", "add", key, "/v", "UninstallString", "/d", text, "/f"]
        expect(self._rig.windows.run(words).code == 0, "it could not be listed")


def _plain(text: str) -> str:
    """Return a text as `reg` can tell it: what is not ASCII comes in the console's letters."""
    return text.encode("ascii", "replace").decode("ascii")
