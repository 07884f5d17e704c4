from decimal import Decimal

from app.core.tones import Tone
from app.features.stock_lookup.column_parts import figure, icon, long, short
from app.ui.icons import TONE_ICONS


def test_a_figure_is_written_sorted_and_marked_by_its_value():
    column = figure("On hand", "on_hand", Decimal, tone=lambda row: short(Decimal(row)))

    assert (column.text("-1.50"), column.sort("-1.50")) == ("-1.5", Decimal("-1.5"))
    assert (column.tone("-1"), column.icon("-1")) == (Tone.BAD, TONE_ICONS[Tone.BAD])
    assert (column.tone("0"), column.icon("0")) == (None, "")
    assert column.is_number


def test_a_figure_without_a_tone_has_no_mark():
    assert figure("Done", "done", Decimal).icon is None


def test_long_text_is_whole_in_the_tooltip():
    column = long("Name", "name", str, stretch=True)
    assert column.tooltip("Blue gel") == column.text("Blue gel") == "Blue gel"
    assert column.stretch


def test_no_tone_has_no_icon():
    assert icon(None) == ""
