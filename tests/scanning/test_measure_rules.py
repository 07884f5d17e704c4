"""The rules of the house for codes that hold a weight, a price or a count."""

import json
from dataclasses import asdict

from app.core.scanner import MeasureKind, MeasureRule
from app.db.company import write_setting
from app.scanning.measure_rules import NAME, read_rules


def test_rules_are_kept_for_everybody(database):
    rules = (
        MeasureRule(prefix="28", kind=MeasureKind.WEIGHT, decimals=3),
        MeasureRule(prefix="02", item_digits=6, value_digits=4),
    )
    with database.reading() as session:
        assert read_rules(session) == ()
    with database.writing() as session:
        write_setting(session, NAME, json.dumps([asdict(rule) for rule in rules]))

    with database.reading() as session:
        assert read_rules(session) == rules
