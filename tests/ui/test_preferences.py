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
