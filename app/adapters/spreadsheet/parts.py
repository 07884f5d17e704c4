"""The XML parts of a workbook, read as a stream: no tree in memory, no entities, no surprises."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from app.adapters.spreadsheet.preflight import BOMB, CUT_SHORT, ENTITIES, LARGEST_CONTENT

CHUNK = 1 << 18

MAIN_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The usual name space of a workbook, and that of “Strict Open XML”."""

SPACE_END = "}"


Sieve = Callable[[bytes], bytes]
"""Returns what is left of a piece; called with b"" at the end."""


class Unusable(Exception):
    """The workbook cannot be used; the message says why. Becomes NotReadable with the file."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a small part: names without their name space."""

    name: str
    parent: str
    attributes: dict[str, str]
    text: str


def pour(
    archive: ZipFile, name: str, parser: expat.XMLParserType, sieve: Sieve | None = None
) -> Iterator[int]:
    """Feed a part to the parser and say after each piece how many bytes it had.

    A sieve takes out of each piece what says nothing, and holds back what is not yet whole.
    """
    parser.StartDoctypeDeclHandler = _refuse_doctype
    unpacked = 0
    try:
        with archive.open(name) as part:
            while piece := part.read(CHUNK):
                unpacked += len(piece)
                if unpacked > LARGEST_CONTENT:
                    raise Unusable(BOMB)
                parser.Parse(sieve(piece) if sieve else piece, False)
                yield len(piece)
        parser.Parse(sieve(b"") if sieve else b"", True)
    except (
        expat.ExpatError,
        BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
    ) as bad:
        raise Unusable(CUT_SHORT) from bad


def new_parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=SPACE_END)
    parser.buffer_text = True
    return parser


def read_elements(archive: ZipFile, name: str) -> list[Element]:
    """Return the elements of a small part, innermost first; none if there is no such part."""
    if name not in archive.NameToInfo:
        return []
    collector = _Collector()
    parser = new_parser()
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.take
    for _ in pour(archive, name, parser):
        pass
    return collector.found


def local(name: str) -> str:
    return name.rpartition(SPACE_END)[2]


def spaced(handlers: dict[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    """Return handlers by full element name, for both of a workbook's name spaces."""
    return {
        f"{space}{SPACE_END}{name}": handler
        for space in MAIN_SPACES
        for name, handler in handlers.items()
    }


class _Collector:
    def __init__(self) -> None:
        self.found: list[Element] = []
        self._open: list[tuple[str, dict[str, str], list[str]]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = {local(key): value for key, value in attributes.items()}
        self._open.append((local(name), plain, []))

    def take(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)

    def end(self, _: str) -> None:
        name, attributes, text = self._open.pop()
        parent = self._open[-1][0] if self._open else ""
        self.found.append(Element(name, parent, attributes, "".join(text)))


def _refuse_doctype(*_: object) -> None:
    raise Unusable(ENTITIES)
