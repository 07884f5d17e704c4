"""From a counted sheet to the ledger, and back: posting, reversing, cancelling."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.documents import Document, DocumentType, Line, Posted, sheet_title
from app.db.tables import DocumentRow
from app.features.count_sheets.refusals import (
    CannotPost,
    NothingCounted,
    ReviewIsStale,
    SheetNotOpen,
    SheetNotPosted,
)
from app.features.count_sheets.reviewing import compare
from app.features.count_sheets.rules import SheetLine, SheetState, Variance
from app.features.count_sheets.store import find_counted, find_head, lock_sheet, open_sheet
from app.ledger.door import post


def post_sheet(
    session: Session, number: int, reviewed: Sequence[Variance] | None = None, *, user: str = ""
) -> Posted:
    """Book the counts of a sheet as one document, each at the moment it was counted.

    With `reviewed` only if the variances still are what was looked at. Posting a posted sheet
    again answers with the first result. Raises NothingCounted, ReviewIsStale, CannotPost.
    """
    sheet = lock_sheet(session, number)
    head = find_head(session, number)
    if head.document:
        return Posted(sheet.post_key, head.document, again=True)
    if head.state is not SheetState.OPEN:
        raise SheetNotOpen(sheet=head.title, state=head.state.value)
    lines = find_counted(session, number)
    variances = compare(session, number, lines, valued=reviewed is not None)
    if not variances:
        raise NothingCounted(sheet=head.title)
    if reviewed is not None and list(reviewed) != variances:
        raise ReviewIsStale
    _refuse_stopped(number, variances)
    document = Document(
        key=sheet.post_key,
        type=DocumentType.COUNT,
        reference=head.title,
        note=head.scope,
        lines=tuple(_document_line(line) for line in lines),
    )
    posted = post(session, document, user=user)
    query = select(DocumentRow.id).where(DocumentRow.number == posted.number)
    sheet.posted_as = session.scalars(query).one()
    session.flush()
    return posted


def reverse_sheet(session: Session, number: int, *, user: str = "") -> Posted:
    """Undo a posted sheet by a reversal of its document."""
    sheet = lock_sheet(session, number)
    head = find_head(session, number)
    if not head.document:
        raise SheetNotPosted(sheet=head.title, state=head.state.value)
    reversal = Document(
        key=f"{sheet.post_key}-reversal",
        type=DocumentType.REVERSAL,
        reference=head.title,
        reverses=head.document,
    )
    return post(session, reversal, user=user)


def cancel_sheet(session: Session, number: int) -> None:
    """Give up an open sheet; what it lists can be put on another one. Nothing is booked."""
    open_sheet(session, number).cancelled_at = now()
    session.flush()


def _refuse_stopped(number: int, variances: Sequence[Variance]) -> None:
    stopped = [variance for variance in variances if variance.stop]
    if stopped:
        first = stopped[0]
        raise CannotPost(
            count=len(stopped),
            sheet=sheet_title(number),
            item=first.item,
            location=first.location,
            reason=first.stop,
        )


def _document_line(line: SheetLine) -> Line:
    return Line(
        item=line.item.sku,
        lot=line.lot,
        source=line.location,
        counted=line.counted,
        at=line.counted_at,
    )
