from dataclasses import dataclass
from threading import Event

import pytest

from app.core.progress import Progress
from app.shell.auditor import Auditor
from app.shell.status_line import AuditLight

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@dataclass
class Check:
    name: str
    ok: bool = True


@pytest.fixture
def light(qtbot):
    light = AuditLight()
    qtbot.addWidget(light)
    return light


def test_while_nobody_works_the_ledger_proves_itself(qtbot, jobs, light):
    auditor = Auditor(jobs, light, lambda _: [Check("balances"), Check("values")], idle=1)

    qtbot.waitUntil(lambda: light.word.text() == "audit ok")
    assert light.toolTip().endswith("all 2 checks add up.")
    assert auditor is not None


def test_what_does_not_add_up_is_named(qtbot, jobs, light):
    auditor = Auditor(jobs, light, lambda _: [Check("a"), Check("balances", False)], idle=1)

    qtbot.waitUntil(lambda: light.word.text() == "audit: 1 differ")
    assert "balances" in light.toolTip()
    assert auditor is not None


def test_a_change_stops_the_audit_and_it_is_done_afterwards(qtbot, jobs, light):
    begun = []
    go_on = Event()

    def verify(_session):
        begun.append(1)
        for done in range(1, 1000):
            yield Progress(done, 1000)
            go_on.wait(timeout=5)
        return [Check("balances")]

    auditor = Auditor(jobs, light, verify, idle=1)
    qtbot.waitUntil(lambda: len(begun) == 1)

    with qtbot.waitSignal(jobs.committed):
        jobs.write(lambda _: None)
    go_on.set()

    qtbot.waitUntil(lambda: light.word.text() == "audit ok")
    assert len(begun) == 2
    assert auditor is not None
