import tomllib
from pathlib import Path

import environment
import pytest
from environment import (
    CONSTRAINTS,
    ROOT,
    check_version,
    fingerprint,
    python_of,
    requirements,
    site_packages_of,
    without_display,
)
from told import CannotGoOn

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_to_run_it_takes_only_what_the_program_needs():
    lines = requirements(PROJECT, [])

    assert lines == PROJECT["project"]["dependencies"]
    assert not [line for line in lines if line.startswith("pytest")]


def test_to_test_it_takes_the_tools_as_well():
    lines = requirements(PROJECT, ["dev"])

    assert set(requirements(PROJECT, [])) < set(lines)
    assert [line for line in lines if line.startswith("pytest==")]


def test_every_library_is_pinned_to_one_version():
    assert not [line for line in requirements(PROJECT, ["dev"]) if "==" not in line]


def test_the_constraints_say_the_same_versions_as_the_project():
    pinned = dict(
        line.split("==") for line in CONSTRAINTS.read_text("utf-8").splitlines() if line[0] != "#"
    )
    wanted = dict(
        line.replace("[binary]", "").split("==") for line in requirements(PROJECT, ["dev"])
    )
    ours = {name.lower().replace("_", "-"): version for name, version in pinned.items()}

    assert {name: ours[name] for name in wanted} == wanted


def test_the_environment_is_set_up_anew_when_a_pin_or_the_python_changes():
    before = fingerprint(["a==1", "b==2"], "c==3", "3.11.2")

    assert fingerprint(["b==2", "a==1"], "c==3", "3.11.2") == before
    assert fingerprint(["a==1", "b==3"], "c==3", "3.11.2") != before
    assert fingerprint(["a==1", "b==2"], "c==4", "3.11.2") != before
    assert fingerprint(["a==1", "b==2"], "c==3", "3.12.0") != before


@pytest.mark.parametrize("version", [(3, 10), (3, 14), (2, 7)])
def test_a_python_the_libraries_are_not_made_for_is_refused_with_the_way_out(version):
    with pytest.raises(CannotGoOn, match=r"python3\.11 packaging/dev\.py"):
        check_version(version)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_a_python_the_libraries_are_made_for_is_taken(version):
    check_version(version)


def test_the_interpreter_lies_where_each_system_puts_it():
    assert python_of(Path("v"), "win32") == Path("v/Scripts/python.exe")
    assert python_of(Path("v"), "linux") == Path("v/bin/python")


def test_an_environment_that_is_ready_is_used_at_once(tmp_path, monkeypatch):
    """Were anything installed, this would take the network and much longer."""
    venv = tmp_path / "venv"
    python = python_of(venv)
    python.parent.mkdir(parents=True)
    python.touch()
    lines = requirements(PROJECT, [])
    wanted = fingerprint(lines, CONSTRAINTS.read_text("utf-8"), environment.sys.version)
    (venv / "ready-run").write_text(wanted)
    monkeypatch.setattr(environment, "VENV", venv)

    assert environment.prepare() == python
    assert python.read_bytes() == b""


def test_libraries_lie_where_each_system_puts_them(tmp_path):
    (tmp_path / "lib" / "python3.11" / "site-packages").mkdir(parents=True)

    assert site_packages_of(tmp_path, "linux").name == "site-packages"
    assert site_packages_of(Path("v"), "win32") == Path("v/Lib/site-packages")


def test_what_is_locked_is_installed_once(tmp_path, monkeypatch):
    """Were anything installed, this would take the network and much longer."""
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1", "utf-8")
    python = python_of(tmp_path / "venv")
    python.parent.mkdir(parents=True)
    python.touch()
    wanted = fingerprint([], "a==1", environment.sys.version)
    (tmp_path / "venv" / "ready").write_text(wanted)
    monkeypatch.setattr(environment, "BUILD_VENV", tmp_path / "venv")

    assert environment.prepare_build(lock) == python


def test_without_a_display_qt_shows_nothing_and_on_windows_is_told_where_fonts_are():
    assert without_display({"A": "b"}, "linux") == {"A": "b", "QT_QPA_PLATFORM": "offscreen"}
    found = without_display({"SYSTEMROOT": r"C:\Windows"}, "win32")
    assert found["QT_QPA_FONTDIR"] == r"C:\Windows\Fonts"
