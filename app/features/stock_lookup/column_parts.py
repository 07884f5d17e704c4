"""What the columns of this screen are made of."""

from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

from app.core.tones import Tone
from app.ui.formats import quantity
from app.ui.icons import TONE_ICONS
from app.ui.tables import NUMBER, Column

Row = TypeVar("Row")


def figure(
    title: str,
    key: str,
    value: Callable[[Row], Decimal],
    *,
    text: Callable[[Row], str] | None = None,
    unit: Callable[[Row], str] | None = None,
    tone: Callable[[Row], Tone | None] | None = None,
) -> Column[Row]:
    """A quantity; what is below zero is marked."""
    return Column(
        title,
        text or (lambda row: quantity(value(row))),
        NUMBER,
        key=key,
        sort=value,
        unit=unit,
        tone=tone,
        icon=(lambda row: icon(tone(row))) if tone else None,
    )


def long(
    title: str, key: str, text: Callable[[Row], str], *, stretch: bool = False, chars: int = 0
) -> Column[Row]:
    """Text that may not fit: the whole is in the tooltip."""
    return Column(title, text, key=key, tooltip=text, stretch=stretch, chars=chars)


def short(value: Decimal) -> Tone | None:
    return Tone.BAD if value < 0 else None


def icon(tone: Tone | None) -> str:
    return TONE_ICONS[tone] if tone else ""
