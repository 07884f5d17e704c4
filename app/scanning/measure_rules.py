"""Keeps how the house divides up the codes that scales and shops print."""

import json

from sqlalchemy.orm import Session

from app.core.scanner import MeasureKind, MeasureRule
from app.db.company import read_setting

NAME = "measure_rules"


def read_rules(session: Session) -> tuple[MeasureRule, ...]:
    found = json.loads(read_setting(session, NAME, "[]"))
    return tuple(MeasureRule(**{**rule, "kind": MeasureKind(rule["kind"])}) for rule in found)
