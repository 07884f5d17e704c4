"""What a bundle holds besides the Python libraries that the lock names."""

import json
import platform
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

from archives import sha256

COPYRIGHTS = Path("/usr/share/doc")
GRAFTED = "auditwheel.cdx.json"
"""Where a wheel for Linux lists the system's libraries that were put into it."""


SOURCES = {
    "debian": "https://snapshot.debian.org/package/{name}/{version}/",
    "ubuntu": "https://launchpad.net/ubuntu/+source/{name}/{version}",
}
"""Where a system keeps the source of every version of its packages, for everybody and for good."""

GPL_ONLY = re.compile(r"lib(readline|history|gdbm|gdbm_compat)[.-]")
"""What Python may be linked to, and a program under another licence may not be given out with."""


@dataclass(frozen=True, order=True)
class Part:
    """A library by name and, where they are known, version, licence and package URL."""

    name: str
    version: str = ""
    licence: str = ""
    url: str = ""


PYTHON = "CPython", "Python-2.0"
OF_WINDOWS = {
    r"python3\d+\.dll": PYTHON,
    r"lib(crypto|ssl)-3.*\.dll": ("OpenSSL", "Apache-2.0"),
    r"libffi-\d+\.dll": ("libffi", "MIT"),
    r"sqlite3\.dll": ("SQLite", "blessing"),
    r"(vcruntime|msvcp)\d+(_1)?\.dll": ("Microsoft Visual C++ runtime", ""),
    r"(ucrtbase|api-ms-win-\w+-.*)\.dll": ("Microsoft Universal C runtime", ""),
}
"""What the files beside the program are, which come from Python's own installer for Windows."""


BUILT_INTO_WHEELS = {
    r"lib(crypto|ssl)-": ("OpenSSL", "Apache-2.0"),
    r"lib(krb5|krb5support|gssapi_krb5|k5crypto)-": ("MIT-Kerberos", "MIT"),
    r"lib(ldap|lber)-": ("OpenLDAP", "OLDAP-2.8"),
    r"libpq-": ("PostgreSQL", "PostgreSQL"),
    r"libcrypt-": ("libxcrypt", "LGPL-2.1-or-later"),
}
"""What a wheel's makers built themselves, by its file."""

SAYS_VERSION = re.compile(rb"(?:OpenSSL |krb5-)(\d+(?:\.\d+)+)")
"""How some of these say their version; the others do not."""


def parts_of(contents: Path, system: str) -> list[Part]:
    """Return what is in a bundle of "linux" or "windows" besides Python libraries."""
    if system == "windows":
        return parts_of_windows(contents.glob("*.dll"))
    python = Part(PYTHON[0], platform.python_version(), PYTHON[1])
    found = owners(path for path in contents.glob("lib*") if not path.is_symlink())
    return [python, *sorted(part_of_debian(name) for name in found)]


def parts_of_windows(libraries: Iterable[Path]) -> list[Part]:
    """Return what the libraries are, in the versions that they say themselves."""
    found = set()
    for path in libraries:
        for pattern, (name, licence) in OF_WINDOWS.items():
            if re.fullmatch(pattern, path.name, re.IGNORECASE):
                found.add(Part(name, said_version(path.read_bytes()), licence))
    return sorted(found)


def said_version(library: bytes) -> str:
    """Return the version of the product that a library of Windows says it is of, or ""."""
    name = "ProductVersion\0".encode("utf-16-le")
    _, _, behind = library.partition(name)
    text = behind[:128].decode("utf-16-le", "replace").lstrip("\0")
    return text.partition("\0")[0].strip()


def owners(libraries: Iterable[Path]) -> list[str]:
    """Return the packages of Debian that libraries were taken from, byte by byte."""
    return sorted({name for path in libraries for name in _owners(path)})


def part_of_debian(package: str) -> Part:
    """Return a package that is installed here."""
    form = "${Version}\n${Architecture}"
    version, architecture = _ask(["dpkg-query", "--show", "--showformat", form, package])
    shown = version.replace("+", "%2B").replace(":", "%3A").replace("~", "%7E")
    url = f"pkg:deb/{distribution_here()}/{package.replace('+', '%2B')}@{shown}?arch={architecture}"
    text = COPYRIGHTS / package / "copyright"
    said = text.read_text("utf-8", "replace") if text.is_file() else ""
    return Part(package, version, licence_of_debian(said), url)


def source_of_debian(package: str) -> str:
    """Return a line that names a package that is installed here and where its source is."""
    form = "${Version}\n${source:Package}\n${source:Version}"
    version, name, of_source = _ask(["dpkg-query", "--show", "--showformat", form, package])
    where = SOURCES.get(distribution_here(), "").format(name=name, version=of_source)
    return f"{package} {version}: source {name} {of_source} {where}".rstrip()


def distribution_here() -> str:
    """Return what this system calls itself: Ubuntu's packages are others than Debian's."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return "debian"


def licence_of_debian(text: str) -> str:
    """Return what a copyright file says of most of the source, if machines can read it."""
    most = re.search(r"^Files: \*\n(?:.+\n)*?License: *(.+)$", text, re.MULTILINE)
    return most[1].strip() if most else ""


def grafted(distribution: Distribution) -> list[Part]:
    """Return the libraries of a system that a wheel says were put into it."""
    listed = [file for file in distribution.files or () if file.name == GRAFTED]
    texts = (Path(str(distribution.locate_file(file))).read_text("utf-8") for file in listed)
    named = [one for text in texts for one in json.loads(text).get("components", ())]
    return sorted(
        Part(one["name"], one.get("version", ""), "", one.get("purl", ""))
        for one in named
        if "pkg:pypi/" not in one.get("purl", "")
    )


def built_in(distribution: Distribution) -> list[Part]:
    """Return the libraries that a wheel's makers built for it."""
    files = [file for file in distribution.files or () if file.parts[0].endswith(".libs")]
    versions: dict[tuple[str, str], str] = {}
    for file in files:
        for pattern, known in BUILT_INTO_WHEELS.items():
            if re.match(pattern, file.name):
                said = SAYS_VERSION.search(Path(str(distribution.locate_file(file))).read_bytes())
                versions[known] = said[1].decode() if said else versions.get(known, "")
    return sorted(Part(name, found, licence) for (name, licence), found in versions.items())


def _owners(library: Path) -> list[str]:
    """Another file may have the same name: a Python that was built here, say."""
    found = (line.partition(": ") for line in _ask(["dpkg", "-S", f"*/{library.name}"]))
    own = sha256(library)
    same = [name for name, _, path in found if Path(path).is_file() and sha256(Path(path)) == own]
    return [name.partition(":")[0] for name in same]


def _ask(words: list[str]) -> list[str]:
    """Return the lines a program answers; none where it is not there."""
    if not shutil.which(words[0]):
        return []
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    return done.stdout.splitlines()
