"""The rules of the house for codes that hold a weight, a price or a count."""

from app.core.scanner import MeasureKind, MeasureRule
from app.scanning.measure_rules import read_rules, save_rules


def test_rules_are_kept_for_everybody(database):
    rules = (
        MeasureRule(prefix="28", kind=MeasureKind.WEIGHT, decimals=3),
        MeasureRule(prefix="02", item_digits=6, value_digits=4),
    )
    with database.reading() as session:
        assert read_rules(session) == ()
    with database.writing() as session:
        save_rules(session, rules)

    with database.reading() as session:
        assert read_rules(session) == rules
