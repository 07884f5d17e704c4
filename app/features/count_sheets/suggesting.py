"""What a clerk may mean while typing a scope: places, and items by code or name."""

from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.catalogue import LocationKind
from app.db.tables import LocationRow
from app.features.count_sheets.rules import COUNTABLE

MOST = 8


class Known(NamedTuple):
    """A code and what goes by it, to choose from."""

    code: str
    text: str


def suggest_places(session: Session, text: str) -> tuple[Known, ...]:
    """Return places of ours whose path or code begins with the text, sites and zones too."""
    begins = (
        column.istartswith(text.strip(), autoescape=True)
        for column in (LocationRow.path, LocationRow.code)
    )
    query = (
        select(LocationRow.path, LocationRow.name)
        .where(LocationRow.kind.in_((*COUNTABLE, LocationKind.SITE)), LocationRow.is_active)
        .where(or_(*begins))
        .order_by(LocationRow.path)
        .limit(MOST)
    )
    return tuple(Known(*row) for row in session.execute(query))
