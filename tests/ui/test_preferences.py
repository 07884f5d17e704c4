from threading import Event
from time import monotonic

from PySide6.QtCore import QSettings

from app.ui import preferences as module
from app.ui.preferences import Preferences, keep_preferences, preferences


def test_what_was_put_is_there_in_the_next_run(qapp, tmp_path):
    file = tmp_path / "preferences.ini"
    kept = Preferences(file)
    for key, value in {"a/b": [1, "zwei", True], "c": {"x": None}, "d": "ü\n=%"}.items():
        kept.put(key, value)
    kept.save()

    again = Preferences(file)

    assert again.get("a/b", []) == [1, "zwei", True]
    assert again.get("c", {}) == {"x": None}
    assert again.get("d", "") == "ü\n=%"


def test_what_two_windows_put_is_kept_of_both(qapp, tmp_path):
    file = tmp_path / "preferences.ini"
    one, other = Preferences(file), Preferences(file)
    for number in range(50):
        one.put(f"one/{number}", number)
        other.put(f"other/{number}", number)
    one.put("last", "of one")
    one.save()
    other.save()

    again = Preferences(file)

    assert all(again.get(f"{who}/{n}", -1) == n for who in ("one", "other") for n in range(50))
    assert again.get("last", "") == "of one"


def test_a_folder_that_does_not_answer_holds_nobody_up(qapp, tmp_path, monkeypatch):
    answers = Event()
    monkeypatch.setattr(module, "LAST_WRITE", 0.1)
    monkeypatch.setattr(QSettings, "sync", lambda _settings: answers.wait(20))
    kept = Preferences(tmp_path / "preferences.ini")
    began = monotonic()

    for width in range(20):
        kept.put("width", width)
        assert kept.get("width", 0) == width
    kept.save()

    assert monotonic() - began < 5
    answers.set()


def test_what_is_missing_or_of_another_type_is_as_usual(qapp, tmp_path):
    kept = Preferences()
    kept.put("width", "wide")

    assert kept.get("width", 320) == 320
    assert kept.get("height", 7) == 7


def test_a_damaged_file_does_no_harm(qapp, tmp_path):
    file = tmp_path / "preferences.ini"
    file.write_text("[look]\nrows={not json\n\x00\x01")

    assert Preferences(file).get("look/rows", "normal") == "normal"


def test_everybody_sees_the_same(qapp, tmp_path):
    keep_preferences(tmp_path / "one.ini")
    preferences().put("a", 1)
    assert preferences().get("a", 0) == 1

    keep_preferences(None)
    assert preferences().get("a", 0) == 0
