"""A small Debian 13 in a folder, for its Wine 10: under the Wine of Debian 12 Qt dies."""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from told import CannotGoOn, timed

from wine.cache import make_once

SUITE = "trixie"
PACKAGES = ("wine", "wine64", "fonts-dejavu-core")
PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


class Chroot:
    """Another root. What is mounted in it is gone with this process's mount namespace."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def mount(self, folder: Path, place: str, *options: str) -> None:
        """Let a folder be seen in here too."""
        target = Path(f"{self.root}{place}")
        target.mkdir(parents=True, exist_ok=True)
        _do(["mount", "--bind", str(folder), str(target)])
        if options:
            _do(["mount", "-o", f"remount,bind,{','.join(options)}", str(target)])

    def unmount(self, place: str) -> None:
        _do(["umount", f"{self.root}{place}"])

    def mount_file(self, file: Path, place: str) -> None:
        """Let a file be seen in here in the place of another."""
        _do(["mount", "--bind", str(file), f"{self.root}{place}"])

    def mount_system(self) -> None:
        _do(["mount", "-t", "proc", "proc", str(self.root / "proc")])
        self.mount(Path("/dev"), "/dev")

    def command(self, words: Sequence[str], variables: Mapping[str, str]) -> list[str]:
        """Return the command that runs another in here, with these variables alone."""
        settings = [f"{name}={value}" for name, value in {"PATH": PATH, **variables}.items()]
        return ["chroot", str(self.root), "/usr/bin/env", "-i", *settings, *words]


def prepare(root: Path) -> Chroot:
    """Return the chroot, ready to run Wine; it is made where it is not there yet."""
    make_once(root, f"{SUITE} {' '.join(PACKAGES)}", _make)
    found = Chroot(root)
    found.mount_system()
    return found


def mirror(targets: str) -> str:
    """Return where this machine gets Debian from, out of what apt says of its sources."""
    for line in targets.splitlines():
        address, *names = line.split()
        if names == ["Debian", "Debian"]:
            return address
    raise CannotGoOn("apt knows no source of Debian's packages here. Try: apt-get update")


def _make(root: Path) -> None:
    with timed(f"Setting up Debian {SUITE} with Wine (once, 1.5 GB)"):
        asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(ORIGIN) $(LABEL)"]
        source = mirror(_do([*asked, "Created-By: Packages"]))
        kind = ["--variant=minbase", "--include=ca-certificates"]
        _do(["debootstrap", *kind, SUITE, str(root), source])
        inside = Chroot(root)
        inside.mount_system()
        quiet = {"DEBIAN_FRONTEND": "noninteractive", "LANG": "C.UTF-8"}
        install = ["apt-get", "install", "-qq", "--no-install-recommends", *PACKAGES]
        for words in (["apt-get", "update", "-qq"], install, ["apt-get", "clean"]):
            _do(inside.command(words, quiet))
        _do(["umount", str(root / "dev"), str(root / "proc")])


def _do(words: Sequence[str]) -> str:
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise CannotGoOn(f"{' '.join(words)} did not work:\n{done.stdout[-2000:]}{done.stderr}")
    return done.stdout
