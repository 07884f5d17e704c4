"""What single scans did to a transfer, so that each can be taken back by itself."""

from dataclasses import dataclass, replace
from decimal import Decimal

from app.core.catalogue import Location
from app.core.decimals import ZERO
from app.core.errors import Refused, marked
from app.features.transfer.draft import Draft, MoveLine, Side


class ChangedSince(Refused):
    template = marked(
        "The line of {item} was changed by hand since that scan, so nothing was taken back."
    )


class NotOnThisTransfer(Refused):
    template = marked("That scan belongs to a transfer that was posted or discarded.")


@dataclass(frozen=True, slots=True)
class Added:
    """What a scan added to a line. `typed`: how often it had been changed by hand."""

    line: int
    quantity: Decimal
    typed: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Sited:
    """A scan of a bin: the goods come from there, or go there."""

    side: Side
    was: Location | None
    became: Location


@dataclass(frozen=True, slots=True)
class Named:
    """A scan that said which lot a line is; `line` is how it stood before."""

    line: MoveLine
    became: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one scan did to the draft with this key; `line` is the one to look at."""

    key: str
    parts: tuple[Added | Sited | Named, ...]
    line: int | None = None

    @property
    def added(self) -> Decimal:
        """How much it added in all, in base units."""
        return sum((part.quantity for part in self.parts if isinstance(part, Added)), ZERO)


def take_back(draft: Draft, step: Step) -> Draft:
    """Undo exactly one scan, whatever else was done since."""
    if step.key != draft.key:
        raise NotOnThisTransfer
    for part in step.parts:
        match part:
            case Added():
                draft = _without(draft, part)
            case Sited(side=side, was=was, became=became):
                if draft.place(side) == became:
                    draft = draft.with_place(side, was)
            case Named():
                draft = _without_name(draft, part)
    return draft


def _without(draft: Draft, part: Added) -> Draft:
    line = draft.line(part.line)
    if line is None:
        return draft
    if line.typed != part.typed:
        raise ChangedSince(item=line.item.sku)
    less = replace(line, quantity=max(line.quantity - part.quantity, ZERO))
    if part.is_new and not less.quantity:
        return draft.without_line(line.id)
    return draft.with_line(less)


def _without_name(draft: Draft, part: Named) -> Draft:
    line = draft.line(part.line.id)
    if line is None or line.lot != part.became:
        raise ChangedSince(item=part.line.item.sku)
    before = part.line
    return draft.with_line(replace(line, lot=before.lot, expiry=before.expiry))
