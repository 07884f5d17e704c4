import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.features.labels.typesetting import LINE, Face, Room, broken, set_text


def measure(text: str, _face: Face) -> float:
    """A typewriter: every letter is half as wide as high."""
    return len(text) * 0.5


def room(width: int = 100, height: int = 24, lines: int = 1, smallest: int = 6) -> Room:
    return Room(width, height, lines, smallest, 1000)


def test_a_short_text_is_as_large_as_the_box_is_high():
    setting = set_text("GEL", Face.TEXT, room(), measure)
    assert (setting.lines, setting.size, setting.is_whole) == (("GEL",), 20, True)


def test_a_longer_text_is_as_large_as_the_box_is_wide():
    assert set_text("x" * 20, Face.TEXT, room(), measure).size == 10


def test_a_text_is_never_larger_than_asked():
    assert set_text("GEL", Face.TEXT, Room(100, 24, 1, 6, 12), measure).size == 12


def test_two_lines_are_used_where_they_make_the_text_larger():
    setting = set_text("Mountain frame", Face.TEXT, room(50, 40, lines=2), measure)
    assert setting.lines == ("Mountain", "frame")
    assert setting.size > set_text("Mountain frame", Face.TEXT, room(50, 40), measure).size


def test_a_text_without_blanks_is_broken_anywhere():
    assert broken("abcdefghij", Face.TEXT, 2, measure) == ["abcd", "efgh", "ij"]


def test_words_stay_whole_where_they_can():
    assert broken("one two three", Face.TEXT, 4, measure) == ["one two", "three"]


def test_blanks_inside_a_line_are_kept():
    assert broken("a  b", Face.TEXT, 100, measure) == ["a  b"]


def test_what_does_not_fit_at_the_smallest_size_ends_in_dots():
    setting = set_text("x" * 100, Face.TEXT, room(), measure)
    assert setting.size == 6
    assert not setting.is_whole
    assert setting.lines[0].endswith("x…")
    assert measure(setting.lines[0], Face.TEXT) * setting.size <= 100


def test_the_last_of_several_lines_is_the_one_cut_off():
    setting = set_text("word " * 40, Face.TEXT, room(60, 20, lines=2), measure)
    assert len(setting.lines) == 2
    assert setting.lines[0] == "word word word word"
    assert setting.lines[1].endswith("…")


@given(
    text=st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1, max_size=80),
    width=st.integers(20, 300),
    height=st.integers(8, 100),
    lines=st.integers(1, 3),
)
def test_a_whole_setting_fits_and_says_everything(text, width, height, lines):
    setting = set_text(text, Face.TEXT, room(width, height, lines), measure)
    if setting.is_whole:
        assert len(setting.lines) * setting.size * LINE <= height + 1e-6
        assert all(measure(line, Face.TEXT) * setting.size <= width for line in setting.lines)
        assert "".join(setting.lines).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize("text", ["", " "])
def test_nothing_is_set_as_nothing(text):
    assert set_text(text, Face.TEXT, room(), measure).is_whole
