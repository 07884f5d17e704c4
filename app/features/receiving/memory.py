"""A draft as JSON and back. Figures are text, so that none passes through a float."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from app.core.catalogue import Item
from app.core.clock import parse_time
from app.core.decimals import plain
from app.features.receiving.draft import Draft, DraftLine

FORM = 1
"""Which way of writing this is; another one is left alone."""


def remember(draft: Draft) -> dict[str, Any]:
    """Return all that cannot be looked up again."""
    return {
        "form": FORM,
        "key": draft.key,
        "order": draft.order.number if draft.order else "",
        "supplier": draft.supplier,
        "reference": draft.reference,
        "place": draft.place,
        "site": draft.site,
        "at": draft.at.isoformat() if draft.at else None,
        "last_id": draft.last_id,
        "lines": [_written(line) for line in draft.lines],
    }


def items_in(body: Mapping[str, Any]) -> set[int]:
    """Return the numbers of the items that must be looked up to recall it."""
    return {line["item"] for line in body["lines"]}


def recall(body: Mapping[str, Any], items: Iterable[Item]) -> Draft:
    """Return the draft without its order and facts. A line of an item that is gone is left out."""
    known = {item.id: item for item in items}
    return Draft(
        key=body["key"],
        supplier=body["supplier"],
        reference=body["reference"],
        place=body["place"],
        site=body["site"],
        at=parse_time(body["at"]) if body.get("at") else None,
        last_id=body["last_id"],
        lines=tuple(
            _read(line, known[line["item"]]) for line in body["lines"] if line["item"] in known
        ),
    )


def _written(line: DraftLine) -> dict[str, Any]:
    written = {
        "id": line.id,
        "item": line.item.id,
        "quantity": plain(line.quantity),
        "rejected": plain(line.rejected),
        "lot": line.lot,
        "expiry": line.expiry.isoformat() if line.expiry else None,
        "unit": line.unit,
        "cost": None if line.cost is None else plain(line.cost),
        "target": line.target,
        "order_line": line.order_line,
        "typed": line.typed,
    }
    return {name: value for name, value in written.items() if value not in (None, "")}


def _read(body: Mapping[str, Any], item: Item) -> DraftLine:
    expiry, cost = body.get("expiry"), body.get("cost")
    return DraftLine(
        id=body["id"],
        item=item,
        quantity=Decimal(body.get("quantity", "0")),
        rejected=Decimal(body.get("rejected", "0")),
        lot=body.get("lot", ""),
        expiry=date.fromisoformat(expiry) if expiry else None,
        unit=body.get("unit", ""),
        cost=None if cost is None else Decimal(cost),
        target=body.get("target", ""),
        order_line=body.get("order_line"),
        typed=body.get("typed", 0),
    )
