"""The columns of what is found, and of stock line by line."""

from datetime import date

from app.core.catalogue import LocationKind
from app.core.tones import Tone
from app.features.stock_lookup.column_parts import figure, icon, long, short
from app.features.stock_lookup.rules import Found, FoundKind, ItemStock
from app.features.stock_lookup.subject import PlaceStock
from app.features.stock_lookup.words import kind_word, place_word, tr
from app.ui.formats import UNKNOWN, day
from app.ui.tables import Column

ICONS = {
    FoundKind.PLACE: "bin",
    FoundKind.LOT: "box",
    FoundKind.DOCUMENT: "page",
    FoundKind.COUNT_SHEET: "count_sheets",
}
_UNUSUAL = (LocationKind.QUARANTINE, LocationKind.TRANSIT, LocationKind.DOCK)


def item_columns() -> tuple[Column[ItemStock], ...]:
    return (
        Column(tr("Item"), lambda item: item.sku, key="item", chars=12),
        long(tr("Name"), "name", lambda item: item.name, stretch=True, chars=22),
        figure(
            tr("On hand"),
            "on_hand",
            lambda item: item.on_hand,
            unit=lambda item: item.unit,
            tone=lambda item: short(item.on_hand),
        ),
        figure(tr("Allocated"), "allocated", lambda item: item.allocated),
        figure(
            tr("Available"),
            "available",
            lambda item: item.available,
            tone=lambda item: short(item.available),
        ),
        figure(tr("On order"), "on_order", lambda item: item.on_order),
        long(tr("Category"), "category", lambda item: item.category, chars=10),
    )


def other_columns() -> tuple[Column[Found], ...]:
    return (
        Column(
            tr("Kind"),
            lambda found: kind_word(found.ref.kind),
            key="kind",
            icon=lambda found: ICONS.get(found.ref.kind, ""),
            chars=14,
        ),
        long(tr("Code"), "code", lambda found: found.ref.code, chars=32),
        long(tr("About"), "about", lambda found: found.about, stretch=True),
    )


def stock_columns(today: date, *, of_item: bool) -> tuple[Column[PlaceStock], ...]:
    """Of one item the places come first, of a place or a lot the items. The name of a place is
    what is written on the shelf; where that stands is beside it."""
    place: Column[PlaceStock] = long(tr("Place"), "place", lambda line: line.code, chars=8)
    within: Column[PlaceStock] = long(
        tr("In"), "in", lambda line: line.within, stretch=of_item, chars=16
    )
    lot = Column[PlaceStock](tr("Lot"), lambda line: line.lot or UNKNOWN, key="lot", chars=10)
    expiry = Column[PlaceStock](
        tr("Expiry"),
        lambda line: day(line.expiry),
        key="expiry",
        sort=lambda line: line.expiry,
        chars=10,
    )
    state = Column[PlaceStock](
        tr("State"),
        lambda line: _state(line, today),
        key="state",
        tone=lambda line: _state_tone(line, today),
        icon=lambda line: icon(_state_tone(line, today)),
        chars=10,
    )
    on_hand: Column[PlaceStock] = figure(
        tr("On hand"),
        "on_hand",
        lambda line: line.on_hand,
        unit=lambda line: line.unit,
        tone=lambda line: short(line.on_hand),
    )
    allocated: Column[PlaceStock] = figure(
        tr("Allocated"), "allocated", lambda line: line.allocated
    )
    available: Column[PlaceStock] = figure(
        tr("Available"), "available", lambda line: line.available
    )
    if of_item:
        return place, within, lot, expiry, state, on_hand, allocated, available
    item = Column[PlaceStock](tr("Item"), lambda line: line.sku, key="item", chars=12)
    name: Column[PlaceStock] = long(
        tr("Name"), "name", lambda line: line.name, stretch=True, chars=14
    )
    return item, name, place, on_hand, state, lot, expiry, allocated, available, within


def item_headings() -> list[str]:
    """The headings of exported items, in the order that `save_items` writes them."""
    return [
        tr("Item"),
        tr("Name"),
        tr("On hand"),
        tr("Unit"),
        tr("Allocated"),
        tr("Available"),
        tr("On order"),
        tr("Category"),
    ]


def _state(line: PlaceStock, today: date) -> str:
    """Say what is special about a line: where it is held, and whether it may still go out."""
    words = [place_word(line.kind)] if line.kind in _UNUSUAL else []
    if line.has_expired(today):
        words.append(tr("Expired"))
    return " · ".join(words)


def _state_tone(line: PlaceStock, today: date) -> Tone | None:
    if line.has_expired(today):
        return Tone.BAD
    is_held = line.kind in (LocationKind.QUARANTINE, LocationKind.TRANSIT)
    return Tone.ASK if is_held else None
