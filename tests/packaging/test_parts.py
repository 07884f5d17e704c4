import platform
import shutil
import sys
from importlib.metadata import PathDistribution
from pathlib import Path

from parts import (
    Part,
    built_in,
    distribution_here,
    grafted,
    licence_of_debian,
    owners,
    part_of_debian,
    parts_of,
    parts_of_windows,
    said_version,
)

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: *
Copyright: 1996-2022 Somebody
 and somebody else
License: FTL

Files: vms_make.com
License: FTL and MIT
"""

GRAFTED = """{"components": [
 {"name": "tool", "version": "1.0", "purl": "pkg:pypi/tool@1.0"},
 {"name": "keyutils-libs", "version": "1.5.8", "purl": "pkg:rpm/centos/keyutils-libs@1.5.8"}
]}"""


def library(version):
    said = "FileVersion\0001.2\0\0ProductVersion\0\0" + version + "\0\0VarFileInfo\0"
    return b"MZ" + said.encode("utf-16-le") + b"\0"


def test_a_library_of_windows_says_its_version_itself():
    assert said_version(library("3.0.13")) == "3.0.13"
    assert said_version(b"MZ") == ""


def test_libraries_of_windows_are_known_by_their_names_and_each_listed_once(tmp_path):
    for name in ("libcrypto-3.dll", "libssl-3.dll", "VCRUNTIME140.dll", "Qt6Core.dll"):
        (tmp_path / name).write_bytes(library("3.0.13"))
    (tmp_path / "libffi-8.dll").write_bytes(b"MZ")

    assert parts_of_windows(tmp_path.glob("*")) == [
        Part("Microsoft Visual C++ runtime", "3.0.13"),
        Part("OpenSSL", "3.0.13", "Apache-2.0"),
        Part("libffi", "", "MIT"),
    ]


def test_the_python_of_linux_is_the_one_that_builds(tmp_path):
    (python,) = parts_of(tmp_path, "linux")

    assert (python.name, python.version) == ("CPython", platform.python_version())


def test_a_copyright_file_says_the_licence_of_most_files():
    assert licence_of_debian(COPYRIGHT) == "FTL"
    assert licence_of_debian("This package was debianized by Somebody.") == ""


def test_a_file_of_the_same_name_is_not_from_debian_unless_it_is_the_same(tmp_path):
    """Where there is no dpkg nothing is known of any."""
    found = Path("/usr/lib/x86_64-linux-gnu/libc.so.6")
    if not shutil.which("dpkg") or not found.exists():
        assert sys.platform != "linux" or owners([]) == []
        return
    copy, other = tmp_path / "copy" / found.name, tmp_path / "other" / found.name
    for place, content in ((copy, found.read_bytes()), (other, b"\x7fELF")):
        place.parent.mkdir()
        place.write_bytes(content)

    assert owners([copy]) == ["libc6"]
    assert owners([other]) == []
    expected = f"pkg:deb/{distribution_here()}/libc6@2."
    assert part_of_debian("libc6").url.startswith(expected)


def test_what_was_put_into_a_wheel_is_read_from_the_wheel(tmp_path):
    info = tmp_path / "tool-1.0.dist-info"
    (info / "sboms").mkdir(parents=True)
    (info / "METADATA").write_text("Name: tool\nVersion: 1.0\n")
    (info / "RECORD").write_text("tool-1.0.dist-info/sboms/auditwheel.cdx.json,,\n")
    (info / "sboms" / "auditwheel.cdx.json").write_text(GRAFTED)

    assert grafted(PathDistribution(info)) == [
        Part("keyutils-libs", "1.5.8", "", "pkg:rpm/centos/keyutils-libs@1.5.8"),
    ]


def test_what_was_built_for_a_wheel_is_known_by_its_files_and_says_its_version(tmp_path):
    info, libraries = tmp_path / "tool-1.0.dist-info", tmp_path / "tool.libs"
    info.mkdir()
    libraries.mkdir()
    (info / "METADATA").write_text("Name: tool\nVersion: 1.0\n")
    said = {
        "libcrypto-3a06.so.3": b"\0OpenSSL 3.5.9 29 Sep 2026\0",
        "libssl-6a9b.so.3": b"",
        "libldap-fb84.so.2": b"",
        "libown-1.so": b"",
    }
    for name, content in said.items():
        (libraries / name).write_bytes(content)
    (info / "RECORD").write_text("".join(f"tool.libs/{name},,\n" for name in said))

    assert built_in(PathDistribution(info)) == [
        Part("OpenLDAP", "", "OLDAP-2.8"),
        Part("OpenSSL", "3.5.9", "Apache-2.0"),
    ]
