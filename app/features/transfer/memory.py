"""A draft as JSON and back. Figures are text, so that none passes through a float."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.catalogue import Item
from app.core.clock import parse_time
from app.core.decimals import plain
from app.features.transfer.draft import Draft, MoveLine

FORM = 1
"""Which way of writing this is; another one is left alone."""


def remember(draft: Draft) -> dict[str, Any]:
    """Return all that cannot be looked up again."""
    return {
        "form": FORM,
        "key": draft.key,
        "site": draft.site,
        "at": draft.at.isoformat() if draft.at else None,
        "source": draft.source.path if draft.source else "",
        "target": draft.target.path if draft.target else "",
        "last_id": draft.last_id,
        "lines": [_written(line) for line in draft.lines],
    }


def items_in(body: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the items that must be looked up to recall it."""
    return {line["item"] for line in body["lines"]}


def recall(body: Mapping[str, Any], items: Iterable[Item]) -> Draft:
    """Return the draft without places and facts. A line of an item that is gone is left out."""
    known = {item.id: item for item in items}
    return Draft(
        key=body["key"],
        site=body["site"],
        at=parse_time(body["at"]) if body.get("at") else None,
        last_id=body["last_id"],
        lines=tuple(
            _read(line, known[line["item"]]) for line in body["lines"] if line["item"] in known
        ),
    )


def _written(line: MoveLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "item": line.item.id,
        "quantity": plain(line.quantity),
        "lot": line.lot,
        "expiry": line.expiry.isoformat() if line.expiry else None,
        "unit": line.unit,
        "is_guess": line.is_guess,
        "typed": line.typed,
    }


def _read(body: Mapping[str, Any], item: Item) -> MoveLine:
    expiry = body["expiry"]
    return MoveLine(
        id=body["id"],
        item=item,
        quantity=Decimal(body["quantity"]),
        lot=body["lot"],
        expiry=date.fromisoformat(expiry) if expiry else None,
        unit=body["unit"],
        is_guess=body["is_guess"],
        typed=body["typed"],
    )
