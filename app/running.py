"""Lets a program that runs already be brought forward by the next start, before Qt is loaded.

A start claims a name on this PC and listens there. The name is the operating system's: it is gone
with the process, however that ends, so nothing stale can stand in the way of the next one. Others
may claim it too: who answers proves to know a random word that only the user can read.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from multiprocessing.connection import Client, Listener
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from app.settings import word_file

FAMILY = "AF_PIPE" if sys.platform == "win32" else "AF_UNIX"
SHOW, OVER = b"show", b"over"
WORD, CHALLENGE = 16, 16  # bytes, all random
PATIENCE = 2.0
"""Seconds that a running program has to answer; one that hangs does not keep others from work."""

RELIEF = 0.5  # seconds for a caller that says nothing, after a failure, and for a share
QUEUE = 16  # starts that may wait for their answer


def key_of(database: str, user: str = "") -> str:
    """Return what two starts agree in if they mean the same window.

    `database` is a path or URL, as the user stated; `user` is who was stated to work there. It is
    "", and no window is found, where no word of the user's own can be kept. Others must not see it.
    """
    word = _own_word(word_file())
    return "\n".join((word, _session(), user, _resolved(database))) if word else ""


def knock(key: str) -> bool:
    """Ask the program that runs under this key to come forward; tell whether it answered."""
    proven: list[str] = []
    _let_come_forward()
    asking = Thread(target=_ask, args=(key, SHOW, proven), daemon=True)
    asking.start()
    asking.join(PATIENCE)
    return proven == [key]


class Door:
    """Where a running program hears the next start knock.

    `heard` is called in another thread each time; while there is none, the window is still to come
    and will be in front by itself.
    """

    def __init__(self) -> None:
        self.heard: Callable[[], object] | None = None
        self._key = ""
        self._listener: Listener | None = None
        self._thread: Thread | None = None
        self._one_at_a_time = Lock()

    def claim(self, key: str) -> bool:
        """Listen under this key from now on; False, and as before, if another program does."""
        if not key:
            return False
        with self._one_at_a_time:
            if key == self._key:
                return True
            try:
                # `backlog` is for sockets; pipes queue as many as there are.
                listener = Listener(_name(key), FAMILY, backlog=QUEUE)
            except OSError:
                return False
            self._leave()
            self._key, self._listener = key, listener
            self._thread = Thread(
                target=self._listen, args=(listener, key), name="door", daemon=True
            )
            self._thread.start()
            return True

    def close(self) -> None:
        """Listen no longer: the next start is on its own."""
        with self._one_at_a_time:
            self._leave()

    def _leave(self) -> None:
        if self._listener and self._thread:
            ending = Thread(target=_ask, args=(self._key, OVER, []), daemon=True)
            ending.start()  # nothing else ends the wait on both systems
            ending.join(PATIENCE)
            self._thread.join(PATIENCE)
            self._listener.close()
        self._key, self._listener, self._thread = "", None, None

    def _listen(self, listener: Listener, key: str) -> None:
        word = b""
        while word != OVER and self._listener is listener:
            try:
                caller = listener.accept()
            except OSError:  # too many open files, say
                time.sleep(RELIEF)
                continue
            with caller, suppress(OSError, EOFError):
                word = b""
                if _is_own(caller) and caller.poll(RELIEF):
                    said = caller.recv_bytes(len(SHOW) + CHALLENGE)
                    word, challenge = said[: len(SHOW)], said[len(SHOW) :]
                    self._hear(word)
                    caller.send_bytes(_proof(key, challenge))

    def _hear(self, word: bytes) -> None:
        if word == SHOW and self.heard:
            self.heard()


def _ask(key: str, word: bytes, proven: list[str]) -> None:
    if not key:
        return
    challenge = os.urandom(CHALLENGE)
    with suppress(OSError, EOFError), Client(_name(key), FAMILY) as running:
        if _is_own(running):
            running.send_bytes(word + challenge)
            if running.recv_bytes(sha256().digest_size) == _proof(key, challenge):
                proven.append(key)


def _proof(key: str, challenge: bytes) -> bytes:
    """Return what only who knows the key can answer."""
    return sha256(challenge + key.encode("utf-8", "surrogatepass")).digest()


def _own_word(file: Path) -> str:
    """Return the random word of this user, which the first start makes; "" if there can be none.

    Another start may be making it now. Half of one is of a start that was cut off.
    """
    with suppress(OSError):
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            with suppress(FileExistsError), open(file, "xb", opener=_for_the_user_alone) as new:
                new.write(os.urandom(WORD))
        end = time.monotonic() + RELIEF
        while time.monotonic() < end:
            if len(word := file.read_bytes()) == WORD:
                return word.hex()
            time.sleep(0.01)
        file.unlink()
    return ""


def _for_the_user_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _name(key: str) -> str:
    name = f"stockroom-{sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()}"
    if sys.platform == "win32":
        return rf"\\.\pipe\{name}"
    return f"\0{name}"  # in Linux's abstract namespace: there is no file that could be left over


def _resolved(database: str) -> str:
    kind, _, rest = database.partition("://")
    if rest and kind.startswith("postgres"):
        with suppress(ValueError):  # a port that is no number; opening will tell
            url = urlsplit(database)
            server = f"{url.hostname or ''}:{url.port or 5432}"
            return f"{url.username or ''}@{server}{url.path}?{url.query}"
    if rest and kind.startswith("sqlite"):
        database = rest.removeprefix("/").partition("?")[0]
    return os.path.normcase(_real(database))


def _real(path: str) -> str:
    """Return the path without links, as far as its folders answer in time: a share may be away."""
    found = [os.path.abspath(path)]
    looking = Thread(target=_follow, args=(path, found), daemon=True)
    looking.start()
    looking.join(RELIEF)
    return found[-1]


def _follow(path: str, found: list[str]) -> None:
    with suppress(OSError, ValueError, RuntimeError):  # a loop of links, a home that nobody has
        found.append(str(Path(path).expanduser().resolve()))


if sys.platform == "win32":

    def _session() -> str:
        import ctypes  # noqa: PLC0415 -- only Windows needs it

        session = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        return f"{os.environ.get('USERDOMAIN')}\\{os.environ.get('USERNAME')} {session.value}"

    def _let_come_forward() -> None:
        """Windows lets only the program in front, this one, say who else may come there."""
        import ctypes  # noqa: PLC0415 -- only Windows needs it

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY

    def _is_own(_caller: Any) -> bool:
        return True  # who answers proves it, and Windows lets only the user write to their pipe

else:
    import socket
    import struct

    def _session() -> str:
        display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
        return f"{os.getuid()} {display}"

    def _let_come_forward() -> None:
        pass

    def _is_own(caller: Any) -> bool:
        """Tell whether the same user is at the other end: the namespace is open to all."""
        with socket.fromfd(caller.fileno(), socket.AF_UNIX, socket.SOCK_STREAM) as end:
            found = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
        return int(struct.unpack("3i", found)[1]) == os.getuid()
