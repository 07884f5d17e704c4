"""Answers on the standard output: JSON for programs, plain tables for people."""

import json
import sys
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from errno import EINVAL
from itertools import chain, islice
from pathlib import Path
from typing import Any, TextIO, TypeVar

from app.core.decimals import plain

Row = Mapping[str, Any]
T = TypeVar("T")

WIDTHS_FROM = 200
"""Rows that are looked at to find how wide the columns of a table are."""

GAP = "  "


@contextmanager
def _while_read() -> Iterator[None]:
    """Raise BrokenPipeError when nobody reads any more; Windows calls that an invalid argument."""
    try:
        yield
    except OSError as fault:
        if sys.platform == "win32" and fault.errno == EINVAL:
            raise BrokenPipeError from fault
        raise


def as_json(value: Any) -> str:
    """Return a value on one line: figures as strings, exactly; times in ISO 8601."""
    return json.dumps(value, default=_plain_value, ensure_ascii=False)


@_while_read()
def say(text: str = "") -> None:
    """Write a line; it has left the program when this returns."""
    print(text, flush=True)


def say_json(value: Any) -> None:
    say(as_json(value))


def say_rows(rows: Iterable[Row], columns: tuple[str, ...], *, json_wanted: bool) -> None:
    """Write rows as one JSON list, or as a table with headings; never holds them all."""
    if json_wanted:
        _say_list(rows)
    else:
        _say_table(rows, columns)


def counted(count: int, one: str, many: str) -> str:
    """Return how many there are: 1 line, 2 lines."""
    return f"{count} {one if count == 1 else many}"


def complain(text: str) -> None:
    """Tell the person at the keyboard what went wrong."""
    print(" ".join(text.split()), file=sys.stderr, flush=True)


def speak_utf8() -> None:
    """Answer in UTF-8 whatever the console is set to; a windowed program may have no console."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def outcome(steps: Generator[Any, None, T]) -> T:
    """Step through a long piece of work to its end, telling nobody how far it is."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result


@_while_read()
def _say_list(rows: Iterable[Row]) -> None:
    output: TextIO = sys.stdout
    output.write("[")
    for number, row in enumerate(rows):
        output.write(",\n" if number else "")
        output.write(as_json(row))
    output.write("]\n")
    output.flush()


@_while_read()
def _say_table(rows: Iterable[Row], columns: tuple[str, ...]) -> None:
    rest = iter(rows)
    first = list(islice(rest, WIDTHS_FROM))
    widths = [
        max([len(column), *(len(_shown(row[column])) for row in first)]) for column in columns
    ]
    numeric = [any(isinstance(row[column], Decimal) for row in first) for column in columns]
    heading = [column.replace("_", " ") for column in columns]
    lines = chain(
        [heading, ["-" * width for width in widths]],
        ([_shown(row[column]) for column in columns] for row in chain(first, rest)),
    )
    for line in lines:
        cells = (
            text.rjust(width) if right else text.ljust(width)
            for text, width, right in zip(line, widths, numeric, strict=True)
        )
        print(GAP.join(cells).rstrip())
    sys.stdout.flush()


def _shown(value: Any) -> str:
    """Return a value for a person, without what a terminal would take for a command."""
    if value is None:
        return ""
    text = str(value) if isinstance(value, str | int) else str(_plain_value(value))
    return "".join(character if character.isprintable() else "�" for character in text)


def _plain_value(value: Any) -> Any:
    match value:
        case Decimal():
            return plain(value)
        case date():
            return value.isoformat()
        case Path():
            return str(value)
        case tuple() | set() | frozenset():
            return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON form")
