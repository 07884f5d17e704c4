"""The columns of what happened: histories, movements, lines of orders.

`places` tells how many decimals the company's currency has.
"""

from collections.abc import Callable
from typing import TypeVar

from app.core.history import Entry
from app.features.stock_lookup.column_parts import figure, long, short
from app.features.stock_lookup.subject import HistoryLine, OrderLine
from app.features.stock_lookup.words import tr, type_word
from app.ui.formats import UNKNOWN, day, moment, money, quantity, signed
from app.ui.tables import NUMBER, Column

Row = TypeVar("Row")


def history_columns(places: Callable[[], int]) -> tuple[Column[HistoryLine], ...]:
    return (
        _when(lambda line: line.entry),
        Column(tr("Document"), lambda line: line.entry.number, key="document", chars=10),
        Column(tr("What"), lambda line: type_word(line.entry.type), key="type", chars=10),
        _way_column(lambda line: line.entry),
        figure(
            tr("Change"),
            "change",
            lambda line: line.change,
            text=lambda line: signed(line.change),
        ),
        figure(
            tr("On hand after"),
            "after",
            lambda line: line.after,
            tone=lambda line: short(line.after),
        ),
        Column(tr("Lot"), lambda line: line.entry.lot or UNKNOWN, key="lot", chars=10),
        *_rest(lambda line: line.entry, places),
    )


def movement_columns(places: Callable[[], int]) -> tuple[Column[Entry], ...]:
    """The lines of one document."""
    return (
        _line(lambda entry: entry.line),
        Column(tr("Item"), lambda entry: entry.item, key="item", chars=12),
        long(tr("Name"), "name", lambda entry: entry.name, stretch=True, chars=16),
        Column(tr("Lot"), lambda entry: entry.lot or UNKNOWN, key="lot", chars=10),
        _way_column(lambda entry: entry),
        figure(
            tr("Quantity"), "quantity", lambda entry: entry.quantity, unit=lambda entry: entry.unit
        ),
        *_rest(lambda entry: entry, places),
    )


def served_columns(places: Callable[[], int]) -> tuple[Column[Entry], ...]:
    """What has come or gone for one order."""
    return (
        _when(lambda entry: entry),
        Column(tr("Document"), lambda entry: entry.number, key="document", chars=10),
        Column(tr("What"), lambda entry: type_word(entry.type), key="type", chars=10),
        Column(tr("Item"), lambda entry: entry.item, key="item", chars=12),
        _way_column(lambda entry: entry),
        figure(
            tr("Quantity"), "quantity", lambda entry: entry.quantity, unit=lambda entry: entry.unit
        ),
        Column(tr("Lot"), lambda entry: entry.lot or UNKNOWN, key="lot", chars=10),
        *_rest(lambda entry: entry, places),
    )


def order_columns() -> tuple[Column[OrderLine], ...]:
    return (
        _line(lambda line: line.line),
        Column(tr("Item"), lambda line: line.sku, key="item", chars=12),
        long(tr("Name"), "name", lambda line: line.name, stretch=True, chars=16),
        figure(tr("Ordered"), "ordered", lambda line: line.quantity, unit=lambda line: line.unit),
        figure(tr("Done"), "done", lambda line: line.done),
        figure(tr("Open"), "open", lambda line: line.open),
        Column(
            tr("Due"), lambda line: day(line.due), key="due", sort=lambda line: line.due, chars=10
        ),
    )


def history_headings() -> list[str]:
    """The headings of an exported history, in the order that `save_history` writes it."""
    return [
        tr("Happened"),
        tr("Document"),
        tr("What"),
        tr("Line"),
        tr("Item"),
        tr("Lot"),
        tr("From"),
        tr("To"),
        tr("Quantity"),
        tr("Change"),
        tr("On hand after"),
        tr("Unit"),
        tr("Value"),
        tr("By"),
        tr("Reference"),
        tr("Reason"),
        tr("Undone by"),
        tr("Entered"),
    ]


def _rest(entry_of: Callable[[Row], Entry], places: Callable[[], int]) -> tuple[Column[Row], ...]:
    """What a movement's row ends with."""
    return (
        Column(tr("By"), lambda row: entry_of(row).user, key="user", chars=8),
        Column(tr("Note"), lambda row: _note(entry_of(row)), key="note", chars=12),
        Column(
            tr("Value"),
            lambda row: money(entry_of(row).value, places()),
            NUMBER,
            key="value",
            sort=lambda row: entry_of(row).value,
        ),
        Column(tr("Reference"), lambda row: entry_of(row).reference, key="reference", hidden=True),
        Column(tr("From"), lambda row: entry_of(row).source, key="from", hidden=True),
        Column(tr("To"), lambda row: entry_of(row).target, key="to", hidden=True),
        Column(
            tr("Entered"),
            lambda row: moment(entry_of(row).entered_at),
            key="entered",
            sort=lambda row: entry_of(row).entered_at,
            hidden=True,
        ),
    )


def _line(number: Callable[[Row], int]) -> Column[Row]:
    return Column(tr("Line"), lambda row: quantity(number(row)), NUMBER, key="line", sort=number)


def _way_column(entry_of: Callable[[Row], Entry]) -> Column[Row]:
    return Column(
        tr("From → to"),
        lambda row: _way(entry_of(row)),
        key="way",
        tooltip=lambda row: f"{entry_of(row).source} → {entry_of(row).target}",
        chars=18,
    )


def _when(entry_of: Callable[[Row], Entry]) -> Column[Row]:
    return Column(
        tr("When"),
        lambda row: moment(entry_of(row).at),
        key="when",
        sort=lambda row: entry_of(row).at,
        chars=16,
    )


def _way(entry: Entry) -> str:
    """What is written on the shelves: the whole paths are in the tooltip."""
    return f"{entry.source.rsplit('/', 1)[-1]} → {entry.target.rsplit('/', 1)[-1]}"


def _note(entry: Entry) -> str:
    undone = tr("undone by {number}").format(number=entry.reversed_by)
    corrected = tr("corrected because of {number}").format(number=entry.caused_by)
    notes = (
        entry.reason,
        corrected if entry.caused_by else "",
        undone if entry.reversed_by else "",
    )
    return " · ".join(filter(None, notes))
