import os
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.settings import (
    Settings,
    SettingsNotSaved,
    SettingsUnreadable,
    as_toml,
    change_settings,
    find_passing_folder,
    load_settings,
    save_settings,
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


def test_a_damaged_file_is_told_and_stays_where_it_is(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_bytes(b"theme = \xff\xfe")

    for _ in range(2):
        with pytest.raises(SettingsUnreadable, match="could not be read"):
            load_settings(file)


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


NEWER = """
database = "stock.db"
shelf = 1.5
dawn = 2026-11-29T06:30:00+01:00
day = 2026-11-29
colours = ["red", "blue"]

[fleet]
address = "https://example.org/stockroom"
mirrors = [{ name = "one", port = 80 }]

[scanner]
future = { pairs = [[1, 2], [3, 4]] }
"""


def test_what_only_a_newer_version_knows_survives_an_older_one(tmp_path):
    file = tmp_path / "settings.toml"
    file.write_text(NEWER, "utf-8")

    save_settings(replace(load_settings(file), theme="dark"), file)

    found = tomllib.loads(file.read_text("utf-8"))
    assert found.items() >= tomllib.loads(NEWER).items()
    assert found["theme"] == "dark"


def test_settings_that_cannot_be_read_now_are_not_written_over(tmp_path):
    file = tmp_path / "settings.toml"
    file.mkdir()

    with pytest.raises(SettingsNotSaved):
        save_settings(SET, file)
    assert os.listdir(tmp_path) == ["settings.toml"]


def test_what_another_window_has_changed_meanwhile_stays(tmp_path):
    file = tmp_path / "settings.toml"
    mine = Settings(theme="light")
    save_settings(mine, file)
    change_settings(mine, file, database="other.db")

    changed = change_settings(mine, file, theme="dark")

    assert changed == load_settings(file) == Settings(theme="dark", database="other.db")


SAVING = """
import sys
from pathlib import Path
from app.settings import Settings, save_settings
file = Path(sys.argv[1])
print("begun", flush=True)
while True:
    for name in ("a" * 3000, "b" * 3000):
        save_settings(Settings(user=name), file)
"""


def test_a_process_killed_while_saving_leaves_whole_settings(tmp_path):
    file = tmp_path / "settings.toml"
    for tried in range(5):
        words = [sys.executable, "-c", SAVING, str(file)]
        root = Path(__file__).parents[1]
        with subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            process.stdout.readline()
            while not file.exists():
                time.sleep(0.01)
            time.sleep(0.02 + tried * 0.013)
            process.kill()

        assert set(load_settings(file).user) in ({"a"}, {"b"})
        assert len(load_settings(file).user) == 3000


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PLAIN = (
    TEXTS
    | st.integers(-(2**63), 2**63 - 1)
    | st.booleans()
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes()
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(TEXTS, VALUES))
def test_any_values_can_be_written_as_toml(values):
    assert tomllib.loads(as_toml(values)) == values


def test_passing_files_lie_at_the_user_s_where_they_may_lie_nowhere_else(
    home, tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "none")])

    find_passing_folder()

    with tempfile.NamedTemporaryFile() as file:
        assert home in Path(file.name).parents
