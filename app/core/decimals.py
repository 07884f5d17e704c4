"""Exact arithmetic for quantities and money. No float ever comes near them."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from app.core.errors import Refused, Said, marked

PLACES = 6
"""Decimals that a quantity or a unit cost can have at most."""

LARGEST = Decimal(999_999_999)
"""The largest quantity or price that a document line may state; more is a slip of the keyboard."""

MOST = Decimal(2**63 - 1).scaleb(-PLACES)
"""The largest figure that the database can hold, as a balance or a value may grow to be."""

EXACT = Context(prec=60)
"""Wide enough for the product of any three 64-bit figures."""

ZERO = Decimal(0)

_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(PLACES + 1))

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


AT_MOST = marked("at most {decimals} decimals.")


class InvalidQuantity(Refused):
    """Text or a figure that cannot stand as a quantity."""

    template = marked("“{found}” is not a quantity that can be used here: {reason}")


class FigureTooLarge(Refused):
    template = marked("{figure} is more than the books can hold. Check quantity and price.")


def check_room(value: Decimal) -> Decimal:
    """Return a balance or an amount if the database can hold it."""
    if abs(value) > MOST:
        raise FigureTooLarge(figure=plain(value))
    return value


def plain(value: Decimal) -> str:
    """Return the shortest exact text of a figure: no exponent, no trailing zeros."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half away from zero, as amounts of money are."""
    return value.quantize(_STEPS[places], ROUND_HALF_UP, EXACT)


def share(amount: Decimal, part: Decimal, whole: Decimal, places: int) -> Decimal:
    """Return amount × part / whole, rounded once; all of it for the whole."""
    if part == whole:
        return amount
    return rounded(EXACT.divide(EXACT.multiply(amount, part), whole), places)


def apportion(amount: Decimal, weights: Sequence[Decimal], places: int) -> list[Decimal]:
    """Share out an amount in proportion to weights of which one at least is above zero.

    By the largest remainder (Hamilton's method) on whole minor units: the shares add up exactly
    and none has the other sign; of equal remainders the first one is served first.
    """
    parts = [Fraction(weight) for weight in weights]
    units = int(abs(amount).scaleb(places))
    exact = [units * part / sum(parts) for part in parts]
    shares = [int(part) for part in exact]
    rests = sorted(range(len(parts)), key=lambda number: shares[number] - exact[number])
    for number in rests[: units - sum(shares)]:
        shares[number] += 1
    return [Decimal(count).scaleb(-places).copy_sign(amount) for count in shares]


def fits(value: Decimal, places: int) -> bool:
    """Tell whether the figure has no more than so many decimals."""
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        return False  # not a number, or without end
    return exponent >= -places or value == value.quantize(_STEPS[places], ROUND_HALF_UP, EXACT)


def parse_decimal(text: str) -> Decimal:
    """Read a number as a person types it: one mark, comma or point, before the decimals.

    Digits of other scripts count as digits. Groups of thousands are refused rather than guessed.
    """
    cleaned = "".join(_ascii_digit(character) for character in text.strip())
    cleaned = cleaned.replace("\N{MINUS SIGN}", "-")
    if not cleaned:
        raise InvalidQuantity(found=text, reason=marked("it is empty; type a number."))
    if not _NUMBER.fullmatch(cleaned):
        raise InvalidQuantity(
            found=text, reason=marked("type digits with at most one decimal mark.")
        )
    return Decimal(cleaned.replace(",", "."))


def parse_quantity(text: str, decimals: int) -> Decimal:
    """Read a quantity above zero with at most so many decimals."""
    return check_quantity(parse_decimal(text), decimals, text)


def check_quantity(value: Decimal, decimals: int, found: str = "") -> Decimal:
    """Return the quantity if a line may state it: above zero, sane, no finer than allowed."""
    found = found or str(value)
    if not value.is_finite() or value <= 0:
        raise InvalidQuantity(found=found, reason=marked("it must be above zero."))
    return check_figure(value, decimals, found)


def check_figure(value: Decimal, decimals: int, found: str = "") -> Decimal:
    """Return the figure, of either sign, if it is sane and no finer than its unit allows."""
    found = found or str(value)
    if not value.is_finite():
        raise InvalidQuantity(found=found, reason=marked("type digits."))
    if abs(value) > LARGEST:
        raise InvalidQuantity(found=found, reason=marked("it is larger than 999,999,999."))
    if not fits(value, decimals):
        raise InvalidQuantity(found=found, reason=_too_fine(decimals))
    return value


def _too_fine(decimals: int) -> str:
    if decimals > 1:
        return Said(AT_MOST, decimals=decimals)
    return marked("at most 1 decimal.") if decimals else marked("whole pieces only.")


def _ascii_digit(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)
