"""How a copy was installed is found in its folder and, on Windows, in the registry."""

import re
import sys
from pathlib import PureWindowsPath

import pytest
from deb import DESKTOP
from nsis import SCRIPT

from app.adapters import installed
from app.adapters.installed import in_program_files, this_copy
from app.core.folders import is_writable
from app.core.updates import Copy
from tests.support import registry
from tests.support.unprivileged import open_folder, unprivileged

VARIABLES = {"ProgramFiles": r"C:\Program Files", "ProgramFiles(x86)": r"C:\Program Files (x86)"}


@pytest.fixture
def frozen(tmp_path, monkeypatch):
    """The folder of a copy that was built and put there."""
    folder = tmp_path.resolve()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "stockroom.exe"))
    return folder


def test_a_program_that_runs_from_its_source_came_as_no_package():
    assert this_copy() == Copy()


@pytest.mark.parametrize(
    ("folder", "is_in"),
    [
        (r"C:\Program Files\Stockroom", True),
        (r"c:\program files\stockroom", True),
        (r"C:\Program Files (x86)\Stockroom", True),
        (r"C:\Program Files of mine\Stockroom", False),
        (r"C:\Users\Kim\AppData\Local\Programs\Stockroom", False),
    ],
)
def test_program_files_are_known_however_they_are_written(folder, is_in):
    assert in_program_files(PureWindowsPath(folder), VARIABLES) is is_in
    assert not in_program_files(PureWindowsPath(folder), {"ProgramFiles": ""})


def test_a_folder_is_tried_and_nothing_stays(tmp_path):
    assert is_writable(tmp_path)
    assert not list(tmp_path.iterdir())
    assert not is_writable(tmp_path / "none")


@pytest.mark.needs("a system like Unix")
def test_a_folder_that_refuses_is_not_writable():
    with open_folder() as folder:
        folder.chmod(0o555)
        with unprivileged():
            assert not is_writable(folder)


def test_the_names_are_those_that_the_installers_use():
    script = SCRIPT.read_text("utf-8")
    (uninstaller,) = re.findall('define UNINSTALLER "(.*)"', script)
    (key,) = re.findall('define UNINSTALL_KEY "(.*)"', script)
    assert uninstaller == installed.UNINSTALLER
    assert key.replace("${APP}", "Stockroom").lower() == installed.UNINSTALL_KEY.lower()
    assert f"Exec={installed.PACKAGE_FOLDER.as_posix()}/stockroom\n" in DESKTOP


if sys.platform == "win32":

    def test_a_folder_of_the_users_own_holds_the_setup_or_the_zip(frozen):
        assert this_copy() == Copy("zip")
        (frozen / installed.UNINSTALLER).touch()
        assert this_copy() == Copy("setup")

    def test_the_setup_for_all_users_is_known_by_its_registration(frozen):
        (frozen / installed.UNINSTALLER).touch()
        with registry.own_machine():
            registry.set_for_all(installed.UNINSTALL_KEY, "InstallLocation", str(frozen.parent))
            assert this_copy() == Copy("setup")
            registry.set_for_all(installed.UNINSTALL_KEY, "InstallLocation", str(frozen))
            assert this_copy() == Copy("setup", is_for_all=True)

else:

    def test_what_was_unpacked_is_told_from_debians_package(frozen, monkeypatch, tmp_path):
        assert this_copy() == Copy("tar")
        monkeypatch.setattr(installed, "PACKAGE_FOLDER", frozen)
        assert this_copy() == Copy("tar")
        monkeypatch.setattr(installed, "PACKAGE_LIST", tmp_path / "stockroom.list")
        (tmp_path / "stockroom.list").touch()
        assert this_copy() == Copy("deb")
