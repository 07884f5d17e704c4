import sys
import sysconfig
from pathlib import Path

from licences import TEXTS, collect, held, licence_files
from lock import lock_file, locked_names, normal

PACKAGES = Path(sysconfig.get_path("purelib"))
LOCK = lock_file("linux", with_build=False)
WITHOUT_TEXT = {"pyside6-essentials", "shiboken6"}
"""They bring no licence file; ours say it."""


def test_every_library_in_the_program_has_its_licence_in_the_bundle(tmp_path):
    collect(tmp_path / "licences", PACKAGES, LOCK, extra=["pyinstaller"])

    there = {path.name for path in (tmp_path / "licences").iterdir() if path.is_dir()}
    names = {normal(one.name) for one in held(PACKAGES, locked_names(LOCK))}
    assert names - there == WITHOUT_TEXT
    assert "pyinstaller" in there
    assert all(any((tmp_path / "licences" / name).iterdir()) for name in there)


def test_what_others_ask_for_is_said_in_our_text():
    text = (TEXTS / "THIRD-PARTY.txt").read_text("utf-8")
    (qt,) = (one for one in held(PACKAGES, ["pyside6-essentials"]))

    assert qt.version in text
    assert {"GPL-3.0.txt", "LGPL-3.0.txt", "Python.txt"} <= {path.name for path in TEXTS.iterdir()}


def test_only_what_is_named_is_looked_at():
    (one,) = held(PACKAGES, ["SQLAlchemy", "not-there"])

    assert one.name.lower() == "sqlalchemy"
    assert [path.name for path in licence_files(one)] == ["LICENSE"]
    assert sys.prefix in str(PACKAGES)


def test_the_licence_by_which_we_do_not_have_qt_is_not_given_out(tmp_path):
    told = tmp_path / "pyside6_essentials-6.9.3.dist-info"
    (told / "licenses").mkdir(parents=True)
    names = ["licenses/LicenseRef-Qt-Commercial.txt", "licenses/LGPL-3.0-LICENSE.txt"]
    for name in names:
        (told / name).touch()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: PySide6-Essentials\n", "utf-8")
    (told / "RECORD").write_text("".join(f"{told.name}/{name},,\n" for name in names), "utf-8")
    (one,) = held(tmp_path, ["pyside6-essentials"])

    assert [path.name for path in licence_files(one)] == ["LGPL-3.0-LICENSE.txt"]
