"""How something went, or how it stands: what colours, marks and sounds go by."""

from enum import StrEnum


class Tone(StrEnum):
    """How a scan ended: done, something to look at, refused."""

    GOOD = "good"
    ASK = "ask"
    BAD = "bad"
