import os
from dataclasses import replace

import pytest

from app.salvage import SettingsPutAside, look_at_settings, settings_at_start
from app.settings import Settings, SettingsUnreadable, change_settings, save_settings

SET = Settings(database="/data/other.db", user="Kim", language="de", updates="/srv/new", sound=0)
TORN = 'database = "/data/other.db"\nuser = "Kim"\ntheme = \nlanguage = "de"\nsou'


@pytest.fixture
def file(tmp_path):
    return tmp_path / "settings.toml"


def test_whole_settings_are_what_they_are(file):
    assert settings_at_start(file) == (Settings(), None)
    save_settings(SET, file)

    assert settings_at_start(file) == (SET, None)


def test_a_damaged_file_is_put_aside_by_a_start_and_left_by_a_look(file, tmp_path):
    file.write_bytes(b"theme = \xff\xfe")

    _, trouble = look_at_settings(file)
    assert isinstance(trouble, SettingsUnreadable)
    assert os.listdir(tmp_path) == ["settings.toml"]

    _, trouble = settings_at_start(file)
    assert isinstance(trouble, SettingsPutAside)
    assert "settings.unreadable.toml" in str(trouble)
    assert "--db" in str(trouble)
    assert (tmp_path / "settings.unreadable.toml").read_bytes() == b"theme = \xff\xfe"


def test_every_start_asks_until_a_company_was_chosen(file):
    file.write_text(TORN, "utf-8")
    for _ in range(3):
        settings, trouble = settings_at_start(file)
        assert isinstance(trouble, SettingsPutAside)
        assert settings == Settings(database="/data/other.db", user="Kim", language="de")

    kept = change_settings(replace(settings, database=""), file, theme="dark")
    settings, trouble = settings_at_start(file)
    assert isinstance(trouble, SettingsPutAside)
    assert settings == replace(kept, database="/data/other.db")

    chosen = change_settings(kept, file, database="/data/stock.db")
    assert settings_at_start(file) == (chosen, None)


def test_settings_that_are_damaged_once_more_are_asked_about_once_more(file):
    file.write_text(TORN, "utf-8")
    settings_at_start(file)
    save_settings(SET, file)
    file.write_text('database = "/data/new.db"\n[', "utf-8")

    for _ in range(2):
        settings, trouble = settings_at_start(file)
        assert isinstance(trouble, SettingsPutAside)
        assert settings.database == "/data/new.db"


def test_of_a_torn_line_and_of_a_table_nothing_is_taken(file):
    text = 'user = "Kim\nsound = "loud"\nlanguage = "d\xff"\n[fleet]\ndatabase = "wrong.db"\n'
    file.write_bytes(text.encode("latin-1"))

    settings, _ = settings_at_start(file)

    assert settings == Settings()


def test_a_file_that_cannot_be_read_now_is_left_where_it_is(file, tmp_path):
    file.mkdir()

    settings, trouble = settings_at_start(file)

    assert settings == Settings()
    assert isinstance(trouble, SettingsUnreadable)
    assert os.listdir(tmp_path) == ["settings.toml"]


def test_where_nothing_can_be_moved_the_file_stays_and_every_start_asks(file, monkeypatch):
    file.write_text(TORN, "utf-8")

    def refuse(*_):
        raise PermissionError("read-only")

    monkeypatch.setattr(os, "replace", refuse)
    for _ in range(2):
        settings, trouble = settings_at_start(file)
        assert isinstance(trouble, SettingsUnreadable)
        assert settings.database == "/data/other.db"
