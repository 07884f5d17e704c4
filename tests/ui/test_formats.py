from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale

from app.core.decimals import parse_decimal
from app.ui import formats


@pytest.fixture
def speak():
    before = QLocale()
    yield lambda name: QLocale.setDefault(QLocale(name))
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("locale", "written"),
    [
        ("en_GB", ["1,234,567.125", "0", "-12.5", "100"]),
        ("de_DE", ["1.234.567,125", "0", "-12,5", "100"]),
        ("en_IN", ["12,34,567.125", "0", "-12.5", "100"]),
    ],
)
def test_a_quantity_is_exact_and_written_as_the_locale_does(speak, locale, written):
    speak(locale)
    figures = [Decimal("1234567.125000"), Decimal("0.000"), Decimal("-12.50"), Decimal("1E+2")]

    assert [formats.quantity(figure) for figure in figures] == written


def test_a_figure_wider_than_any_float_keeps_every_digit(speak):
    speak("en_GB")

    assert formats.quantity(Decimal("9007199254740993.000001")) == "9,007,199,254,740,993.000001"
    assert formats.quantity(Decimal("12345678901234567890")) == "12345678901234567890"


def test_unknown_is_not_nothing():
    assert formats.quantity(None) == formats.money(None) == formats.day(None) == "—"
    assert formats.moment(None) == formats.clock_time(None) == "—"
    assert formats.quantity(0) == "0"


def test_money_has_its_cents(speak):
    speak("en_GB")

    assert formats.money(Decimal("1234.5")) == "1,234.50"
    assert formats.money(Decimal("-0.005")) == "-0.01"
    assert formats.money(Decimal("12.3456"), 4) == "12.3456"


def test_a_change_carries_its_sign(speak):
    speak("en_GB")

    assert [formats.signed(Decimal(n)) for n in (12, 0, -3)] == ["+12", "0", "-3"]
    assert formats.signed(None) == "—"


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_CH"])
def test_what_is_put_into_a_field_is_what_a_person_could_have_typed(speak, locale):
    speak(locale)

    assert parse_decimal(formats.typed(Decimal("1234567.25"))) == Decimal("1234567.25")
    assert formats.typed(None) == ""


def test_dates_are_the_locales_with_the_whole_year(speak):
    speak("en_US")
    assert formats.day(date(2027, 1, 31)) == "1/31/2027"
    speak("de_DE")
    assert formats.day(date(2027, 1, 31)) == "31.01.2027"


def test_recent_moments_go_by_their_names(speak):
    speak("en_GB")
    today = datetime.now().astimezone().replace(hour=14, minute=2)

    assert formats.moment(today.astimezone(UTC)) == "Today 14:02"
    assert formats.moment(today - timedelta(days=1)) == "Yesterday 14:02"
    old = datetime(2020, 5, 31, 12, 0, tzinfo=today.tzinfo)
    assert formats.moment(old) == "31/05/2020 12:00"


def test_times_go_without_seconds(speak):
    moment = datetime(2026, 1, 1, 12, 34, 56, tzinfo=UTC)
    for locale in ("C", "en_GB", "en_US", "de_DE"):
        speak(locale)
        assert formats.clock_time(moment).count(":") == 1


def test_times_are_local(speak):
    speak("en_GB")
    moment = datetime(2026, 1, 1, 12, 34, tzinfo=UTC)

    assert formats.clock_time(moment) == moment.astimezone().strftime("%H:%M")
    assert formats.file_moment(moment) == moment.astimezone().strftime("%Y-%m-%d %H%M")


@pytest.mark.parametrize(
    ("milliseconds", "written"),
    [(0.2, "1 ms"), (3.4, "3 ms"), (999.2, "999 ms"), (1250, "1.2 s"), (61_000, "61.0 s")],
)
def test_how_long_it_took_is_told_in_the_fitting_unit(speak, milliseconds, written):
    speak("en_GB")

    assert formats.took(milliseconds) == written


def test_one_is_said_in_words_of_its_own():
    one, many = "1 row in {file}", "{count} rows in {file}"

    assert formats.counted(1, one, many, file="x") == "1 row in x"
    assert formats.counted(0, one, many, file="x") == "0 rows in x"
