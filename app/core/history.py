"""What happened to stock, as people read it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.core.decimals import EXACT, PLACES, rounded
from app.core.documents import DocumentType


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement as people read it. `value` is what it is worth now; 0 between our own places."""

    id: int
    at: datetime
    entered_at: datetime
    number: str
    type: DocumentType
    line: int
    item: str
    lot: str
    source: str
    target: str
    quantity: Decimal
    value: Decimal
    user: str
    reference: str
    reversed_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class OpenLayer:
    """What is left of an arrival and what it is worth."""

    at: datetime
    quantity: Decimal
    value: Decimal
    document: str

    @property
    def unit_cost(self) -> Decimal:
        return rounded(EXACT.divide(self.value, self.quantity), PLACES)
