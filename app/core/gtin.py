"""Trade item numbers and shipping container codes: their check digits, and one form to compare.

Source of the arithmetic: GS1 General Specifications, section 7.9 (check digit), 7.10 (UPC-E).
"""

GTIN_LENGTHS = frozenset({8, 12, 13, 14})
SSCC_LENGTH = 18
UPC_E_LENGTH = 8


def check_digit(digits: str) -> int:
    """Return the digit that belongs behind these: weights 3, 1, 3 … from the right."""
    weighted = (int(digit) * (1 if at % 2 else 3) for at, digit in enumerate(reversed(digits)))
    return -sum(weighted) % 10


def looks_like_gtin(text: str) -> bool:
    """Tell whether the text has the shape of a GTIN-8, -12, -13 or -14, right or wrong."""
    return len(text) in GTIN_LENGTHS and _is_digits(text)


def is_gtin(text: str) -> bool:
    """Tell whether the text is a GTIN whose check digit is right."""
    return looks_like_gtin(text) and _ends_rightly(text)


def is_sscc(text: str) -> bool:
    """Tell whether the text is the code of a shipping unit whose check digit is right."""
    return len(text) == SSCC_LENGTH and _is_digits(text) and _ends_rightly(text)


def as_gtin14(text: str) -> str | None:
    """Return the one form in which GTINs are compared, or None for anything else.

    The same article printed as UPC-A, UPC-E, EAN-13 or GTIN-14 with indicator 0 comes out the
    same. Eight digits are a GTIN-8 if that check digit is right, else they may be a UPC-E.
    """
    if is_gtin(text):
        return text.zfill(14)
    expanded = from_upc_e(text)
    return expanded and expanded.zfill(14)


def gtin_forms(text: str) -> set[str]:
    """Return the text itself and, if it is a GTIN, the longer and shorter prints of the same."""
    gtin = as_gtin14(text) or ""
    return {text} | {
        gtin[-length:] for length in GTIN_LENGTHS if gtin and not int("0" + gtin[:-length])
    }


def from_upc_e(text: str) -> str | None:
    """Return the UPC-A that an eight-digit UPC-E was shortened from, or None if it is not one."""
    if len(text) != UPC_E_LENGTH or not _is_digits(text) or text[0] not in "01":
        return None
    system, body, check = text[0], text[1:7], text[7]
    match body[5]:
        case "0" | "1" | "2" as last:
            long = body[:2] + last + "0000" + body[2:5]
        case "3":
            long = body[:3] + "00000" + body[3:5]
        case "4":
            long = body[:4] + "00000" + body[4]
        case last:
            long = body[:5] + "0000" + last
    upc_a = system + long + check
    return upc_a if _ends_rightly(upc_a) else None


def _is_digits(text: str) -> bool:
    """`str.isdigit` alone also takes Arabic digits and the superscript two."""
    return text.isascii() and text.isdigit()


def _ends_rightly(digits: str) -> bool:
    return check_digit(digits[:-1]) == int(digits[-1])
