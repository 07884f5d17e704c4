"""Random documents of all kinds, late ones and reversals among them, against the model."""

import random
import shutil
from collections.abc import Iterable
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from app.db.database import Database
from app.ledger.checkpoints import EVERY
from tests.ledger.history_base import Scene, Setup
from tests.ledger.history_machine import HistoryMachine
from tests.ledger.history_scene import MADE, PLAIN, SERIALS, STANDARD, TRACKED, Goods, furnish

MOVING = {
    *("opening", "receipt", "issue", "transfer", "count", "adjustment", "reversal"),
    *("purchase_order", "sales_order", "allocate", "release"),
    *("landed_cost", "landed_cost_by_value", "supplier_return"),
    *("transfer_ship", "ship_within_transit"),
    *("revaluation", "costing_change", "late_costing_change", "close_period"),
}
PASSING_ON = {"customer_return", "build", "unbuild"}
"""What passes on the value of goods that left. Where those were short, that may go in a circle."""

GOODS = (*PLAIN, *TRACKED, *STANDARD, *SERIALS)
SCENES = (
    Scene(frozenset(MOVING), GOODS, may_be_short=True),
    Scene(frozenset(MOVING | PASSING_ON), (*GOODS, Goods("KIT")), MADE),
)

STEPS_A_RUN = 50
STEPS = {"sqlite": 320, "postgresql": 200}
LONG = 25
"""How many times as many steps a long run has."""


SETTINGS = settings(
    max_examples=5,
    stateful_step_count=STEPS_A_RUN,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


class Files:
    engine = "sqlite"

    def __init__(self, template: Path, folder: Path) -> None:
        self.furnished = shutil.copyfile(template, folder / "furnished.db")
        self.run = folder / "run.db"
        database = Database(self.furnished)
        furnish(database)
        database.close()

    def open(self) -> Database:
        for left in self.run.parent.glob("run.db*"):
            left.unlink()
        return Database(shutil.copyfile(self.furnished, self.run))

    def close(self, database: Database) -> None:
        database.close()


class Server:
    """Databases of a real server, as copies of one that has the company in it."""

    engine = "postgresql"

    def __init__(self, server: Any, template: str) -> None:
        self.server = server
        self.furnished = server.make(template)
        self.name = ""
        database = Database(server.url(self.furnished))
        furnish(database)
        database.close()

    def open(self) -> Database:
        self.name = self.server.make(self.furnished)
        return Database(self.server.url(self.name))

    def close(self, database: Database) -> None:
        database.close()
        self.server.drop(self.name)


@pytest.fixture(params=["sqlite", "postgresql"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Files | Server:
    """Where each run gets a database of its own from, on each engine in turn."""
    if request.param == "sqlite":
        return Files(request.getfixturevalue("sqlite_template"), tmp_path)
    ask = request.getfixturevalue
    return Server(ask("postgres"), ask("postgres_template"))


def agree(source: Files | Server, steps: int, seeds: Iterable[int]) -> None:
    """Let machines run until they have made so many steps in all, in each scene in turn."""
    setups = [Setup(scene, source.open, source.close) for scene in SCENES]
    for number, setup in zip(seeds, cycle(setups), strict=False):
        machine = type("Machine", (HistoryMachine,), {"setup": setup})
        run_state_machine_as_test(seed(number)(machine), settings=SETTINGS)
        if sum(one.steps for one in setups) >= steps:
            return


@pytest.fixture(params=[2, EVERY], ids=["checkpoints", "beginnings"], autouse=True)
def where_replays_begin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """After every second thing that happened to an item, or at the beginning of it all."""
    monkeypatch.setattr("app.ledger.checkpoints.EVERY", request.param)


def test_the_ledger_agrees_with_the_slow_and_obvious_history(source):
    agree(source, STEPS[source.engine], count(1))


@pytest.mark.long
def test_the_ledger_agrees_with_it_for_a_long_time(source):
    agree(source, LONG * STEPS[source.engine], (random.getrandbits(32) for _ in count()))
