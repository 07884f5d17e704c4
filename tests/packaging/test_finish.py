import json
import os
import sys
import sysconfig
from pathlib import Path

import pytest
from finish import LICENCES, SBOM, STRIPPABLE, Source, finish, moment_of, set_times

MOMENT = 1_700_000_000


def test_the_time_of_all_files_can_be_given_else_it_is_that_of_the_last_commit():
    assert moment_of({"SOURCE_DATE_EPOCH": "5"}) == 5
    assert moment_of({}) > MOMENT


def test_every_file_and_folder_gets_the_same_time(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a").touch()
    set_times(tmp_path, MOMENT)

    found = [tmp_path, *tmp_path.rglob("*")]
    assert {path.stat().st_mtime for path in found} == {MOMENT}


@pytest.mark.parametrize(
    ("name", "strippable"),
    [
        ("p/libpython3.11.so.1.0", True),
        ("p/python3.11/lib-dynload/_decimal.cpython-311-x86_64-linux-gnu.so", True),
        ("p/psycopg_binary.libs/libpq-e9b5c9ac.so.5.18", False),
        ("p/PySide6/Qt/lib/libQt6Core.so.6", False),
    ],
)
def test_libraries_that_a_tool_has_patched_are_left_alone(name, strippable):
    assert bool(STRIPPABLE.search(name)) is strippable


def test_a_finished_bundle_says_what_is_in_it_and_under_which_licences(dummy):
    packages = Path(sysconfig.get_path("purelib"))
    finish(dummy, Source("windows", packages, Path(sys.executable)), MOMENT)

    folder = dummy.folder / dummy.contents / LICENCES
    assert "LESSER GENERAL PUBLIC LICENSE" in (folder / "LGPL-3.0.txt").read_text("utf-8")
    third = (folder / "THIRD-PARTY.txt").read_text("utf-8")
    assert "replace the files" in third
    assert "https://download.qt.io" in third
    assert (folder / "sqlalchemy").is_dir()
    bill = json.loads((folder / SBOM).read_text("utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    found = {one["name"]: one for one in bill["components"]}
    assert {"sqlalchemy", "pyside6-essentials", "psycopg"} <= set(found)
    assert "pyinstaller" not in found
    assert bill["metadata"]["component"]["version"] == dummy.version
    assert os.stat(folder / SBOM).st_mtime == MOMENT
