"""What is given out, made from a finished bundle: installers, packages, archives and their sums."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import signing
from archives import write_sums, write_tar_xz, write_zip
from deb import write_deb
from environment import ROOT
from finish import LICENCES, SBOM, set_times
from msi import compile_msi
from names import DEB, MSI, SETUP, TAR, ZIP
from nsis import ICON, Bundle, compile_installer
from sizes import check_files, check_folder
from told import report, timed

RELEASE = ROOT / "dist" / "release"
SUMS = "SHA256SUMS"


def make_linux(bundle: Bundle, out: Path, work: Path, moment: int) -> list[Path]:
    """Make the .deb, the .tar.xz and the list of contents of a finished Linux bundle."""
    check_folder(bundle, "linux")
    out.mkdir(parents=True, exist_ok=True)
    name = f"Stockroom-{bundle.version}-linux-x64"
    deb, tar = (out / each.format(version=bundle.version) for each in (DEB, TAR))
    write_deb(bundle, deb, work / "deb", moment)
    with timed(f"Making {tar.name}"):
        write_tar_xz(bundle.folder, tar, name, moment)
    check_files([deb, tar])
    return [deb, tar, _copy_sbom(bundle, out / f"{name}.cdx.json")]


def make_windows(
    bundle: Bundle, out: Path, work: Path, moment: int, defines: Sequence[str] = ()
) -> list[Path]:
    """Make the installer, the MSI, the zip and the list of contents of a finished Windows bundle.

    The programs are signed first, if a command for that is set, then what holds them. `defines` go
    to the installer's script.
    """
    check_folder(bundle, "windows")
    out.mkdir(parents=True, exist_ok=True)
    name = f"Stockroom-{bundle.version}-windows-x64"
    names = (each.format(version=bundle.version) for each in (SETUP, MSI, ZIP))
    setup, msi, portable = (out / each for each in names)
    if signing.sign(sorted(bundle.folder.glob("*.exe")), os.environ):
        set_times(bundle.folder, moment)
    words = [*defines, *signing.defines(os.environ)]
    compile_installer(bundle, setup, work / "nsis", icon=ICON, moment=moment, defines=words)
    compile_msi(bundle, msi, work / "msi", icon=ICON, moment=moment)
    signing.sign([setup, msi], os.environ)
    with timed(f"Making {portable.name}"):
        write_zip(bundle.folder, portable, name, moment)
    check_files([setup, msi, portable])
    return [setup, msi, portable, _copy_sbom(bundle, out / f"{name}.cdx.json")]


def write_release_sums(out: Path) -> None:
    """Write the sums of all that lies in the folder, and say what it is."""
    files = sorted(path for path in out.iterdir() if path.is_file() and path.name != SUMS)
    write_sums(files, out / SUMS)
    for path in files:
        report(f"{path.stat().st_size / 1e6:8.1f} MB  {path.name}")


def _copy_sbom(bundle: Bundle, out: Path) -> Path:
    shutil.copyfile(bundle.folder / bundle.contents / LICENCES / SBOM, out)
    return out
