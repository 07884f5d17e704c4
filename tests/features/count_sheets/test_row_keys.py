import pytest

from app.features.count_sheets.row_keys import KeyState, read_row_key, row_key


def test_a_key_is_the_line_and_two_characters_that_check_it():
    key = row_key("CS-1", 123)

    assert key.startswith("k000123-")
    assert len(key) == len("k000123-7F")
    assert read_row_key("CS-1", f" {key.lower()} ") == (KeyState.OURS, key)


def test_a_key_of_another_sheet_or_a_changed_one_is_foreign():
    keys = [row_key(f"CS-{number}", 123) for number in range(50)]
    ours = row_key("CS-1", 123)

    foreign = [key for key in keys if read_row_key("CS-1", key)[0] is KeyState.FOREIGN]

    assert len(foreign) == sum(key != ours for key in keys)
    assert len(foreign) > 40


@pytest.mark.parametrize("text", ["", "k000123", "000123-7F", "TEA", "k12-7F", "k000123-7FF"])
def test_any_other_text_is_no_key(text):
    assert read_row_key("CS-1", text) == (KeyState.NONE, "")
