"""Notices that scanner and computer do not agree on the keyboard."""

from enum import Enum, auto

FRENCH_DIGITS = frozenset("&é\"'(-è_çà")
FEWEST_SIGNS = 4


class Disagreement(Enum):
    FRENCH = auto()
    CAPS_LOCK = auto()


def find_disagreement(text: str, in_place: str) -> Disagreement | None:
    """Say what is odd about a code, given what a US keyboard would have made of its keys.

    A French keyboard has signs where others have digits; Caps Lock swaps the case of all letters.
    """
    if sum(char in FRENCH_DIGITS for char in text) >= FEWEST_SIGNS and in_place:
        return Disagreement.FRENCH
    pairs = zip(text, in_place, strict=len(text) == len(in_place))
    letters = [(told, meant) for told, meant in pairs if told.isalpha() and meant.isalpha()]
    if letters and all(told.islower() == meant.isupper() for told, meant in letters):
        return Disagreement.CAPS_LOCK
    return None
