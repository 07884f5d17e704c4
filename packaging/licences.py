"""The licences of what is in the bundle, collected into it."""

import re
import shutil
from collections.abc import Iterable, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path

from lock import locked_names, normal
from parts import COPYRIGHTS, GPL_ONLY, owners, source_of_debian
from told import CannotGoOn

TEXTS = Path(__file__).with_name("licences")
LIKE_LICENCES = ("licen", "copying", "notice")
COMMON = Path("/usr/share/common-licenses")
QT_COMMERCIAL = "LicenseRef-Qt-Commercial.txt"


def held(site_packages: Path, names: Iterable[str]) -> list[Distribution]:
    """Return the distributions of these names, sorted."""
    wanted = {normal(name) for name in names}
    found = {normal(one.name): one for one in distributions(path=[str(site_packages)])}
    return [found[name] for name in sorted(wanted & set(found))]


def licence_files(distribution: Distribution) -> list[Path]:
    """Return the files in which a distribution brings its licence.

    Qt's for Windows bring the commercial one too, by which we do not have them.
    """
    found = [
        Path(str(distribution.locate_file(file)))
        for file in distribution.files or ()
        if ".dist-info" in file.parts[0]
        and any(word in file.name.lower() for word in LIKE_LICENCES)
        and file.name != QT_COMMERCIAL
        and file.suffix in ("", ".txt", ".rst", ".md", ".python", ".APACHE", ".BSD")
    ]
    return sorted(path for path in found if path.is_file())


def collect(into: Path, site_packages: Path, lock: Path, extra: Sequence[str] = ()) -> None:
    """Write the texts into a folder: ours, then one folder for each library that brings its own."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(TEXTS, into)
    for one in held(site_packages, [*locked_names(lock), *extra]):
        for file in licence_files(one):
            folder = into / normal(one.name)
            folder.mkdir(exist_ok=True)
            shutil.copyfile(file, folder / file.name)


def collect_of_system(into: Path, libraries: Iterable[Path]) -> None:
    """Add the licences of libraries that came from a Debian system, and where their source is."""
    packages = owners(libraries)
    if not packages:
        return
    folder = into / "system"
    folder.mkdir(exist_ok=True)
    for package in packages:
        text = COPYRIGHTS / package / "copyright"
        if text.is_file():
            shutil.copyfile(text, folder / f"{package}.txt")
    _copy_common(folder)
    lines = "".join(f"{source_of_debian(package)}\n" for package in packages)
    (folder / "SOURCES.txt").write_text(lines, "utf-8", newline="\n")


def _copy_common(folder: Path) -> None:
    """Add the texts that Debian keeps once for all packages, where those of a folder name them."""
    said = "".join(text.read_text("utf-8", "replace") for text in folder.glob("*.txt"))
    for name in sorted(set(re.findall(rf"{COMMON}/([A-Z]+\w*(?:-\d+(?:\.\d+)*)?)", said))):
        if (COMMON / name).is_file():
            (folder / "common-licenses").mkdir(exist_ok=True)
            shutil.copyfile(COMMON / name, folder / "common-licenses" / name)


def refuse_gpl(contents: Path) -> None:
    """Refuse a bundle with a library that the GPL alone allows to be given out."""
    found = sorted(path.name for path in contents.rglob("lib*") if GPL_ONLY.match(path.name))
    if found:
        raise CannotGoOn(f"The bundle holds what is under the GPL alone: {', '.join(found)}")
