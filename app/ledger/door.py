"""The door as screens use it: what lies behind is loaded when the first document comes to it.

A window that shows what there is starts sooner without it.
"""

from importlib import import_module

from sqlalchemy.orm import Session

from app.core.documents import Document, Posted
from app.core.effects import Effects


def post(session: Session, document: Document, *, user: str = "") -> Posted:
    """Post a document and return its number; see `app.ledger.posting`."""
    posted: Posted = import_module("app.ledger.posting").post(session, document, user=user)
    return posted


def preview(session: Session, document: Document, *, user: str = "") -> Effects:
    """Return what posting the document would change; see `app.ledger.preview`."""
    module = import_module("app.ledger.preview")
    effects: Effects = module.preview(session, document, user=user)
    return effects


def preview_reversal(session: Session, number: str, user: str = "") -> Effects:
    """Return what undoing a document would change beside its own movements."""
    module = import_module("app.ledger.preview")
    effects: Effects = module.preview_reversal(session, number, user)
    return effects


def open_door() -> None:
    """Load what lies behind, so that nobody waits for it later."""
    import_module("app.ledger.preview")
