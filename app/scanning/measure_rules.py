"""Keeps how the house divides up the codes that scales and shops print."""

import json
from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy.orm import Session

from app.core.scanner import MeasureKind, MeasureRule
from app.db.company import read_setting, write_setting

NAME = "measure_rules"


def read_rules(session: Session) -> tuple[MeasureRule, ...]:
    found = json.loads(read_setting(session, NAME, "[]"))
    return tuple(MeasureRule(**{**rule, "kind": MeasureKind(rule["kind"])}) for rule in found)


def save_rules(session: Session, rules: Iterable[MeasureRule]) -> None:
    write_setting(session, NAME, json.dumps([asdict(rule) for rule in rules]))
