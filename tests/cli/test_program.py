import json
import sqlite3
import subprocess
from contextlib import closing

import pytest

from app.cli.program import main
from app.salvage import settings_at_start
from app.settings import Settings, save_settings, settings_file, usual_database
from tests.cli.conftest import run, start
from tests.support.older import make_older


def test_a_new_file_is_created_and_ready(tmp_path):
    answer = run("--db", tmp_path / "new.db", "stock", "--json")

    assert (answer.status, answer.out, answer.err) == (0, "[]\n", "")
    assert (tmp_path / "new.db").exists()


def test_answers_are_utf8_whatever_the_console_says(tmp_path):
    items = tmp_path / "items.csv"
    items.write_text("sku,name\nBRÖ,Brötchen ☃\n", encoding="utf-8")
    run("--db", tmp_path / "new.db", "import", "items", items)
    answer = run("--db", tmp_path / "new.db", "history", "--item", "BRÖ?", "--json")

    assert answer.status == 1
    assert "BRÖ?" in answer.json["message"]


def test_a_reader_who_leaves_is_no_fault(tmp_path):
    lines = ["sku,name", *(f"SKU-{number},Item" for number in range(5_000))]
    items = tmp_path / "items.csv"
    items.write_text("\n".join(lines))
    process = start("--db", tmp_path / "new.db", "import", "items", items, stdout=subprocess.PIPE)
    process.stdout.close()
    process.stdin.close()
    err = process.stderr.read()
    process.stderr.close()
    process.wait(60)

    assert b"Traceback" not in err
    assert b"Exception" not in err


def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path, capsys):
    (tmp_path / "no.db").write_bytes(b"this is no database, it is a letter" * 50)
    status = main(["--db", str(tmp_path / "no.db"), "stock"])
    out, err = capsys.readouterr()

    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_without_a_database_named_the_users_own_is_opened(home, capsys):
    assert main(["stock", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"
    assert [file.parent.name for file in home.rglob("stock.db")] == ["Stockroom"]


def test_a_server_is_copied_before_an_update_changes_it(postgres, home):
    name = postgres.make()
    make_older(postgres.url(name))

    assert main(["--db", postgres.url(name), "stock"]) == 0
    postgres.drop(name)

    assert [copy.suffix for copy in home.rglob("*before*")] == [".db"]


def test_broken_settings_stop_every_run_and_stay_where_they_are(home, capsys):
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_text("database = ")

    for _ in range(2):
        assert main(["stock"]) == 2
        assert "could not be read" in capsys.readouterr().err

    assert file.read_text() == "database = "
    assert not list(home.rglob("stock.db"))


def test_as_long_as_settings_are_put_aside_a_command_works_only_on_what_is_named(home, capsys):
    main(["stock"])
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text('database = "other.db"\nthe')
    settings_at_start(settings_file())
    capsys.readouterr()

    for words in (["stock"], ["restore", str(home / "copy.db")]):
        for _ in range(2):
            assert main([*words, "--json"]) == 2
            told = json.loads(capsys.readouterr().out)
            assert told["error"] == "settings_put_aside"
            assert "--db" in told["message"]
    assert main(["--db", str(usual_database()), "stock"]) == 0

    save_settings(Settings(database=str(usual_database())), settings_file())
    assert main(["stock"]) == 0


@pytest.mark.parametrize(
    ("options", "setting", "who"),
    [(["--user", "eva"], 'user = "kim"', "eva"), ([], 'user = "kim"', "kim"), ([], "", "lee")],
)
def test_who_works_is_stated_else_set_else_logged_in(
    home, monkeypatch, capsys, options, setting, who
):
    monkeypatch.setenv("LOGNAME", "lee")
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_text(setting)
    (home / "items.csv").write_text("sku,name\nTEA,Tea\n")
    main(["import", "items", str(home / "items.csv")])
    (home / "places.csv").write_text("path\nMAIN/A\n")
    main(["import", "locations", str(home / "places.csv")])
    line = {"item": "TEA", "to": "MAIN/A", "quantity": "1"}
    document = {"key": "a", "type": "opening", "lines": [line]}
    (home / "d.jsonl").write_text(json.dumps(document))

    assert main([*options, "post", str(home / "d.jsonl")]) == 0
    assert main([*options, "count", "new"]) == 0
    capsys.readouterr()
    main(["count", "list", "--json"])

    assert json.loads(capsys.readouterr().out)[0]["created_by"] == who


@pytest.mark.parametrize("arguments", [["fly"], ["post"], ["count"], ["count", "review", "x"]])
def test_words_that_are_no_command_are_status_2(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)

    assert stopped.value.code == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("option", ["--item", "--location", "--lot"])
def test_a_word_that_is_no_text_is_refused(tmp_path, option):
    answer = run("--db", tmp_path / "new.db", "stock", option, "\udcff", "--json")

    assert answer.status == 1
    assert answer.json["error"] == "not_text"
    assert option[2:] in answer.json["message"]


def test_a_sheet_cannot_have_any_number(tmp_path):
    answer = run("--db", tmp_path / "new.db", "count", "review", str(10**20))

    assert answer.status == 2
    assert "there is no sheet" in answer.err


def test_a_newer_database_answers_but_takes_nothing(tmp_path, capsys):
    where = tmp_path / "stock.db"
    assert main(["--db", str(where), "stock"]) == 0
    with closing(sqlite3.connect(where)) as connection, connection:
        connection.execute("UPDATE stockroom_version SET version_num = '9999'")
    before = where.read_bytes()
    document = tmp_path / "opening.jsonl"
    document.write_text('{"key": "a", "type": "opening", "lines": []}\n', "utf-8")
    capsys.readouterr()

    assert main(["--db", str(where), "stock", "--json"]) == 0
    assert "made by a newer version" in capsys.readouterr().err
    assert main(["--db", str(where), "post", str(document)]) == 1
    assert "not changed" in capsys.readouterr().err
    assert main(["--db", str(where), "rebuild"]) == 2
    assert where.read_bytes() == before


def test_a_chosen_file_that_is_gone_is_told_and_not_made(home, tmp_path, capsys):
    gone = tmp_path / "gone.db"
    save_settings(Settings(database=str(gone)), settings_file())

    assert main(["stock"]) == 2
    assert "gone.db is gone" in capsys.readouterr().err
    assert not gone.exists()
