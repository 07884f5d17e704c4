import os

import pytest

from app.features.settings.surroundings import surroundings, tried
from tests.support.unprivileged import refusing_folder


def test_a_folder_that_is_not_there_yet_is_judged_by_what_is_above_it(home):
    folders = {folder["what"]: folder for folder in surroundings("postgresql://h/x")["folders"]}

    assert folders["logs"]["exists"] is False
    assert folders["logs"]["is_writable"] is True
    assert folders["logs"]["free_bytes"] > 0
    assert "database" not in folders
    assert not list(home.iterdir())


@pytest.mark.needs("folders that refuse")
def test_a_folder_that_nobody_may_write_in_is_told_at_once():
    with refusing_folder() as folder:
        found = surroundings(str(folder / "stock.db"))["folders"][-1]

    assert (found["path"], found["is_writable"]) == (str(folder), False)


@pytest.mark.parametrize("name", ["QT_SCALE_FACTOR", "LC_ALL", "LANG"])
def test_what_is_set_around_it_is_told(name, monkeypatch):
    monkeypatch.setenv(name, "1")

    assert surroundings("")["system"]["surroundings"][name] == "1"


def test_what_is_nobody_s_business_is_not(monkeypatch):
    monkeypatch.setenv("PGPASSWORD", "s3cret")
    monkeypatch.setenv("STOCKROOM_SIGN", "osslsigncode sign -pkcs12 own.p12 -pass s3cret")
    monkeypatch.setenv("QT_OWN_SERVICE", "s3cret")

    assert "s3cret" not in str(surroundings(""))


def test_what_cannot_be_found_out_says_why():
    told = tried(lambda: os.stat("postgresql://kim:s3cret@host/none"))

    assert "FileNotFoundError" in told["failed"]
    assert "s3cret" not in told["failed"]
