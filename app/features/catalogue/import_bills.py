"""The table of bills of materials: one row a component; a file states a product's whole bill."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select
from sqlalchemy.orm import Session
from typing_extensions import override

from app.core.decimals import EXACT, fits
from app.core.errors import Said, marked
from app.core.problems import Problem
from app.db.tables import BillLineRow, ItemRow, table_of
from app.features.catalogue.cells import read_amount, read_code
from app.features.catalogue.import_packs import TOO_FINE, UNKNOWN_ITEM
from app.features.catalogue.importers import Importer
from app.features.catalogue.lookups import batches, fetch, find_items, insert_rows
from app.features.catalogue.records import SAME_ROW, Field, Record
from app.features.catalogue.rules import circles

NO_LONGER = marked("No longer in its bill of materials: {items}.")
OF_A_PACK = marked("This is the barcode of a pack. Write that of one piece, or the SKU.")
PART_OF_ITSELF = marked("A product cannot be a part of itself: {chain}.")

Bill = Mapping[int, Decimal | None]
"""How much of each component one product takes; None where the file cannot be read."""

_LINE = table_of(BillLineRow)
_ITEM = table_of(ItemRow)


class BillImport(Importer):
    fields = (
        Field("product", read_code, required=True),
        Field("component", read_code, required=True),
        Field("quantity", read_amount, required=True),
    )
    key = ("product",)
    is_unique = False

    @override
    def __init__(self, session: Session, records: Sequence[Record], user: str = "") -> None:
        super().__init__(session, records, user)
        named = {record["product"] for record in records} | _named(records, "component")
        self._items = find_items(self.connection, named)
        self._rows: dict[str, list[Record]] = {}
        for record in records:
            self._rows.setdefault(self._product(record), []).append(record)
        self._stored = find_bills(self.connection)
        self._bills: dict[int, Bill] = {
            product: self._stated(rows)
            for rows in self._rows.values()
            if (product := self._id(rows[0], "product"))
        }

    @override
    def problems(self) -> Iterator[Problem]:
        for record in self.records:
            yield from self._of_names(record)
            yield from self._of_quantity(record)
        for rows in self._rows.values():
            yield from self._of_bill(rows)
        yield from self._of_circles()

    @override
    def spread(self, bad_rows: set[int]) -> set[int]:
        """A bill is taken whole or not at all; a row without a product may belong to any."""
        if bad_rows - {record.row for record in self.records}:
            return bad_rows | {record.row for record in self.records}
        bad = {product for product, rows in self._rows.items() if _any_in(rows, bad_rows)}
        while more := set(self._products_in_circles(bad)) - bad:
            bad |= more
        return bad_rows | {record.row for product in bad for record in self._rows[product]}

    @override
    def is_known(self, record: Record) -> bool:
        return self._id(record, "product") in self._stored

    @override
    def is_new(self, record: Record) -> bool:
        product = self._items[record["product"]]["id"]
        return self._stored.get(product, {}) != self._bills[product]

    @override
    def store(self, records: Sequence[Record]) -> Iterator[int]:
        changed = filter(self.is_new, records)
        products = dict.fromkeys(self._items[record["product"]]["id"] for record in changed)
        for batch in batches(products):
            self.connection.execute(delete(_LINE).where(_LINE.c.product_id.in_(batch)))
        lines = (
            {"product_id": product, "component_id": component, "quantity": quantity}
            for product in products
            for component, quantity in self._bills[product].items()
        )
        yield from insert_rows(self.connection, _LINE, lines)

    def _of_names(self, record: Record) -> Iterator[Problem]:
        for column in ("product", "component"):
            if column in record.values and record[column] not in self._items:
                yield record.problem(column, UNKNOWN_ITEM)
        product = self._item(record, "product")
        if product and product["pack"] != 1:
            yield record.problem("product", OF_A_PACK)

    def _of_quantity(self, record: Record) -> Iterator[Problem]:
        component, quantity = self._item(record, "component"), self._quantity(record)
        if component and quantity is not None and not fits(quantity, component["decimals"]):
            message = Said(TOO_FINE, item=component["sku"], decimals=component["decimals"])
            yield record.problem("quantity", message)

    def _of_bill(self, rows: Sequence[Record]) -> Iterator[Problem]:
        """Each component stands once; what is stored beside them goes, and the file says so."""
        first: dict[int | None, int] = {}
        for record in rows:
            component = self._id(record, "component")
            earlier = first.setdefault(component, record.row)
            if component is not None and earlier != record.row:
                yield record.problem("component", Said(SAME_ROW, row=earlier))
        product = self._id(rows[0], "product")
        gone = self._stored.get(product, {}).keys() - first.keys() if product else set()
        if gone and None not in first:
            names = ", ".join(sorted(find_skus(self.connection, gone).values()))
            yield rows[0].warning("product", Said(NO_LONGER, items=names))

    def _of_circles(self) -> Iterator[Problem]:
        at = {(self._id(row, "product"), self._id(row, "component")): row for row in self.records}
        for circle in circles(self._graph(set())):
            skus = find_skus(self.connection, set(circle))
            for place, step in enumerate(pairwise(circle)):
                if record := at.pop(step, None):
                    chain = [*circle[place:-1], *circle[: place + 1]]
                    names = " > ".join(skus[item] for item in chain)
                    yield record.problem("component", Said(PART_OF_ITSELF, chain=names))

    def _products_in_circles(self, left_out: set[str]) -> Iterator[str]:
        for circle in circles(self._graph(left_out)):
            skus = find_skus(self.connection, set(circle)).values()
            yield from (sku for sku in skus if sku in self._rows)

    def _graph(self, left_out: set[str]) -> dict[int, list[int]]:
        """Return which items each product would be made of, without the bills that are left out."""
        bills: dict[int, Bill] = dict(self._stored)
        for name, rows in self._rows.items():
            product = self._id(rows[0], "product")
            if product and name not in left_out:
                bills[product] = self._bills[product]
        return {product: list(bill) for product, bill in bills.items()}

    def _stated(self, rows: Sequence[Record]) -> Bill:
        return {
            component: self._quantity(record)
            for record in rows
            if (component := self._id(record, "component"))
        }

    def _quantity(self, record: Record) -> Decimal | None:
        """Return how much of the component it is; the barcode of a pack stands for many."""
        component, quantity = self._item(record, "component"), record.values.get("quantity")
        if component is None or quantity is None:
            return None
        return EXACT.multiply(quantity, component["pack"])

    def _product(self, record: Record) -> str:
        """Return the product's SKU, however the file calls it; its own word if it is not known."""
        product = self._item(record, "product")
        return str(product["sku"] if product else record["product"])

    def _item(self, record: Record, column: str) -> RowMapping | None:
        return self._items.get(record.values.get(column, ""))

    def _id(self, record: Record, column: str) -> int | None:
        item = self._item(record, column)
        return int(item["id"]) if item else None


def find_bills(connection: Connection) -> dict[int, dict[int, Decimal]]:
    """Return every bill of materials: what one piece of a product takes of each component."""
    found: dict[int, dict[int, Decimal]] = {}
    for row in connection.execute(select(_LINE)).mappings():
        found.setdefault(row["product_id"], {})[row["component_id"]] = row["quantity"]
    return found


def find_skus(connection: Connection, items: set[int]) -> dict[int, str]:
    rows = fetch(connection, select(_ITEM.c.id, _ITEM.c.sku), _ITEM.c.id, items)
    return {row["id"]: row["sku"] for row in rows}


def _named(records: Sequence[Record], column: str) -> set[Any]:
    return {record[column] for record in records if column in record.values}


def _any_in(rows: Sequence[Record], bad: set[int]) -> bool:
    return any(record.row in bad for record in rows)
