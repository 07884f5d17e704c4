"""What an entry changes beside what it states, in numbers, to be seen before it is posted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.core.decimals import ZERO
from app.core.effects import CostChange, CountChange, Effects, ValueChange
from app.ui.formats import counted, money, quantity, signed
from app.ui.parts import ElidedLabel, PlainLabel
from app.ui.theme import part

SHOWN = 4
"""Changes of a kind that are listed; of the rest the number is told."""

WIDEST = 780
"""Pixels: a figure stands near what it is of."""

Line = tuple[str, str, str]
"""What it is about, how it was or by how much it changes, how it is."""


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind: its heading, the first few lines, and what is told of the rest."""

    heading: str
    lines: tuple[Line, ...]
    more: str = ""


class EffectsView(QWidget):
    """Lists the changes, kind by kind, in two columns."""

    def __init__(self, effects: Effects) -> None:
        super().__init__()
        self.setObjectName("effects")
        part(self, "bare")
        self.groups = groups_of(effects)
        self.setMaximumWidth(WIDEST)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        for number, group in enumerate(self.groups):
            grid.addWidget(_shown(group), number // 2, number % 2, Qt.AlignmentFlag.AlignTop)
        self.setAccessibleDescription("\n".join(told_by_line(self.groups)))


def details_of(effects: Effects) -> EffectsView | None:
    """Return the changes to be shown; None if there are none."""
    view = EffectsView(effects)
    return view if view.groups else None


def in_short(effects: Effects) -> str:
    """Say how much changes: “3 later costs change. 1 later count is adjusted, its result stays.”"""
    costs, counts = len(effects.costs), len(effects.counts)
    parts = []
    if costs:
        one, many = _tr("1 later cost changes."), _tr("{count} later costs change.")
        parts.append(counted(costs, one, many))
    if counts:
        one = _tr("1 later count is adjusted anew, its result stays.")
        many = _tr("{count} later counts are adjusted anew, their results stay.")
        parts.append(counted(counts, one, many))
    booked = sum((value.booked for value in effects.values), ZERO)
    if any(value.booked for value in effects.values):
        text = _tr("{amount} of it is booked after the closed period.")
        parts.append(text.format(amount=_change(booked, effects.money_places)))
    return " ".join(parts)


def groups_of(effects: Effects) -> list[Group]:
    """Return what changes, kind by kind, without the kinds of which nothing does."""
    places = effects.money_places
    values = [value for value in effects.values if value.before != value.after]
    booked = [value for value in effects.values if value.booked]
    found = (
        _group(_tr("Later costs"), [_cost(cost, places) for cost in effects.costs]),
        _group(_tr("Value today"), [_value(value, places) for value in values]),
        _group(_tr("Later counts: results stay"), [_count(count) for count in effects.counts]),
        _group(_tr("Booked after the closed period"), [_booked(value, places) for value in booked]),
    )
    return [group for group in found if group.lines]


def told_by_line(groups: Sequence[Group]) -> Iterator[str]:
    """Give the same as plain text, for who cannot see it."""
    for group in groups:
        yield group.heading
        yield from (" ".join(filter(None, line)) for line in group.lines)
        if group.more:
            yield group.more


def _group(heading: str, lines: Sequence[Line]) -> Group:
    left = len(lines) - SHOWN
    more = _tr("and {count} more").format(count=quantity(left)) if left > 0 else ""
    return Group(heading, tuple(lines[:SHOWN]), more)


def _cost(cost: CostChange, places: int) -> Line:
    what = f"{cost.document} · {cost.item}"
    return what, money(cost.before, places), f"→ {money(cost.after, places)}"


def _value(value: ValueChange, places: int) -> Line:
    return value.item, money(value.before, places), f"→ {money(value.after, places)}"


def _booked(value: ValueChange, places: int) -> Line:
    return value.item, _change(value.booked, places), ""


def _count(count: CountChange) -> Line:
    item = f"{count.item} {count.lot}".strip()
    what = f"{count.document} · {item} · {count.location.rpartition('/')[2]}"
    stays = _tr("counted {count}").format(count=quantity(count.counted))
    return what, signed(count.change), stays


def _change(value: Decimal, places: int) -> str:
    text = money(value, places)
    return f"+{text}" if value > 0 else text


def _shown(group: Group) -> QWidget:
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(PlainLabel(group.heading, "label"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    for row, (what, before, after) in enumerate(group.lines):
        grid.addWidget(ElidedLabel(what), row, 0)
        grid.addWidget(PlainLabel(before), row, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(PlainLabel(after), row, 2, Qt.AlignmentFlag.AlignRight)
    layout.addLayout(grid)
    if group.more:
        layout.addWidget(PlainLabel(group.more, "label"))
    return whole


def _tr(text: str) -> str:
    return QCoreApplication.translate("effects", text)
