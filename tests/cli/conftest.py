"""Commands as a scheduler gives them, in this process and in one of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from app.cli.program import main

ROOT = Path(__file__).parents[2]

ITEMS = [
    "sku,name,unit,decimals,tracking,barcode",
    "TEA,Tea,each,0,none,4006381333931",
    "FL-1,Mehl für Brötchen,kg,3,lot,",
]
LOCATIONS = ["path,kind", "MAIN,site", "MAIN/DOCK,dock", "MAIN/A1,storage", "MAIN/B1,storage"]


class Answer(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """One JSON value a line, as `post` answers."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Answer]


@pytest.fixture
def command(empty_address: str, capsys: pytest.CaptureFixture[str]) -> Command:
    """`command("stock", "--item", "TEA")` answers as JSON, on each engine in turn."""

    def command(*arguments: str | Path, json: bool = True) -> Answer:
        words = ["--db", empty_address, "--user", "kim", *map(str, arguments)]
        status = main([*words, "--json"] if json else words)
        out, err = capsys.readouterr()
        return Answer(status, out, err)

    return command


@pytest.fixture
def company(command: Command, write: Callable[..., Path]) -> None:
    """Two items and a site with a dock and two bins."""
    for kind, lines in (("items", ITEMS), ("locations", LOCATIONS)):
        assert command("import", kind, write(f"{kind}.csv", *lines)).status == 0


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a text file of these lines; a dictionary is a line of JSON."""

    def write(name: str, *lines: str | dict[str, Any]) -> Path:
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        path = tmp_path / name
        path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        return path

    return write


def start(*arguments: str | Path, **given: Any) -> subprocess.Popen[bytes]:
    """Run main.py as a process of its own."""
    words = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    surroundings = {**os.environ, "LC_ALL": "C"}
    return subprocess.Popen(words, cwd=ROOT, env=surroundings, **{**streams, **given})


def run(*arguments: str | Path, stdin: bytes = b"") -> Answer:
    """Run main.py to its end."""
    process = start(*arguments)
    out, err = process.communicate(stdin, timeout=60)
    said = (text.decode("utf-8").replace(os.linesep, "\n") for text in (out, err))
    return Answer(process.returncode, *said)
