"""What single scans did to a receipt, so that each can be taken back by itself."""

from dataclasses import dataclass, replace
from decimal import Decimal

from app.core.decimals import ZERO
from app.core.errors import Refused, marked
from app.features.receiving.draft import Draft, DraftLine


class TypedSince(Refused):
    template = marked(
        "The line of {item} was changed by hand since that scan, so nothing was taken back."
    )


class NotOnThisReceipt(Refused):
    template = marked("That scan belongs to a receipt that was posted or thrown away.")


@dataclass(frozen=True, slots=True)
class Added:
    """What a scan added to a line. `typed`: how often its quantity had been typed over."""

    line: int
    quantity: Decimal
    typed: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """A scan of a place: for a line, or for all (None)."""

    line: int | None
    was: str
    became: str


@dataclass(frozen=True, slots=True)
class Named:
    """A scan that said which lot a line is; `line` is how it stood before."""

    line: DraftLine
    became: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one scan did to the draft with this key; `line` is the one to look at."""

    key: str
    parts: tuple[Added | Placed | Named, ...]
    line: int | None = None

    @property
    def added(self) -> Decimal:
        """How much it added in all, in base units."""
        return sum((part.quantity for part in self.parts if isinstance(part, Added)), ZERO)


def take_back(draft: Draft, step: Step) -> Draft:
    """Undo exactly one scan, whatever else was done since."""
    if step.key != draft.key:
        raise NotOnThisReceipt
    for part in step.parts:
        match part:
            case Added():
                draft = _without(draft, part)
            case Placed():
                draft = _put_where_it_was(draft, part)
            case Named():
                draft = _without_name(draft, part)
    return draft


def _without(draft: Draft, part: Added) -> Draft:
    line = draft.line(part.line)
    if line is None:
        return draft
    if line.typed != part.typed:
        raise TypedSince(item=line.item.sku)
    less = replace(line, quantity=max(line.quantity - part.quantity, ZERO))
    if part.is_new and not less.arrived:
        return draft.without_line(line.id)
    return draft.with_line(less)


def _put_where_it_was(draft: Draft, part: Placed) -> Draft:
    if part.line is None:
        return replace(draft, place=part.was) if draft.place == part.became else draft
    line = draft.line(part.line)
    if line is None or line.target != part.became:
        return draft
    return draft.with_line(replace(line, target=part.was))


def _without_name(draft: Draft, part: Named) -> Draft:
    line = draft.line(part.line.id)
    if line is None or line.lot != part.became:
        raise TypedSince(item=part.line.item.sku)
    return draft.with_line(replace(line, lot=part.line.lot, expiry=part.line.expiry))
