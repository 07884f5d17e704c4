"""Ends the installer at moments nobody chose, and sees that a program that works is there."""

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from told import report

from wine.installed import NEWER_THERE, PROGRAM, Installed
from wine.table import NotSo, expect
from wine.windows import PATIENCE, kill, wait_until_gone

TIMES = 10
AT_THE_SWITCH = 0.8
"""Seconds from the first new program in the folder to the end, and some more."""


@dataclass(frozen=True)
class Moment:
    """So many seconds after the start, or after the new program lies beside the old one."""

    seconds: float
    is_at_the_switch: bool = False

    def __str__(self) -> str:
        return (
            f"{self.seconds:.2f} s after {'the copying' if self.is_at_the_switch else 'the start'}"
        )


def moments(duration: float, chance: random.Random) -> list[Moment]:
    """Return moments of an installation, half of them where the versions change.

    Each half is spread: one at random in each of as many equal parts.
    """
    half = TIMES // 2

    def spread(seconds: float) -> list[float]:
        return [seconds * (number + chance.random()) / half for number in range(half)]

    late = [Moment(seconds, is_at_the_switch=True) for seconds in spread(AT_THE_SWITCH)]
    return [*map(Moment, spread(duration)), *late]


def kill_at_random_moments(program: Installed, older: Path, newer: Path) -> str:
    """Kill the upgrade again and again; then it has to come to its end after all."""
    duration = _time_of(program, older, newer)
    seed = random.randrange(10_000)
    seen: list[str] = []
    for moment in moments(duration, random.Random(seed)):
        before = _begin_anew(program, older)
        _kill_at(moment, program, newer)
        expect(program.data() == before, f"killed {moment}: the data is another")
        version = _told_by(program, moment)
        seen.append(version)
        report(f"        killed {moment} ({duration:.2f} s in all): {version} works")
    done = program.install(newer)
    expect(done.code == 0, f"the upgrade after all that ended with {done.code}")
    program.check_works()
    kinds = ", ".join(f"{seen.count(version)} × {version}" for version in sorted(set(seen)))
    return f"{kinds} (of {duration:.1f} s, seed {seed}); then upgraded"


def _time_of(program: Installed, older: Path, newer: Path) -> float:
    _begin_anew(program, older)
    began = monotonic()
    done = program.install(newer)
    expect(done.code == 0, f"the upgrade ended with {done.code}")
    return monotonic() - began


def _begin_anew(program: Installed, older: Path) -> str:
    """Have the older version there, over what a killed upgrade has left if that is not newer."""
    done = program.install(older)
    if done.code == NEWER_THERE:
        program.uninstall()
        done = program.install(older)
    expect(done.code == 0, f"installing the older version again ended with {done.code}")
    return program.data()


def _kill_at(moment: Moment, program: Installed, setup: Path) -> None:
    process = program.windows.open([setup, "/S"])
    if moment.is_at_the_switch:
        end = monotonic() + PATIENCE
        while not (program.folder / f"{PROGRAM}.new").exists():
            expect(monotonic() < end, "the new program did not come")
            sleep(0.005)
    sleep(moment.seconds)
    kill(setup.name)
    process.kill()
    process.wait()
    expect(wait_until_gone(setup.name), "the installer could not be killed")


def _told_by(program: Installed, moment: Moment) -> str:
    """Return the version that works now."""
    try:
        program.check_works()
    except (NotSo, OSError, subprocess.SubprocessError) as problem:
        raise NotSo(f"killed {moment}: {problem}") from problem
    done = program.ask("--version")
    expect(done.code == 0, f"killed {moment}: --version ended with {done.code}")
    return done.said.strip().removeprefix("stockroom ")
