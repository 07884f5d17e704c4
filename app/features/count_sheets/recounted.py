"""Counts that came a second time with the same figure, where stock has moved in between."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.core.errors import marked
from app.core.problems import Problem
from app.db.tables import LocationRow, LotRow, MovementRow
from app.features.count_sheets.headings import COUNTED, TITLES
from app.features.count_sheets.reading import ReadLine
from app.features.count_sheets.store import in_batches

MOVED_BETWEEN = marked(
    "It is the count that is here already and keeps its time, but stock has moved here since. If"
    " it was counted anew, type it on the screen."
)

_MOVED: Any = (
    select(
        MovementRow.item_id,
        LocationRow.path,
        func.coalesce(LotRow.code, ""),
        MovementRow.effective_at,
    )
    .join(LocationRow, LocationRow.id.in_((MovementRow.from_id, MovementRow.to_id)))
    .outerjoin(LotRow, LotRow.id == MovementRow.lot_id)
    .where(
        MovementRow.item_id.in_(bindparam("wanted", expanding=True)),
        MovementRow.effective_at > bindparam("since", type_=MovementRow.effective_at.type),
        MovementRow.effective_at <= bindparam("until", type_=MovementRow.effective_at.type),
    )
)


def find_recounts(session: Session, read: Sequence[ReadLine], until: datetime) -> Iterator[Problem]:
    """Warn of each row that repeats a count which stock has moved under since.

    Saving a file anew changes its moment and not what was counted, so a repeated count is no
    new one; but that it might be cannot be told from the file.
    """
    repeated = [(row, at) for row in read if (at := _repeats(row, until)) is not None]
    if not repeated:
        return
    items = {row.line.item.id for row, _ in repeated if row.line}
    moved: defaultdict[tuple[int, str, str], list[datetime]] = defaultdict(list)
    span = {"since": min(at for _, at in repeated), "until": until}
    for item, path, lot, at in in_batches(session, _MOVED, items, **span):
        moved[item, path, lot].append(at)
    for row, counted_at in repeated:
        line = row.line
        if line and any(at > counted_at for at in moved[line.item.id, line.location, line.lot]):
            found = row.row.counted.text
            yield Problem(row.row.number, TITLES[COUNTED], found, MOVED_BETWEEN, is_warning=True)


def _repeats(row: ReadLine, until: datetime) -> datetime | None:
    """Return when the row's count was made before, if it is the same one in a later file."""
    line = row.line
    if line is None or row.problem or row.counted is None or row.counted != line.counted:
        return None
    return line.counted_at if line.counted_at and line.counted_at < until else None
