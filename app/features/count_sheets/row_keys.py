"""The hidden mark of each row of a workbook: which line of which sheet it is."""

import re
from enum import Enum
from hashlib import sha256

_KEY = re.compile(r"[kK](\d{6,})-([0-9A-Fa-f]{2})")


class KeyState(Enum):
    """Whether a text is this sheet's key, another sheet's (or a damaged one), or none at all."""

    OURS = "ours"
    FOREIGN = "foreign"
    NONE = "none"


def row_key(code: str, position: int) -> str:
    """Return the key of a line; its last two characters depend on the sheet's code."""
    key = f"k{position:06}"
    return f"{key}-{_check(code, key)}"


def read_row_key(code: str, text: str) -> tuple[KeyState, str]:
    """Return what a cell of the key column is, and the key as it was written out."""
    found = _KEY.fullmatch(text.strip())
    if not found:
        return KeyState.NONE, ""
    key = row_key(code, int(found[1]))
    ours = key.casefold() == text.strip().casefold()
    return (KeyState.OURS if ours else KeyState.FOREIGN), key


def _check(code: str, key: str) -> str:
    return sha256(f"{code}:{key}".encode()).hexdigest()[:2].upper()
