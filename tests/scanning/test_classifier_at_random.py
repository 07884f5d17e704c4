"""What must hold for any scan and any typing, not only for those somebody thought of."""

from collections import Counter
from string import ascii_letters, digits, punctuation

from hypothesis import given
from hypothesis import strategies as st

from app.scanning.keys import Key
from tests.scanning.replay import replay

CODES = st.text(ascii_letters + digits + punctuation + " äßéЖ", min_size=4, max_size=60)
SCAN_GAPS = st.floats(0.1, 30)
TYPING_GAPS = st.floats(46, 600)
TYPED_KEYS = st.one_of(
    st.characters(categories=["L", "N", "P", "Zs"]).map(lambda char: (char, "char", "")),
    st.sampled_from(
        [
            ("\r", "Return", ""),
            ("\t", "Tab", ""),
            ("\b", "Backspace", ""),
            ("\x1b", "Escape", ""),
            ("", "Left", ""),
            ("", "F8", ""),
            ("", "Shift", ""),
            ("", "Ctrl", ""),
            ("", "Alt", ""),
            ("\x03", "char", "C"),
            ("z", "char", "A"),
            ("@", "char", "CA"),
        ]
    ),
)


@st.composite
def scans(draw, start: float = 0):
    """Some codes, one behind the other, each at its own pace."""
    now, codes, keys = start, draw(st.lists(CODES, min_size=1, max_size=5)), []
    for code in codes:
        gap = draw(SCAN_GAPS)
        for char in code:
            now += gap
            keys.append(Key(now, char))
        now += gap
        keys.append(Key(now, "\r", "Return"))
        now += draw(st.floats(10, 2_000))
    return codes, keys


@st.composite
def typing(draw, gaps=TYPING_GAPS, start: float = 0):
    now, keys = start, []
    for text, key, mods in draw(st.lists(TYPED_KEYS, max_size=40)):
        now += draw(gaps)
        keys.append(Key(now, text, key, 0, mods))
    return keys


@given(scans())
def test_any_scan_comes_out_whole_and_nothing_of_it_is_typed(given_scans):
    codes, keys = given_scans

    heard = replay(keys)

    assert heard.passed == []
    assert heard.broken == []
    told = sorted(heard.complete + heard.repeated)
    assert told == sorted(codes)


@given(typing())
def test_any_typing_arrives_complete_and_in_order(keys):
    heard = replay(keys)

    assert heard.passed == keys
    assert heard.complete == heard.broken == []


@given(st.data())
def test_rolling_from_one_key_to_the_next_is_still_typing(data):
    now, keys = 0.0, []
    for char in data.draw(st.text(ascii_letters + digits + " ", max_size=40)):
        is_rolled = len(keys) % 2 == 1 and data.draw(st.booleans())
        now += data.draw(st.floats(1, 45) if is_rolled else TYPING_GAPS)
        keys.append(Key(now, char))

    assert replay(keys).passed == keys


@given(st.data())
def test_scans_between_typing_take_nothing_from_it(data):
    before = data.draw(typing())
    codes, scanned = data.draw(scans(start=before[-1].t_ms + 200 if before else 0))
    after = data.draw(typing(start=scanned[-1].t_ms + 200))

    heard = replay([*before, *scanned, *after])

    assert heard.passed == before + after
    assert sorted(heard.complete + heard.repeated) == sorted(codes)


@given(typing(gaps=st.floats(0, 150)))
def test_at_any_pace_nothing_is_doubled_or_comes_out_of_order(keys):
    heard = replay(keys)

    left = iter(keys)
    assert all(any(key is one for one in left) for key in heard.passed)


@given(typing(gaps=st.floats(0, 150)))
def test_at_any_pace_characters_are_typed_or_told_as_a_scan(keys):
    """Only the other half of a scan that was told to have broken off is not told again."""
    characters = [key for key in keys if key.key == "char" and not key.mods]

    heard = replay(characters)

    told = Counter(heard.typed + "".join(heard.complete + heard.repeated + heard.broken))
    struck = Counter(key.text for key in characters)
    assert told <= struck if heard.broken else told == struck
