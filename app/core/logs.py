"""The log: which file is whose, how long it may become, and that it holds no passwords."""

import logging
import sys
from contextlib import suppress
from logging.handlers import MemoryHandler, RotatingFileHandler
from pathlib import Path
from typing import IO

from typing_extensions import override

from app.core.errors import Unavailable, marked
from app.core.secrets import masked

LOG_NAME = "stockroom.log"
LOG_SIZE = 1_000_000  # bytes of one file
LOG_COUNT = 5
LOGS = 9
"""So many programs at once have a log of their own; bounded like everything that is kept."""

GATHERING = "stockroom gathering"
STAND_IN = "stockroom stand-in"
"""Names of handlers that are there until there is a file, and instead of one."""

GATHERED = 1_000  # lines
FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"


class LogRefused(Unavailable):
    template = marked(
        "What happens cannot be written down: {file} cannot be made or written to ({detail})."
        " The program works without, but nobody can look up later what went wrong."
    )


class Discreet(logging.Formatter):
    """Writes no passwords down, wherever in a message or its traceback they stand."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        return masked(super().format(record))


class LogFile(RotatingFileHandler):
    """The log of this program alone for as long as it runs: Windows renames no file that another
    one has open."""

    def __init__(self, folder: Path) -> None:
        file, self._lock = _claim(folder)
        super().__init__(file, "a", LOG_SIZE, LOG_COUNT, encoding="utf-8")
        self.file = Path(self.baseFilename)

    @override
    def doRollover(self) -> None:
        """Somebody may be reading it: then it goes on as it is, and the next line tries again."""
        with suppress(OSError):
            super().doRollover()
        if self.stream is None:
            self.stream = self._open()

    @override
    def close(self) -> None:
        super().close()
        if self._lock:
            self._lock.close()


def gather_log() -> None:
    """Keep in mind what is logged from now on, until `keep_log` says where it is written."""
    handler = MemoryHandler(GATHERED, flushLevel=logging.CRITICAL + 1, flushOnClose=False)
    _add(handler, GATHERING)


def keep_log(folder: Path) -> Path:
    """Write the log to a folder, from now on, and what was gathered; return its file.

    Raises LogRefused where that is not possible; what is worse than usual goes to the standard
    error then.
    """
    close_log(folder)
    _drop(STAND_IN)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = LogFile(folder)
    except OSError as fault:
        # A program of windows on Windows has no standard error.
        instead = logging.StreamHandler() if sys.stderr else logging.NullHandler()
        _add(instead, STAND_IN, logging.WARNING)
        _hand_over(instead)
        raise LogRefused(file=folder / LOG_NAME, detail=fault.strerror or fault) from fault
    _add(handler, str(handler.file))
    _hand_over(handler)
    return handler.file


def _hand_over(handler: logging.Handler) -> None:
    """Write what was gathered, after the handler was told to hear what comes."""
    for record in _drop(GATHERING):
        if record.levelno >= handler.level:
            handler.handle(record)


def close_log(folder: Path) -> None:
    """Let go of what is written to a folder: Windows lets nobody delete a file that is open."""
    for handler in logging.getLogger().handlers[:]:
        if isinstance(handler, LogFile) and handler.file.parent == folder.absolute():
            _drop(handler.name)


def _add(handler: logging.Handler, name: str, level: int = logging.INFO) -> None:
    _drop(name)
    handler.name = name
    handler.setLevel(level)
    handler.setFormatter(Discreet(FORM))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # else it tells how it was set up


def _drop(name: str | None) -> list[logging.LogRecord]:
    """Take the handler with this name away, if there is one; return what it had gathered."""
    root, gathered = logging.getLogger(), []
    for handler in [one for one in root.handlers if one.name == name]:
        root.removeHandler(handler)
        gathered += handler.buffer if isinstance(handler, MemoryHandler) else []
        handler.close()
    return gathered


def _claim(folder: Path) -> tuple[Path, IO[str] | None]:
    """Return the first log that no other program writes, and what keeps it ours.

    It is the system's lock on a file beside it: gone with the process, however that ends.
    """
    for number in range(1, LOGS + 1):
        file = folder / (LOG_NAME if number == 1 else f"stockroom-{number}.log")
        lock = file.with_suffix(".lock").open("a", encoding="utf-8")
        if _lock(lock):
            return file, lock
        lock.close()
    return file, None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
