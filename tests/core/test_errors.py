from datetime import UTC, datetime

from app.core.errors import Refused, Said, Unavailable, marked
from app.core.refusals import FutureTime, LotMissing, NotEnoughStock


class NoSuchShelf(Refused):
    template = marked("There is no shelf {shelf}.")


def test_a_refusal_says_its_template_with_the_figures_and_keeps_them():
    refusal = NoSuchShelf(shelf="A-1", line=3)

    assert str(refusal) == "There is no shelf A-1."
    assert refusal.fields["shelf"] == "A-1"
    assert refusal.line == 3


def test_other_programs_know_a_refusal_by_its_name_in_snake_case():
    assert NoSuchShelf(shelf="A").code == "no_such_shelf"
    assert NotEnoughStock.__name__ == "NotEnoughStock"
    assert LotMissing(item="TEA", tracking="lot").code == "unknown_lot"


def test_a_moment_is_told_as_the_clock_here_shows_it():
    moment = datetime(2026, 5, 31, 14, 2).astimezone()

    assert str(FutureTime(moment=moment.astimezone(UTC))).startswith("2026-05-31T14:02")


def test_a_message_of_its_own_needs_no_template():
    assert str(Unavailable("The printer is silent.")) == "The printer is silent."


def test_braces_in_what_was_found_are_only_text():
    assert str(NoSuchShelf(shelf="{shelf}")) == "There is no shelf {shelf}."


def test_a_text_with_figures_is_its_english_text_and_knows_its_template():
    text = Said(marked("Row {row} says {template}."), row=3, template="no")

    assert text == "Row 3 says no."
    assert (text.template, text.fields["row"]) == ("Row {row} says {template}.", 3)
    assert NoSuchShelf(shelf="A-1").said == "There is no shelf A-1."
