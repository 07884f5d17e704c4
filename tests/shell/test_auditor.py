from dataclasses import dataclass, field
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy import text

from app.core.progress import Progress
from app.ledger.verify import audit_slice
from app.shell.audit_light import AuditDetails, AuditLight
from app.shell.auditor import Auditor

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class Slice:
    next_item: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def progress(self) -> Progress:
        return Progress(self.next_item or 4, 4)


@pytest.fixture
def window(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    return window


@pytest.fixture
def light(window):
    light = AuditLight()
    light.setParent(window)
    light.show()
    return light


@pytest.fixture
def details(window):
    return AuditDetails(window)


def test_it_goes_round_and_round_slice_by_slice(qtbot, jobs, light, details):
    asked = []

    def audit(_session, after):
        asked.append(after)
        return Slice((after + 1) % 4)

    Auditor(jobs, light, details, audit, pause=1)

    qtbot.waitUntil(lambda: len(asked) >= 9)
    assert asked[:9] == [0, 1, 2, 3, 0, 1, 2, 3, 0]
    assert light.word.text() == "audit ok"


def test_until_the_first_round_is_over_it_says_how_far_it_is(qtbot, jobs, light, details):
    go_on = Event()

    def audit(_session, after):
        if after:
            go_on.wait(timeout=5)
        return Slice(0 if after else 1)

    Auditor(jobs, light, details, audit, pause=1)
    qtbot.waitUntil(lambda: light.word.text() == "audit: 25 %")
    go_on.set()

    qtbot.waitUntil(lambda: light.word.text() == "audit ok")


def test_what_does_not_add_up_is_shown_at_once_and_on_a_click(qtbot, jobs, light, details):
    hold = Event()

    def audit(_session, after):
        if after:
            hold.wait(timeout=5)
        return Slice(0 if after else 1, [] if after else ["TEA: wrong", "RUM: wrong"])

    Auditor(jobs, light, details, audit, pause=1)
    qtbot.waitUntil(lambda: light.word.text() == "audit: 2 differ")
    qtbot.mouseClick(light, Qt.MouseButton.LeftButton)

    assert details.isVisible()
    assert details.differences.toPlainText() == "TEA: wrong\nRUM: wrong"
    hold.set()
    qtbot.keyClick(details.shut, Qt.Key.Key_Escape)
    assert details.isHidden()


def test_it_is_well_again_when_a_whole_round_found_nothing(qtbot, jobs, light, details):
    rounds = []

    def audit(_session, after):
        if after:
            return Slice(0)
        rounds.append(light.word.text())
        return Slice(1, ["TEA: wrong"] if len(rounds) == 1 else [])

    Auditor(jobs, light, details, audit, pause=1)

    qtbot.waitUntil(lambda: len(rounds) > 1 and light.word.text() == "audit ok")
    assert rounds[1] == "audit: 1 differ"


def test_it_waits_while_somebody_waits_for_an_answer(qtbot, jobs, light, details):
    asked = []
    begun, go_on = Event(), Event()

    def long_question(_session):
        begun.set()
        go_on.wait(timeout=5)

    jobs.read(long_question)
    begun.wait(timeout=5)
    Auditor(jobs, light, details, lambda _session, after: asked.append(after) or Slice(), pause=1)
    qtbot.wait(50)
    assert asked == []
    go_on.set()

    qtbot.waitUntil(lambda: bool(asked))


def test_the_real_audit_finds_a_balance_that_was_tampered_with(
    qtbot, jobs, light, details, database, stock
):
    stock.item("TEA")
    Auditor(jobs, light, details, audit_slice, pause=1)
    qtbot.waitUntil(lambda: light.word.text() == "audit ok")
    with database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO balance (item_id, location_id, lot_id, on_hand, allocated)"
                " SELECT 1, min(id), 0, 5000000, 0 FROM location"
            )
        )

    qtbot.waitUntil(lambda: light.word.text() == "audit: 2 differ")
    qtbot.mouseClick(light, Qt.MouseButton.LeftButton)
    assert "TEA" in details.differences.toPlainText()
