import shutil
import sys
import sysconfig
from pathlib import Path

import pytest
from licences import TEXTS, collect, collect_of_system, held, licence_files, refuse_gpl
from lock import lock_file, locked_names, normal
from parts import owners
from told import CannotGoOn

PACKAGES = Path(sysconfig.get_path("purelib"))
LOCK = lock_file("linux", with_build=False)
WITHOUT_TEXT = {"shiboken6"}
"""It brings no licence file; ours say it."""

TEXT_OF = {
    **dict.fromkeys(("libcrypto", "libssl"), "OpenSSL"),
    **dict.fromkeys(("libkrb5", "libkrb5support", "libgssapi_krb5"), "MIT-Kerberos"),
    **dict.fromkeys(("libk5crypto",), "MIT-Kerberos"),
    **dict.fromkeys(("libldap", "liblber"), "OpenLDAP"),
    **{"libpq": "PostgreSQL", "libcrypt": "libxcrypt", "libsasl2": "Cyrus-SASL"},
    **{"libkeyutils": "keyutils", "libcom_err": "com_err"},
}
"""The text of each library in psycopg's wheel."""


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


def test_every_library_that_was_put_into_a_wheel_has_its_text(tmp_path):
    collect(tmp_path, PACKAGES, LOCK)

    (psycopg,) = held(PACKAGES, ["psycopg-binary"])
    brought = [file.name for file in psycopg.files if file.parts[0].endswith(".libs")]
    assert brought
    for name in brought:
        if Path(name).suffix == ".load-order":
            continue
        text = TEXT_OF[name.partition("-")[0].partition(".")[0]]
        assert (tmp_path / "psycopg-binary" / f"{text}.txt").is_file(), name
    third = (tmp_path / "THIRD-PARTY.txt").read_text("utf-8")
    for name in ("OpenLDAP", "Cyrus SASL", "MIT Kerberos", "keyutils", "libxcrypt", "OpenSSL"):
        assert name in third
    assert (tmp_path / "LGPL-2.1.txt").is_file()
    assert (tmp_path / "Apache-2.0.txt").is_file()


@pytest.mark.needs("Linux", "dpkg-deb")
def test_libraries_of_the_system_bring_their_texts_and_say_where_their_source_is(tmp_path):
    library = next(Path("/usr/lib/x86_64-linux-gnu").glob("libc.so.6"))
    copy = tmp_path / library.name
    shutil.copyfile(library, copy)
    (tmp_path / "licences").mkdir()

    collect_of_system(tmp_path / "licences", [copy])

    assert owners([copy]) == ["libc6"]
    folder = tmp_path / "licences" / "system"
    assert (folder / "libc6.txt").is_file()
    (line,) = (folder / "SOURCES.txt").read_text("utf-8").splitlines()
    assert line.startswith("libc6 2.")
    assert ": source glibc 2." in line
    assert "://" in line
    text = (folder / "common-licenses" / "LGPL-2.1").read_text("utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


def test_what_only_the_gpl_allows_to_be_given_out_is_refused(dummy):
    refuse_gpl(dummy.folder)
    (dummy.folder / dummy.contents / "libreadline.so.8").touch()

    with pytest.raises(CannotGoOn, match=r"libreadline\.so\.8"):
        refuse_gpl(dummy.folder)
