"""A user who never started the program does, then starts it twice."""

import shutil
from time import monotonic, sleep

from wine.installed import PROGRAM, Installed
from wine.rig import Rig
from wine.table import Table, expect
from wine.windows import running
from wine.working import close_window

NAME = "Laden-2"


class FirstStart:
    """What the window asks before there is any data, and what another start finds."""

    def __init__(self, rig: Rig, program: Installed) -> None:
        self._rig, self._program = rig, program

    def prove(self, table: Table) -> None:
        table.prove("first start: a new company by keys", self._begin)
        table.prove("second start brings the window forward", self._start_twice)

    def _begin(self) -> str:
        folder = self._program.database.parent
        shutil.rmtree(folder)
        screen = self._rig.screen
        screen.use_layout("us")
        process = self._program.open()
        try:
            screen.wait_for("Stockroom")
            screen.wait_to_read("Welcome", "Which company", "AppData\\Local\\Stockroom")
            screen.picture(self._rig.pictures / "first_start" / "asked.png")
            screen.key("Return")
            screen.wait_to_read("All of the company lies in this one file")
            screen.key("alt+i")
            screen.key("ctrl+a")
            screen.write(NAME)
            screen.picture(self._rig.pictures / "first_start" / "named.png")
            screen.key("Return")
            screen.wait_to_read("This company has no items yet")
            screen.picture(self._rig.pictures / "first_start" / "begun.png")
            close_window(self._program, screen, process)
        finally:
            self._program.stop()
        found = [path.name for path in folder.glob("*.db")]
        expect(found == [f"{NAME}.db"], f"databases: {found}")
        self._program.check_works("--db", folder / found[0])
        self._program.check_works()
        return f"{found[0]} where the page said, verified, and set for the next start"

    def _start_twice(self) -> str:
        """The window is minimized before: behind another one, Wine raises it without the keys."""
        screen = self._rig.screen
        process = self._program.open()
        try:
            window = screen.wait_for("Stockroom")
            screen.wait_to_read("This company has no items yet")
            title = screen.front()
            screen.minimize(window)
            expect(screen.front() != title, "it could not be minimized")
            began = monotonic()
            second = self._program.ask(program=PROGRAM, patience=60)
            took = monotonic() - began
            expect(second.code == 0, f"the second start ended with {second.code}")
            expect(len(running(PROGRAM)) == 1, f"processes: {running(PROGRAM)}")
            expect(self._comes_forward(title), f"in front is {screen.front()!r}")
            screen.picture(self._rig.pictures / "first_start" / "twice.png")
            close_window(self._program, screen, process)
        finally:
            self._program.stop()
        return f"one process, its window back with the keys; the second ended in {took:.1f} s"

    def _comes_forward(self, title: str, patience: float = 5.0) -> bool:
        end = monotonic() + patience
        while self._rig.screen.front() != title:
            if monotonic() > end:
                return False
            sleep(0.1)
        return True
