"""`stock`, `value`, `history`, `layers` and `verify`: what the ledger says, for other programs."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from app.cli.answers import Row, counted, outcome, say, say_json, say_rows
from app.core.clock import parse_time
from app.core.refusals import UnknownItem
from app.db.catalogue import find_item
from app.db.database import Database
from app.ledger.history import history_of, open_layers
from app.ledger.stock import find_stock, find_values
from app.ledger.verify import verify

STOCK = ("item", "location", "lot", "on_hand", "allocated", "available")
VALUE = ("item", "quantity", "value", "unit_cost")
HISTORY = (
    "number",
    "type",
    "at",
    "entered_at",
    "from",
    "to",
    "lot",
    "quantity",
    "value",
    "document",
)
LAYERS = ("at", "quantity", "unit_cost", "value", "document")


def tell_stock(database: Database, options: Namespace) -> int:
    """Say what is on hand, allocated and available, by item, place and lot."""
    with database.reading() as session:
        found = find_stock(
            session,
            item=options.item or "",
            location=options.location or "",
            lot=options.lot or "",
            at=moment(options.at),
            below=options.below,
        )
    rows = ({name: getattr(line, name) for name in STOCK} for line in found)
    say_rows(rows, STOCK, json_wanted=options.json)
    return 0


def tell_value(database: Database, options: Namespace) -> int:
    """Say what the owned stock is worth, item by item."""
    with database.reading() as session:
        found = find_values(session, item=options.item or "", at=moment(options.at))
    rows = ({name: getattr(line, name) for name in VALUE} for line in found)
    say_rows(rows, VALUE, json_wanted=options.json)
    return 0


def tell_history(database: Database, options: Namespace) -> int:
    """Say every movement of an item in the order of history."""
    with database.reading() as session:
        rows = _movements(session, item_number(session, options.item))
        say_rows(rows, HISTORY, json_wanted=options.json)
    return 0


def tell_layers(database: Database, options: Namespace) -> int:
    """Say which layers of cost of an item are open, the oldest first."""
    with database.reading() as session:
        found = open_layers(session, item_number(session, options.item))
    rows = ({name: getattr(layer, name) for name in LAYERS} for layer in found)
    say_rows(rows, LAYERS, json_wanted=options.json)
    return 0


def verify_ledger(database: Database, options: Namespace) -> int:
    """Prove all that is derived by the movements; 1 if anything differs."""
    with database.reading() as session:
        checks = outcome(verify(session))
    ok = all(check.ok for check in checks)
    if options.json:
        told = [
            {"name": check.name, "ok": check.ok, "differences": check.differences}
            for check in checks
        ]
        say_json({"ok": ok, "checks": told})
        return 0 if ok else 1
    for check in checks:
        found = counted(len(check.differences), "difference", "differences")
        say(f"{check.name}: {'ok' if check.ok else found}")
        for difference in check.differences:
            say(f"  {difference}")
    return 0 if ok else 1


def moment(text: str | None) -> datetime | None:
    """Return the moment that an option names; None is now."""
    return parse_time(text) if text else None


def item_number(session: Session, name: str) -> int:
    """Return the row number of an item by SKU or barcode."""
    found = find_item(session, name)
    if found is None:
        raise UnknownItem(item=name)
    return found.item.id


def _movements(session: Session, item: int) -> Iterator[Row]:
    for entry in history_of(session, item):
        yield {
            "number": entry.id,
            "type": entry.type,
            "at": entry.at,
            "entered_at": entry.entered_at,
            "from": entry.source,
            "to": entry.target,
            "lot": entry.lot,
            "quantity": entry.quantity,
            "value": entry.value,
            "document": entry.number,
        }
