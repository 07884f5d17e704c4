"""What a Screen does while a question takes long."""

from threading import Event

import pytest

from app.ui.parts import ActionButton
from app.ui.screen import Screen

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class Desk(Screen):
    title = "Desk"


def test_actions_are_held_while_a_long_question_is_answered(qtbot, jobs):
    desk = Desk(jobs)
    qtbot.addWidget(desk)
    button = ActionButton("Export", "Ctrl+E", "export")
    desk.footer.add_button(button)
    desk.banner.show_good("Done before.")
    go_on = Event()

    job = desk.gather(lambda _: go_on.wait(timeout=5))

    assert desk.banner.isHidden()
    assert not button.isEnabled()
    with qtbot.waitSignal(job.finished):
        go_on.set()
    assert button.isEnabled()
