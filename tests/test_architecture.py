"""The shape of the code, held to by tests rather than by memory."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from checks import LINT_IMPORTS

from app import __version__

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
MODULES = sorted(path for path in (ROOT / "app").rglob("*.py") if path.name != "__init__.py")
SCRIPTS = sorted((ROOT / "packaging").glob("*.py"))
VIEWS = [path for path in MODULES if path.name == "view.py"]

TOP_LEVEL = {"README.md", "app", "main.py", "packaging", "pyproject.toml", "resources", "tests"}
MADE_HERE = {"build", "dist"}  # and whatever begins with a dot


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports_qt(path: Path) -> bool:
    return "PySide6" in path.read_text("utf-8")


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def test_imports_keep_to_the_layers():
    """In a process of its own: the linter silences every logger that it finds."""
    words = [sys.executable, "-c", LINT_IMPORTS, "--no-cache"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_top_level_holds_only_what_the_layout_allows():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}

    assert found - MADE_HERE <= TOP_LEVEL


def test_the_program_and_its_package_have_the_same_version():
    assert __version__ == PROJECT["project"]["version"]


def test_packaging_does_not_hide_the_library_of_that_name():
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_every_library_has_a_reason_beside_it():
    lines = (ROOT / "pyproject.toml").read_text("utf-8").splitlines()
    given = dict(zip(lines[1:], lines, strict=False))
    libraries = [line for line in lines if line.startswith('    "') and "==" in line]

    assert libraries
    for line in libraries:
        assert "#" in line or given[line].lstrip().startswith("#"), line


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=name)
def test_a_module_says_what_it_is_for(path):
    assert ast.get_docstring(tree(path))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_slot_is_a_named_method(path):
    """PySide holds methods weakly. A lambda or partial keeps what it captured alive, and frees it
    inside the destructor of the sender, which crashes."""
    connects = (call for call in calls(path) if getattr(call.func, "attr", "") == "connect")

    wrong = [
        call.lineno
        for call in connects
        if call.args
        and isinstance(call.args[0], ast.Lambda | ast.Call)
        and not is_of_a_driver(call)
    ]
    assert wrong == []


def is_of_a_driver(connect: ast.Call) -> bool:
    return getattr(getattr(connect.func, "value", None), "id", "") in {"sqlite3", "psycopg"}


@pytest.mark.parametrize("path", VIEWS, ids=name)
def test_a_view_leaves_errors_to_the_screen(path):
    assert not [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Try)]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_figure_is_made_a_floating_point_number(path):
    """What paints computes pixels, labels are in millimetres; stock and money are exact."""
    part = path.relative_to(ROOT / "app").parts
    if part[0] not in {"core", "db", "ledger", "features", "demo"} or "labels" in part:
        return
    if imports_qt(path):
        return

    made = [call for call in calls(path) if getattr(call.func, "id", "") == "float"]
    assert [call.lineno for call in made] == []
