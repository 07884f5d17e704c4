"""The recorded vectors, and the kinds of trouble they stand for."""

import pytest

from app.core.scanner import Decode, ScannerProfile
from app.scanning.classifier import Classifier
from app.scanning.decisions import Fate
from app.scanning.keys import Key
from tests.scanning.replay import keys_of, profile_of, replay, wedge_vectors

EAN = "4006381333931"


def stroke(char: str, t_ms: float, **given) -> Key:
    return Key(t_ms, char, "Return" if char == "\r" else "char", **given)


def strokes(text: str, gap: float = 5, start: float = 0) -> list[Key]:
    return [stroke(char, start + at * gap) for at, char in enumerate(text)]


@pytest.mark.parametrize("vector", wedge_vectors(), ids=lambda vector: vector["id"])
def test_a_recorded_vector_comes_out_as_it_should(vector):
    heard = replay(keys_of(vector), profile_of(vector), raw=vector["focus"] == "password field")

    assert heard.typed == vector["typed"]
    if vector["focus"].startswith("modal"):
        assert heard.complete[: len(vector["scans"])] == vector["scans"]  # the rest is refused
    else:
        assert heard.complete == vector["scans"]
        assert heard.broken == [] or not vector["scans"]


def test_the_same_code_at_once_is_a_repeat():
    vector = next(vector for vector in wedge_vectors() if vector["id"] == "W28")

    assert replay(keys_of(vector), profile_of(vector)).repeated == [EAN]


@pytest.mark.parametrize("suffix", ["\r", "\t"])
def test_enter_and_tab_both_end_a_scan(suffix):
    keys = [*strokes(EAN), Key(70, suffix, "Tab" if suffix == "\t" else "Return")]

    heard = replay(keys)

    assert (heard.complete, heard.passed) == ([EAN], [])


def test_a_scan_cut_by_a_radio_gap_is_reported_and_its_other_half_is_ignored():
    heard = replay([*strokes("4006381"), *strokes("333931\r", start=330)])

    assert (heard.broken, heard.complete, heard.typed) == (["4006381"], [], "")


def test_the_other_half_may_be_one_key_and_enter_or_enter_alone():
    for rest in ("1\r", "\r"):
        heard = replay([*strokes("400638133393"), *strokes(rest, start=355)])

        assert (heard.broken, heard.complete, heard.typed) == (["400638133393"], [], "")


def test_a_system_that_stalls_for_a_moment_breaks_no_scan():
    heard = replay([*strokes("4006381"), *strokes("333931\r", start=210)])

    assert (heard.complete, heard.broken) == ([EAN], [])


def test_mashing_that_goes_on_as_typing_is_typing():
    mashed = strokes("asdfgh", gap=8)

    heard = replay([*mashed, *strokes("jkl;asdf", gap=90, start=180)])

    assert heard.typed == "asdfghjkl;asdf"


def test_a_scan_cut_twice_says_so_once():
    keys = [*strokes("4006381"), *strokes("3339", start=330), *strokes("31\r", start=500)]

    heard = replay(keys)

    assert (heard.broken, heard.complete, heard.typed) == (["4006381"], [], "")


def test_scanning_again_right_after_a_scan_broke_off_works():
    heard = replay([*strokes("4006381"), *strokes(EAN + "\r", start=430)])

    assert (heard.broken, heard.complete, heard.typed) == (["4006381"], [EAN], "")


def test_typing_right_after_a_scan_broke_off_is_typed():
    heard = replay([*strokes("4006381"), *strokes("ab", gap=90, start=250)])

    assert (heard.broken, heard.typed) == (["4006381"], "ab")


def test_four_fast_keys_with_nothing_behind_them_are_typing():
    assert replay(strokes("4006")).typed == "4006"


def test_three_fast_keys_and_enter_are_typing():
    heard = replay(strokes("jkl\r", gap=10))

    assert (heard.typed, heard.complete) == ("jkl\r", [])


def test_fast_typing_with_keys_rolled_over_is_typing():
    gaps = [0, 20, 25, 70, 60, 75, 30, 65, 70, 78]
    times = [sum(gaps[: at + 1]) for at in range(len(gaps))]
    keys = [stroke(char, time) for char, time in zip("inventory\r", times, strict=True)]

    assert replay(keys).typed == "inventory\r"


def test_a_second_enter_a_line_feed_or_a_down_arrow_behind_a_scan_is_ignored():
    for echo in (
        Key(80, "\r", "Return", 28),
        Key(80, "\n", "char", 36, "C"),
        Key(80, "j", "char", 36, "C"),
        Key(80, "", "Down", 0x150),
        Key(80, "\t", "Tab", 15),
    ):
        assert replay([*strokes(EAN + "\r"), echo]).passed == []


def test_enter_a_blink_after_a_scan_is_the_clerks():
    assert replay([*strokes(EAN + "\r"), stroke("\r", 400)]).typed == "\r"


@pytest.mark.parametrize(
    "separator",
    [
        Key(40, "\x1d", "char", 27, "C"),
        Key(40, "+", "char", 27, "C"),
        Key(40, "", "F8", 66),
        Key(40, "", "Down", 0x150),
    ],
    ids=["ctrl ]", "ctrl + on a german keyboard", "F8", "down arrow"],
)
def test_a_separator_comes_in_many_guises(separator):
    heard = replay([*strokes("10AB1234"), separator, *strokes("17261231\r", start=45)])

    assert (heard.complete, heard.passed) == (["10AB1234\x1d17261231"], [])


def test_a_separator_in_front_is_part_of_the_code():
    heard = replay([Key(0, "\x1d", "char", 27, "C"), *strokes("0109501101530003\r", start=5)])

    assert heard.complete == ["\x1d0109501101530003"]


def test_control_characters_between_the_parts_are_kept():
    keys = [*strokes("[)>"), Key(15, "\x1e", "char", 7, "C"), *strokes("06\r", start=20)]

    assert replay(keys).complete == ["[)>\x1e06"]


def test_an_alt_number_is_composed_where_the_system_does_not():
    keys = []
    for at, number in enumerate(("0065", "0066", "0049", "0050")):
        keys.append(Key(at * 10, "", "Alt", 56))
        keys += [Key(at * 10 + 1 + n, digit, "char", 82, "AK") for n, digit in enumerate(number)]

    heard = replay([*keys, stroke("\r", 43)])

    assert (heard.complete, heard.passed) == (["AB12"], [])


def test_alt_and_a_number_typed_by_hand_arrive():
    keys = [Key(0, "", "Alt", 56)]
    keys += [Key(200 + 150 * n, d, "char", 82, "AK") for n, d in enumerate("0233")]
    keys += [Key(900, "é", "none")]

    assert replay(keys).passed == keys


def test_a_keypad_without_num_lock_still_gives_digits():
    places = {"4": ("Left", 75), "0": ("Insert", 82), "6": ("Right", 77), "3": ("PageDown", 81)}
    keys = [Key(5 * at, "", *places[digit], "K") for at, digit in enumerate("400634")]

    heard = replay([*keys, stroke("\r", 30)])

    assert (heard.complete, heard.passed) == (["400634"], [])


def test_the_arrows_of_the_keypad_still_move_the_cursor():
    keys = [Key(120 * at, "", "Left", 75, "K") for at in range(5)]

    assert replay(keys).passed == keys


def test_a_french_keyboard_is_read_by_position():
    pressed = (("&", 2, ""), ("à", 11, ""), (")", 12, ""), ("q", 30, ""), ("A", 16, "S"))
    keys = [
        Key(5 * at, char, scancode=place, mods=mods)
        for at, (char, place, mods) in enumerate(pressed)
    ]

    heard = replay([*keys, stroke("\r", 25)], ScannerProfile(decode=Decode.POSITIONS))

    assert heard.complete == ["10-aQ"]


def test_a_scan_that_a_us_keyboard_would_have_spelt_otherwise_says_how():
    classifier = Classifier()
    for at, (char, place) in enumerate(zip("sku-AB", (31, 37, 22, 12, 30, 48), strict=True)):
        classifier.press(Key(5 * at, char, scancode=place, mods="S" if at < 3 else ""))

    scan = classifier.press(stroke("\r", 30)).scan

    assert scan is not None
    assert (scan.text, scan.in_place) == ("sku-AB", "SKU-ab")


@pytest.mark.parametrize("at", [0, 2])
@pytest.mark.parametrize("gap", [5, 30])
def test_a_press_only_flagged_as_a_repeat_is_part_of_the_scan(at, gap):
    keys = strokes(EAN + "\r", gap, start=1_000)
    keys[at] = Key(keys[at].t_ms, keys[at].text, autorepeat=True)

    assert replay([stroke(keys[at].text, 0), *keys]).complete == [EAN]


def test_a_key_that_was_down_when_the_window_came_up_repeats():
    keys = [stroke("a", 33 * at, autorepeat=True) for at in range(20)]

    assert replay(keys).typed == "a" * 20


def test_keys_held_down_for_fast_machines_repeat():
    keys = [stroke("a", 0), *(stroke("a", 250 + 20 * at, autorepeat=True) for at in range(30))]

    assert replay(keys).typed == "a" * 31


def test_a_key_typed_just_before_a_scan_is_typed():
    heard = replay([stroke("5", 0), *strokes(EAN + "\r", start=60)])

    assert (heard.typed, heard.complete) == ("5", [EAN])


def test_editing_keys_give_back_what_came_before_them():
    heard = replay([*strokes("asdf", gap=8), Key(60, "\b", "Backspace", 14)])

    assert [key.key for key in heard.passed] == ["char"] * 4 + ["Backspace"]


def test_the_mouse_and_other_windows_give_back_typing_but_not_a_scan():
    classifier = Classifier()
    classifier.press(stroke("a", 0))
    assert [key.text for key in classifier.interrupt().resend] == ["a"]

    for key in strokes("4006"):
        classifier.press(key)
    assert classifier.interrupt().resend == ()


def test_a_framed_code_may_come_as_slowly_as_it_likes():
    profile = ScannerProfile(prefix="\x02", suffix="\x03")
    keys = [Key(0, "\x02", "char", 48, "C"), stroke("A", 300), stroke("7", 900)]

    heard = replay([*keys, Key(1_500, "\x03", "char", 46, "C")], profile)

    assert (heard.complete, heard.passed) == (["A7"], [])


def test_a_frame_that_is_never_closed_is_reported():
    profile = ScannerProfile(prefix="\x02", suffix="\x03")
    heard = replay([Key(0, "\x02", "char", 48, "C"), *strokes("A7", start=5)], profile)

    assert (heard.broken, heard.passed) == (["A7"], [])


def test_a_prefix_that_can_be_typed_must_show_a_scanners_pace():
    profile = ScannerProfile(prefix="~")

    assert replay(strokes("~A\r"), profile).complete == ["A"]
    assert replay(strokes("~4711", gap=30) + strokes("12\r", start=700), profile).complete == [
        "471112"
    ]
    assert replay(strokes("~hello\r", gap=90), profile).typed == "~hello\r"


def test_with_a_prefix_even_a_slow_profile_leaves_typing_alone():
    profile = ScannerProfile(prefix="\x02", hold_ms=110, gap_ms=150, avg_ms=80)

    assert replay(strokes("hello\r", gap=70), profile).typed == "hello\r"


def test_a_code_without_suffix_ends_by_silence():
    profile = ScannerProfile(suffix="none")

    assert replay(strokes(EAN), profile).complete == [EAN]
    assert replay(strokes("4006"), profile).typed == "4006"
    assert replay(strokes("hello there", gap=100), profile).typed == "hello there"


def test_the_clock_of_the_system_may_start_over():
    late = 2**32
    heard = replay([*strokes(EAN + "\r", start=late - 500), *strokes("ab", gap=90)])

    assert (heard.complete, heard.typed) == ([EAN], "ab")


def test_keys_a_raw_field_wants_pass_but_the_echo_of_a_scan_does_not():
    classifier = Classifier()
    for key in strokes(EAN + "\r"):
        classifier.press(key)

    assert classifier.press(stroke("\r", 80), raw=True).fate == Fate.SWALLOW
    assert classifier.press(stroke("x", 90), raw=True).fate == Fate.PASS
