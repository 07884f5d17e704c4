"""The package for Debian and its relatives: the bundle in /opt/stockroom, with a menu entry."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from environment import ROOT
from finish import set_times
from nsis import Bundle
from told import CannotGoOn, timed

DEPENDS = (
    *("libc6 (>= 2.36)", "libegl1", "libgl1", "libxcb1", "libx11-6", "libx11-xcb1"),
    *("libxcb-cursor0", "libxkbcommon-x11-0", "libfontconfig1", "libdbus-1-3"),
)

CONTROL = """\
Package: stockroom
Version: {version}
Architecture: amd64
Maintainer: Stockroom <stockroom@localhost>
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: fonts-dejavu-core
Section: misc
Priority: optional
Description: Stock-keeping with a barcode scanner
 Receiving, look-up, transfer, counting and labels on one PC or several.
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
StartupWMClass=stockroom
"""


def write_deb(bundle: Bundle, out: Path, work: Path, moment: int) -> None:
    """Write the .deb of a finished Linux bundle; `work` is scratch."""
    if not shutil.which("dpkg-deb"):
        raise CannotGoOn("This needs dpkg-deb, which every Debian has.")
    with timed(f"Making {out.name}"):
        shutil.rmtree(work, ignore_errors=True)
        _lay_out(bundle, work)
        set_times(work, moment)
        done = subprocess.run(
            ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z19", "--build", str(work), str(out)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": str(moment)},
        )
    if done.returncode:
        raise CannotGoOn(f"dpkg-deb could not make the package:\n{done.stderr}")


def _lay_out(bundle: Bundle, root: Path) -> None:
    shutil.copytree(bundle.folder, root / "opt" / "stockroom", symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "stockroom").symlink_to("/opt/stockroom/stockroom")
    _write(root / "usr" / "share" / "applications" / "stockroom.desktop", DESKTOP)
    icon = root / "usr" / "share" / "icons" / "hicolor" / "scalable" / "apps" / "stockroom.svg"
    icon.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "resources" / "icons" / "stockroom.svg", icon)
    third = bundle.folder / bundle.contents / "licences" / "THIRD-PARTY.txt"
    if third.exists():
        _write(root / "usr" / "share" / "doc" / "stockroom" / "copyright", third.read_text("utf-8"))
    files = [path for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    told = CONTROL.format(
        version=bundle.version, kilobytes=size // 1024, depends=", ".join(DEPENDS)
    )
    _write(root / "DEBIAN" / "control", told)
    _write(root / "DEBIAN" / "md5sums", "".join(_sums(files, root)))


def _sums(files: list[Path], root: Path) -> list[str]:
    """Return the lines by which `dpkg --verify` later tells what was changed."""
    return [
        f"{hashlib.md5(path.read_bytes()).hexdigest()}  {path.relative_to(root).as_posix()}\n"
        for path in sorted(files)
    ]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")
