"""What the raw text of a workbook's cell stands for, given how the cell is shown."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation
from zipfile import ZipFile

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from app.adapters.spreadsheet.parts import Element, read_elements
from app.core.cells import BLANK, Cell, CellKind, clean
from app.core.decimals import plain

PLACES = 9
"""Decimals kept of a number: beyond them lies only what binary arithmetic left behind."""

_WIDE = Context(prec=40)
_STEP = Decimal(1).scaleb(-PLACES)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


class Formats:
    """How cells of each style are shown: as dates, as percentages, or neither."""

    def __init__(self, archive: ZipFile, part: str, from_1904: bool) -> None:
        self._epoch = MAC_EPOCH if from_1904 else WINDOWS_EPOCH
        codes = _codes(read_elements(archive, part)) if part else []
        self.dates = [bool(is_date_format(code)) for code in codes]
        self.percents = ["%" in _QUOTED.sub("", code) for code in codes]

    def is_date(self, style: str) -> bool:
        return _at(self.dates, style)

    def is_percent(self, style: str) -> bool:
        return _at(self.percents, style)

    def date_cell(self, raw: str, is_formula: bool) -> Cell:
        """Return what a serial number shown as a date or time is."""
        try:
            value = from_excel(float(raw), self._epoch)
        except (ValueError, OverflowError):
            return Cell(CellKind.ERROR, raw, is_formula=is_formula)
        return moment_cell(value, is_formula)


def moment_cell(value: datetime | date | time | timedelta | None, is_formula: bool) -> Cell:
    if isinstance(value, timedelta):
        value = (datetime.min + value).time()
    if value is None:
        return BLANK
    text = value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return Cell(CellKind.DATE, text.removesuffix(" 00:00:00"), value, is_formula)


def iso_date_cell(raw: str, is_formula: bool) -> Cell:
    """Return what a date written as text (in “Strict Open XML”) is."""
    try:
        return moment_cell(datetime.fromisoformat(raw.rstrip("Z")), is_formula)
    except ValueError:
        return Cell(CellKind.DATE, raw, None, is_formula)


def number_cell(raw: str, is_formula: bool = False, is_percent: bool = False) -> Cell:
    """Return the number that a person typed, rid of what binary arithmetic added to it."""
    try:
        value = Decimal(raw)
    except InvalidOperation:
        return Cell(CellKind.ERROR, raw, is_formula=is_formula)
    if not value.is_finite() or value.adjusted() > 300:
        return Cell(CellKind.ERROR, raw, is_formula=is_formula)
    if value.adjusted() < 25:
        value = value.quantize(_STEP, context=_WIDE)
    text = plain(value)
    return Cell(CellKind.NUMBER, text, Decimal(text), is_formula, is_percent)


def text_cell(raw: str, is_formula: bool = False) -> Cell:
    text = clean(_ESCAPE.sub(_unescape, raw) if "_x" in raw else raw)
    if not text:
        return Cell(CellKind.BLANK, "", is_formula=True) if is_formula else BLANK
    return Cell(CellKind.TEXT, text, is_formula=is_formula)


def _unescape(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


def _at(flags: list[bool], style: str) -> bool:
    number = int(style) if style.isdecimal() else 0
    return number < len(flags) and flags[number]


def _codes(elements: list[Element]) -> list[str]:
    custom = {
        element.attributes.get("numFmtId", ""): element.attributes.get("formatCode", "")
        for element in elements
        if element.name == "numFmt"
    }
    numbers = [
        element.attributes.get("numFmtId", "0")
        for element in elements
        if element.name == "xf" and element.parent == "cellXfs"
    ]
    return [custom.get(number) or _builtin(number) for number in numbers]


def _builtin(number: str) -> str:
    return BUILTIN_FORMATS.get(int(number), "General") if number.isdecimal() else "General"
