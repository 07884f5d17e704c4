"""The table of orders: one row a line; the rows of one order make one document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.catalogue import PartnerKind
from app.core.decimals import EXACT, PLACES, fits, rounded
from app.core.documents import Document, DocumentType, Line
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.db.tables import (
    DocumentRow,
    ItemUnitRow,
    LocationRow,
    OrderLineRow,
    OrderRow,
    PartnerRow,
    table_of,
)
from app.features.catalogue.cells import read_amount, read_code, read_date, read_figure, read_path
from app.features.catalogue.import_packs import UNKNOWN_ITEM
from app.features.catalogue.import_partners import NO_CUSTOMER, NO_SUPPLIER, find_partners
from app.features.catalogue.importers import Importer
from app.features.catalogue.lookups import fetch, find_items
from app.features.catalogue.records import Field, Record
from app.ledger.door import post

Terms = tuple[int, Decimal, Decimal | None, date | None]
"""What a line orders: item, quantity and price in base units, due date."""

NOT_ITS_UNIT = marked("{item} is not counted in this unit.")
NOT_WHOLE = marked("It does not come out in {unit} of {item}.")
NO_PARTNER = {PartnerKind.SUPPLIER: NO_SUPPLIER, PartnerKind.CUSTOMER: NO_CUSTOMER}
NO_LOCATION = marked("There is no such location. Add it first.")
TWO_PARTNERS = marked("An order is from a supplier or by a customer, not both.")
OTHERWISE = marked("Row {row} of the same order says otherwise.")
OTHER_LINES = marked(
    "It is here already as {number}, with other lines. Orders are not changed by a table."
)

_STATED = table_of(DocumentRow)
_REVERSAL = _STATED.alias("reversal")
TAKEN_BACK = select(_STATED.c.number).join(_REVERSAL, _REVERSAL.c.reverses_id == _STATED.c.id)
"""The numbers of orders, and of other documents, that were reversed."""


@dataclass(slots=True)
class StoredOrder:
    number: str
    type: DocumentType
    partner: str
    is_taken_back: bool = False
    lines: list[Terms] = field(default_factory=list)


class OrderImport(Importer):
    fields = (
        Field("order", read_code, required=True),
        Field("supplier", read_code),
        Field("customer", read_code),
        Field("item", read_code, required=True),
        Field("quantity", read_amount, required=True),
        Field("unit", read_code),
        Field("price", read_figure),
        Field("due", read_date),
        Field("site", read_path),
    )
    key = ("order",)
    is_unique = False

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        connection = self.connection
        self._items = find_items(connection, self._named("item"))
        self._units = self._find_units()
        self._partners = {
            kind: find_partners(connection, kind, self._named(kind.value)) for kind in PartnerKind
        }
        location = table_of(LocationRow)
        query = select(location.c.path)
        sites = fetch(connection, query, location.c.path, self._named("site"))
        self._sites = {row["path"] for row in sites}
        self._stored = find_orders(connection, {record["order"] for record in records})
        self._rows: dict[str, list[Record]] = {}
        for record in records:
            self._rows.setdefault(record["order"], []).append(record)

    @override
    def problems(self) -> Iterator[Problem]:
        for record in self.records:
            yield from self._of_line(record)
        for rows in self._rows.values():
            yield from self._of_order(rows)

    @override
    def spread(self, bad_rows: set[int]) -> set[int]:
        """An order is posted whole or not at all."""
        whole = set(bad_rows)
        for rows in self._rows.values():
            if any(record.row in bad_rows for record in rows):
                whole.update(record.row for record in rows)
        return whole

    @override
    def is_known(self, record: Record) -> bool:
        return self._known(record) is not None

    @override
    def is_new(self, record: Record) -> bool:
        return self._known(record) is None

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        for order in dict.fromkeys(record["order"] for record in records):
            rows = self._rows[order]
            if self.is_new(rows[0]):
                post(self.session, self._document(rows), user=self.user)
            yield len(rows)

    def _named(self, column: str) -> set[str]:
        return {record[column] for record in self.records if column in record.values}

    def _of_line(self, record: Record) -> Iterator[Problem]:
        item = self._items.get(record.values.get("item", ""))
        terms = self._terms(record)
        if item is None:
            if "item" in record.values:
                yield record.problem("item", UNKNOWN_ITEM)
        elif "unit" in record.values and self._factor(item, record) is None:
            yield record.problem("unit", Said(NOT_ITS_UNIT, item=item["sku"]))
        elif terms and not fits(terms[1], item["decimals"]):
            message = Said(NOT_WHOLE, unit=item["unit"], item=item["sku"])
            yield record.problem("quantity", message)
        for kind in PartnerKind:
            code = record.values.get(kind.value)
            if code is not None and code not in self._partners[kind]:
                yield record.problem(kind.value, NO_PARTNER[kind])
        if "site" in record.values and record["site"] not in self._sites:
            yield record.problem("site", NO_LOCATION)

    def _of_order(self, rows: Sequence[Record]) -> Iterator[Problem]:
        first = rows[0]
        if "supplier" in first.values and "customer" in first.values:
            yield first.problem("customer", TWO_PARTNERS)
        for record in rows[1:]:
            for column in ("supplier", "customer", "site"):
                if record.values.get(column) != first.values.get(column):
                    message = Said(OTHERWISE, row=first.row)
                    yield record.problem(column, message)
        stored = self._known(first)
        terms = [self._terms(record) for record in rows]
        if stored is not None and None not in terms and terms != stored.lines:
            yield first.problem("order", Said(OTHER_LINES, number=stored.number))

    def _known(self, record: Record) -> StoredOrder | None:
        """Return the order as it is stored and stands: one taken back may come anew."""
        return next((order for order in self._of_name(record) if not order.is_taken_back), None)

    def _of_name(self, record: Record) -> list[StoredOrder]:
        wanted = _type(record), _partner(record)
        orders = self._stored.get(record["order"], [])
        return [order for order in orders if (order.type, order.partner) == wanted]

    def _document(self, rows: Sequence[Record]) -> Document:
        first = rows[0]
        lines = tuple(
            Line(
                item=record["item"],
                quantity=record["quantity"],
                unit=record.values.get("unit") or self._items[record["item"]]["unit"],
                price=record.values.get("price"),
                due=record.values.get("due"),
            )
            for record in rows
        )
        taken_back = sum(order.is_taken_back for order in self._of_name(first))
        again = (taken_back,) if taken_back else ()
        said = repr((first["order"], _type(first), _partner(first), lines, *again))
        return Document(
            key=f"order-{sha256(said.encode()).hexdigest()[:32]}",
            type=_type(first),
            reference=first["order"],
            supplier=first.values.get("supplier", ""),
            customer=first.values.get("customer", ""),
            site=first.values.get("site", ""),
            lines=lines,
        )

    def _terms(self, record: Record) -> Terms | None:
        """Return what the row orders in base units; None where that cannot be told."""
        item = self._items.get(record.values.get("item", ""))
        factor = self._factor(item, record) if item else None
        stated = record.values.get("quantity")
        if item is None or factor is None or stated is None:
            return None
        numerator, denominator = map(Decimal, factor)
        quantity = EXACT.divide(EXACT.multiply(stated, numerator), denominator)
        price = record.values.get("price")
        if price is not None:
            price = rounded(EXACT.divide(EXACT.multiply(price, stated), quantity), PLACES)
        return item["id"], quantity, price, record.values.get("due")

    def _factor(self, item: RowMapping, record: Record) -> tuple[Decimal | int, int] | None:
        """Return what one of the row's quantity holds; the barcode of a pack stands for many."""
        unit = record.values.get("unit")
        if unit in (None, item["unit"]):
            return item["pack"], 1
        return self._units.get((item["id"], unit))

    def _find_units(self) -> dict[tuple[int, str], tuple[int, int]]:
        table = table_of(ItemUnitRow)
        ids = {row["id"] for row in self._items.values()}
        return {
            (row["item_id"], row["unit"]): (row["numerator"], row["denominator"])
            for row in fetch(self.connection, select(table), table.c.item_id, ids)
        }


def find_orders(connection: Connection, names: set[str]) -> dict[str, list[StoredOrder]]:
    """Return orders with their lines, by their own number and by the other party's."""
    order, partner, line = map(table_of, (OrderRow, PartnerRow, OrderLineRow))
    query = select(
        order.c.id,
        order.c.number,
        order.c.type,
        order.c.reference,
        partner.c.code,
        order.c.number.in_(TAKEN_BACK).label("is_taken_back"),
    ).outerjoin(partner, partner.c.id == order.c.partner_id)
    by_id: dict[int, StoredOrder] = {}
    found: dict[str, list[StoredOrder]] = {}
    for column in (order.c.number, order.c.reference):
        for row in fetch(connection, query, column, names):
            stored = StoredOrder(
                row["number"], row["type"], row["code"] or "", row["is_taken_back"]
            )
            by_id.setdefault(row["id"], stored)
            found.setdefault(row[column.name], []).append(by_id[row["id"]])
    lines = select(line).order_by(line.c.order_id, line.c.line)
    for row in fetch(connection, lines, line.c.order_id, by_id.keys()):
        by_id[row["order_id"]].lines.append(_stored_terms(row))
    return found


def _stored_terms(row: RowMapping) -> Terms:
    return row["item_id"], row["quantity"], row["price"], row["due"]


def _type(record: Record) -> DocumentType:
    sold = "customer" in record.values
    return DocumentType.SALES_ORDER if sold else DocumentType.PURCHASE_ORDER


def _partner(record: Record) -> Any:
    return record.values.get("customer") or record.values.get("supplier", "")
