"""The table of locations: a tree of paths, in which missing parents are made."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.catalogue import LocationKind
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.db.tables import LocationRow, MovementRow, table_of
from app.features.catalogue.cells import (
    choice_of,
    read_boolean,
    read_code,
    read_name,
    read_path,
    read_policy,
    read_whole,
)
from app.features.catalogue.importers import Importer, differs, merged
from app.features.catalogue.lookups import fetch, find_coded_items, insert_rows, update_rows
from app.features.catalogue.records import Field, Record
from app.features.catalogue.retiring import HOLDS_STOCK, what_lies_in
from app.features.catalogue.rules import ancestors, default_kind, misplaced

HAS_MOVED = marked("Stock has moved here while it was “{kind}”. Add a new location.")
ON_ANOTHER = marked("It is on {location} already.")
SAME_BARCODE = marked("Row {row} has the same barcode.")
OF_AN_ITEM = marked("It is the SKU or a barcode of item {item}. Choose another.")

DEFAULTS: dict[str, Any] = {
    "kind": None,
    "name": "",
    "barcode": None,
    "allow_negative": None,
    "walk_order": None,
}


class LocationImport(Importer):
    fields = (
        Field("path", read_path, required=True),
        Field("kind", choice_of(LocationKind)),
        Field("name", read_name),
        Field("barcode", read_code),
        Field("allow_negative", read_policy, reads_blank=True),
        Field("walk_order", read_whole),
        Field("active", read_boolean),
    )
    key = ("path",)

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        connection = self.connection
        self._table = table_of(LocationRow)
        self._by_path = {record["path"]: record for record in records}
        wanted = set(self._by_path)
        for path in self._by_path:
            wanted.update(ancestors(path))
        query = select(self._table)
        self._stored: dict[str, RowMapping] = {
            row["path"]: row for row in fetch(connection, query, self._table.c.path, wanted)
        }
        self._kinds: dict[str, LocationKind] = {}

    @override
    def problems(self) -> Iterator[Problem]:
        for record in self.records:
            parent = record["path"].rpartition("/")[0]
            kind = self._kind(record["path"])
            message = misplaced(record["path"], kind, self._kind(parent) if parent else None)
            if message:
                yield record.problem("kind", message)
        yield from self._against_history()
        yield from self._against_barcodes()
        yield from self._against_stock()

    @override
    def is_known(self, record: Record) -> bool:
        return record["path"] in self._stored

    @override
    def is_new(self, record: Record) -> bool:
        return differs(self._stored.get(record["path"]), self._row(record["path"]))

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        self._by_path = {record["path"]: record for record in records}
        self._kinds.clear()
        paths = {path for own in self._by_path for path in (*ancestors(own), own)}
        new = paths - self._stored.keys()
        ids = {path: row["id"] for path, row in self._stored.items()}
        for depth in range(1 + max((path.count("/") for path in new), default=-1)):
            level = sorted(path for path in new if path.count("/") == depth)
            rows = [self._new_row(path, ids) for path in level]
            yield from insert_rows(self.connection, self._table, rows)
            ids |= self._ids(level)
        changed = [
            {"id": self._stored[record["path"]]["id"], **self._row(record["path"])}
            for record in records
            if record["path"] in self._stored and self.is_new(record)
        ]
        yield from update_rows(self.connection, self._table, changed, [*DEFAULTS, "is_active"])

    def _kind(self, path: str) -> LocationKind:
        """Return what a place is or will be: as the file says, as stored, by its name."""
        if path not in self._kinds:
            record, stored = self._by_path.get(path), self._stored.get(path)
            kind = record.values.get("kind") if record else None
            if kind is None and stored is not None:
                kind = stored["kind"]
            if kind is None:
                parent = path.rpartition("/")[0]
                kind = default_kind(path, self._kind(parent) if parent else None)
            self._kinds[path] = kind
        return self._kinds[path]

    def _row(self, path: str) -> dict[str, Any]:
        record, stored = self._by_path.get(path) or Record(0, {}), self._stored.get(path)
        return {
            **merged(stored, record, DEFAULTS),
            "kind": self._kind(path),
            "is_active": record.values.get("active", stored is None or stored["is_active"]),
        }

    def _new_row(self, path: str, ids: dict[str, int]) -> dict[str, Any]:
        parent, _, code = path.rpartition("/")
        return {
            "path": path,
            "code": code,
            "parent_id": ids.get(parent),
            **self._row(path),
        }

    def _ids(self, paths: Sequence[str]) -> dict[str, int]:
        query = select(self._table.c.path, self._table.c.id)
        found = fetch(self.connection, query, self._table.c.path, paths)
        return {row["path"]: row["id"] for row in found}

    def _against_history(self) -> Iterator[Problem]:
        """What has seen stock stays on its side of our walls, and never becomes a mere site."""
        changed = {
            self._stored[record["path"]]["id"]: record
            for record in self.records
            if record["path"] in self._stored
            and _crosses(self._stored[record["path"]]["kind"], self._kind(record["path"]))
        }
        movement = table_of(MovementRow)
        used: set[int] = set()
        for column in (movement.c.from_id, movement.c.to_id):
            found = fetch(self.connection, select(column).distinct(), column, changed.keys())
            used |= {row[column.name] for row in found}
        for number, record in changed.items():
            if number in used:
                kind = self._stored[record["path"]]["kind"]
                message = Said(HAS_MOVED, kind=kind.value)
                yield record.problem("kind", message)

    def _against_stock(self) -> Iterator[Problem]:
        """Where stock lies, or in a place below, the place stays in use."""
        for record in self.records:
            stored = self._stored.get(record["path"])
            if (
                stored is None
                or not stored["is_active"]
                or record.values.get("active") is not False
            ):
                continue
            found = what_lies_in(self.connection, record["path"])
            if found:
                item, path = found
                yield record.problem("active", Said(HOLDS_STOCK, item=item, location=path))

    def _against_barcodes(self) -> Iterator[Problem]:
        codes = {record["barcode"]: record for record in self.records if "barcode" in record.values}
        query = select(self._table.c.path, self._table.c.barcode)
        owners = {
            row["barcode"]: row["path"]
            for row in fetch(self.connection, query, self._table.c.barcode, codes.keys())
        }
        items = find_coded_items(self.connection, {code for code in codes if code})
        for record in self.records:
            code = record.values.get("barcode")
            owner = owners.get(code)
            stored = self._stored.get(record["path"])
            if code in items and (stored is None or stored["barcode"] != code):
                yield record.problem("barcode", Said(OF_AN_ITEM, item=items[code]))
            elif owner not in (None, record["path"]):
                yield record.problem("barcode", Said(ON_ANOTHER, location=owner))
            elif code is not None and codes[code] is not record:
                yield record.problem("barcode", Said(SAME_BARCODE, row=codes[code].row))


def _crosses(before: LocationKind, after: LocationKind) -> bool:
    return before is not after and not (before.is_owned and after.is_owned)
