from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QLocale, Qt

from app.ui.fields import DateField, QuantityField, SearchField


@pytest.fixture(params=["en_GB", "de_DE", "en_US"])
def locale(request):
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.fixture
def german():
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def make(qtbot):
    def make(kind, *args, **options):
        field = kind("field", "Field", *args, **options)
        qtbot.addWidget(field)
        field.show()
        return field

    return make


def type_into(qtbot, field, text):
    """Type what a test keyboard has keys for; the rest comes as from an input method."""
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:
        field.insert(text)


def test_a_search_waits_for_the_typing_to_pause(qtbot, make):
    field = make(SearchField)
    searches = []
    field.searched.connect(searches.append)

    with qtbot.waitSignal(field.searched):
        qtbot.keyClicks(field, "tea")

    assert searches == ["tea"]


def test_a_search_without_a_pause_follows_every_key(qtbot, make):
    field = SearchField("quick", "Quick", pause=0)
    qtbot.addWidget(field)
    searches = []
    field.searched.connect(searches.append)

    for key in "te":
        with qtbot.waitSignal(field.searched):
            qtbot.keyClicks(field, key)

    assert searches == ["t", "te"]


def test_enter_searches_at_once_and_only_once(qtbot, make):
    field = make(SearchField)
    searches = []
    field.searched.connect(searches.append)

    qtbot.keyClicks(field, "tea")
    qtbot.keyClick(field, Qt.Key.Key_Return)

    assert searches == ["tea"]
    assert not field._pause.isActive()


@pytest.mark.parametrize(
    ("typed", "decimals", "value"),
    [
        ("12", 0, Decimal(12)),
        ("1.5", 1, Decimal("1.5")),
        ("1,5", 3, Decimal("1.5")),
        (" 7 ", 0, Decimal(7)),
        ("٣", 0, Decimal(3)),
        ("", 0, None),
    ],
)
def test_a_quantity_is_read_as_people_type_it(locale, qtbot, make, typed, decimals, value):
    field = make(QuantityField, decimals)
    type_into(qtbot, field, typed)

    assert field.is_good()
    assert field.value() == value


@pytest.mark.parametrize("typed", ["0", "-1", "1e9", "1,5", "1.234.5", "9999999999", "x", "²"])
def test_a_quantity_that_cannot_be_used_is_marked_and_explained(qtbot, make, typed):
    field = make(QuantityField)
    type_into(qtbot, field, typed)
    field.check()

    assert not field.is_good()
    assert field.value() is None
    assert typed in field.problem()
    assert field.property("bad")
    assert field.toolTip() == field.problem() == field.accessibleDescription()


def test_the_mark_goes_when_the_quantity_is_mended(qtbot, make):
    field = make(QuantityField)
    qtbot.keyClicks(field, "1,5")
    field.check()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Backspace)

    assert field.value() == Decimal(1)
    assert not field.property("bad")
    assert field.toolTip() == ""


def test_nobody_is_told_off_while_typing(qtbot, make):
    field = make(QuantityField, 2)
    qtbot.keyClicks(field, "0")

    assert not field.property("bad")
    qtbot.keyClicks(field, ".5")
    assert field.value() == Decimal("0.5")


def test_enter_tells_a_good_quantity_and_marks_a_bad_one(qtbot, make):
    field = make(QuantityField)
    entered = []
    field.entered.connect(entered.append)

    qtbot.keyClicks(field, "-1")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entered == []
    assert field.selectedText() == "-1"

    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert entered == [Decimal(5)]


def test_what_is_required_may_not_be_empty(make):
    assert make(QuantityField).is_good()
    assert not make(QuantityField, required=True).is_good()
    assert not make(DateField, required=True).is_good()


def test_nothing_counted_is_a_quantity_where_it_is_allowed(qtbot, make):
    field = make(QuantityField, 1, zero=True)
    for typed, value in (("0", Decimal(0)), ("0,0", Decimal(0)), ("2,5", Decimal("2.5"))):
        field.setText(typed)
        assert field.value() == value
    for typed in ("-1", "2,55", "-0.5"):
        field.setText(typed)
        assert not field.is_good()


def test_a_value_that_is_set_reads_back_as_itself(locale, make):
    field = make(QuantityField, 6)
    field.set_value(Decimal("1234567.125"))

    assert field.value() == Decimal("1234567.125")
    field.set_value(None)
    assert field.text() == ""


@pytest.mark.parametrize("typed", ["2027-01-31", "20270131", "31.01.2027", "31.1.27", "31.01.27"])
def test_a_date_is_read_as_the_locale_or_iso_writes_it(german, qtbot, make, typed):
    field = make(DateField)
    qtbot.keyClicks(field, typed)

    assert field.value() == date(2027, 1, 31)


@pytest.mark.parametrize("typed", ["31.02.2027", "tomorrow", "2027-13-01", "5"])
def test_what_is_no_date_is_explained_with_an_example(german, qtbot, make, typed):
    field = make(DateField)
    qtbot.keyClicks(field, typed)

    assert field.value() is None
    assert field.problem() == (f"“{typed}” is not a date. Type it as 31.05.2026 or as 2026-05-31.")


def test_a_date_that_is_set_reads_back_as_itself(locale, make):
    field = make(DateField)
    field.set_value(date(2027, 3, 4))

    assert field.value() == date(2027, 3, 4)


def test_enter_in_a_field_presses_no_button_behind_it(qtbot, make):
    field = make(QuantityField)
    heard = []
    parent = field.window()
    assert parent is field
    field.setText("5")
    field.entered.connect(heard.append)

    qtbot.keyClick(field, Qt.Key.Key_Enter)

    assert heard == [Decimal(5)]
