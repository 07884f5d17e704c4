import subprocess
import sys
from pathlib import Path

import pytest
from dev import has_display, main, program_words, try_installer_script
from environment import ROOT
from told import CannotGoOn


def test_with_a_display_the_sample_company_opens():
    assert program_words([], showing=True) == (None, ["--demo"])


def test_without_a_display_the_tour_is_taken():
    out = ROOT / "build" / "tour"

    assert program_words([], showing=False) == (out, ["tour", "--out", str(out)])


@pytest.mark.parametrize("showing", [True, False])
def test_the_tour_is_taken_to_where_it_is_wanted(showing):
    out, words = program_words(["--out", "pictures"], showing=showing)

    assert out == Path("pictures")
    assert words == ["tour", "--out", "pictures"]


def test_other_arguments_go_to_the_program_as_they_are():
    words = ["export", "stock", "s.csv", "--json"]

    assert program_words(words, showing=False) == (None, words)
    assert program_words(["tour", "--out", "x"], showing=True) == (None, ["tour", "--out", "x"])


@pytest.mark.parametrize(
    ("variables", "platform", "showing"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_known_by_its_variable_and_windows_has_one(variables, platform, showing):
    assert has_display(variables, platform) is showing


def test_a_word_it_does_not_know_shows_how_it_is_used(capsys):
    assert main(["tset"]) == 2
    assert "packaging/dev.py test" in capsys.readouterr().out


def test_it_needs_nothing_but_python_to_say_how_it_is_used():
    command = [sys.executable, "-ES", str(ROOT / "packaging" / "dev.py"), "--help"]
    answer = subprocess.run(command, check=False, capture_output=True, text=True)

    assert answer.returncode == 0
    assert "packaging/dev.py run" in answer.stdout


def test_what_cannot_be_built_is_refused_before_anything_is_done(capsys):
    assert main(["build", "macos"]) == 1
    assert "dev.py build [linux|windows|all|trial|pack]" in capsys.readouterr().err


def test_an_installer_script_that_cannot_be_compiled_is_no_success(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(CannotGoOn, match="nsis"):
        try_installer_script()
