import os
import tomllib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import (
    Settings,
    SettingsNotSaved,
    SettingsPutAside,
    SettingsUnreadable,
    as_toml,
    load_settings,
    put_aside,
    read_policy,
    save_settings,
    update_address,
)

SET = Settings(
    database="postgresql+psycopg://kim@server/stock",
    user='Kim "K" \\ Lee\n',
    theme="dark",
    language="de",
    sound=0,
    scanner={"hold": 45, "suffix": "\r", "aim": True, "on desk": "Zebra — dock", "": "x"},
)


def test_what_was_saved_is_there_again(tmp_path):
    file = tmp_path / "deep" / "settings.toml"
    save_settings(SET, file)

    assert load_settings(file) == SET
    assert os.listdir(file.parent) == ["settings.toml"]


def test_without_a_file_everything_is_as_usual(tmp_path):
    assert load_settings(tmp_path / "settings.toml") == Settings()


def test_what_is_unknown_or_of_the_wrong_type_is_left_out(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text('theme = 7\nlanguage = "de"\nfuture = true\nscanner = "one"\n')

    assert load_settings(file) == replace(Settings(), language="de")


def test_a_damaged_file_is_told_and_put_aside_only_when_asked(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_bytes(b"theme = \xff\xfe")

    for _ in range(2):
        with pytest.raises(SettingsUnreadable, match="could not be read") as refusal:
            load_settings(file)
    told = put_aside(file, refusal.value)

    assert isinstance(told, SettingsPutAside)
    assert "settings.unreadable.toml" in str(told)
    assert (tmp_path / "settings.unreadable.toml").read_bytes() == b"theme = \xff\xfe"
    assert load_settings(file) == Settings()


def test_a_file_that_cannot_be_read_now_is_left_where_it_is(tmp_path):
    file = tmp_path / "settings.toml"
    file.mkdir()

    with pytest.raises(SettingsUnreadable) as refusal:
        load_settings(file)

    assert put_aside(file, refusal.value) is refusal.value
    assert os.listdir(tmp_path) == ["settings.toml"]


def test_a_crash_while_saving_leaves_the_old_settings(tmp_path, monkeypatch):
    file = tmp_path / "settings.toml"
    save_settings(SET, file)

    def crash(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", crash)
    with pytest.raises(KeyboardInterrupt):
        save_settings(Settings(), file)

    assert load_settings(file) == SET
    assert os.listdir(tmp_path) == ["settings.toml"]


def test_a_place_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsNotSaved):
        save_settings(SET, tmp_path / "file" / "settings.toml")


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = TEXTS | st.integers(-(2**63), 2**63 - 1) | st.booleans()


@given(st.dictionaries(TEXTS, VALUES | st.dictionaries(TEXTS, VALUES)))
def test_any_values_can_be_written_as_toml(values):
    assert tomllib.loads(as_toml(values)) == values


def test_what_the_administrator_says_of_updates_holds_for_everybody(tmp_path):
    policy = tmp_path / "policy.toml"
    own = Settings(updates="https://example.com/mine")
    assert update_address(own, read_policy(policy)) == ("https://example.com/mine", False)

    policy.write_text('updates = "/srv/updates"\n')
    assert update_address(own, read_policy(policy)) == ("/srv/updates", True)

    policy.write_text('updates = ""\n')
    assert update_address(own, read_policy(policy)) == ("", True)


@pytest.mark.parametrize("text", ["updates = 5", "updates =", "\0"])
def test_a_policy_that_makes_no_sense_sets_nothing(tmp_path, text):
    policy = tmp_path / "policy.toml"
    policy.write_text(text)

    assert update_address(Settings(), read_policy(policy)) == ("", False)
