"""Labels: what stands on them, and how screens ask for them."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from app.core.decimals import plain
from app.core.errors import Refused, marked

MOST_COPIES = 100_000
"""More of one label than this is a slip of the keyboard."""


class LabelKind(StrEnum):
    """What a label is stuck on."""

    ITEM = "item"
    PACK = "pack"
    LOT = "lot"
    BIN = "bin"


class InvalidCopies(Refused):
    template = marked(
        "“{found}” copies cannot be printed. Type a whole number from 1 to 100,000, or take the"
        " label out of the queue."
    )


class NothingToPrint(Refused):
    template = marked(
        "There is nothing to print: the queue is empty. Scan an item, a lot or a bin to add it."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One label's fields. `barcode` is the data to encode; a GS1 message has its brackets.

    `unit` is the item's base unit; a pack holds `quantity` of them. `location` is a whole path,
    `code` its last part, which stands on the shelf.
    """

    kind: LabelKind
    barcode: str
    is_gs1: bool = False
    sku: str = ""
    name: str = ""
    unit: str = ""
    pack: str = ""
    quantity: Decimal | None = None
    lot: str = ""
    expiry: date | None = None
    location: str = ""

    @property
    def code(self) -> str:
        return self.location.rsplit("/", 1)[-1]

    @property
    def title(self) -> str:
        """What a person calls it, in the queue and in messages."""
        match self.kind:
            case LabelKind.BIN:
                return self.location
            case LabelKind.LOT:
                return f"{self.sku} · {self.lot}"
            case LabelKind.PACK:
                return f"{self.sku} · {self.pack}"
        return self.sku


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRequest:
    """What a screen wants labels of; the rest is looked up when it is put into the queue.

    `sku` may be any barcode of the item. `unit` names a pack. `document` alone asks for everything
    that came with that receipt, as many labels as came. `source` tells the clerk later why the
    label is there.
    """

    kind: LabelKind = LabelKind.ITEM
    sku: str = ""
    unit: str = ""
    lot: str = ""
    location: str = ""
    document: str = ""
    copies: int = 1
    source: str = ""


@dataclass(frozen=True, slots=True)
class QueuedLabel:
    """A line of the queue."""

    id: int
    label: Label
    copies: int
    source: str
    queued_at: datetime


def check_copies(copies: int) -> int:
    """Return the number of copies if so many can be meant."""
    if not 1 <= copies <= MOST_COPIES:
        raise InvalidCopies(found=copies)
    return copies


def parse_copies(text: str) -> int:
    """Read a number of copies as typed; digits of any script, no decimals."""
    cleaned = text.strip()
    if not cleaned.isdecimal():
        raise InvalidCopies(found=text)
    return check_copies(int(cleaned))


def pack_text(label: Label) -> str:
    """Say what is in a pack: “case, 12 each”."""
    if label.quantity is None:
        return label.pack
    return f"{label.pack}, {plain(label.quantity)} {label.unit}"
