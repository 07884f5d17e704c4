"""Money in whole cents, rounded once, half away from zero."""

from decimal import Decimal
from fractions import Fraction

from tests.ledger.model.refusal import Refusal

Exact = Fraction | Decimal | int


def cents(exact: Exact) -> Decimal:
    hundredfold = Fraction(exact) * 100
    top, bottom = abs(hundredfold.numerator), hundredfold.denominator
    whole = (2 * top + bottom) // (2 * bottom)
    return Decimal(whole if hundredfold >= 0 else -whole).scaleb(-2)


def share(value: Decimal, part: Exact, whole: Exact) -> Decimal:
    """Return what a part is worth: the whole is worth all of it, to the last cent."""
    return value if part == whole else cents(Fraction(value) * Fraction(part) / Fraction(whole))


def apportion(total: Decimal, weights: list[Fraction]) -> list[Decimal]:
    """Split an amount in whole cents by weight: the largest remainders get the cents left over."""
    if sum(weights) == 0:
        raise Refusal("nothing_to_spread")
    exact = [Fraction(total) * 100 * weight / sum(weights) for weight in weights]
    parts = [int(part // 1) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: int(total * 100) - sum(parts)]:
        parts[i] += 1
    return [Decimal(part).scaleb(-2) for part in parts]
