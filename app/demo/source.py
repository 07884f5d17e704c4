"""The tables of the sample company as they were published, read from the archive that we ship."""

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.core.resources import resource

ARCHIVE = "demo/adventureworks.zip"

OPEN_STATES = frozenset({"1", "2"})
"""Pending and approved; the others were rejected or are complete."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Product:
    """`weight_unit` is LB or G. Costs and prices are for one piece; 0 is unknown."""

    id: int
    name: str
    number: str
    is_made_here: bool
    category: str
    standard_cost: Decimal
    list_price: Decimal
    weight: Decimal | None
    weight_unit: str


@dataclass(frozen=True, slots=True)
class Zone:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Inventory:
    """So many pieces of a product in one bin."""

    product: int
    zone: int
    shelf: str
    bin: int
    quantity: Decimal
    counted_on: date


@dataclass(frozen=True, slots=True)
class Vendor:
    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a vendor asks for a product: `price` is for one `unit`, as is the `minimum`."""

    product: int
    vendor: int
    unit: str
    price: Decimal
    lead_time_days: int
    minimum: Decimal


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of a purchase order, in the vendor's unit. What was rejected is part of `received`."""

    product: int
    quantity: Decimal
    price: Decimal
    due: date
    received: Decimal
    rejected: Decimal

    @property
    def came_whole(self) -> bool:
        return self.received == self.quantity and not self.rejected


@dataclass(frozen=True, slots=True)
class Order:
    id: int
    vendor: int
    ordered_on: date
    lines: tuple[OrderLine, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """All that the sample company is made of. `costs` are those of the last day."""

    products: tuple[Product, ...]
    zones: tuple[Zone, ...]
    inventory: tuple[Inventory, ...]
    vendors: tuple[Vendor, ...]
    offers: tuple[Offer, ...]
    orders: tuple[Order, ...]
    costs: dict[int, Decimal]


def read_source() -> Source:
    """Read the archive. Of the purchase orders only those still open are taken."""
    with zipfile.ZipFile(resource(ARCHIVE)) as archive:
        return Source(
            products=_products(archive),
            zones=tuple(
                Zone(int(row["LocationID"]), row["Name"])
                for row in _rows(archive, "Production.Location")
            ),
            inventory=tuple(map(_inventory, _rows(archive, "Production.ProductInventory"))),
            vendors=tuple(
                Vendor(int(row["BusinessEntityID"]), row["AccountNumber"], row["Name"])
                for row in _rows(archive, "Purchasing.Vendor")
            ),
            offers=tuple(map(_offer, _rows(archive, "Purchasing.ProductVendor"))),
            orders=_orders(archive),
            costs={
                int(row["ProductID"]): Decimal(row["StandardCost"])
                for row in _rows(archive, "Production.ProductCostHistory")
                if not row["EndDate"]
            },
        )


def _rows(archive: zipfile.ZipFile, table: str) -> list[Row]:
    text = archive.read(f"{table}.csv").decode("utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _products(archive: zipfile.ZipFile) -> tuple[Product, ...]:
    upper = {
        row["ProductCategoryID"]: row["Name"]
        for row in _rows(archive, "Production.ProductCategory")
    }
    categories = {
        row["ProductSubcategoryID"]: f"{upper[row['ProductCategoryID']]}/{row['Name']}"
        for row in _rows(archive, "Production.ProductSubcategory")
    }
    return tuple(
        Product(
            id=int(row["ProductID"]),
            name=row["Name"],
            number=row["ProductNumber"],
            is_made_here=row["MakeFlag"] == "1",
            category=categories.get(row["ProductSubcategoryID"], ""),
            standard_cost=Decimal(row["StandardCost"]),
            list_price=Decimal(row["ListPrice"]),
            weight=Decimal(row["Weight"]) if row["Weight"] else None,
            weight_unit=row["WeightUnitMeasureCode"],
        )
        for row in _rows(archive, "Production.Product")
    )


def _inventory(row: Row) -> Inventory:
    return Inventory(
        product=int(row["ProductID"]),
        zone=int(row["LocationID"]),
        shelf=row["Shelf"],
        bin=int(row["Bin"]),
        quantity=Decimal(row["Quantity"]),
        counted_on=_day(row["ModifiedDate"]),
    )


def _offer(row: Row) -> Offer:
    return Offer(
        product=int(row["ProductID"]),
        vendor=int(row["BusinessEntityID"]),
        unit=row["UnitMeasureCode"],
        price=Decimal(row["StandardPrice"]),
        lead_time_days=int(row["AverageLeadTime"]),
        minimum=Decimal(row["MinOrderQty"]),
    )


def _orders(archive: zipfile.ZipFile) -> tuple[Order, ...]:
    heads = [
        row
        for row in _rows(archive, "Purchasing.PurchaseOrderHeader")
        if row["Status"] in OPEN_STATES
    ]
    lines: dict[str, list[OrderLine]] = {row["PurchaseOrderID"]: [] for row in heads}
    for row in _rows(archive, "Purchasing.PurchaseOrderDetail"):
        if row["PurchaseOrderID"] in lines:
            lines[row["PurchaseOrderID"]].append(_order_line(row))
    return tuple(
        Order(
            id=int(row["PurchaseOrderID"]),
            vendor=int(row["VendorID"]),
            ordered_on=_day(row["OrderDate"]),
            lines=tuple(lines[row["PurchaseOrderID"]]),
        )
        for row in heads
    )


def _order_line(row: Row) -> OrderLine:
    return OrderLine(
        product=int(row["ProductID"]),
        quantity=Decimal(row["OrderQty"]),
        price=Decimal(row["UnitPrice"]),
        due=_day(row["DueDate"]),
        received=Decimal(row["ReceivedQty"]),
        rejected=Decimal(row["RejectedQty"]),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
