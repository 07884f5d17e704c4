"""Documents: why stock moves. A screen or a file states one; posting puts it into the ledger."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import uuid4

from app.core.catalogue import Costing
from app.core.decimals import ZERO


class DocumentType(StrEnum):
    OPENING = "opening"
    RECEIPT = "receipt"
    TRANSFER = "transfer"
    ISSUE = "issue"
    COUNT = "count"
    ADJUSTMENT = "adjustment"
    ALLOCATE = "allocate"
    RELEASE = "release"
    PURCHASE_ORDER = "purchase_order"
    SALES_ORDER = "sales_order"
    REVERSAL = "reversal"
    LANDED_COST = "landed_cost"
    SUPPLIER_RETURN = "supplier_return"
    CUSTOMER_RETURN = "customer_return"
    TRANSFER_SHIP = "transfer_ship"
    TRANSFER_RECEIVE = "transfer_receive"
    BUILD = "build"
    UNBUILD = "unbuild"
    REVALUATION = "revaluation"
    COSTING_CHANGE = "costing_change"
    CLOSE_PERIOD = "close_period"
    REOPEN_PERIOD = "reopen_period"


class SpreadBy(StrEnum):
    """What a landed cost is spread in proportion to."""

    VALUE = "value"
    QUANTITY = "quantity"
    WEIGHT = "weight"
    EQUAL = "equal"


class ValueKind(StrEnum):
    """What changes the value of stock and moves nothing."""

    LANDED = "landed"
    REVALUATION = "revaluation"
    COSTING = "costing"


PREFIXES = {
    DocumentType.OPENING: "OP",
    DocumentType.RECEIPT: "RC",
    DocumentType.TRANSFER: "TR",
    DocumentType.ISSUE: "IS",
    DocumentType.COUNT: "CT",
    DocumentType.ADJUSTMENT: "AD",
    DocumentType.ALLOCATE: "AL",
    DocumentType.RELEASE: "RE",
    DocumentType.PURCHASE_ORDER: "PO",
    DocumentType.SALES_ORDER: "SO",
    DocumentType.REVERSAL: "RV",
    DocumentType.LANDED_COST: "LC",
    DocumentType.SUPPLIER_RETURN: "SR",
    DocumentType.CUSTOMER_RETURN: "CR",
    DocumentType.TRANSFER_SHIP: "TS",
    DocumentType.TRANSFER_RECEIVE: "TV",
    DocumentType.BUILD: "BU",
    DocumentType.UNBUILD: "UB",
    DocumentType.REVALUATION: "VA",
    DocumentType.COSTING_CHANGE: "CC",
    DocumentType.CLOSE_PERIOD: "CP",
    DocumentType.REOPEN_PERIOD: "RP",
}


COUNT_SHEET = "count_sheet"
"""What is not a document yet: posting a count sheet makes it a count."""

_SHEET = re.compile(r"CS-0*([1-9][0-9]{0,8})", re.IGNORECASE)


def sheet_title(number: int) -> str:
    """Return what a count sheet is called, on the screen and on paper."""
    return f"CS-{number:06}"


def sheet_number(title: str) -> int | None:
    """Return the number of the count sheet that is called so; None if none can be."""
    found = _SHEET.fullmatch(title)
    return int(found[1]) if found else None


def new_key() -> str:
    """Return an idempotency key: made once, when the clerk starts the document."""
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as stated. Everything that names something is text, looked up when it is posted.

    `item` is a SKU or any barcode (a pack's barcode multiplies the quantity). `quantity` is in
    `unit`, "" being the base unit; `unit_cost` is money per that unit. `source` and `target` are
    location paths. `counted` belongs to counts (None: not counted) and is in base units. `share`
    is a by-product's part of a build's cost, from 0 to 1. `names_line` is the line of the receipt
    that a landed cost falls on; `item` may name it instead.
    """

    item: str = ""
    quantity: Decimal = ZERO
    unit: str = ""
    lot: str = ""
    expiry: date | None = None
    source: str = ""
    target: str = ""
    unit_cost: Decimal | None = None
    order: str = ""
    order_line: int | None = None
    rejected: Decimal = ZERO
    counted: Decimal | None = None
    reason: str = ""
    at: datetime | None = None
    price: Decimal | None = None
    due: date | None = None
    share: Decimal = ZERO
    names_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """What a build makes, or an unbuild takes apart: `quantity` good pieces of `product`.

    `scrap` pieces were made on top and are no good; `cost` is labour and the like, in all;
    `outputs` are by-products. The document's lines are the components.
    """

    product: str
    quantity: Decimal
    scrap: Decimal = ZERO
    location: str = ""
    lot: str = ""
    expiry: date | None = None
    cost: Decimal = ZERO
    outputs: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as stated, not yet posted. `at` is when it happened; None is now.

    `reverses` is the number of the document that a reversal undoes, `names` that of the receipt
    or shipment that a landed cost, a return or the far end of a transfer belongs to. `amount` and
    `by` are a landed cost's. `item` and `costing` are a change of costing, `until` is the last day
    that a period to be closed has, or the first one that is open again. `accept_over` says that a
    person saw that more came than was ordered, and wants it so.
    """

    key: str
    type: DocumentType
    lines: tuple[Line, ...] = ()
    at: datetime | None = None
    reference: str = ""
    note: str = ""
    supplier: str = ""
    customer: str = ""
    order: str = ""
    site: str = ""
    reverses: str = ""
    names: str = ""
    amount: Decimal | None = None
    by: SpreadBy | None = None
    target: str = ""
    build: Build | None = None
    item: str = ""
    costing: Costing | None = None
    until: date | None = None
    accept_over: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """The answer to a posting. `again`: the key was posted before, nothing was booked now."""

    key: str
    number: str
    warnings: tuple[str, ...] = ()
    again: bool = False
