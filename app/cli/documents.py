"""One line of a JSON Lines file is one document: read here, posted elsewhere."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.cli.fields import InexactNumber, Reader, read_code
from app.cli.forms import BUILD, FORMS, HEAD, LINE, MAY_BE_BLANK, OUTPUT, Form, Lines
from app.core.documents import Build, Document, DocumentType, Line
from app.core.errors import AppError, marked
from app.core.refusals import Malformed
from app.ledger.facts import on_line

_UNREAD = "“{name}” means nothing here and was not read."


@dataclass(frozen=True, slots=True)
class Stated:
    """A document as a line of the file states it. `warnings` name what was not read."""

    document: Document
    warnings: tuple[str, ...] = ()


def parse_document(text: bytes) -> Stated:
    """Read one line of the file; raises `Malformed` or `InvalidQuantity`.

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
    form = FORMS[kind]
    warnings: list[str] = []
    _need(stated, form.needs_head)
    values = _values(stated, HEAD, form.allowed, warnings)
    if form.names:
        values["names"] = _read_names(form.names, stated, _list(stated, "lines"))
    if form.is_build:
        values["build"] = _read_build(stated, form, warnings)
    values["lines"] = tuple(_read_lines(stated, form.lines, warnings))
    return Stated(Document(type=kind, **values), tuple(dict.fromkeys(warnings)))


def _type_of(stated: Mapping[str, Any]) -> DocumentType:
    found = stated.get("type")
    if not isinstance(found, str) or found not in set(DocumentType):
        known = ", ".join(DocumentType)
        raise Malformed(f"type: {str(found)[:60]} is not one of {known}.")
    return DocumentType(found)


def _read_lines(
    stated: Mapping[str, Any], form: Lines | None, warnings: list[str]
) -> Iterator[Line]:
    lines = _list(stated, "lines")
    if form is None:
        if lines:
            warnings.append(_UNREAD.format(name="lines"))
        return
    for number, line in enumerate(lines, start=1):
        with on_line(number):
            yield _read_goods(line, form, warnings)


def _list(stated: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = stated.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        raise Malformed(f"{name}: a list is wanted.")
    return found


def _read_names(name: str, stated: Mapping[str, Any], lines: Sequence[Any]) -> str:
    """Read which document the goods come back of: the head names it, or each line the same."""
    head = common = _code(name, stated)
    for number, line in enumerate(lines, start=1):
        with on_line(number):
            own = _code(name, line if isinstance(line, dict) else {}) or head
            if number == 1:
                common = head or own
            if own != common:
                raise Malformed(f"{name}: one document for each {name} is wanted.")
    return common


def _code(name: str, stated: Mapping[str, Any]) -> str:
    found = stated.get(name)
    return "" if found is None else read_code(name, found)


def _read_build(stated: Mapping[str, Any], form: Form, warnings: list[str]) -> Build:
    values = _values(stated, BUILD, form.allowed, [])
    outputs = []
    for number, output in enumerate(_list(stated, "outputs"), start=1):
        try:
            outputs.append(_read_goods(output, OUTPUT, warnings))
        except Malformed as refusal:
            raise Malformed(f"outputs {number}: {refusal}") from None
    return Build(**values, outputs=tuple(outputs))


def _read_goods(stated: Any, form: Lines, warnings: list[str]) -> Line:
    """Read an object that says which goods: a line, or a by-product."""
    if not isinstance(stated, dict):
        raise Malformed(marked("A line is an object with an item and a quantity."))
    _need(stated, form.needs)
    if form.needs_one and all(stated.get(name) in ("", None) for name in form.needs_one):
        raise Malformed(f"{' or '.join(form.needs_one)}: it is missing.")
    return Line(**_values(stated, LINE, form.allowed, warnings))


def _need(stated: Mapping[str, Any], names: Sequence[str]) -> None:
    for name in names:
        if name not in stated or (stated[name] in ("", None) and name not in MAY_BE_BLANK):
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
            warnings.append(_UNREAD.format(name=name[:60]))
        elif name in readers and (found is not None or name == "quantity"):
            own, read = readers[name]
            values[own] = read(name, found)
    return values
