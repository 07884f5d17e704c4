"""A storm of scans at the real window while it is posting documents.

    python -m tests.stress.scan_storm --scans 2000 --rate 20
    QT_QPA_PLATFORM=xcb xvfb-run python -m tests.stress.scan_storm --keys x11

Every scan must come out in the books exactly once, and no key of it may reach a widget.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import select

from app.core.catalogue import LocationKind
from app.core.documents import Document, DocumentType, Line, new_key
from app.core.gtin import as_gtin14, check_digit
from app.core.scans import Effect, Tone
from app.db.database import Database
from app.db.tables import BarcodeRow, DocumentRow, ItemRow, LocationRow, MovementRow
from app.ledger.posting import post
from app.ledger.verify import verify
from app.scanning.keys import Key
from app.settings import Settings
from app.shell.frame import Frame
from app.shell.program import Program
from tests.support.keyboard import Keyboard

ITEMS = 40
MOVED = 50  # lines of each document that is posted meanwhile
POST_EVERY = 100  # scans
REFOCUS_EVERY = 170  # milliseconds
STALL_EVERY = 1_000  # milliseconds
PATIENCE = 180.0  # seconds, for what is still under way when the last key is struck


@dataclass
class Outcome:
    """What came of it. `posted_meanwhile`: documents of others that were saved during the storm."""

    sent: int = 0
    booked: int = 0
    lost: int = 0
    doubled: int = 0
    typed: int = 0
    refused: list[str] = field(default_factory=list)
    receipts: int = 0
    posted_meanwhile: int = 0
    seconds: float = 0.0
    waited_ms_p50: float = 0.0
    waited_ms_p99: float = 0.0
    is_sound: bool = False

    @property
    def is_good(self) -> bool:
        wrong = (self.lost, self.doubled, self.typed, len(self.refused))
        return not any(wrong) and self.is_sound and self.posted_meanwhile > 0


@dataclass(frozen=True)
class Weather:
    """`rate` in scans a second; `stall_ms`: so long the window does nothing, once a second."""

    scans: int = 2_000
    rate: float = 20
    keys: str = "qt"
    stall_ms: int = 0


class Leaks(QObject):
    """Counts keys that reach a widget: nobody types here, so each is one of a scan's.

    Shift alone does nothing, and the first of a scan may pass.
    """

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_typed = not isinstance(watched, QWindow) and event.key() != Qt.Key.Key_Shift
            self.count += is_typed
        return False


class Hand:
    """Strikes the keys of a plan at their moments, within this program."""

    def __init__(self, plan: Sequence[tuple[float, str]]) -> None:
        self._left = deque(plan)
        self._started = monotonic()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._strike)
        self._timer.start(1)

    def _strike(self) -> None:
        """What is due and could not be struck while the window was busy waited in its queue."""
        now = (monotonic() - self._started) * 1000
        while self._left and self._left[0][0] <= now:
            due, char = self._left.popleft()
            window = QGuiApplication.focusWindow()
            name = "Return" if char == "\r" else "char"
            mods = "S" if char.isupper() or char == ":" else ""
            Keyboard(window, start_ms=10_000).strike(Key(due, char, name, 0, mods))

    def is_done(self) -> bool:
        return not self._left


class XHand:
    """Has another program strike the keys, through the X server."""

    def __init__(self, plan: Sequence[tuple[float, str]]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("x_keys.py")],
            stdin=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdin
        self._process.stdin.write(json.dumps(plan) + "\n")
        self._process.stdin.close()

    def is_done(self) -> bool:
        return self._process.poll() is not None


class Storm:
    """Sets up a stock, opens the window on it and lets it rain."""

    def __init__(self, where: str, folder: Path, weather: Weather) -> None:
        self.outcome = Outcome(sent=weather.scans)
        self._random = random.Random(4711)
        self._weather = weather
        self._arrived: deque[float] = deque()
        self._waits: list[float] = []
        self._database = Database(where)
        self._database.create()
        self.codes = _stock(self._database)
        self._program = Program(
            Settings(user="storm", sound=0, theme="light"),
            lambda: Database(where),
            file=folder / "settings.toml",
            log=folder / "log",
        )
        self._frame = Frame()
        self._others = 0

    def rain(self) -> Outcome:
        """Send all scans, wait until they are worked off, and look in the books."""
        self._open()
        plan, expected = self._plan()
        started = monotonic()
        self.outcome.typed = self._strike(plan)
        self.outcome.seconds = round(monotonic() - started, 1)
        self._others = -1
        _wait_until(self._program.jobs.is_idle, PATIENCE)
        self._look_in_the_books(expected)
        self._close()
        return self.outcome

    def _strike(self, plan: list[tuple[float, str]]) -> int:
        """Strike all keys, among all that may go on meanwhile, and return how many leaked."""
        leaks = Leaks()
        QApplication.instance().installEventFilter(leaks)
        listening = self._program.listening
        listening.router.settled.connect(self._note)
        listening.filter.scanned.connect(self._note_arrival)
        timers = []
        for interval, happens in ((REFOCUS_EVERY, self._wander), (STALL_EVERY, self._stall)):
            timers.append(QTimer(interval=interval))
            timers[-1].timeout.connect(happens)
            timers[-1].start()
        self._post_another()
        hand = (Hand if self._weather.keys == "qt" else XHand)(plan)
        _wait_until(hand.is_done, PATIENCE + plan[-1][0] / 1000)
        _wait(300)
        _wait_until(listening.router.is_idle, PATIENCE)
        for timer in timers:
            timer.stop()
        QApplication.instance().removeEventFilter(leaks)
        return leaks.count

    def _close(self) -> None:
        self._program.window.close()
        self._frame.close()
        self._program.close()
        self._database.close()

    def _open(self) -> None:
        self._frame.show()
        self._frame.fill(self._program.window)
        self._frame.activateWindow()
        _wait_until(lambda: self._program.jobs.is_open, PATIENCE)
        _wait_until(lambda: self._program.window.current_screen() is not None, PATIENCE)
        self._program.window.screen_named("receiving")
        _wait_until(lambda: QGuiApplication.focusWindow() is not None, PATIENCE)
        _wait_until(self._program.jobs.is_idle, PATIENCE)

    def _plan(self) -> tuple[list[tuple[float, str]], Counter[str]]:
        """Return when which key is struck, and how often each SKU is scanned."""
        skus = list(self.codes)
        expected: Counter[str] = Counter()
        plan: list[tuple[float, str]] = []
        last, now, apart = "", 0.0, 1000 / self._weather.rate
        for number in range(1, self.outcome.sent + 1):
            last = self._random.choice([sku for sku in skus if sku != last])
            expected[last] += 1
            plan += _strokes(self.codes[last], now, apart)
            now += apart
            if number % POST_EVERY == 0 or number == self.outcome.sent:
                plan += _strokes("CMD:POST", now, apart)
                now += apart
        return plan, expected

    def _note_arrival(self, _text: str) -> None:
        self._arrived.append(monotonic())

    def _note(self, effect: Effect) -> None:
        if self._arrived:
            self._waits.append((monotonic() - self._arrived.popleft()) * 1000)
        if effect.tone == Tone.BAD:
            self.outcome.refused.append(effect.text)

    def _wander(self) -> None:
        """Put the focus somewhere else, as a clerk who is not looking does."""
        screen = self._program.window.current_screen()
        if screen is None:
            return
        places = [
            widget
            for widget in screen.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy()
        ]
        if places:
            self._random.choice(places).setFocus()

    def _stall(self) -> None:
        sleep(self._weather.stall_ms / 1000)

    def _post_another(self) -> None:
        """Post one document after the other, as others do at the same time."""
        if self._others < 0:
            return
        self._others += 1
        here, there = ("MAIN/A/A-01", "MAIN/A/A-02")
        if self._others % 2 == 0:
            here, there = there, here
        document = Document(
            key=new_key(),
            type=DocumentType.TRANSFER,
            lines=tuple(
                Line(item=f"MOVED-{n}", quantity=Decimal(1), source=here, target=there)
                for n in range(MOVED)
            ),
        )
        job = self._program.jobs.write(post, document)
        job.succeeded.connect(self._count_posted)

    def _count_posted(self, _posted: Any) -> None:
        self.outcome.posted_meanwhile += 1
        QTimer.singleShot(20, self._post_another)

    def _look_in_the_books(self, expected: Counter[str]) -> None:
        with self._database.reading() as session:
            rows = session.execute(
                select(ItemRow.sku, MovementRow.quantity)
                .join(ItemRow, ItemRow.id == MovementRow.item_id)
                .join(DocumentRow, DocumentRow.id == MovementRow.document_id)
                .where(DocumentRow.type == DocumentType.RECEIPT)
            ).all()
            self.outcome.receipts = len(
                session.scalars(
                    select(DocumentRow.id).where(DocumentRow.type == DocumentType.RECEIPT)
                ).all()
            )
            self.outcome.is_sound = all(check.ok for check in _checks(verify(session)))
        booked: Counter[str] = Counter()
        for sku, quantity in rows:
            booked[sku] += int(quantity)
        self.outcome.booked = booked.total()
        self.outcome.lost = (expected - booked).total()
        self.outcome.doubled = (booked - expected).total()
        waits = sorted(self._waits)
        if waits:
            self.outcome.waited_ms_p50 = round(waits[len(waits) // 2], 1)
            self.outcome.waited_ms_p99 = round(waits[len(waits) * 99 // 100], 1)


def _checks(outcome: Any) -> Any:
    """Return the result of a service that reports its progress on the way, or not."""
    if not isinstance(outcome, Iterator):
        return outcome
    try:
        while True:
            next(outcome)
    except StopIteration as end:
        return end.value


def _strokes(code: str, start: float, apart: float) -> list[tuple[float, str]]:
    """Spread a code and its Enter over most of the time until the next one."""
    keys = f"{code}\r"
    gap = min(5.0, apart * 0.9 / len(keys))
    return [(start + at * gap, char) for at, char in enumerate(keys)]


def _stock(database: Database) -> dict[str, str]:
    """Make items to scan and items to move, and return the codes of the former by SKU."""
    codes = {}
    with database.writing() as session:
        site = LocationRow(path="MAIN", code="MAIN", kind=LocationKind.SITE)
        session.add(site)
        session.flush()
        for path, kind in (
            ("MAIN/DOCK", LocationKind.DOCK),
            ("MAIN/TRANSIT", LocationKind.TRANSIT),
            ("MAIN/A/A-01", LocationKind.STORAGE),
            ("MAIN/A/A-02", LocationKind.STORAGE),
        ):
            code = path.rsplit("/", 1)[-1]
            session.add(LocationRow(path=path, code=code, kind=kind, parent_id=site.id))
        for number in range(ITEMS):
            digits = f"400{number:09}"
            codes[f"SCAN-{number}"] = f"{digits}{check_digit(digits)}"
        for sku in [*codes, *(f"MOVED-{number}" for number in range(MOVED))]:
            item = ItemRow(sku=sku, name=sku.title())
            session.add(item)
            session.flush()
            if code := codes.get(sku):
                session.add(BarcodeRow(item_id=item.id, code=code, gtin=as_gtin14(code)))
    database.run(lambda session: post(session, _opening()))
    return codes


def _opening() -> Document:
    lines = tuple(
        Line(
            item=f"MOVED-{number}",
            quantity=Decimal(10),
            target="MAIN/A/A-01",
            unit_cost=Decimal(1),
        )
        for number in range(MOVED)
    )
    return Document(key=new_key(), type=DocumentType.OPENING, lines=lines)


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _wait_until(holds: Callable[[], bool], seconds: float) -> None:
    end = monotonic() + seconds
    while not holds():
        if monotonic() > end:
            raise TimeoutError("what was waited for did not happen")
        _wait(10)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", type=int, default=2_000)
    parser.add_argument("--rate", type=float, default=20, help="scans a second")
    parser.add_argument("--keys", choices=("qt", "x11"), default="qt")
    parser.add_argument("--stall", type=int, default=0, help="milliseconds, once a second")
    parser.add_argument("--database", default="", help="a new file, or the URL of an empty one")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication([])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        where = options.database or str(folder / "storm.db")
        weather = Weather(options.scans, options.rate, options.keys, options.stall)
        outcome = Storm(where, folder, weather).rain()
    print(json.dumps(asdict(outcome), indent=1))
    application.quit()
    return 0 if outcome.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
