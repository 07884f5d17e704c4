"""A company that lies on a server: joined by keys, worked on by scanner and by commands."""

import shutil

from wine.installed import Installed
from wine.rig import Rig
from wine.server import HOST, USER, Server
from wine.table import Table, expect
from wine.working import HERE, THERE, close_window, make_company, open_screen

ITEM, CODE = "TEA-100", "4006381333931"
OTHERS = "99"
"""How many of the 100 are where they were once one was moved."""


class OnServer:
    """The installed program and PostgreSQL, by the driver that came with it."""

    def __init__(self, rig: Rig, program: Installed, server: Server) -> None:
        self._rig, self._program, self._server = rig, program, server

    def prove(self, table: Table) -> None:
        table.prove("commands on a PostgreSQL server", self._ask)
        table.prove("shared database joined by keys", self._join)

    def _ask(self) -> str:
        make_company(self._program, self._rig.work / "server", "--db", self._server.url)
        self._program.check_works("--db", self._server.url)
        found = self._on_hand()
        expect(found == {HERE: "100"}, f"on hand: {found}")
        return f"tables made, documents posted, verified: 100 {ITEM} at {HERE}"

    def _join(self) -> str:
        """The user is one who never started the program: the page asks."""
        own = self._program.database.parent
        aside = own.with_name("Stockroom aside")
        own.rename(aside)
        try:
            self._join_by_keys()
            kept = "".join(path.read_text("utf-8", "replace") for path in own.rglob("*.toml"))
            expect(HOST in kept and USER in kept, f"the settings say {kept!r}")
            for path in own.rglob("*"):
                written = path.read_bytes() if path.is_file() else b""
                expect(self._server.password.encode() not in written, f"password in {path}")
        finally:
            shutil.rmtree(own, ignore_errors=True)
            aside.rename(own)
        found = self._on_hand()
        expect(found == {HERE: OTHERS, THERE: "1"}, f"on hand: {found}")
        return f"1 {ITEM} moved by scanner; no password in what was written"

    def _join_by_keys(self) -> None:
        screen, pictures = self._rig.screen, self._rig.pictures / "server"
        screen.use_layout("us")
        process = self._program.open()
        try:
            screen.wait_for("Stockroom")
            screen.wait_to_read("Welcome", "Join a shared database")
            for key in ("Tab", "Tab", "Return"):
                screen.key(key)
            screen.wait_to_read("Keep the password")
            screen.write(self._server.url)
            screen.picture(pictures / "address.png")
            screen.key("Return")
            screen.wait_to_read("audit ok")
            open_screen(screen, "F4", "Transfer")
            for code in (f"LOC:{HERE}", CODE, f"LOC:{THERE}"):
                screen.scan(code)
            screen.wait_to_read("A-2")
            screen.picture(pictures / "scanned.png")
            screen.key("ctrl+Return")
            screen.wait_to_read("TR-0")
            screen.picture(pictures / "posted.png")
            close_window(self._program, screen, process)
        finally:
            self._program.stop()

    def _on_hand(self) -> dict[str, str]:
        lines = self._program.answer("stock", "--item", ITEM, "--db", self._server.url)
        return {line["location"]: line["on_hand"] for line in lines}
