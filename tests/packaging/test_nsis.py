from pathlib import PurePosixPath

import pytest
from environment import ROOT
from nsis import (
    SCRIPT,
    Bundle,
    compile_installer,
    files_below,
    four_numbers,
    what_to_delete,
    what_to_find,
    what_to_unpack,
)
from told import CannotGoOn

MOMENT = 1_700_000_000
ICON = ROOT / "resources" / "icons" / "stockroom.ico"


@pytest.fixture
def bundle(tmp_path):
    folder = tmp_path / "stockroom"
    contents = folder / "program-1.2.3-0a1b2c3d"
    (contents / "PySide6" / "plugins").mkdir(parents=True)
    for name in ("base.zip", "PySide6/Qt6Core.dll", "PySide6/plugins/Größe 2.dll"):
        (contents / name).write_bytes(name.encode())
    for name in ("stockroom.exe", "stockroom-console.exe"):
        (folder / name).write_bytes(b"MZ")
    return Bundle(folder, "1.2.3")


def test_a_bundle_knows_the_folder_of_its_build(bundle):
    assert bundle.contents == "program-1.2.3-0a1b2c3d"


def test_files_come_in_the_same_order_always(bundle):
    names = [str(name) for name in files_below(bundle.folder / bundle.contents)]

    assert names == ["PySide6/Qt6Core.dll", "PySide6/plugins/Größe 2.dll", "base.zip"]


def test_only_what_was_installed_is_deleted_and_a_folder_after_what_lies_in_it():
    names = [PurePosixPath(name) for name in ("b/c/x.dll", "a.txt", "b/y.dll")]

    assert what_to_delete(names).splitlines() == [
        "a.txt",
        r"b\c\x.dll",
        r"b\y.dll",
        "b\\c\\",
        "b\\",
    ]


def test_the_list_of_a_build_is_unpacked_before_anything_it_names(bundle):
    lines = what_to_unpack(
        bundle.folder / bundle.contents, bundle.folder / "files.txt"
    ).splitlines()

    assert lines[0] == r'SetOutPath "$INSTDIR\program-1.2.3-0a1b2c3d"'
    assert lines[1].endswith('files.txt"')
    assert r'SetOutPath "$INSTDIR\program-1.2.3-0a1b2c3d\PySide6\plugins"' in lines
    assert len([line for line in lines if line.startswith("File ")]) == 4


def test_before_the_versions_change_every_file_has_to_be_there_in_its_size(bundle, tmp_path):
    listed = tmp_path / "files.txt"
    listed.write_bytes(b"12345")

    assert what_to_find(bundle, listed).splitlines() == [
        *(r"program-1.2.3-0a1b2c3d\files.txt", "5"),
        *(r"program-1.2.3-0a1b2c3d\PySide6\Qt6Core.dll", "19"),
        *(r"program-1.2.3-0a1b2c3d\PySide6\plugins\Größe 2.dll", "29"),
        *(r"program-1.2.3-0a1b2c3d\base.zip", "8"),
        *("stockroom-console.exe.new", "2"),
        *("stockroom.exe.new", "2"),
    ]


def test_no_file_is_left_out_because_nobody_answers():
    assert "\nAllowSkipFiles off\n" in SCRIPT.read_text("utf-8")


def test_a_name_that_the_script_would_read_otherwise_is_refused(bundle):
    (bundle.folder / bundle.contents / "a$INSTDIR").touch()

    with pytest.raises(CannotGoOn, match="INSTDIR"):
        what_to_unpack(bundle.folder / bundle.contents, bundle.folder / "files.txt")


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2.3", "1.2.3.0"), ("0.10.2026", "0.10.2026.0"), ("1.2.3rc1", "1.2.3.0"), ("7", "7.0.0.0")],
)
def test_a_version_is_four_numbers_to_windows(version, numbers):
    assert four_numbers(version) == numbers


def test_the_uninstaller_never_deletes_a_whole_folder():
    for part in (SCRIPT, *SCRIPT.parent.glob("*.nsh")):
        script = part.read_text("utf-8")
        assert "RMDir /r" not in script
        assert "Delete /r" not in script


@pytest.mark.needs("makensis")
def test_the_installer_can_be_made_and_is_the_same_each_time(bundle, tmp_path):
    made = []
    for turn in ("first", "second"):
        out = tmp_path / f"{turn}-setup.exe"
        compile_installer(
            bundle, out, tmp_path / "w", icon=ICON, moment=MOMENT, defines=("FAST", "AMD64")
        )
        made.append(out.read_bytes())

    assert made[0][:2] == b"MZ"
    assert made[0] == made[1]


def test_without_its_compiler_it_is_told_what_is_needed(bundle, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(CannotGoOn, match="makensis"):
        compile_installer(bundle, tmp_path / "a.exe", tmp_path / "w", icon=ICON, moment=MOMENT)
