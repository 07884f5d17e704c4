"""GS1 element strings and Digital Links, read by biip and then looked at more closely.

Loading biip takes longer than a scan may: import this module only when there is one to read.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from decimal import Decimal

from biip import ParseConfig, ParseError
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_element_strings import GS1ElementString

from app.core.errors import marked
from app.scanning.content import Content, Kind
from app.scanning.keys import GS
from app.scanning.trade_numbers import WRONG_CHECK_DIGIT

BAD_DATE = marked("The code holds a date that does not exist; it is not used.")
LOST_SEPARATOR = marked(
    "The lot seems to run into a date: the scanner left out a separator. Check the lot."
)
TWO_VALUES = marked("The code says the same thing twice, and differently. Enter it by hand.")

_DATES = {"11": "produced", "15": "best_before", "17": "expiry", "7003": "expiry"}
_ALL_DATES = ("11", "12", "13", "15", "16", "17", "7003")
_COUNTS = ("37", "30")
_UNITS = {"310": "kg", "311": "m", "314": "m2", "315": "l", "316": "m3", "320": "lb", "356": "ozt"}
_MEASURES = tuple(str(start) for start in range(31, 37))
_RUN_ON = re.compile(r".(?:11|15|17)(\d{6})$")

_DATED = re.compile(r"(1[123567])(\d{6})", re.ASCII)
_WRITTEN = re.compile(r"\(([0-9]{2,4})\)([^(]+)")
_NONE = "0" * 14

Part = tuple[str, str, GS1ElementString | None]
"""An identifier, its value, and what biip makes of it: nothing of an impossible date."""


def read_elements(message: str) -> Content | None:
    """Read a message of element strings, as scanned or with its identifiers in brackets."""
    with suppress(ParseError, ValueError):
        if message.startswith("("):
            return _content([_written(ai, value) for ai, value in _WRITTEN.findall(message)])
        return _content(list(_split(message)))
    return None


def read_link(address: str) -> Content | None:
    """Read a GS1 Digital Link; None for any other address, which nobody opens."""
    for config in (ParseConfig(), ParseConfig(gs1_element_strings_verify_date=False)):
        with suppress(ParseError, ValueError):
            link = GS1DigitalLinkURI.parse(address, config=config)
            return _content([_part(element) for element in link.element_strings])
    return None


def _split(message: str) -> Iterator[Part]:
    """Take the element strings off a message one by one.

    For biip one impossible date spoils the whole of it, here only itself.
    """
    rest = message
    while rest := rest.lstrip(GS):
        try:
            element = GS1ElementString.extract(rest)
        except ParseError:
            dated = _DATED.match(rest)
            if not dated:
                raise
            yield dated[1], dated[2], None
            rest = rest[dated.end() :]
        else:
            yield _part(element)
            rest = rest[len(element) :]


def _written(ai: str, value: str) -> Part:
    text = f"{ai}{''.join(value.split())}"
    try:
        return _part(GS1ElementString.parse(text))
    except ParseError:
        if not _DATED.fullmatch(text):
            raise
        return ai, text[2:], None


def _part(element: GS1ElementString) -> Part:
    return element.ai.ai, element.value, element


def _content(parts: list[Part]) -> Content | None:
    values = {ai: value for ai, value, _ in reversed(parts)}
    elements = [element for _, _, element in parts if element]
    trade = values.get("01") or values.get("02", "")
    if not parts or trade == _NONE:
        return None
    if any(element.gtin_error or element.sscc_error for element in elements):
        return Content(kind=Kind.INVALID, elements=values, problem=WRONG_CHECK_DIGIT)
    if any(values[ai] != value for ai, value, _ in parts):
        return Content(kind=Kind.INVALID, elements=values, problem=TWO_VALUES)
    measure, unit = _measure(elements)
    dates = _dates(elements)
    return Content(
        kind=Kind.GS1 if trade or "00" not in values else Kind.SSCC,
        elements=values,
        gtin14=trade,
        sscc=values.get("00", ""),
        lot=values.get("10", ""),
        serial=values.get("21", ""),
        expiry=dates.get("expiry"),
        best_before=dates.get("best_before"),
        produced=dates.get("produced"),
        count=_count(values),
        measure=measure,
        unit=unit,
        problem=_problem(parts, values.get("10", "")),
    )


def _dates(elements: list[GS1ElementString]) -> dict[str, date]:
    known = [(element.ai.ai, element.date) for element in elements]
    return {_DATES[ai]: day for ai, day in known if ai in _DATES and day}


def _count(values: dict[str, str]) -> Decimal | None:
    return next((Decimal(int(values[ai])) for ai in _COUNTS if ai in values), None)


def _measure(elements: list[GS1ElementString]) -> tuple[Decimal | None, str]:
    for element in elements:
        if element.ai.ai.startswith(_MEASURES) and element.ai.ai[:3] in _UNITS:
            return element.decimal, _UNITS[element.ai.ai[:3]]
    return None, ""


def _problem(parts: list[Part], lot: str) -> str:
    if any(element is None or element.date is None for ai, _, element in parts if ai in _ALL_DATES):
        return BAD_DATE
    found = _RUN_ON.search(lot)
    return LOST_SEPARATOR if found and _is_date(found[1]) else ""


def _is_date(digits: str) -> bool:
    with suppress(ValueError):
        date(2000 + int(digits[:2]), int(digits[2:4]), max(int(digits[4:]), 1))
        return True
    return False
