import sys
from pathlib import Path

from app.core.resources import resource


def test_what_comes_with_the_program_is_found():
    assert resource("style.qss").is_file()
    assert resource("icons/good.svg").is_file()


def test_in_the_frozen_program_it_is_beside_the_program(monkeypatch):
    monkeypatch.setattr(sys, "_MEIPASS", "/bundle", raising=False)

    assert resource("icons/good.svg") == Path("/bundle/resources/icons/good.svg")
