from datetime import date
from decimal import Decimal

import pytest

from app.features.stock_lookup.facts_bar import FactsBar, unit_price, written
from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.subject import Fact, FactKind, Subject
from app.ui.formats import day, moment
from app.ui.parts import ElidedLabel, LinkButton
from tests.features.stock_lookup.values import MOMENT

RECEIPT = Ref(FoundKind.DOCUMENT, "RC-1")


@pytest.fixture
def bar(qtbot):
    bar = FactsBar()
    qtbot.addWidget(bar)
    bar.resize(800, 80)
    bar.show()
    return bar


def texts(bar):
    return {label.objectName(): label.text() for label in bar._cells.findChildren(ElidedLabel)}


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (FactKind.ON_HAND, Decimal("12.50"), "12.5"),
        (FactKind.ON_HAND, Decimal(0), "0"),
        (FactKind.UNIT_COST, None, "—"),
        (FactKind.UNIT_COST, Decimal("1.994581"), "1.994581"),
        (FactKind.VALUE, Decimal(106), "106.00"),
        (FactKind.EXPIRY, date(2026, 5, 31), day(date(2026, 5, 31))),
        (FactKind.AT, MOMENT, moment(MOMENT)),
        (FactKind.USER, "kim", "kim"),
    ],
)
def test_a_fact_is_written_as_what_it_is(kind, value, text):
    assert written(Fact(kind, value), 2) == text


def test_a_cost_has_all_its_decimals_and_at_least_those_of_the_currency():
    assert unit_price(Decimal("2"), 2) == "2.00"
    assert unit_price(Decimal("2.5"), 0) == "2.5"
    assert unit_price(Decimal("300"), 0) == "300"


def test_facts_are_shown_with_their_unit_and_named_for_readers(bar):
    facts = (Fact(FactKind.ON_HAND, Decimal(48), "each"), Fact(FactKind.VALUE, Decimal(96)))
    bar.show_subject(Subject(RECEIPT, facts=facts))

    assert texts(bar) == {"fact_on_hand": "48", "fact_value": "96.00"}
    names = {cell.accessibleName() for cell in bar._cells.children() if cell.isWidgetType()}
    assert {"On hand 48 each", "Value 96.00"} <= names


def test_what_a_fact_names_can_be_opened(qtbot, bar):
    fact = Fact(FactKind.REVERSED_BY, "RV-2", leads_to=Ref(FoundKind.DOCUMENT, "RV-2"))
    bar.show_subject(Subject(RECEIPT, facts=(fact,)))
    link = bar.findChild(LinkButton)

    assert link.accessibleName() == "Undone by RV-2"
    with qtbot.waitSignal(bar.opened) as opened:
        link.click()
    assert opened.args == [Ref(FoundKind.DOCUMENT, "RV-2")]


def test_the_same_facts_are_not_made_anew(bar):
    subject = Subject(RECEIPT, facts=(Fact(FactKind.USER, "kim"),))
    bar.show_subject(subject)
    cells = bar._cells
    bar.show_subject(subject)
    assert bar._cells is cells

    bar.show_subject(Subject(RECEIPT, facts=(Fact(FactKind.USER, "lee"),)))
    assert texts(bar) == {"fact_user": "lee"}


def test_a_long_text_does_not_widen_the_window(bar):
    bar.show_subject(Subject(RECEIPT, facts=(Fact(FactKind.NOTE, "long " * 200),)))
    assert bar.minimumSizeHint().width() < 400
