"""Keeps what a clerk has not posted yet, so that a crash loses nothing."""

import json
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, select
from sqlalchemy.orm import Session

from app.core.clock import now
from app.db.prepared import Prepared
from app.db.tables import DraftRow, table_of

_DRAFT = table_of(DraftRow).c
_BODY = Prepared(
    select(_DRAFT.body).where(
        _DRAFT.screen == bindparam("screen"),
        _DRAFT.user == bindparam("user"),
        _DRAFT.name == bindparam("name"),
    )
)


def save_draft(session: Session, screen: str, user: str, name: str, body: dict[str, Any]) -> None:
    """Keep the draft in place of the one before. `body` holds what JSON can: figures as text."""
    text = json.dumps(body, allow_nan=False)
    row = session.scalar(select(DraftRow).where(_is(screen, user, name)))
    if row is None:
        row = DraftRow(screen=screen, user=user, name=name)
        session.add(row)
    row.body, row.saved_at = text, now()


def load_draft(session: Session, screen: str, user: str, name: str = "") -> dict[str, Any] | None:
    """Return what was saved last, or None if there is nothing to go on with."""
    row = _BODY.first(session.connection(), screen=screen, user=user, name=name)
    if row is None:
        return None
    body: dict[str, Any] = json.loads(row.body)
    return body


def drop_draft(session: Session, screen: str, user: str, name: str = "") -> None:
    """Forget the draft: it was posted or thrown away."""
    session.execute(delete(DraftRow).where(_is(screen, user, name)))


def _is(screen: str, user: str, name: str) -> ColumnElement[bool]:
    return and_(DraftRow.screen == screen, DraftRow.user == user, DraftRow.name == name)
