from pathlib import Path

import pytest
from wine.windows import is_of, registry_values, translated

PLACES = {Path("/cache/work"): "Z:\\rig", Path("/cache/work/prefix/drive_c"): "C:"}

ANSWER = """
HKEY_CURRENT_USER\\Software\\Stockroom
    DisplayName    REG_SZ    Stockroom
    UninstallString    REG_SZ    "C:\\Program Files\\uninstall.exe" /AllUsers
    NoModify    REG_DWORD    0x1
"""


@pytest.mark.parametrize(
    ("file", "called"),
    [
        ("/cache/work/x.csv", "Z:\\rig\\x.csv"),
        ("/cache/work/prefix/drive_c/users/Jörg Groß/a", "C:\\users\\Jörg Groß\\a"),
    ],
)
def test_windows_calls_a_file_by_the_innermost_folder_it_sees(file, called):
    assert translated(Path(file), PLACES) == called


def test_a_file_that_windows_does_not_see_has_no_name_there():
    with pytest.raises(LookupError):
        translated(Path("/home/me"), PLACES)


def test_values_of_the_registry_are_read():
    assert registry_values(ANSWER) == {
        "DisplayName": "Stockroom",
        "UninstallString": '"C:\\Program Files\\uninstall.exe" /AllUsers',
        "NoModify": "0x1",
    }


@pytest.mark.parametrize(
    ("words", "is_it"),
    [
        ("C:\\Programs\\Stockroom\\stockroom.exe\0", True),
        ("/usr/lib/wine/wine64\0C:\\Programs\\STOCKROOM.EXE\0verify\0", True),
        ("C:\\Programs\\Stockroom\\stockroom-console.exe\0", False),
        ("xdotool\0search\0stockroom.exe\0", False),
        ("", False),
    ],
)
def test_a_process_is_known_by_its_program(words, is_it):
    assert is_of(words, "stockroom.exe") is is_it
