"""What follows from how a scanner is set up."""

from decimal import Decimal

from app.core.scanner import Decode, MeasureRule, ScannerProfile, read_profile


def test_a_suffix_goes_by_a_name_or_is_stated():
    assert ScannerProfile().endings == "\r\n\t"
    assert ScannerProfile(suffix="none").endings == ""
    assert ScannerProfile(suffix="\x03").endings == "\x03"


def test_a_prefix_makes_guessing_stricter_and_its_absence_leaves_it_to_the_profile():
    slow = ScannerProfile(hold_ms=110, avg_ms=80, min_len=1)
    framed = ScannerProfile(hold_ms=110, avg_ms=80, min_len=1, prefix="\x02")

    assert slow.limits() == (110, 80, 1)
    assert framed.limits() == (45, 35, 4)


def test_the_figure_in_a_code_has_its_decimals():
    assert MeasureRule(prefix="21").figure("00399") == Decimal("3.99")


def test_a_profile_is_kept_as_a_table_and_what_is_odd_in_it_is_as_usual():
    kept = {"hold_ms": 110, "decode": "positions", "suffix": "none", "gap_ms": 0, "min_len": "x"}

    profile = read_profile({**kept, "nonsense": 1, "avg_ms": True})

    assert profile == ScannerProfile(hold_ms=110, decode=Decode.POSITIONS, suffix="none")
    assert read_profile({"decode": "?"}) == ScannerProfile()
