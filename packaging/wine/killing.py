"""Ends the installer at moments nobody chose, and sees that a program that works is there."""

import random
import subprocess
from pathlib import Path
from time import monotonic, sleep

from told import report

from wine.installed import NEWER_THERE, Installed
from wine.table import NotSo, expect
from wine.windows import kill, wait_until_gone

TIMES = 10
NEAR_THE_END = 0.25


def moments(duration: float, chance: random.Random) -> list[float]:
    """Return moments within a duration, half of them near its end, where the versions change.

    Each half is spread: one at random in each of as many equal parts.
    """
    half = TIMES // 2
    parts = [(number + chance.random()) / half for number in range(half)]
    late = [1 - NEAR_THE_END * (number + chance.random()) / half for number in range(half)]
    return sorted(duration * part for part in (*parts, *late))


def kill_at_random_moments(program: Installed, older: Path, newer: Path) -> str:
    """Kill the upgrade again and again; then it has to come to its end after all."""
    duration = _time_of(program, older, newer)
    seed = random.randrange(10_000)
    seen: list[str] = []
    for moment in moments(duration, random.Random(seed)):
        before = _begin_anew(program, older)
        _kill_after(program, newer, moment)
        expect(program.data() == before, f"killed after {moment:.2f} s: the data is another")
        version = _told_by(program, moment)
        seen.append(version)
        report(f"        killed after {moment:.2f} s of {duration:.2f}: {version} works")
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


def _kill_after(program: Installed, setup: Path, seconds: float) -> None:
    process = program.windows.open([setup, "/S"])
    sleep(seconds)
    kill(setup.name)
    process.kill()
    process.wait()
    expect(wait_until_gone(setup.name), "the installer could not be killed")


def _told_by(program: Installed, moment: float) -> str:
    """Return the version that works now."""
    try:
        program.check_works()
    except (NotSo, OSError, subprocess.SubprocessError) as problem:
        raise NotSo(f"killed after {moment:.2f} s: {problem}") from problem
    done = program.ask("--version")
    expect(done.code == 0, f"killed after {moment:.2f} s: --version ended with {done.code}")
    return done.said.strip().removeprefix("stockroom ")
