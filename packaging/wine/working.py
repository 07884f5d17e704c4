"""Works with the installed program as people do: by commands, and by scanner at its window."""

import json
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from wine.installed import PROGRAM, Installed
from wine.screen import Screen
from wine.table import expect
from wine.windows import wait_until_gone

ITEMS = """sku,name,unit,barcode,tracking
TEA-100,Black tea,each,4006381333931,none
ZYX-1,Yellow zither,each,,none
GRÜN-7,Grüner Käse,each,,none
"""
LOCATIONS = """path,kind
SHOP/STORE/A-1,storage
SHOP/STORE/A-2,storage
"""
HERE, THERE = "SHOP/STORE/A-1", "SHOP/STORE/A-2"

SCANS = {
    "us": {"4006381333931": "TEA-100", "ZYX-1": "ZYX-1"},
    "de": {"4006381333931": "TEA-100", "ZYX-1": "ZYX-1", "GRÜN-7": "GRÜN-7"},
}
"""By keyboard, what is scanned and what it is; a keyboard of the US has no Ü."""

NEXT_PIECE = 0.6
"""Seconds until the next piece is in the hand; the same code sooner is one read twice."""

POSTED = """
SELECT item.sku, movement.quantity, source.path, target.path
FROM movement
JOIN document ON document.id = movement.document_id
JOIN item ON item.id = movement.item_id
JOIN location AS source ON source.id = movement.from_id
JOIN location AS target ON target.id = movement.to_id
WHERE document.type = 'transfer' AND document.id > ?
"""

Step = dict[str, Any]


def make_company(program: Installed, scratch: Path, *where: str | Path) -> None:
    """Fill the user's database, or the one that is stated, by the installed commands."""
    scratch.mkdir(exist_ok=True)
    texts = {"items.csv": ITEMS, "locations.csv": LOCATIONS, "opening.jsonl": _opening()}
    for name, text in texts.items():
        (scratch / name).write_text(text, "utf-8")
    for words in (
        ("import", "items", scratch / "items.csv"),
        ("import", "locations", scratch / "locations.csv"),
        ("post", scratch / "opening.jsonl"),
    ):
        done = program.ask(*words, *where)
        expect(done.code == 0, f"{words[:2]}: {done.code} {done.said[-400:]}")


def scan_a_transfer(
    program: Installed, screen: Screen, layout: str, pictures: Path, stated: Path | None = None
) -> str:
    """Move a piece of each by scanner and post that; return what the database then holds.

    It is the user's database if no other is stated.
    """
    file = stated or program.database
    last = last_document(file)
    screen.use_layout(layout)
    process = program.open(*(("--db", stated) if stated else ()))
    try:
        open_screen(screen, "F4", "Transfer")
        for code in (f"LOC:{HERE}", *SCANS[layout], f"LOC:{THERE}"):
            screen.scan(code)
            sleep(NEXT_PIECE)
        screen.picture(pictures / "scanned.png")
        screen.key("ctrl+Return")
        sleep(2)
        screen.picture(pictures / "posted.png")
        close_window(program, screen, process)
    finally:
        program.stop()
    wanted = sorted((sku, 1_000_000, HERE, THERE) for sku in SCANS[layout].values())
    found = sorted(_posted(file, last))
    expect(found == wanted, f"posted: {found}")
    return f"{len(found)} lines by keys 2 ms apart: {', '.join(SCANS[layout])}"


def open_screen(screen: Screen, key: str, title: str, patience: float = 60.0) -> None:
    """Press the key of a screen until it is in front: the window has to be filled first."""
    screen.wait_for("Stockroom", patience)
    end = monotonic() + patience
    while monotonic() < end:
        screen.key(key)
        sleep(0.5)
        if any(found.startswith(title) for found in screen.titles()):
            sleep(0.5)
            return
    raise LookupError(f"{title} did not open; windows: {screen.titles()}")


def close_window(program: Installed, screen: Screen, process: "subprocess.Popen[bytes]") -> None:
    """Close the window as people do, and expect the program to end by that."""
    screen.key("alt+F4")
    try:
        code = process.wait(20)
    except subprocess.TimeoutExpired:
        raise LookupError(f"the window did not close; windows: {screen.titles()}") from None
    expect(code == 0, f"the program ended with {code}")
    expect(wait_until_gone(PROGRAM), "the program still runs")


def take_tour(program: Installed, out: Path) -> Step:
    """Return the summary of the tour of the program that people start, not of the console's."""
    done = program.ask("tour", "--out", out, program=PROGRAM)
    summary = out / "summary.json"
    expect(summary.exists(), f"no summary; it ended with {done.code}: {done.said[-400:]}")
    found: Step = json.loads(summary.read_text("utf-8"))
    expect(done.code == 0, f"ended with {done.code}: {_failed(found)}")
    return found


def _failed(summary: Step) -> list[str]:
    return [f"{step['name']}: {step['problem']}" for step in summary["steps"] if not step["ok"]]


def _opening() -> str:
    lines = [
        {"item": item, "to": HERE, "quantity": "100", "unit_cost": "1.20"}
        for item in ("TEA-100", "ZYX-1", "GRÜN-7")
    ]
    return json.dumps({"key": "opening", "type": "opening", "lines": lines}) + "\n"


def last_document(file: Path) -> int:
    return int(_rows(file, "SELECT COALESCE(MAX(id), 0) FROM document")[0][0])


def _posted(file: Path, after: int) -> list[tuple[Any, ...]]:
    return _rows(file, POSTED, [after])


def _rows(file: Path, question: str, given: Sequence[int] = ()) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(question, given).fetchall()
