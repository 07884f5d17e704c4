"""The tables of barcodes and of packs, which say more about items that are known."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.decimals import fits
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.db.tables import ItemUnitRow, table_of
from app.features.catalogue.barcodes import BarcodeBook, Claim
from app.features.catalogue.cells import read_amount, read_code, read_count
from app.features.catalogue.importers import Importer
from app.features.catalogue.lookups import fetch, find_items, insert_rows, update_rows
from app.features.catalogue.records import SAME_ROW, Field, Record

UNKNOWN_ITEM = marked("No item has this SKU or barcode. Check it, or add the item first.")
TOO_FINE = marked("{item} is counted with {decimals} decimals, no finer.")
BASE_UNIT = marked("{item} is counted in this unit anyway.")


class BarcodeImport(Importer):
    fields = (
        Field("item", read_code, required=True),
        Field("barcode", read_code, required=True),
        Field("quantity", read_amount, required=True),
    )
    key = ("item", "barcode")

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        connection = self.connection
        self._items = find_items(connection, {record["item"] for record in records})
        self._book = BarcodeBook(connection, self._claims(records))

    @override
    def problems(self) -> Iterator[Problem]:
        yield from self._book.problems()
        for record in self.records:
            item = self._items.get(record["item"])
            quantity = record.values.get("quantity")
            if item is None:
                yield record.problem("item", UNKNOWN_ITEM)
            elif quantity is not None and not fits(quantity, item["decimals"]):
                message = Said(TOO_FINE, item=item["sku"], decimals=item["decimals"])
                yield record.problem("quantity", message)

    @override
    def is_known(self, record: Record) -> bool:
        return not any(map(self._book.is_unknown, self._claims([record])))

    @override
    def is_new(self, record: Record) -> bool:
        return any(map(self._book.is_new, self._claims([record])))

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        ids = {row["sku"]: int(row["id"]) for row in self._items.values()}
        return self._book.store(self._claims(records), ids)

    def _claims(self, records: Iterable[Record]) -> Iterator[Claim]:
        for record in records:
            item = self._items.get(record["item"])
            if item is not None:
                quantity = record.values.get("quantity")
                yield Claim(record, item["sku"], record["barcode"], quantity)


class UnitImport(Importer):
    fields = (
        Field("item", read_code, required=True),
        Field("unit", read_code, required=True),
        Field("numerator", read_count, required=True),
        Field("denominator", read_count, required=True),
    )
    key = ("item", "unit")

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        connection = self.connection
        self._items = find_items(connection, {record["item"] for record in records})
        self._table = table_of(ItemUnitRow)
        ids = {row["id"] for row in self._items.values()}
        self._stored: dict[tuple[int, str], RowMapping] = {
            (row["item_id"], row["unit"]): row
            for row in fetch(connection, select(self._table), self._table.c.item_id, ids)
        }

    @override
    def problems(self) -> Iterator[Problem]:
        seen: dict[tuple[int, str], int] = {}
        for record in self.records:
            item = self._items.get(record["item"])
            if item is None:
                yield record.problem("item", UNKNOWN_ITEM)
                continue
            if record["unit"] == item["unit"]:
                yield record.problem("unit", Said(BASE_UNIT, item=item["sku"]))
            earlier = seen.setdefault((item["id"], record["unit"]), record.row)
            if earlier != record.row:
                yield record.problem("unit", Said(SAME_ROW, row=earlier))

    @override
    def is_known(self, record: Record) -> bool:
        return self._of(record) is not None

    @override
    def is_new(self, record: Record) -> bool:
        stored = self._of(record)
        return stored is None or any(
            stored[column] != record[column] for column in ("numerator", "denominator")
        )

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for record in filter(self.is_new, records):
            stored = self._of(record)
            row = {name: record[name] for name in ("unit", "numerator", "denominator")}
            if stored is None:
                new.append({"item_id": self._items[record["item"]]["id"], **row})
            else:
                changed.append({"id": stored["id"], **row})
        yield from insert_rows(self.connection, self._table, new)
        yield from update_rows(self.connection, self._table, changed, ["numerator", "denominator"])

    def _of(self, record: Record) -> RowMapping | None:
        return self._stored.get((self._items[record["item"]]["id"], record["unit"]))
