"""Runs a command where it can leave nothing behind: its mounts and processes end with it."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from types import FrameType

from told import CannotGoOn

TOOLS = ("unshare", "setpriv", "mount", "chroot")


def check_rights() -> None:
    """Refuse at once where the rig cannot work, and say why."""
    if sys.platform != "linux" or not shutil.which("apt-get"):
        raise CannotGoOn("This needs Debian: it sets up Wine from Debian's packages.")
    if os.geteuid() != 0:
        raise CannotGoOn("This has to be run by root: it mounts, and runs Wine in a chroot.")
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        raise CannotGoOn(f"This needs {', '.join(missing)}, which are in Debian's util-linux.")
    tried = subprocess.run([*_apart(), "true"], check=False, capture_output=True, text=True)
    if tried.returncode:
        raise CannotGoOn(f"This machine lets nobody have mounts of their own: {tried.stderr}")


def run_apart(words: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a command in namespaces of its own and return its exit status.

    However it or this process ends, all that it started ends too, and its mounts are gone.
    """
    signal.signal(signal.SIGTERM, _stop)
    process = subprocess.Popen([*_apart(), *words], env=dict(variables))
    try:
        return process.wait()
    finally:
        process.kill()
        process.wait()


def _apart() -> list[str]:
    die_with_us = ["setpriv", "--pdeathsig", "KILL"]
    return [*die_with_us, "unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
