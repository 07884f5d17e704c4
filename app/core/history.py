"""What happened to stock, as people read it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from app.core.catalogue import LocationKind
from app.core.decimals import EXACT, PLACES, ZERO, rounded
from app.core.documents import DocumentType


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement as people read it. `value` is what it is worth now; 0 between our own places.

    `caused_by` is the late document because of which a count's adjustment was corrected.
    """

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
    name: str = ""
    unit: str = ""
    source_kind: LocationKind = LocationKind.STORAGE
    target_kind: LocationKind = LocationKind.STORAGE
    caused_by: str = ""

    @property
    def change(self) -> Decimal:
        """What it did to what we own: 0 between our own places."""
        return self.quantity * (self.target_kind.is_owned - self.source_kind.is_owned)

    def change_at(self, place: str) -> Decimal:
        """What it did to stock at one place."""
        return {self.target: self.quantity, self.source: -self.quantity}.get(place, ZERO)


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
