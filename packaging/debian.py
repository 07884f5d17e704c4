"""The system libraries that Qt needs on Linux: found by asking the loader, installed on Debian.

python packaging/debian.py     # as root: installs what the Linux program takes along
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from told import CannotGoOn, timed

PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libICE.so.6": "libice6",
    "libSM.so.6": "libsm6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
"""Which package of Debian holds a library. Newer releases provide these names too."""

FONTS = "fonts-dejavu-core"

FOR_TESTS = {"makensis": "nsis", "wixl": "wixl", "objdump": "binutils"}
"""The programs that tests of installers and packages run, and the packages that have them."""

ALWAYS = (
    *(f"lib/libQt6{part}.so.6" for part in ("Core", "Gui", "Widgets", "PrintSupport", "Svg")),
    "lib/libQt6Test.so.6",
    "plugins/platforms/libqoffscreen.so",
    "plugins/imageformats/libqsvg.so",
    "plugins/iconengines/libqsvgicon.so",
)
ON_X11 = ("plugins/platforms/libqxcb.so", "plugins/printsupport/libcupsprintersupport.so")
ON_WAYLAND = ("plugins/platforms/libqwayland-generic.so", ON_X11[1])

ON_DESKTOP = tuple(
    name for name in PACKAGES if not re.search("wayland|gssapi|OpenGL|gobject", name)
)
"""What the bundle's window asks the loader for on a desktop: it is put into the bundle."""

_NOT_FOUND = re.compile(r"^\s*(\S+) => not found", re.MULTILINE)


def provide(venv: Path, *, with_display: bool) -> None:
    """See to it that the loader finds all that Qt needs; install it where we may."""
    names = missing_libraries(_qt_files(venv, with_display))
    wanted, strange = packages_for(names)
    if not _has_fonts():
        wanted.append(FONTS)
    if strange:
        raise CannotGoOn(f"Qt needs these libraries, which are not here: {', '.join(strange)}")
    if wanted:
        install(wanted)
        left = missing_libraries(_qt_files(venv, with_display))
        if left:
            raise CannotGoOn(f"Qt still misses these libraries: {', '.join(sorted(left))}")


def provide_for_bundle() -> None:
    """See to it that the loader finds all that goes into the Linux bundle."""
    missing = [name for name in ON_DESKTOP if not _is_found(name)]
    wanted, _ = packages_for(missing)
    if not shutil.which("objdump"):
        wanted.append("binutils")
    if not _has_fonts():
        wanted.append(FONTS)
    if wanted:
        install(wanted)


def provide_for_tests() -> None:
    """See to the tools of the tests where we may; the run says what is left out elsewhere."""
    wanted = [package for program, package in FOR_TESTS.items() if not shutil.which(program)]
    if wanted and may_install():
        install(wanted)


def may_install() -> bool:
    """Tell whether packages can be installed here without asking anybody."""
    return sys.platform == "linux" and bool(shutil.which("apt-get")) and os.geteuid() == 0


def _is_found(library: str) -> bool:
    answer = subprocess.run(["/sbin/ldconfig", "-p"], check=False, capture_output=True, text=True)
    return f"\t{library} " in answer.stdout


def missing_libraries(files: Iterable[Path]) -> set[str]:
    """Return the names of the libraries that the loader does not find for these files."""
    there = [str(file) for file in files if file.exists()]
    answer = subprocess.run(["ldd", *there], check=False, capture_output=True, text=True)
    return not_found(answer.stdout)


def not_found(answer: str) -> set[str]:
    """Return the libraries that ldd's answer says are missing, but for Qt's own."""
    return {name for name in _NOT_FOUND.findall(answer) if not name.startswith("libQt6")}


def packages_for(names: Collection[str]) -> tuple[list[str], list[str]]:
    """Return the packages that hold these libraries, and the libraries nobody knows here."""
    known = {PACKAGES[name] for name in names if name in PACKAGES}
    return sorted(known), sorted(name for name in names if name not in PACKAGES)


def install(packages: Sequence[str]) -> None:
    """Install packages as root on Debian; anywhere else say what to type."""
    if not shutil.which("apt-get"):
        raise CannotGoOn(
            f"Missing on this system: {', '.join(packages)} (so Debian calls them)."
            " Install them, then give the same command again."
        )
    if not may_install():
        raise CannotGoOn(f"Something of the system is missing. {what_to_type(packages)}")
    with timed(f"Installing from Debian: {' '.join(packages)}"):
        _apt("update")
        _apt("install", "--yes", "--no-install-recommends", *packages)


def what_to_type(packages: Sequence[str]) -> str:
    names = " ".join(packages)
    return (
        "Type this, then the same command again:\n"
        f"  sudo apt-get update && sudo apt-get install --no-install-recommends {names}"
    )


def _apt(*words: str) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", "-qq", *words], check=False, env=quiet, capture_output=True, text=True
    )
    if done.returncode:
        raise CannotGoOn(f"apt-get {' '.join(words)} did not work:\n{done.stdout}{done.stderr}")


def _qt_files(venv: Path, with_display: bool) -> list[Path]:
    names = [*ALWAYS]
    if with_display:
        names += ON_X11 if os.environ.get("DISPLAY") else ON_WAYLAND
    return [qt / name for qt in venv.glob("lib/python*/site-packages/PySide6/Qt") for name in names]


def _has_fonts() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(next(folder.rglob("*.[to]tf"), None) for folder in folders if folder.is_dir())


if __name__ == "__main__":
    try:
        provide_for_bundle()
    except CannotGoOn as reason:
        sys.exit(str(reason))
