"""The file for support: all there is to know, no secrets, and made of whatever is broken."""

import json
import os
import re
import sqlite3
import zipfile
from contextlib import closing

import pytest
from sqlalchemy import make_url, text

from app.cli.program import main
from app.db.migrations import LATEST, REVISIONS, VERSION_TABLE
from app.features.settings import diagnostics
from app.features.settings.diagnostics import DiagnosticsNotWritten, NoZip, write_diagnostics
from app.policy import policy_place
from app.salvage import settings_at_start
from app.settings import (
    log_folder,
    preferences_file,
    settings_file,
    usual_database,
)


@pytest.fixture
def places(home):
    """A home where the program has been used: its folders are there."""
    for folder in (settings_file().parent, usual_database().parent, log_folder()):
        folder.mkdir(parents=True, exist_ok=True)
    return home


def diagnose(file, where=""):
    steps = write_diagnostics(file, where)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def report(file):
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("report.json"))


def whole_text(file):
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_it_tells_versions_the_system_the_folders_and_that_all_is_well(places, database, company):
    where = database.engine.url.render_as_string(hide_password=False)
    told = diagnose(places / "a.zip", where)

    found = report(told.file)
    assert told.findings == ()
    assert found["versions"]["stockroom"]
    assert found["versions"]["qt"].startswith("6.")
    assert found["system"]["processors"] == os.cpu_count()
    assert all(folder["is_writable"] and folder["free_bytes"] for folder in found["folders"])
    assert found["database"]["schema"]["found"] == found["versions"]["schema"]
    assert found["database"]["rows"]["item"] == 1
    assert found["database"]["rows"]["document"] == 3
    assert found["database"]["verify"]["balances"] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_does_not_add_up_is_found(places, database, company):
    with closing(sqlite3.connect(database.file)) as connection, connection:
        connection.execute("UPDATE balance SET on_hand = on_hand + 1")

    told = diagnose(places / "a.zip", str(database.file))

    assert any(finding.startswith("balances: ") for finding in told.findings)


def test_a_database_that_is_not_there_is_told_and_not_made(places):
    missing = places / "none" / "stock.db"
    told = diagnose(places / "a.zip", str(missing))

    assert told.findings == (f"database: {missing} is not there",)
    assert not missing.parent.exists()


def test_a_folder_that_is_named_as_database_is_told(places):
    told = diagnose(places / "a.zip", str(places))

    assert told.findings == (f"database: {places} is a folder, no file",)


@pytest.mark.parametrize(
    ("revision", "finding"),
    [
        ("9999", f"schema: made by a newer version (9999, this program knows {LATEST})"),
        (REVISIONS[0], f"schema: of an older version ({REVISIONS[0]}, not yet {LATEST})"),
    ],
)
def test_a_database_of_another_version_is_told(places, database, revision, finding):
    with database.writing() as session:
        session.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '{revision}'"))

    where = database.engine.url.render_as_string(hide_password=False)
    assert diagnose(places / "a.zip", where).findings == (finding,)


def test_a_server_that_holds_no_company_yet_is_told(places, postgres):
    name = postgres.make()

    told = diagnose(places / "a.zip", postgres.url(name))
    postgres.drop(name)

    assert told.findings == ("schema: there is no company in it yet",)


def test_a_system_that_does_not_say_how_many_processors_it_has_is_borne(
    places, sqlite_file, monkeypatch
):
    monkeypatch.setattr(os, "cpu_count", lambda: None)

    told = diagnose(places / "a.zip", str(sqlite_file))

    assert told.findings == ()
    assert report(told.file)["system"]["processors"] is None


def test_a_damaged_database_is_told(places):
    damaged = places / "stock.db"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 5_000)
    before = damaged.read_bytes()

    told = diagnose(places / "a.zip", str(damaged))

    assert any("integrity: " in finding for finding in told.findings)
    assert damaged.read_bytes() == before


def test_a_file_of_something_else_is_told(places):
    other = places / "stock.db"
    other.write_text("Shopping list: milk")
    told = diagnose(places / "a.zip", str(other))

    assert any("not a database" in finding for finding in told.findings)


def test_no_password_is_in_it(places, postgres_url):
    where = make_url(postgres_url).set(username="kim", password="s3cret@word/1")
    address = where.render_as_string(hide_password=False)
    raw = f"postgresql://kim:s3cret@word@{where.host}/stock"
    settings_file().write_text(
        f'database = "{raw}"\npassword = "s3cret"\n\n[mail]\ntoken = "s3cret"\n'
    )
    preferences_file().write_text(f"[files]\nlast={raw}\n")
    (log_folder() / "stockroom.log").write_text(f"WARNING cannot reach {address} {raw}\n")
    (log_folder() / "stockroom.log.2").write_text("password='s3cret'\n")

    told = diagnose(places / "a.zip", address)

    written = whole_text(told.file) + "".join(told.findings)
    assert "s3cret" not in written
    assert "kim:***@" in written
    assert any(finding.startswith("schema: ") for finding in told.findings)


def test_what_the_settings_say_holds_where_nothing_else_is_said(places):
    settings_file().write_text('database = "elsewhere/x.db"\n')

    told = diagnose(places / "a.zip")

    assert report(told.file)["database"]["address"] == "elsewhere/x.db"


@pytest.mark.needs("Linux")  # where the administrator's word is a file
def test_where_updates_come_from_is_told_and_who_says_so(places, monkeypatch):
    policy = places / "policy.toml"
    monkeypatch.setattr("app.policy.POLICY_FILE", policy)
    assert report(diagnose(places / "a.zip").file)["updates"] == {"address": "", "said_by": ""}

    own = settings_file()
    own.write_text('updates = "/srv/own"\n')
    found = report(diagnose(places / "a.zip").file)["updates"]
    assert found == {"address": "/srv/own", "said_by": str(own)}

    policy.write_text('updates = "https://kim:s3cret@updates.example/stockroom"\n')
    told = diagnose(places / "a.zip")
    found = report(told.file)["updates"]
    assert found["address"] == "https://kim:***@updates.example/stockroom"
    assert found["said_by"] == policy_place()
    assert "s3cret" not in whole_text(told.file)


def test_settings_that_cannot_be_read_are_in_it_with_the_reason(places):
    settings_file().write_bytes(b"database = \n")

    told = diagnose(places / "a.zip")

    assert "could not be read" in report(told.file)["settings"]["trouble"]
    assert any("could not be read" in finding for finding in told.findings)
    assert "database = \n" in whole_text(told.file)


def test_settings_that_were_put_aside_are_in_it_with_the_company_they_named(places, sqlite_file):
    settings_file().write_text(f"database = '{sqlite_file}'\npassword = \"s3cret\"\nuse")
    settings_at_start(settings_file())

    told = diagnose(places / "a.zip")

    assert "s3cret" not in whole_text(told.file)
    assert "password = ***" in whole_text(told.file)
    assert report(told.file)["database"]["place"] == str(sqlite_file)
    assert any(finding.startswith("settings: ") for finding in told.findings)


@pytest.mark.needs("Linux")
def test_a_policy_that_cannot_be_read_is_told(places, monkeypatch):
    policy = places / "policy.toml"
    policy.write_text("updates = ")
    monkeypatch.setattr("app.policy.POLICY_FILE", policy)

    told = diagnose(places / "a.zip")

    assert any(finding.startswith("updates: ") for finding in told.findings)


def test_only_our_logs_are_in_it_under_plain_names_and_of_long_ones_the_end(places, monkeypatch):
    monkeypatch.setattr(diagnostics, "LOG_END", 10)
    log = log_folder()
    (log / "stockroom.log").write_text("old\n" * 100 + "the newest")
    (log / "stockroom.log.1").write_text("older")
    (log / "stockroom-crash.log").write_text("fell")
    (log / "letters.log").write_text("private")
    (log / "stockroom ..evil.log").write_text("private")

    told = diagnose(places / "a.zip")

    with zipfile.ZipFile(told.file) as archive:
        names = archive.namelist()
        assert archive.read("logs/stockroom.log") == b"the newest"
    plain = re.compile(r"[\w.-]+|logs/[\w.-]+", re.ASCII)
    assert all(plain.fullmatch(name) for name in names)
    assert [name for name in names if name.startswith("logs/")] == [
        "logs/stockroom-crash.log",
        "logs/stockroom.log",
        "logs/stockroom.log.1",
    ]


def test_it_must_be_called_a_zip_or_it_might_replace_the_database(places):
    database = places / "stock.db"
    database.write_text("goods")
    with pytest.raises(NoZip):
        diagnose(database)

    assert database.read_text() == "goods"


def test_a_place_that_cannot_be_written_to_is_refused_and_nothing_left(places):
    (places / "a.zip").mkdir()
    for file in (places / "none" / "a.zip", places / "a.zip"):
        with pytest.raises(DiagnosticsNotWritten):
            diagnose(file)

    assert not list(places.glob("*.part"))


def test_the_command_answers_with_its_findings(places, capsys):
    file, missing = places / "a.zip", places / "none.db"
    assert main(["--db", str(missing), "diagnostics", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "file": str(file),
        "findings": [f"database: {missing} is not there"],
    }
    assert main(["--db", str(missing), "diagnostics", str(places / "a.txt"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"] == "no_zip"


def test_the_command_works_where_the_settings_cannot_be_read(places, capsys):
    settings_file().write_text("[")

    assert main(["diagnostics", str(places / "a.zip")]) == 0
    assert "no passwords" in capsys.readouterr().out
