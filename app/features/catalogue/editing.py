"""Saving what was typed on the screen, by the very rules that a table brought in obeys."""

from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.cells import clean
from app.core.errors import Refused, marked
from app.core.problems import Problem
from app.core.refusals import UnknownItem
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow
from app.features.catalogue.cells import BadCell
from app.features.catalogue.importing import find_kind
from app.features.catalogue.lookups import one_at_a_time
from app.features.catalogue.records import NEEDED, Field, Record

HERE_ALREADY = marked("This is here already. Choose another, or edit that.")

CLEARED: Mapping[str, object] = {"category": "", "name": "", "abc": ""}
"""What a field holds that was emptied on the screen; all others hold nothing at all."""


class BadForm(Refused):
    """What was typed cannot be saved; `problems` say it by field."""

    template = marked("{first}")

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(first=problems[0].message)
        self.problems = {problem.column: problem.message for problem in problems}


def check_field(kind: str, name: str, text: str) -> str | None:
    """Return what is wrong with one field as typed, while it is being typed."""
    field = _fields(kind)[name]
    try:
        _read(field, text)
    except BadCell as bad:
        return bad.said
    return None


def save_record(
    session: Session, kind: str, texts: Mapping[str, str], *, is_new: bool
) -> tuple[str, ...]:
    """Save a record as typed and return what is odd about it; raises `BadForm`.

    Blank means emptied, other than in a table, where it leaves things be.
    """
    importer_of = find_kind(kind)
    record = _record(kind, texts)
    one_at_a_time(session.connection())
    importer = importer_of(session, [record])
    problems = list(importer.problems())
    if is_new and importer.is_known(record):
        key = importer_of.key[-1]
        problems.append(record.problem(key, HERE_ALREADY))
    bad = [problem for problem in problems if not problem.is_warning]
    if bad:
        raise BadForm(bad)
    if importer.is_new(record):
        for _ in importer.store([record]):
            pass
    return tuple(problem.message for problem in problems)


def remove_barcode(session: Session, code: str) -> None:
    """Take a barcode off its item."""
    session.execute(delete(BarcodeRow).where(BarcodeRow.code == code))


def remove_pack(session: Session, sku: str, unit: str) -> None:
    """Take a pack off an item; quantities are stored in base units, so nothing changes."""
    item = session.scalar(select(ItemRow.id).where(ItemRow.sku == sku))
    if item is None:
        raise UnknownItem(item=sku)
    session.execute(
        delete(ItemUnitRow).where(ItemUnitRow.item_id == item, ItemUnitRow.unit == unit)
    )


def _record(kind: str, texts: Mapping[str, str]) -> Record:
    values: dict[str, object] = {}
    problems = []
    for name, field in _fields(kind).items():
        if name not in texts:
            continue
        try:
            values[name] = _read(field, texts[name])
        except BadCell as bad:
            problems.append(Problem(1, name, texts[name], bad.said))
    if problems:
        raise BadForm(problems)
    return Record(1, {name: value for name, value in values.items() if value is not _DEFAULT})


_DEFAULT = object()
"""Stands for a field left blank that has a default of its own, such as the unit."""

_HAVE_DEFAULTS = frozenset({"active", "unit", "decimals", "tracking", "costing", "removal", "kind"})


def _read(field: Field, typed: str) -> object:
    text = clean(typed)
    if text or field.reads_blank:
        return field.read(text)
    if field.required:
        raise BadCell(NEEDED)
    return _DEFAULT if field.name in _HAVE_DEFAULTS else CLEARED.get(field.name)


def _fields(kind: str) -> dict[str, Field]:
    return {field.name: field for field in find_kind(kind).fields}
