"""Killed in the middle of posting: what was acknowledged is there, and nothing is there by half."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.db.database import Database
from app.db.tables import DocumentRow, MovementRow
from app.ledger.verify import verify

ROOT = Path(__file__).parents[2]
LINES = 40


@pytest.mark.parametrize("kills", [4, pytest.param(20, marks=pytest.mark.long)])
def test_every_acknowledged_document_survives_whole(database, stock, kills):
    address = str(database.file or database.engine.url.render_as_string(hide_password=False))
    stock.location("MAIN/A-1")
    for number in range(LINES):
        stock.item(f"K{number}")
    chance = random.Random(kills)
    told: set[str] = set()
    for _ in range(kills):
        told |= _post_until_killed(address, chance.uniform(0.05, 0.6))
        reopened = Database(address)
        reopened.create()
        _assert_whole(reopened, told)
        reopened.close()

    assert len(told) > kills


def _post_until_killed(address: str, seconds: float) -> set[str]:
    """Let it post for so long after its first document, and return what it said was saved."""
    command = [sys.executable, "-m", "tests.support.poster", address, str(LINES)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(seconds)
    child.kill()
    rest = child.stdout.read()
    child.wait()
    child.stdout.close()
    lines = (first + rest).splitlines(keepends=True)
    return {line.strip() for line in lines if line.endswith("\n")}


def _assert_whole(database: Database, told: set[str]) -> None:
    with database.reading() as session:
        query = (
            select(DocumentRow.number, func.count(MovementRow.id))
            .outerjoin(MovementRow, MovementRow.document_id == DocumentRow.id)
            .group_by(DocumentRow.number)
        )
        found = dict(tuple(row) for row in session.execute(query))
    assert told <= found.keys()
    assert set(found.values()) == {LINES}
    checks = database.run(verify)
    assert [check.differences for check in checks if not check.ok] == []
