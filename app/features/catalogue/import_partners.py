"""The tables of suppliers and customers, and of what a supplier asks for an item."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.catalogue import PartnerKind
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.db.tables import PartnerRow, SupplierItemRow, table_of
from app.features.catalogue.cells import (
    read_amount,
    read_code,
    read_figure,
    read_name,
    read_whole,
)
from app.features.catalogue.import_packs import UNKNOWN_ITEM
from app.features.catalogue.importers import Importer, differs, merged
from app.features.catalogue.lookups import fetch, find_items, insert_rows, update_rows
from app.features.catalogue.records import SAME_ROW, Field, Record

NO_SUPPLIER = marked("There is no such supplier. Add it first.")
NO_CUSTOMER = marked("There is no such customer. Add it first.")


class PartnerImport(Importer):
    fields = (Field("code", read_code, required=True), Field("name", read_name, required=True))
    key = ("code",)
    partner_kind: ClassVar[PartnerKind]

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        connection = self.connection
        self._table = table_of(PartnerRow)
        self._stored = find_partners(
            connection, self.partner_kind, {record["code"] for record in records}
        )

    @override
    def problems(self) -> Iterator[Problem]:
        return iter(())

    @override
    def is_known(self, record: Record) -> bool:
        return record["code"] in self._stored

    @override
    def is_new(self, record: Record) -> bool:
        stored = self._stored.get(record["code"])
        return stored is None or stored["name"] != record["name"]

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for record in filter(self.is_new, records):
            stored = self._stored.get(record["code"])
            row = {"code": record["code"], "name": record["name"]}
            if stored is None:
                new.append({"kind": self.partner_kind, "is_active": True, **row})
            else:
                changed.append({"id": stored["id"], **row})
        yield from insert_rows(self.connection, self._table, new)
        yield from update_rows(self.connection, self._table, changed, ["name"])


class SupplierImport(PartnerImport):
    partner_kind = PartnerKind.SUPPLIER


class CustomerImport(PartnerImport):
    partner_kind = PartnerKind.CUSTOMER


TERMS: dict[str, Any] = {"price": None, "lead_time_days": None, "minimum": None, "pack": None}


class SupplierItemImport(Importer):
    fields = (
        Field("supplier", read_code, required=True),
        Field("item", read_code, required=True),
        Field("price", read_figure),
        Field("lead_time_days", read_whole),
        Field("minimum", read_figure),
        Field("pack", read_amount),
    )
    key = ("supplier", "item")

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        connection = self.connection
        self._table = table_of(SupplierItemRow)
        self._items = find_items(connection, {record["item"] for record in records})
        self._suppliers = find_partners(
            connection, PartnerKind.SUPPLIER, {record["supplier"] for record in records}
        )
        ids = {row["id"] for row in self._items.values()}
        self._stored: dict[tuple[int, int], RowMapping] = {
            (row["partner_id"], row["item_id"]): row
            for row in fetch(connection, select(self._table), self._table.c.item_id, ids)
        }

    @override
    def problems(self) -> Iterator[Problem]:
        seen: dict[tuple[int, int], int] = {}
        for record in self.records:
            if record["item"] not in self._items:
                yield record.problem("item", UNKNOWN_ITEM)
            if record["supplier"] not in self._suppliers:
                yield record.problem("supplier", NO_SUPPLIER)
            elif record["item"] in self._items:
                earlier = seen.setdefault(self._place(record), record.row)
                if earlier != record.row:
                    yield record.problem("item", Said(SAME_ROW, row=earlier))

    @override
    def is_known(self, record: Record) -> bool:
        return self._place(record) in self._stored

    @override
    def is_new(self, record: Record) -> bool:
        stored = self._stored.get(self._place(record))
        return differs(stored, merged(stored, record, TERMS))

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for record in filter(self.is_new, records):
            partner, item = self._place(record)
            stored = self._stored.get((partner, item))
            row = merged(stored, record, TERMS)
            if stored is None:
                new.append({"partner_id": partner, "item_id": item, **row})
            else:
                changed.append({"id": stored["id"], **row})
        yield from insert_rows(self.connection, self._table, new)
        yield from update_rows(self.connection, self._table, changed, list(TERMS))

    def _place(self, record: Record) -> tuple[int, int]:
        supplier, item = self._suppliers[record["supplier"]], self._items[record["item"]]
        return supplier["id"], item["id"]


def find_partners(
    connection: Connection, kind: PartnerKind, codes: set[str]
) -> dict[str, RowMapping]:
    """Return id, code and name of suppliers or customers by code."""
    partner = table_of(PartnerRow)
    query = select(partner.c.id, partner.c.code, partner.c.name).where(partner.c.kind == kind)
    return {row["code"]: row for row in fetch(connection, query, partner.c.code, codes)}
