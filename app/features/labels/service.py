"""Labels, as one unit of work for each call: the queue, and the way out to printers and files."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.adapters import barcodes, printer
from app.core.clock import now
from app.core.decimals import plain
from app.core.errors import Refused, marked
from app.core.labels import (
    MOST_COPIES,
    InvalidCopies,
    Label,
    LabelKind,
    LabelRequest,
    QueuedLabel,
    check_copies,
    parse_copies,
)
from app.core.media import LabelStock, Resolution
from app.core.symbols import ReadCode, Symbology
from app.db.tables import LabelRow
from app.features.labels.finders import LabelWanted, find_labels
from app.features.labels.layout import Compositor
from app.features.labels.names import find_named
from app.features.labels.setup import Device, Way, parse_address
from app.features.labels.typesetting import Measure


class GoneFromQueue(Refused):
    template = marked("That label is not in the queue any more, so nothing was taken back.")


@dataclass(frozen=True, slots=True)
class Share:
    """So many copies of a line of the queue. The number of a line that is gone is given again, so
    the moment it came belongs to it."""

    line: int
    queued_at: datetime
    copies: int


@dataclass(frozen=True, slots=True)
class Queued:
    """What was added to the queue, and the name of the first of it."""

    shares: tuple[Share, ...]
    title: str

    @property
    def copies(self) -> int:
        return sum(share.copies for share in self.shares)


def queue_labels(session: Session, requests: list[LabelRequest]) -> Queued:
    """Put labels into the queue; one that waits there already gets more copies instead."""
    found = find_labels(session, requests)
    waiting = {row.body: row for row in session.scalars(select(LabelRow).order_by(LabelRow.id))}
    lines: list[tuple[LabelRow, int]] = []
    for wanted in found:
        body = _body(wanted.label)
        row = waiting.get(body)
        if row is None:
            row = waiting[body] = _row(wanted, body)
            session.add(row)
        elif row.copies + wanted.copies > MOST_COPIES:
            raise InvalidCopies(found=row.copies + wanted.copies)
        else:
            row.copies += wanted.copies
        lines.append((row, wanted.copies))
    session.flush()
    title = found[0].label.title if found else ""
    return Queued(tuple(Share(row.id, row.queued_at, copies) for row, copies in lines), title)


def queue_by_name(session: Session, name: str, copies: int = 1) -> Queued:
    """Put the label of whatever goes by this name into the queue: an item's SKU or barcode, a lot,
    a place, or a document with everything that came with it."""
    return queue_labels(session, [replace(find_named(session, name), copies=copies)])


def find_queue(session: Session) -> tuple[QueuedLabel, ...]:
    """Return everything that waits, in the order it came."""
    return tuple(map(_queued, session.scalars(select(LabelRow).order_by(LabelRow.id))))


def change_copies(session: Session, line: int, copies: int) -> None:
    """Print so many of this label; one that is gone from the queue stays gone."""
    check_copies(copies)
    session.execute(update(LabelRow).where(LabelRow.id == line).values(copies=copies))


def type_copies(session: Session, line: int, text: str) -> None:
    """Print as many of this label as was typed."""
    change_copies(session, line, parse_copies(text))


def drop(session: Session, lines: Sequence[int]) -> None:
    """Take these lines out of the queue."""
    session.execute(delete(LabelRow).where(LabelRow.id.in_(lines)))


def clear(session: Session) -> None:
    """Take everything out of the queue."""
    session.execute(delete(LabelRow))


def take_off(session: Session, printed: Iterable[Share]) -> None:
    """Take so many copies off these lines: they were printed. What was added by somebody in the
    meantime stays."""
    for share in printed:
        row = _row_of(session, share)
        if row is not None:
            row.copies -= share.copies
    session.flush()
    session.execute(delete(LabelRow).where(LabelRow.copies <= 0))


def take_back(session: Session, scanned: Sequence[Share]) -> None:
    """Take off what a scan put into the queue; raises GoneFromQueue if none of it is there."""
    if not any(_row_of(session, share) for share in scanned):
        raise GoneFromQueue
    take_off(session, scanned)


def put_back(session: Session, labels: Sequence[QueuedLabel]) -> None:
    """Put labels into the queue again that were printed and are wanted once more."""
    for queued in labels:
        wanted = LabelWanted(queued.label, queued.copies, queued.source)
        session.add(_row(wanted, _body(queued.label)))


def compositor(stock: LabelStock, resolution: Resolution, measure: Measure) -> Compositor:
    """Return what lays out labels of this stock, with barcodes in them."""
    return Compositor(stock, resolution, measure, barcodes.make_symbol)


def read_codes(pixels: bytes, width: int, height: int) -> tuple[ReadCode, ...]:
    """Return every barcode in a picture of one byte for each pixel, 0 for black."""
    return barcodes.read_symbols(pixels, width, height)


def read_code(pixels: bytes, width: int, height: int, kind: Symbology) -> tuple[ReadCode, ...]:
    """Return the barcodes of one kind in a clean, upright picture, faster."""
    return barcodes.read_matrix_or_bars(pixels, width, height, kind)


def save_file(path: str, data: bytes) -> None:
    """Write a file, whole or not at all."""
    printer.write_file(path, data)


def send(device: Device, data: bytes, title: str) -> None:
    """Send ZPL to a label printer."""
    if device.way is Way.NETWORK:
        host, port = parse_address(device.name)
        printer.send_over_network(host, data, port)
    else:
        printer.send_to_spooler(device.name, data, title)


def _row_of(session: Session, share: Share) -> LabelRow | None:
    same = LabelRow.id == share.line, LabelRow.queued_at == share.queued_at
    return session.scalar(select(LabelRow).where(*same))


def _row(wanted: LabelWanted, body: str) -> LabelRow:
    return LabelRow(
        kind=wanted.label.kind.value,
        body=body,
        copies=wanted.copies,
        source=wanted.source,
        queued_at=now(),
    )


def _queued(row: LabelRow) -> QueuedLabel:
    data: dict[str, Any] = json.loads(row.body)
    data["kind"] = LabelKind(data["kind"])
    data["quantity"] = Decimal(data["quantity"]) if data["quantity"] else None
    data["expiry"] = date.fromisoformat(data["expiry"]) if data["expiry"] else None
    return QueuedLabel(row.id, Label(**data), row.copies, row.source, row.queued_at)


def _body(label: Label) -> str:
    return json.dumps(asdict(label), default=_as_text, ensure_ascii=False, sort_keys=True)


def _as_text(value: Any) -> str:
    return plain(value) if isinstance(value, Decimal) else str(value)
