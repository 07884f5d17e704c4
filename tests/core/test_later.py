import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.later import load_later

NAME = "rarely_used"


@pytest.fixture
def rarely_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A module and package that leaves a file behind when it is loaded."""
    folder = tmp_path / NAME
    folder.mkdir()
    (folder / "__init__.py").write_text(
        "from pathlib import Path\n"
        "Path(__file__).with_name('loaded').touch()\n"
        "def double(figure):\n"
        "    return 2 * figure\n",
        "utf-8",
    )
    (folder / "part.py").write_text("ANSWER = 42\n", "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield str(folder / "loaded")
    for name in (NAME, f"{NAME}.part"):
        sys.modules.pop(name, None)


def test_an_import_alone_does_not_load_it(rarely_used: str) -> None:
    load_later(NAME)
    importlib.import_module(NAME)
    assert not Path(rarely_used).exists()


def test_what_is_known_of_it_is_there_without_loading_it(rarely_used: str) -> None:
    load_later(NAME, {"is_known": 7})
    assert importlib.import_module(NAME).is_known == 7
    assert not Path(rarely_used).exists()


def test_looking_at_every_module_there_is_does_not_load_it(rarely_used: str) -> None:
    load_later(NAME)
    for module in list(sys.modules.values()):
        getattr(module, "__file__", None)
    assert not Path(rarely_used).exists()


def test_it_is_loaded_as_soon_as_something_of_it_is_wanted(rarely_used: str) -> None:
    load_later(NAME)
    assert importlib.import_module(NAME).double(4) == 8
    assert Path(rarely_used).exists()
    assert importlib.import_module(NAME).__file__


def test_whoever_imported_it_early_gets_every_part_of_it_too(rarely_used: str) -> None:
    load_later(NAME)
    early = importlib.import_module(NAME)
    assert early.double(1) == early.double(1) == 2


def test_its_modules_can_be_imported(rarely_used: str) -> None:
    load_later(NAME)
    assert importlib.import_module(f"{NAME}.part").ANSWER == 42


def test_a_part_of_a_package_can_wait_too(rarely_used: str) -> None:
    package = importlib.import_module(NAME)
    load_later(f"{NAME}.part")
    assert package.part.ANSWER == 42


def test_what_is_loaded_already_stays(rarely_used: str) -> None:
    loaded = importlib.import_module(NAME)
    load_later(NAME)
    assert sys.modules[NAME] is loaded


def test_what_it_does_not_have_is_told_as_usual(rarely_used: str) -> None:
    load_later(NAME)
    module = importlib.import_module(NAME)
    with pytest.raises(AttributeError, match="treble"):
        _ = module.treble
