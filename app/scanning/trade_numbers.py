"""Codes that are numbers: GTIN in all its forms, ISBN, ISSN, SSCC, and those of the house."""

import re
from collections.abc import Sequence

from app.core.errors import marked
from app.core.gtin import as_gtin14, check_digit, from_upc_e, is_gtin, is_sscc, looks_like_gtin
from app.core.scanner import MeasureKind, MeasureRule
from app.scanning.content import Content, Kind

WRONG_CHECK_DIGIT = marked("The check digit is wrong: the code is damaged. Scan it again.")

_EAN13, _UPCA, _ISBN10, _GTIN8 = 13, 12, 10, 8
_ADDONS = (2, 5)
_BOOKLAND = "978"
_SERIAL = "977"
_PERIODICALS = ("977", "978", "979")
_CARTONS = tuple("12345678")
_SEPARATED = re.compile(r"[0-9Xx -]+")
_ISSN = re.compile(r"\d{4}-?\d{3}[\dX]")


def read_trade_number(code: str, typed: bool, rules: Sequence[MeasureRule]) -> Content | None:
    """Read a code of digits, or return None if it is nothing of the kind.

    `typed`: by hand, so that blanks and hyphens may stand between the digits.
    """
    if typed and _SEPARATED.fullmatch(code):
        if found := _read_issn(code.upper()):
            return found
        code = code.replace(" ", "").replace("-", "").upper()
    if found := _read_isbn10(code):
        return found
    if not (code.isascii() and code.isdigit()):
        return None
    return (
        _read_measured(code, rules)
        or _read_gtin(code)
        or _read_with_addon(code)
        or _read_sscc(code)
    )


def is_restricted(gtin14: str) -> bool:
    """Tell whether it came from an EAN-13 that means something only here: prefix 02, 20 to 29."""
    return gtin14.startswith(("02", "002"))


def as_piece(gtin14: str) -> str:
    """Return the number of the piece that a carton's may have been made from, or ""."""
    return _with_check_digit(f"0{gtin14[1:-1]}") if gtin14[:1] in _CARTONS else ""


def _read_gtin(code: str) -> Content | None:
    if not looks_like_gtin(code):
        return None
    gtin14 = as_gtin14(code)
    if gtin14 is None:
        return Content(kind=Kind.INVALID, problem=WRONG_CHECK_DIGIT)
    upc_a = from_upc_e(code) if len(code) == _GTIN8 else None
    other = upc_a.zfill(14) if upc_a else ""
    isbn = _as_isbn10(gtin14[1:]) if gtin14.startswith(f"0{_BOOKLAND}") else ""
    return Content(
        kind=Kind.GTIN,
        gtin14=gtin14,
        other_gtin14=other if other != gtin14 else "",
        is_short=bool(other),
        isbn10=isbn,
    )


def _read_with_addon(code: str) -> Content | None:
    """Periodicals have two or five more digits beside the code; some scanners send them along."""
    for length in (_EAN13, _UPCA):
        main, addon = code[:length], code[length:]
        if len(addon) in _ADDONS and len(code) > max(14, length) and is_gtin(main):
            if is_sscc(code) and not main.startswith(_PERIODICALS):
                return None
            return Content(kind=Kind.GTIN, gtin14=main.zfill(14), addon=addon)
    return None


def _read_sscc(code: str) -> Content | None:
    return Content(kind=Kind.SSCC, sscc=code) if is_sscc(code) else None


def _read_isbn10(code: str) -> Content | None:
    if len(code) != _ISBN10 or not (code[:-1].isascii() and code[:-1].isdigit()):
        return None
    if code[-1] != _isbn_check(code[:-1]):
        return None
    ean = _with_check_digit(_BOOKLAND + code[:-1])
    return Content(kind=Kind.GTIN, gtin14=ean.zfill(14), isbn10=code)


def _read_issn(code: str) -> Content | None:
    """Eight digits with their hyphen, or ending in X; without either they are a GTIN-8."""
    if not _ISSN.fullmatch(code) or code.isdigit():
        return None
    digits = code.replace("-", "")
    weighted = sum(int(digit) * (8 - at) for at, digit in enumerate(digits[:-1]))
    if digits[-1] != _mod_11(weighted):
        return None
    return Content(kind=Kind.GTIN, gtin14=_with_check_digit(f"{_SERIAL}{digits[:-1]}00").zfill(14))


def _read_measured(code: str, rules: Sequence[MeasureRule]) -> Content | None:
    """Read an EAN-13 of restricted circulation by the first rule of the house for its prefix."""
    if len(code) not in (_UPCA, _EAN13):
        return None
    ean = code.zfill(_EAN13)
    for rule in rules:
        item_end = len(rule.prefix) + rule.item_digits
        is_whole = item_end + rule.value_digits == _EAN13 - 1
        if ean.startswith(rule.prefix) and is_whole:
            return _measured(ean, rule, item_end) if is_gtin(ean) else None
    return None


def _measured(ean: str, rule: MeasureRule, item_end: int) -> Content:
    figure = rule.figure(ean[item_end:-1])
    is_count = rule.kind == MeasureKind.COUNT
    blank = _with_check_digit(ean[:item_end] + "0" * rule.value_digits)
    return Content(
        kind=Kind.MEASURED,
        rule=rule,
        item_code=ean[len(rule.prefix) : item_end],
        gtin14=blank.zfill(14),
        count=figure if is_count else None,
        measure=None if is_count else figure,
        unit="kg" if rule.kind == MeasureKind.WEIGHT else "",
    )


def _as_isbn10(ean: str) -> str:
    return ean[3:-1] + _isbn_check(ean[3:-1])


def _isbn_check(nine: str) -> str:
    """Source: ISO 2108, the check digit of ISBN-10: weights 10 to 2, modulo 11."""
    return _mod_11(sum(int(digit) * (10 - at) for at, digit in enumerate(nine)))


def _mod_11(weighted: int) -> str:
    left = -weighted % 11
    return "X" if left == 10 else str(left)


def _with_check_digit(digits: str) -> str:
    return f"{digits}{check_digit(digits)}"
