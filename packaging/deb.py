"""The package for Debian and its relatives: the bundle in /opt/stockroom, with a menu entry."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from debian import packages_for
from environment import ROOT
from finish import set_times
from nsis import Bundle
from told import CannotGoOn, timed

ALWAYS = ("fontconfig-config", "xkb-data")
"""Files that two libraries of the bundle read."""

OF_LIBC = re.compile(r"ld-linux|lib(c|m|dl|rt|pthread|resolv|util)\.so")

NOBODY = "Stockroom maintainers <maintainers@stockroom.invalid>"
"""Who gives it out says so by DEBFULLNAME and DEBEMAIL, as Debian's tools have it."""

CONTROL = """\
Package: stockroom
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-dejavu-core
Section: misc
Priority: optional
Description: Stock-keeping with a barcode scanner
 Receiving, look-up, transfer, counting and labels on one PC or several.
"""

WHILE_RUNNING = """\
#!/bin/sh
set -e
case "$1" in
{words})
    for program in /proc/[0-9]*/exe; do
        if [ "$program" -ef "$DPKG_ROOT/opt/stockroom/stockroom" ]; then
            echo "Stockroom is running. Close it, then do this again." >&2
            exit 1
        fi
    done
    ;;
esac
"""
"""The program loads parts of itself when they are wanted, so they must stay while it runs.

What a process runs is told by the file, not by its path, which is another one in a container.
"""

SCRIPTS = {"preinst": "install|upgrade", "prerm": "remove"}
"""When dpkg asks whether it may: before an upgrade the newer package, before a removal ours."""

CHANGELOG = """\
stockroom ({version}) unstable; urgency=medium

  * Version {version}; what is new is told in the README.

 -- {maintainer}  {moment}
"""

LICENCES_OF_DEBIAN = """

The licences themselves are in /opt/stockroom/{contents}/licences; Debian has
these in /usr/share/common-licenses too: LGPL-2.1, LGPL-3, GPL-3, Apache-2.0.
"""

DESKTOP = """\
[Desktop Entry]
Type=Application
Name=Stockroom
GenericName=Stock-keeping
GenericName[de]=Lagerverwaltung
Comment=Receiving, look-up, transfer, counting and labels
Comment[de]=Wareneingang, Auskunft, Umlagerung, Inventur und Etiketten
Exec=/opt/stockroom/stockroom
Icon=stockroom
Terminal=false
Categories=Office;Finance;
Keywords=stock;inventory;warehouse;barcode;
Keywords[de]=Lager;Bestand;Inventur;Barcode;
StartupWMClass=stockroom
"""


FORM = ("-Zxz", "--threads-max=1")
"""Every dpkg and what checks packages reads it; by one thread it is the same on every machine."""


def write_deb(bundle: Bundle, out: Path, work: Path, moment: int) -> None:
    """Write the .deb of a finished Linux bundle; `work` is scratch."""
    if not shutil.which("dpkg-deb"):
        raise CannotGoOn("This needs dpkg-deb, which every Debian has.")
    with timed(f"Making {out.name}"):
        shutil.rmtree(work, ignore_errors=True)
        _lay_out(bundle, work, moment)
        set_times(work, moment)
        done = subprocess.run(
            ["dpkg-deb", "--root-owner-group", *FORM, "--build", str(work), str(out)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
        )
    if done.returncode:
        raise CannotGoOn(f"dpkg-deb could not make the package:\n{done.stderr}")


def _lay_out(bundle: Bundle, root: Path, moment: int) -> None:
    shutil.copytree(bundle.folder, root / "opt" / "stockroom", symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "stockroom").symlink_to("/opt/stockroom/stockroom")
    _write(root / "usr" / "share" / "applications" / "stockroom.desktop", DESKTOP)
    icon = root / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps" / "stockroom.svg"
    icon.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources" / "icons" / "stockroom.svg", icon)
    maintainer = maintainer_of(os.environ)
    _write_documents(bundle, root / "usr" / "share" / "doc" / "stockroom", maintainer, moment)
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    said = said_of_libraries(bundle.folder)
    told = CONTROL.format(
        version=bundle.version,
        maintainer=maintainer,
        kilobytes=sum(path.stat().st_size for path in files) // 1024,
        depends=", ".join(
            [
                f"libc6 (>= {least_libc(said)})",
                *ALWAYS,
                *packages_of(needed_of_system(bundle.folder, said)),
            ]
        ),
    )
    _write(root / "DEBIAN" / "control", told)
    _write(root / "DEBIAN" / "md5sums", "".join(_sums(files, root)))
    for name, words in SCRIPTS.items():
        _write(root / "DEBIAN" / name, WHILE_RUNNING.format(words=words))
        (root / "DEBIAN" / name).chmod(0o755)


def said_of_libraries(folder: Path) -> str:
    """Return what objdump says the loader reads of a bundle's libraries and program."""
    libraries = [str(path) for path in folder.rglob("*") if path.is_file() and _is_elf(path)]
    asked = ["objdump", "--private-headers", *libraries]
    return subprocess.run(asked, check=False, capture_output=True, text=True).stdout


def needed_of_system(folder: Path, said: str) -> set[str]:
    """Return the libraries that those of a bundle ask the loader for, and that it does not bring.

    What Qt opens by name at run time is brought, or it does without.
    """
    needed = set(re.findall(r"^  NEEDED +(\S+)$", said, re.MULTILINE))
    return needed - {path.name for path in folder.rglob("*") if path.is_file()}


def least_libc(said: str) -> str:
    """Return the oldest version of the C library that has every symbol the bundle uses."""
    asked: set[str] = set(re.findall(r" GLIBC_(\d+(?:\.\d+)+)$", said, re.MULTILINE))
    if " GLIBC_ABI_DT_RELR" in said:  # how a file is written, which is read since then
        asked.add("2.36")
    if not asked:
        raise CannotGoOn("The bundle asks for no C library, so its libraries were not read.")
    return max(asked, key=lambda version: [int(number) for number in version.split(".")])


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"


def packages_of(libraries: Iterable[str]) -> list[str]:
    """Return Debian's packages of these libraries but for its C library, which always is there."""
    wanted, strange = packages_for([name for name in libraries if not OF_LIBC.match(name)])
    if strange:
        raise CannotGoOn(f"Which package of Debian holds {', '.join(strange)}? debian.py says.")
    return wanted


def maintainer_of(variables: Mapping[str, str]) -> str:
    """Return who answers for the package."""
    address = variables.get("DEBEMAIL")
    return f"{variables.get('DEBFULLNAME', 'Stockroom')} <{address}>" if address else NOBODY


def _write_documents(bundle: Bundle, folder: Path, maintainer: str, moment: int) -> None:
    folder.mkdir(parents=True)
    third = bundle.folder / bundle.contents / "licences" / "THIRD-PARTY.txt"
    if third.exists():
        where = LICENCES_OF_DEBIAN.format(contents=bundle.contents)
        _write(folder / "copyright", third.read_text("utf-8").rstrip() + where)
    told = CHANGELOG.format(
        version=bundle.version,
        maintainer=maintainer,
        moment=format_datetime(datetime.fromtimestamp(moment, UTC)),
    )
    (folder / "changelog.gz").write_bytes(gzip.compress(told.encode(), mtime=0))


def _sums(files: list[Path], root: Path) -> list[str]:
    """Return the lines by which `dpkg --verify` later tells what was changed."""
    return [
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in sorted(files)
    ]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
