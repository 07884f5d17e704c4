"""A newer version is found in a folder or over https, checked, and refused if anything is odd."""

import hashlib
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.adapters import update_source, updates
from app.adapters.update_source import UpdatesOutOfReach
from app.adapters.updates import (
    UpdateNoteUnusable,
    UpdateNotGenuine,
    UpdateNotKept,
    look_for_update,
)
from app.cli.answers import outcome
from app.core.update_places import NoPlaceForUpdates
from app.core.updates import Copy
from tests.support.unprivileged import open_folder, unprivileged

ROOT = Path(__file__).parents[2]
CERTIFICATE = ROOT / "tests" / "support" / "localhost.pem"
ANOTHER_PROGRAM = """
import sys
from pathlib import Path
from app.adapters.updates import look_for_update
from app.cli.answers import outcome
assert outcome(look_for_update(sys.argv[1], "1.0", Path(sys.argv[2]))).file.is_file()
"""
PROGRAM = b"MZ" + bytes(range(256)) * 3_000
NAME = "stockroom-1.2.0-setup.exe"


def note(**changes):
    part = {"file": NAME, "size": len(PROGRAM), "sha256": hashlib.sha256(PROGRAM).hexdigest()}
    head = {"version": "1.2.0", "notes": "Quicker."}
    head |= {name: changes.pop(name) for name in list(changes) if name in ("version", "notes")}
    return head | {updates.SYSTEM: part | changes}


@pytest.fixture
def share(tmp_path):
    share = tmp_path / "share"
    share.mkdir()
    (share / NAME).write_bytes(PROGRAM)
    (share / "latest.json").write_text(json.dumps(note()))
    return share


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "Updates"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        if self.path.startswith("/slow-to-begin/"):
            self.dribble(b"HTTP/1.0 200 OK" + b"!" * 10_000)
            return
        if self.path.endswith(self.server.slow):
            self.send_response(200)
            self.end_headers()
            self.dribble(bytes(10_000))
            return
        if self.path.startswith("/moved/"):
            self.send_response(302)
            self.send_header("Location", self.server.moved_to + self.path.removeprefix("/moved/"))
            self.end_headers()
            return
        super().do_GET()

    def dribble(self, what):
        """Say something so often that no silence is ever long."""
        with suppress(OSError):
            for letter in what:
                self.wfile.write(bytes([letter]))
                if self.server.leaving.wait(0.05):
                    return


@pytest.fixture
def server(share):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(share)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.slow, server.leaving = "nothing", threading.Event()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.leaving.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(server, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    return f"https://localhost:{server.server_port}"


def look(address, folder, present="1.1.9", copy=None):
    return outcome(look_for_update(str(address), present, folder, copy))


def test_a_newer_version_is_brought_from_a_share_and_checked(share, folder):
    update = look(share, folder)

    assert (update.version, update.notes) == ("1.2.0", "Quicker.")
    assert update.file == folder / NAME
    assert update.file.read_bytes() == PROGRAM
    assert [file.name for file in folder.iterdir()] == [NAME]


def test_it_is_brought_over_https_too(address, folder):
    assert look(address + "/", folder).file.read_bytes() == PROGRAM


def test_a_server_that_nobody_vouches_for_is_not_believed(address, folder, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", "")
    with pytest.raises(UpdatesOutOfReach, match="certificate verify failed"):
        look(address, folder)


def test_a_server_is_followed_elsewhere_but_not_out_of_https(server, address, folder):
    server.moved_to = f"{address}/"
    assert look(f"{address}/moved", folder).version == "1.2.0"

    server.moved_to = f"http://localhost:{server.server_port}/"
    with pytest.raises(NoPlaceForUpdates):
        look(f"{address}/moved", folder)


@pytest.mark.parametrize("present", ["1.2.0", "1.2", "1.10.0", "2.0"])
def test_the_same_version_or_an_older_one_is_not_offered(share, folder, present):
    if present == "1.2":
        (share / "latest.json").write_text(json.dumps(note(version="1.2")))
    assert look(share, folder, present) is None
    assert not folder.exists()


@pytest.fixture
def also(share):
    """Each of the files that a version is given out as, told by the note."""
    names = {"msi": "stockroom-1.2.0.msi", "zip": "stockroom-1.2.0.zip", "deb": "stockroom.deb"}
    for name in names.values():
        (share / name).write_bytes(name.encode())
    parts = [
        {"file": name, "size": len(name), "sha256": hashlib.sha256(name.encode()).hexdigest()}
        for name in names.values()
    ]
    (share / "latest.json").write_text(json.dumps(note(also=parts)))
    return names


@pytest.mark.parametrize("package", ["zip", "deb"])
def test_a_copy_is_brought_what_it_was_installed_from(share, folder, also, package):
    update = look(share, folder, copy=Copy(package))

    assert update.file == folder / also[package]
    assert update.file.read_bytes() == also[package].encode()


@pytest.mark.parametrize("package", ["msi", "setup"])
def test_what_only_the_administrator_may_install_is_named_and_not_brought(
    share, folder, also, package
):
    update = look(share, folder, copy=Copy(package, is_for_all=True))

    assert update.version == "1.2.0"
    assert update.name == (also | {"setup": NAME})[package]
    assert update.file is None
    assert not folder.exists()


@pytest.mark.parametrize("copy", [Copy("zip"), Copy("msi", is_for_all=True)])
def test_a_note_that_names_one_file_offers_nothing_to_a_copy_of_another_kind(share, folder, copy):
    update = look(share, folder, copy=copy)

    assert (update.version, update.name, update.file) == ("1.2.0", "", None)
    assert look(share, folder, copy=Copy("setup")).file == folder / NAME


def test_what_is_for_another_system_only_is_not_offered(share, folder):
    (share / "latest.json").write_text(json.dumps({"version": "9.0", "amiga": {}}))

    assert look(share, folder) is None


@pytest.mark.parametrize(
    ("changes", "detail"),
    [({"sha256": "0" * 64}, "sha256"), ({"size": 10}, "size"), ({"size": 10**8}, "size")],
)
def test_a_file_that_is_not_what_the_note_says_is_thrown_away(share, folder, changes, detail):
    (share / "latest.json").write_text(json.dumps(note(**changes)))
    with pytest.raises(UpdateNotGenuine, match=detail):
        look(share, folder)

    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    "file",
    [
        "..\\evil.exe",
        "../stockroom.exe",
        "sub/stockroom.exe",
        "C:\\stockroom.exe",
        "\\\\host\\share\\stockroom.exe",
        "stockroom.exe:stream.exe",
        "stockroom.exe\n",
        "stockroom.bat",
        "notepad.exe",
        "stockröom.exe",
        "",
        None,
        7,
    ],
)
def test_a_name_that_leads_elsewhere_or_is_no_installer_is_refused(share, folder, file):
    (share / "latest.json").write_text(json.dumps(note(file=file)))
    with pytest.raises(UpdateNoteUnusable, match="file"):
        look(share, folder)

    assert not folder.exists()


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"[" * 60_000,
        b'{"version": 1}',
        b'{"version": "1.2.0-evil"}',
        json.dumps(note(version="99999999.0")).encode(),
        json.dumps(note(size="10")).encode(),
        json.dumps(note(size=True)).encode(),
        json.dumps(note(size=updates.LARGEST + 1)).encode(),
        json.dumps(note(sha256="abc")).encode(),
        json.dumps({"version": "1.2.0", updates.SYSTEM: []}).encode(),
        json.dumps(note(also={})).encode(),
        json.dumps(note(also=[None])).encode(),
        json.dumps(note(also=[{"file": "../stockroom.msi"}])).encode(),
        json.dumps(note(notes="x" * updates.NOTE_SIZE)).encode(),
    ],
)
def test_a_note_that_makes_no_sense_is_told(share, folder, text):
    (share / "latest.json").write_bytes(text)
    with pytest.raises(UpdateNoteUnusable):
        look(share, folder)


def test_notes_are_plain_text(share, folder):
    (share / "latest.json").write_text(json.dumps(note(notes="a\x1b[31m\nb\u202e")))

    assert look(share, folder).notes == "a[31m\nb"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "updates",
        "http://example.com/x",
        "ftp://example.com/x",
        "file:///tmp",
        "https://",
        "https://kim:s3cret@example.com/x",
        "https://example.com/x?y=1",
        "https://[bad/x",
    ],
)
def test_only_folders_and_https_are_places_for_updates(address, folder):
    with pytest.raises(NoPlaceForUpdates) as refusal:
        look(address, folder)

    assert "s3cret" not in str(refusal.value)


def test_a_place_that_cannot_be_reached_is_told(tmp_path, folder, address):
    for place in (tmp_path / "none", f"{address}/none", "https://localhost:1"):
        with pytest.raises(UpdatesOutOfReach):
            look(place, folder)


@pytest.mark.parametrize("slow", ["latest.json", NAME])
def test_a_server_that_only_dribbles_is_given_up(server, address, folder, monkeypatch, slow):
    monkeypatch.setattr(update_source, "LONGEST", 1.0)
    server.slow = slow
    began = time.monotonic()
    with pytest.raises(UpdatesOutOfReach):
        look(address, folder)

    assert time.monotonic() - began < 8
    assert not folder.exists() or not list(folder.iterdir())


def test_a_server_that_only_dribbles_before_it_answers_is_given_up(address, folder, monkeypatch):
    monkeypatch.setattr(update_source, "LONGEST", 1.0)
    began = time.monotonic()
    with pytest.raises(UpdatesOutOfReach):
        look(f"{address}/slow-to-begin", folder)

    assert time.monotonic() - began < 8


def test_a_long_file_may_take_longer_than_one_piece_of_it(address, folder, monkeypatch):
    monkeypatch.setattr(update_source, "LONGEST", 0.5)
    steps = look_for_update(address, "1.0", folder)
    for _piece in range(2):
        next(steps)
        time.sleep(0.4)

    assert outcome(steps).file.read_bytes() == PROGRAM


def test_what_lies_ready_is_not_brought_again_unless_it_was_changed(share, folder):
    look(share, folder)
    (share / NAME).write_bytes(b"other")
    assert look(share, folder).file.read_bytes() == PROGRAM

    (folder / NAME).write_bytes(PROGRAM[:-1] + b"!")
    with pytest.raises(UpdateNotGenuine):
        look(share, folder)


def test_earlier_installers_go_and_nothing_else(share, folder):
    folder.mkdir(parents=True)
    halves = ("stockroom-1.1.5.msi.part", "stockroom-1.1.9.deb.0123456789abcdef.part")
    for name in ("stockroom-1.1.0-setup.exe", *halves, "letter.txt"):
        (folder / name).write_text("old")
    for name in halves:
        os.utime(folder / name, (0, 0))
    look(share, folder)

    assert {file.name for file in folder.iterdir()} == {NAME, "letter.txt"}


def test_what_another_window_is_just_bringing_is_left_to_it(share, folder):
    folder.mkdir(parents=True)
    (folder / f"{NAME}.0123456789abcdef.part").write_text("half")
    look(share, folder)

    assert {file.name for file in folder.iterdir()} == {NAME, f"{NAME}.0123456789abcdef.part"}


def test_two_windows_that_look_by_turns_do_not_damage_what_the_other_brings(share, folder):
    first, second = (look_for_update(str(share), "1.0", folder) for _ in range(2))
    next(first)
    next(second)

    assert outcome(first).file.read_bytes() == PROGRAM
    assert outcome(second).file.read_bytes() == PROGRAM
    assert [file.name for file in folder.iterdir()] == [NAME]


def test_windows_that_look_at_the_same_moment_each_get_the_whole_file(share, folder):
    together = threading.Barrier(4)

    def window(_number):
        together.wait()
        return look(share, folder).file.read_bytes() == PROGRAM

    with ThreadPoolExecutor(4) as windows:
        for _turn in range(10):
            assert all(windows.map(window, range(4)))
            assert [file.name for file in folder.iterdir()] == [NAME]
            (folder / NAME).unlink()


def test_other_programs_at_the_same_moment_get_the_whole_file_too(share, folder):
    words = [sys.executable, "-c", ANOTHER_PROGRAM, str(share), str(folder)]
    others = [subprocess.Popen(words, cwd=ROOT) for _ in range(3)]

    assert [other.wait(60) for other in others] == [0, 0, 0]
    assert (folder / NAME).read_bytes() == PROGRAM
    assert [file.name for file in folder.iterdir()] == [NAME]


def test_stopping_half_way_leaves_nothing(share, folder):
    steps = look_for_update(str(share), "1.0", folder)
    next(steps)
    steps.close()

    assert not list(folder.iterdir())


def test_an_own_folder_that_cannot_be_made_is_told_as_that(share, folder):
    folder.parent.mkdir()
    folder.write_text("in the way")
    with pytest.raises(UpdateNotKept, match=re.escape(str(folder))):
        look(share, folder)


@pytest.mark.needs("a system like Unix")
def test_an_own_folder_that_cannot_be_written_to_is_told_as_that(share):
    with open_folder() as folder:
        place = folder / "share"
        shutil.copytree(share, place)
        os.chmod(place, 0o755)
        own = folder / "own"
        own.mkdir(mode=0o755)
        os.chmod(own, 0o555)
        with unprivileged(), pytest.raises(UpdateNotKept, match="Permission denied"):
            look(place, own)
        os.chmod(own, 0o755)
