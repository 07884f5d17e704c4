from decimal import Decimal

from app.ui.columns import LEFT, NUMBER, Column


def test_a_column_goes_by_its_key_or_else_by_its_title():
    assert Column("Put away", str).name == "Put away"
    assert Column("Einlagern", str, key="put_away").name == "put_away"


def test_only_figures_stand_on_their_decimal_mark():
    assert Column("On hand", str, NUMBER).is_number
    assert not Column("Name", str, LEFT).is_number


def test_text_is_sorted_without_regard_to_case_and_figures_as_figures():
    text = Column("Name", str)
    figure = Column("On hand", str, sort=lambda row: row)

    assert sorted(["b", "A", "c"], key=text.order) == ["A", "b", "c"]
    assert sorted([Decimal(10), None, Decimal(9)], key=figure.order) == [9, 10, None]
