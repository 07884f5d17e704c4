"""A Windows of Wine with nothing installed, whose user has a name that is not ASCII."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, sleep
from typing import IO

from told import CannotGoOn

from wine.chroot import Chroot

WINE = "/usr/lib/wine/wine64"
USER = "Jörg Groß"
FOLDER = "/rig"
"""Where the chroot has the rig's work: the disk of Windows, and what goes in and out."""

SETTINGS = {
    "HOME": FOLDER,
    "LANG": "C.UTF-8",
    "WINEPREFIX": f"{FOLDER}/prefix",
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": "winemenubuilder.exe=;mscoree=;mshtml=",
    "PYTHONDONTWRITEBYTECODE": "1",
}

PATIENCE = 300.0
NEVER_ENDED = -1

_VALUE = re.compile(r"^\s{4}(\S.*?)\s{4}REG_\w+\s{4}(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Done:
    """How a program of Windows ended, and what it said."""

    code: int
    said: str


class Windows:
    """Runs programs of Windows. Its disk is `drive`, `work` is where it can write besides."""

    def __init__(self, chroot: Chroot, work: Path, display: str) -> None:
        self.work = work
        self.drive = work / "prefix" / "drive_c"
        self.home = self.drive / "users" / USER
        self._chroot = chroot
        self._settings = {**SETTINGS, "DISPLAY": display}
        self._places = {self.drive: "C:", work: f"Z:{FOLDER}"}

    def start(self) -> None:
        """Make the disk and the registry of a new Windows."""
        passwords = self.work / "passwd"
        passwords.write_text(f"{USER}:x:0:0:{USER}:{FOLDER}:/bin/sh\n", "utf-8")
        self._chroot.mount_file(passwords, "/etc/passwd")
        self._chroot.mount(self.work, FOLDER)
        self._chroot.mount(Path("/tmp/.X11-unix"), "/tmp/.X11-unix")
        done = self.run(["wineboot", "-i"])
        if done.code or not self.home.is_dir():
            raise CannotGoOn(f"Wine could not be set up: {done}")

    def show(self, folder: Path, place: str) -> None:
        """Let Windows see a folder of this machine, where it may only read."""
        self._chroot.mount(folder, place, "ro")
        self._places[folder] = f"Z:{place}"

    @contextmanager
    def read_only(self, folder: Path) -> Iterator[None]:
        """Let nobody write to a folder of Windows, not even an administrator."""
        self._chroot.mount(folder, self._inside(folder), "ro")
        try:
            yield
        finally:
            self._chroot.unmount(self._inside(folder))

    def path(self, file: Path) -> str:
        """Return what Windows calls a file."""
        return translated(file, self._places)

    def run(
        self,
        words: Sequence[str | Path],
        *,
        patience: float = PATIENCE,
        settings: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a program to its end; one that does not end in time is killed."""
        with TemporaryFile() as said:
            process = self.open(words, settings=settings, said=said)
            try:
                code = process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                code = NEVER_ENDED
            said.seek(0)
            return Done(code, said.read().decode("utf-8", "replace").replace("\r", ""))

    def open(
        self,
        words: Sequence[str | Path],
        *,
        settings: Mapping[str, str] | None = None,
        said: IO[bytes] | int = subprocess.DEVNULL,
    ) -> subprocess.Popen[bytes]:
        """Start a program. What it says goes to a file: Wine would hold a pipe open."""
        told = [self.path(word) if isinstance(word, Path) else word for word in words]
        command = self._chroot.command([WINE, *told], {**self._settings, **(settings or {})})
        return subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT
        )

    def _inside(self, folder: Path) -> str:
        return f"{FOLDER}/{folder.relative_to(self.work).as_posix()}"

    def registry(self, key: str) -> dict[str, str]:
        """Return the values of a key of the registry; none if there is no such key."""
        return registry_values(self.run(["reg", "query", key]).said)

    def close(self) -> None:
        """Stop all programs of Windows."""
        stop = self._chroot.command(["/usr/lib/wine/wineserver64", "-k"], self._settings)
        subprocess.run(stop, check=False, capture_output=True)


def translated(file: Path, places: Mapping[Path, str]) -> str:
    """Return what Windows calls a file, by the innermost of the folders it sees."""
    seen = [folder for folder in places if file.is_relative_to(folder)]
    if not seen:
        raise LookupError(f"Windows does not see {file}")
    folder = max(seen, key=lambda found: len(found.parts))
    return f"{places[folder]}/{file.relative_to(folder).as_posix()}".replace("/", "\\")


def registry_values(answer: str) -> dict[str, str]:
    """Return the values out of what `reg query` says."""
    return dict(_VALUE.findall(answer))


def running(name: str) -> list[int]:
    """Return the ids of the processes of a program, known by its file's name."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                words = (entry / "cmdline").read_bytes().decode("utf-8", "replace")
            except OSError:
                continue
            if is_of(words, name):
                found.append(int(entry.name))
    return found


def is_of(words: str, name: str) -> bool:
    """Tell whether a process's words are those of a program: itself, or Wine loading it."""
    names = [re.split(r"[\\/]", word)[-1].lower() for word in words.split("\0")[:2]]
    return name.lower() in names


def kill(name: str) -> None:
    """End a program as a power cut would."""
    hard = signal.Signals["SIGKILL"]  # by its name: type checkers on Windows know none
    for process in running(name):
        os.kill(process, hard)


def wait_until_gone(name: str, patience: float = 20.0) -> bool:
    """Wait until no process of a program is left; tell whether it came to that."""
    end = monotonic() + patience
    while running(name):
        if monotonic() > end:
            return False
        sleep(0.05)
    return True
