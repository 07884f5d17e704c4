"""The table of items."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, select, update
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.catalogue import Costing, Removal, Tracking
from app.core.decimals import PLACES
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.db.tables import BarcodeRow, ItemRow, table_of
from app.features.catalogue.barcodes import ON_A_PLACE, BarcodeBook, Claim
from app.features.catalogue.cells import (
    choice_of,
    read_boolean,
    read_class,
    read_code,
    read_days,
    read_decimals,
    read_figure,
    read_name,
)
from app.features.catalogue.importers import Importer, differs, merged
from app.features.catalogue.lookups import (
    batches,
    fetch,
    find_coded_places,
    find_used_items,
    insert_rows,
    update_rows,
)
from app.features.catalogue.records import Field, Record
from app.features.catalogue.retiring import (
    HAS_STOCK,
    IS_ORDERED,
    where_ordered,
    where_stocked,
)

EACH = "each"

DEFAULTS: dict[str, Any] = {
    "name": "",
    "unit": EACH,
    "decimals": None,
    "tracking": Tracking.NONE,
    "costing": Costing.AVERAGE,
    "cost_per_lot": False,
    "standard_cost": None,
    "category": "",
    "shelf_life_days": None,
    "abc": "",
    "weight": None,
    "removal": Removal.FEFO,
}

FIXED_BY_HISTORY = {
    "unit": marked(
        "The item has movements or orders: its quantities are in {stored}. Add a pack, or a new"
        " item."
    ),
    "decimals": marked(
        "The item has movements or orders: its quantities were counted with {stored}. Add a new"
        " item."
    ),
    "tracking": marked(
        "The item has movements or orders: its stock was booked as “{stored}”. Add a new item."
    ),
    "costing": marked(
        "The item has movements or orders: its stock is valued as “{stored}”. A change of costing"
        " is a document of its own."
    ),
    "cost_per_lot": marked(
        "The item has movements or orders: its stock is valued that way. A change of costing is a"
        " document of its own."
    ),
}
"""What cannot be changed by a table any more once an item has moved or been ordered, and why."""


STANDARD_COST_FIXED = marked(
    "The item has movements or orders: its stock is valued at the standard cost. A change of it is"
    " a document of its own."
)
PIECES_ARE_WHOLE = marked("Pieces with serial numbers are counted whole: 0.")
BARCODE_OF = marked("This code is a barcode of item {item}.")
SKU_OF_ROW = marked("“{code}” is the SKU of another row.")


def default_decimals(unit: str, tracking: Tracking) -> int:
    """Return how finely a new item counts: pieces whole, anything else to six decimals."""
    return 0 if unit == EACH or tracking is Tracking.SERIAL else PLACES


class ItemImport(Importer):
    fields = (
        Field("sku", read_code, required=True),
        Field("name", read_name, required=True),
        Field("unit", read_code),
        Field("decimals", read_decimals),
        Field("tracking", choice_of(Tracking)),
        Field("costing", choice_of(Costing)),
        Field("standard_cost", read_figure),
        Field("barcode", read_code),
        Field("category", read_name),
        Field("shelf_life_days", read_days),
        Field("abc", read_class),
        Field("weight", read_figure),
        Field("cost_per_lot", read_boolean, reads_blank=True),
        Field("removal", choice_of(Removal)),
        Field("active", read_boolean),
    )
    key = ("sku",)

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        connection = self.connection
        self._table = table_of(ItemRow)
        self._skus = {record["sku"] for record in records}
        query = select(self._table)
        self._stored = {
            row["sku"]: row for row in fetch(connection, query, self._table.c.sku, self._skus)
        }
        self._barcodes = BarcodeBook(connection, self._claims(records))

    @override
    def problems(self) -> Iterator[Problem]:
        yield from self._barcodes.problems()
        yield from self._codes_in_use()
        yield from self._clashes_in_file()
        yield from self._against_history()
        yield from self._against_use()
        for record in self.records:
            row = self._row(record)
            if row["tracking"] is Tracking.SERIAL and row["decimals"] != 0:
                yield record.problem("decimals", PIECES_ARE_WHOLE)

    @override
    def is_known(self, record: Record) -> bool:
        return record["sku"] in self._stored

    @override
    def is_new(self, record: Record) -> bool:
        if differs(self._stored.get(record["sku"]), self._row(record)):
            return True
        return any(map(self._barcodes.is_new, self._claims([record])))

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        new, changed = [], []
        for record in records:
            stored = self._stored.get(record["sku"])
            row = {"sku": record["sku"], **self._row(record)}
            if stored is None:
                new.append(row)
            elif differs(stored, row):
                changed.append({"id": stored["id"], **row})
        yield from insert_rows(self.connection, self._table, new)
        yield from update_rows(self.connection, self._table, changed, [*DEFAULTS, "is_active"])
        self._keep_standard_costs([row["id"] for row in changed])
        claims = list(self._claims(records))
        yield from self._barcodes.store(claims, self._ids(claim.sku for claim in claims))

    def _keep_standard_costs(self, ids: Sequence[int]) -> None:
        """Let what is stated here hold where no document of valuation says anything else."""
        item = self._table.c
        kept = update(self._table).values(first_standard_cost=item.standard_cost)
        kept = kept.where(item.first_costing.is_not(None), item.costing != Costing.STANDARD)
        for batch in batches(ids):
            self.connection.execute(kept.where(item.id.in_(batch)))

    def _row(self, record: Record) -> dict[str, Any]:
        stored = self._stored.get(record["sku"])
        row = merged(stored, record, DEFAULTS)
        row["is_active"] = record.values.get("active", stored is None or stored["is_active"])
        if row["decimals"] is None:
            row["decimals"] = default_decimals(row["unit"], row["tracking"])
        return row

    @staticmethod
    def _claims(records: Iterable[Record]) -> Iterator[Claim]:
        for record in records:
            if "barcode" in record.values:
                yield Claim(record, record["sku"], record["barcode"], None)

    def _codes_in_use(self) -> Iterator[Problem]:
        """A new SKU must not be the barcode of another item or of a place: one code, one thing."""
        barcode = table_of(BarcodeRow)
        query = select(barcode.c.code, self._table.c.sku).join(
            self._table, self._table.c.id == barcode.c.item_id
        )
        new = self._skus - self._stored.keys()
        owners = {
            row["code"]: row["sku"] for row in fetch(self.connection, query, barcode.c.code, new)
        }
        places = find_coded_places(self.connection, new)
        for record in self.records:
            owner = owners.get(record["sku"])
            if owner is not None:
                yield record.problem("sku", Said(BARCODE_OF, item=owner))
            elif record["sku"] in places:
                on_a_place = Said(ON_A_PLACE, location=places[record["sku"]])
                yield record.problem("sku", on_a_place)

    def _clashes_in_file(self) -> Iterator[Problem]:
        new = self._skus - self._stored.keys()
        for claim in self._claims(self.records):
            if claim.code != claim.sku and claim.code in new:
                yield claim.record.problem("barcode", Said(SKU_OF_ROW, code=claim.code))

    def _against_history(self) -> Iterator[Problem]:
        touched = {
            self._stored[record["sku"]]["id"]
            for record in self.records
            if any(self._changes(record, column) for column in (*FIXED_BY_HISTORY, "standard_cost"))
        }
        used = find_used_items(self.connection, touched)
        for record in self.records:
            stored = self._stored.get(record["sku"])
            if stored is not None and stored["id"] in used:
                yield from self._fixed(record, stored)

    def _against_use(self) -> Iterator[Problem]:
        """What lies here or is on order stays in use."""
        retired = {
            stored["id"]: record
            for record in self.records
            if (stored := self._stored.get(record["sku"])) is not None
            and stored["is_active"]
            and record.values.get("active") is False
        }
        places = where_stocked(self.connection, retired.keys())
        orders = where_ordered(self.connection, retired.keys())
        for item, record in retired.items():
            if item in places:
                yield record.problem("active", Said(HAS_STOCK, location=places[item]))
            elif item in orders:
                yield record.problem("active", Said(IS_ORDERED, order=orders[item]))

    def _fixed(self, record: Record, stored: RowMapping) -> Iterator[Problem]:
        for column, reason in FIXED_BY_HISTORY.items():
            if self._changes(record, column):
                yield record.problem(column, Said(reason, stored=_word(stored[column])))
        if stored["costing"] is Costing.STANDARD and self._changes(record, "standard_cost"):
            yield record.problem("standard_cost", STANDARD_COST_FIXED)

    def _changes(self, record: Record, column: str) -> bool:
        stored = self._stored.get(record["sku"])
        return stored is not None and record.values.get(column, stored[column]) != stored[column]

    def _ids(self, skus: Iterable[str]) -> dict[str, int]:
        query = select(self._table.c.sku, self._table.c.id)
        found = fetch(self.connection, query, self._table.c.sku, set(skus))
        return {row["sku"]: row["id"] for row in found}


def _word(stored: Any) -> Any:
    """Return the word for a choice, which the window translates; a figure as it is."""
    return stored.value if isinstance(stored, StrEnum) else stored
