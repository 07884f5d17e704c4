"""One line of a JSON Lines file is one document: read here, posted elsewhere."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.cli.fields import (
    InexactNumber,
    Reader,
    read_code,
    read_counted,
    read_day,
    read_decimal,
    read_moment,
    read_money,
    read_note,
    read_position,
    read_text,
)
from app.core.documents import Document, DocumentType, Line
from app.core.errors import AppError, Refused, marked
from app.core.refusals import Malformed

_HEAD: dict[str, tuple[str, Reader]] = {
    "key": ("key", read_text),
    "at": ("at", read_moment),
    "reference": ("reference", read_text),
    "note": ("note", read_note),
    "supplier": ("supplier", read_code),
    "customer": ("customer", read_code),
    "order": ("order", read_code),
    "site": ("site", read_text),
    "document": ("reverses", read_code),
}
"""What a document's fields are called in JSON, the name we have for them, how they are read."""

_LINE: dict[str, tuple[str, Reader]] = {
    "item": ("item", read_code),
    "quantity": ("quantity", read_decimal),
    "unit": ("unit", read_text),
    "lot": ("lot", read_code),
    "expiry": ("expiry", read_day),
    "from": ("source", read_text),
    "to": ("target", read_text),
    "location": ("source", read_text),
    "unit_cost": ("unit_cost", read_money),
    "order": ("order", read_code),
    "order_line": ("order_line", read_position),
    "rejected": ("rejected", read_decimal),
    "counted": ("counted", read_counted),
    "reason": ("reason", read_text),
    "at": ("at", read_moment),
    "price": ("price", read_money),
    "due": ("due", read_day),
}


@dataclass(frozen=True, slots=True)
class _Form:
    """What a type of document has beside what all have, and what each line must name."""

    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    needs_head: tuple[str, ...] = ()
    has_lines: bool = True


_GOODS = ("item", "quantity")
_ALL_LINES = ("lot", "unit", "expiry")

_FORMS: dict[DocumentType, _Form] = {
    DocumentType.OPENING: _Form((*_GOODS, "to"), ("unit_cost",)),
    DocumentType.RECEIPT: _Form(
        (*_GOODS, "to"), ("unit_cost", "order", "order_line", "rejected"), ("supplier", "order")
    ),
    DocumentType.TRANSFER: _Form((*_GOODS, "from", "to")),
    DocumentType.ISSUE: _Form((*_GOODS, "from"), ("order", "order_line"), ("customer", "order")),
    DocumentType.COUNT: _Form(("item", "location", "counted"), ("reason", "at")),
    DocumentType.ADJUSTMENT: _Form((*_GOODS, "location", "reason"), ("unit_cost",)),
    DocumentType.PURCHASE_ORDER: _Form(_GOODS, ("price", "due"), ("supplier", "site")),
    DocumentType.SALES_ORDER: _Form(_GOODS, ("price", "due"), ("customer", "site")),
    DocumentType.ALLOCATE: _Form(needs_head=("order",), has_lines=False),
    DocumentType.RELEASE: _Form(needs_head=("order",), has_lines=False),
    DocumentType.REVERSAL: _Form(needs_head=("document",), has_lines=False),
}
_COMMON = ("key", "type", "at", "reference", "note", "lines")

_MAY_BE_BLANK = ("counted", "quantity")
"""Blank is “not counted” for the one; the other is refused as a quantity."""

_TO_COME = frozenset(
    {
        "landed_cost",
        "supplier_return",
        "transfer_ship",
        "transfer_receive",
        "customer_return",
        "build",
        "unbuild",
        "revaluation",
        "costing_change",
        "close_period",
        "reopen_period",
    }
)


class NotYetSupported(Refused):
    template = marked("Documents of the type “{type}” cannot be posted yet.")


@dataclass(frozen=True, slots=True)
class Stated:
    """A document as a line of the file states it. `warnings` name what was not read."""

    document: Document
    warnings: tuple[str, ...] = ()


def parse_document(text: bytes) -> Stated:
    """Read one line of the file; raises `Malformed`, `InvalidQuantity` or `NotYetSupported`.

    `key_of` tells the key even of a line that is refused here.
    """
    return _read(_load(text))


def key_of(text: bytes) -> str | None:
    """Return the key that a line states, if it can be made out at all."""
    try:
        stated = _load(text)
    except AppError:
        return None
    key = stated.get("key")
    return key if isinstance(key, str) else None


def _load(text: bytes) -> Mapping[str, Any]:
    try:
        stated = json.loads(
            text.decode("utf-8-sig"), parse_float=InexactNumber, object_pairs_hook=_object
        )
    except UnicodeDecodeError:
        raise Malformed(marked("The line is not UTF-8.")) from None
    except (ValueError, RecursionError) as fault:
        raise Malformed(f"The line is not JSON: {fault}.") from None
    if not isinstance(stated, dict):
        raise Malformed(marked("The line is not a document: an object is wanted."))
    return stated


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    stated = dict(pairs)
    if len(stated) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise Malformed(f"“{doubled}” is stated twice.")
    return stated


def _read(stated: Mapping[str, Any]) -> Stated:
    if not stated.get("key"):
        raise Malformed(marked("key: it is missing; every document needs one of its own."))
    kind = _type_of(stated)
    form = _FORMS[kind]
    warnings: list[str] = []
    head = {*_COMMON, *form.head, *form.needs_head}
    _need(stated, form.needs_head)
    values = _values(stated, _HEAD, head, warnings)
    lines = tuple(
        _read_line(number, line, form, warnings)
        for number, line in enumerate(_lines_of(stated, form), start=1)
    )
    document = Document(type=kind, lines=lines, **values)
    return Stated(document, tuple(dict.fromkeys(warnings)))


def _type_of(stated: Mapping[str, Any]) -> DocumentType:
    found = stated.get("type")
    if not isinstance(found, str) or found not in {*DocumentType, *_TO_COME}:
        known = ", ".join(DocumentType)
        raise Malformed(f"type: {str(found)[:60]} is not one of {known}.")
    if found in _TO_COME:
        raise NotYetSupported(type=found)
    return DocumentType(found)


def _lines_of(stated: Mapping[str, Any], form: _Form) -> Sequence[Any]:
    lines = stated.get("lines")
    if lines is None:
        lines = []
    if not isinstance(lines, list):
        raise Malformed(marked("lines: a list of lines is wanted."))
    return lines if form.has_lines else []


def _read_line(number: int, stated: Any, form: _Form, warnings: list[str]) -> Line:
    try:
        if not isinstance(stated, dict):
            raise Malformed(marked("A line is an object with an item and a quantity."))
        _need(stated, form.needs)
        allowed = {*form.needs, *form.takes, *_ALL_LINES}
        return Line(**_values(stated, _LINE, allowed, warnings))
    except Refused as refusal:
        refusal.line = number
        raise


def _need(stated: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name not in stated or (stated[name] in ("", None) and name not in _MAY_BE_BLANK):
            raise Malformed(f"{name}: it is missing.")


def _values(
    stated: Mapping[str, Any],
    readers: Mapping[str, tuple[str, Reader]],
    allowed: set[str],
    warnings: list[str],
) -> dict[str, Any]:
    """Read the fields that this kind of object has; name the others."""
    values: dict[str, Any] = {}
    for name, found in stated.items():
        if name not in allowed:
            warnings.append(f"“{name[:60]}” means nothing here and was not read.")
        elif name in readers and (found is not None or name == "quantity"):
            own, read = readers[name]
            values[own] = read(name, found)
    return values
