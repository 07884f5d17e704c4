"""What each type of document says: its fields in JSON, our names for them, how they are read."""

from dataclasses import dataclass

from app.cli.fields import (
    Reader,
    read_code,
    read_counted,
    read_day,
    read_decimal,
    read_moment,
    read_money,
    read_note,
    read_position,
    read_text,
    word_of,
)
from app.core.catalogue import Costing
from app.core.documents import DocumentType, SpreadBy

Readers = dict[str, tuple[str, Reader]]
"""By the name in JSON: our name, and how the field is read."""

HEAD: Readers = {
    "key": ("key", read_text),
    "at": ("at", read_moment),
    "reference": ("reference", read_text),
    "note": ("note", read_note),
    "supplier": ("supplier", read_code),
    "customer": ("customer", read_code),
    "order": ("order", read_code),
    "site": ("site", read_text),
    "document": ("reverses", read_code),
    "receipt": ("names", read_code),
    "shipment": ("names", read_code),
    "amount": ("amount", read_money),
    "by": ("by", word_of(SpreadBy)),
    "to": ("target", read_text),
    "item": ("item", read_code),
    "costing": ("costing", word_of(Costing)),
    "until": ("until", read_day),
}

BUILD: Readers = {
    "product": ("product", read_code),
    "quantity": ("quantity", read_decimal),
    "scrap": ("scrap", read_decimal),
    "location": ("location", read_text),
    "lot": ("lot", read_code),
    "expiry": ("expiry", read_day),
    "cost": ("cost", read_money),
}

LINE: Readers = {
    "item": ("item", read_code),
    "quantity": ("quantity", read_decimal),
    "unit": ("unit", read_text),
    "lot": ("lot", read_code),
    "expiry": ("expiry", read_day),
    "from": ("source", read_text),
    "to": ("target", read_text),
    "location": ("source", read_text),
    "unit_cost": ("unit_cost", read_money),
    "order": ("order", read_code),
    "order_line": ("order_line", read_position),
    "rejected": ("rejected", read_decimal),
    "counted": ("counted", read_counted),
    "reason": ("reason", read_text),
    "at": ("at", read_moment),
    "price": ("price", read_money),
    "due": ("due", read_day),
    "share": ("share", read_money),
    "line": ("names_line", read_position),
}

COMMON = ("key", "type", "at", "reference", "note", "lines")
MAY_BE_BLANK = ("counted", "quantity")
"""Blank is “not counted” for the one; the other is refused as a quantity."""

_GOODS = ("item", "quantity")
_DETAILS = ("lot", "unit", "expiry")


@dataclass(frozen=True, slots=True)
class Lines:
    """What each line must name and what it may."""

    needs: tuple[str, ...] = _GOODS
    takes: tuple[str, ...] = ()
    details: tuple[str, ...] = _DETAILS
    needs_one: tuple[str, ...] = ()

    @property
    def allowed(self) -> set[str]:
        return {*self.needs, *self.takes, *self.details, *self.needs_one}


@dataclass(frozen=True, slots=True)
class Form:
    """What a type of document has beside what all have. `lines` is None where there are none.

    `names` is the field that names the receipt or the shipment that goods come back of: it may
    stand on the head or on the lines. `is_build`: the head says what is made or taken apart.
    """

    lines: Lines | None = None
    head: tuple[str, ...] = ()
    needs_head: tuple[str, ...] = ()
    names: str = ""
    is_build: bool = False

    @property
    def allowed(self) -> set[str]:
        return {*COMMON, *self.head, *self.needs_head} | ({self.names} - {""})


OUTPUT = Lines(takes=("share", "to"))
"""A by-product of a build."""

_BUILD_NEEDS = ("product", "quantity", "location")
_BUILD_TAKES = ("scrap", "cost", "lot", "expiry", "outputs")

FORMS: dict[DocumentType, Form] = {
    DocumentType.OPENING: Form(Lines((*_GOODS, "to"), ("unit_cost",))),
    DocumentType.RECEIPT: Form(
        Lines((*_GOODS, "to"), ("unit_cost", "order", "order_line", "rejected")),
        ("supplier", "order"),
    ),
    DocumentType.LANDED_COST: Form(
        Lines((), details=("lot",), needs_one=("line", "item")),
        needs_head=("receipt", "amount", "by"),
    ),
    DocumentType.SUPPLIER_RETURN: Form(
        Lines((*_GOODS, "from"), ("receipt",)), ("supplier",), names="receipt"
    ),
    DocumentType.TRANSFER: Form(Lines((*_GOODS, "from", "to"))),
    DocumentType.TRANSFER_SHIP: Form(Lines((*_GOODS, "from", "to"))),
    DocumentType.TRANSFER_RECEIVE: Form(Lines(takes=("to",)), ("to",), ("shipment",)),
    DocumentType.ISSUE: Form(
        Lines((*_GOODS, "from"), ("order", "order_line")), ("customer", "order")
    ),
    DocumentType.CUSTOMER_RETURN: Form(
        Lines((*_GOODS, "to"), ("shipment",)), ("customer",), names="shipment"
    ),
    DocumentType.COUNT: Form(Lines(("item", "location", "counted"), ("reason", "at"))),
    DocumentType.ADJUSTMENT: Form(Lines((*_GOODS, "location", "reason"), ("unit_cost",))),
    DocumentType.BUILD: Form(Lines(takes=("from",)), _BUILD_TAKES, _BUILD_NEEDS, is_build=True),
    DocumentType.UNBUILD: Form(
        Lines(takes=("from", "to")), _BUILD_TAKES, _BUILD_NEEDS, is_build=True
    ),
    DocumentType.PURCHASE_ORDER: Form(Lines(takes=("price", "due")), ("supplier", "site")),
    DocumentType.SALES_ORDER: Form(Lines(takes=("price", "due")), ("customer", "site")),
    DocumentType.ALLOCATE: Form(needs_head=("order",)),
    DocumentType.RELEASE: Form(needs_head=("order",)),
    DocumentType.REVALUATION: Form(Lines(("item", "unit_cost"), details=("lot", "unit"))),
    DocumentType.COSTING_CHANGE: Form(needs_head=("item", "costing")),
    DocumentType.REVERSAL: Form(needs_head=("document",)),
    DocumentType.CLOSE_PERIOD: Form(needs_head=("until",)),
    DocumentType.REOPEN_PERIOD: Form(needs_head=("until",)),
}
