"""What held keys spell, and which keys are held down."""

from app.core.scanner import Decode
from app.scanning.burst import Burst, Repeats
from app.scanning.keys import Key


def test_the_mean_may_include_what_comes_behind_the_last_key():
    burst = Burst(Decode.TEXT)
    for at, char in enumerate("123"):
        burst.spell(Key(at * 10.0, char), char)

    assert burst.mean_ms() == 10
    assert burst.mean_ms(50) == 50 / 3
    assert Burst(Decode.TEXT).mean_ms() == 0


def test_modifiers_are_kept_but_spell_nothing():
    burst = Burst(Decode.TEXT)
    burst.hold(Key(0, key="Shift"))
    burst.spell(Key(1, "A"), "A")

    assert (len(burst.keys), burst.strokes, burst.text) == (2, 1, "A")


def test_a_character_the_system_composed_stands_for_its_number():
    burst = Burst(Decode.TEXT)
    for digit in "0029":
        burst.count(Key(0, digit, scancode=82, mods="AK"))
    assert burst.text == "\x1d"

    burst.spell(Key(1, "\x1d", "none"), "\x1d")

    assert burst.text == "\x1d"


def test_a_number_beyond_any_label_spells_nothing():
    burst = Burst(Decode.TEXT)
    for digit in "99999999999999999999":
        burst.count(Key(0, digit, scancode=82, mods="AK"))

    assert burst.text == ""


def test_the_text_by_places_is_told_only_where_all_places_are_known():
    burst = Burst(Decode.TEXT)
    burst.spell(Key(0, "z", scancode=21), "z")
    assert burst.in_place() == "y"

    burst.spell(Key(1, "z"), "z")
    assert burst.in_place() == ""


def test_a_modifier_held_down_does_not_count_as_a_key():
    repeats = Repeats()
    for key in (Key(0, "a"), Key(400, "a", autorepeat=True), Key(410, key="Shift")):
        repeats.note(key)

    assert repeats.is_real(Key(433, "a", autorepeat=True))
