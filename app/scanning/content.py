"""What a code says by itself, before anybody has looked up what goes by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.scanner import MeasureRule
from app.core.scans import Command


class Kind(StrEnum):
    NOTHING = "nothing"
    COMMAND = "command"
    QUANTITY = "quantity"
    LOCATION = "location"
    KNOWN = "known"
    """Something goes by exactly this code; whatever else it may look like."""

    GTIN = "gtin"
    GS1 = "gs1"
    SSCC = "sscc"
    MEASURED = "measured"
    """An EAN-13 that holds a weight, a price or a count, by a rule of the house."""

    INVALID = "invalid"
    """Damaged: a check digit is wrong, a quantity is none. Never to be used."""

    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """`problem` says in a sentence what is wrong, with the code or with a part of it.

    `gtin14` is the number in the form in which it is compared; eight digits that are a shortened
    UPC-A too (`is_short`) may have an `other_gtin14`. `elements` are GS1 element strings by their
    identifier, and below them what they mean. `measure` is a figure in `unit` (kg, m, l …); of a
    MEASURED code that has a price it is the price, and `item_code` the item's part of the code.
    """

    kind: Kind
    code: str = ""
    aim: str = ""
    problem: str = ""
    multiplier: Decimal | None = None
    command: Command | None = None
    place: str = ""
    gtin14: str = ""
    other_gtin14: str = ""
    is_short: bool = False
    addon: str = ""
    isbn10: str = ""
    elements: Mapping[str, str] = field(default_factory=dict)
    lot: str = ""
    serial: str = ""
    expiry: date | None = None
    best_before: date | None = None
    produced: date | None = None
    count: Decimal | None = None
    measure: Decimal | None = None
    unit: str = ""
    sscc: str = ""
    item_code: str = ""
    rule: MeasureRule | None = None
