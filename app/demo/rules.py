"""What the published tables do not say, decided by rule: resources/demo/README.md lists them."""

from datetime import date
from decimal import Decimal

from app.core.catalogue import Tracking
from app.core.decimals import PLACES, plain, rounded
from app.core.gtin import check_digit
from app.demo.source import Inventory, Order, Product, Source

SITE = "MAIN"
SITE_NAME = "Adventure Works Cycles"
DOCK = f"{SITE}/DOCK"

OPENING_DAY = date(2025, 8, 12)

ITEM_RANGE, PACK_RANGE = "20", "21"
"""Beginnings of EAN-13 numbers that are never given out: for use inside a company."""

GALLONS = "GAL"
PIECE = ("", 1)
PACKS = {
    "DZ": ("dozen", 12),
    "PAK": ("pak", 10),
    "CAN": ("canister", 50),
    "CS": ("case", 24),
    "CTN": ("carton", 100),
}
"""The vendors' units, and how many pieces we say they hold."""

BIKES = "Bikes/"
WORTH_A_SERIAL = Decimal(3_000)
SHELF_LIFE_DAYS = {"Paint - ": 730, "Bike Wash": 730, "Patch Kit": 1_095}

POUND = Decimal("0.45359237")  # kg
GRAM = Decimal("0.001")


class Rules:
    """Answers for one set of tables."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.products = {product.id: product for product in source.products}
        self.zones = {zone.id: f"{SITE}/{_code(zone.name)}" for zone in source.zones}
        self.vendors = {vendor.id: vendor.code for vendor in source.vendors}
        self.units = {offer.product: offer.unit for offer in source.offers}
        self.usual_bins: dict[int, str] = {}
        for row in sorted(source.inventory, key=walk):
            self.usual_bins.setdefault(row.product, self.bin_of(row))

    def bin_of(self, row: Inventory) -> str:
        """Return the path of the bin that an inventory row names."""
        zone = self.zones[row.zone]
        return f"{zone}/FLOOR" if row.shelf == "N/A" else f"{zone}/{row.shelf}-{row.bin}"

    def pack_of(self, product: int) -> tuple[str, int]:
        """Return the unit a product is bought in, and how many base units that is."""
        return PACKS.get(self.units.get(product, ""), PIECE)

    def is_liquid(self, product: Product) -> bool:
        return self.units.get(product.id) == GALLONS

    def category(self, product: Product) -> str:
        return product.category or ("Parts/Made here" if product.is_made_here else "Parts/Bought")

    def price_each(self, product: int, price: Decimal) -> Decimal:
        """Return a vendor's price for one base unit."""
        _, size = self.pack_of(product)
        return rounded(price / size, PLACES)

    def cost(self, product: Product) -> Decimal:
        """Return what one base unit of opening stock costs; 0 where nothing says."""
        known = self._source.costs.get(product.id) or product.standard_cost
        prices = [offer.price for offer in self._source.offers if offer.product == product.id]
        return known or self.price_each(product.id, min(prices, default=Decimal(0)))


def walk(row: Inventory) -> tuple[int, str, int]:
    """Return where a bin stands on the way through the warehouse."""
    return row.zone, row.shelf, row.bin


def ean(beginning: str, product: int) -> str:
    """Return an EAN-13 in the range for use inside a company."""
    digits = f"{beginning}{product:010}"
    return f"{digits}{check_digit(digits)}"


def is_bike(product: Product) -> bool:
    return product.category.startswith(BIKES)


def tracking(product: Product) -> Tracking:
    if is_bike(product) and product.list_price >= WORTH_A_SERIAL:
        return Tracking.SERIAL
    return Tracking.LOT if shelf_life(product) else Tracking.NONE


def shelf_life(product: Product) -> int | None:
    """Return for how many days the product keeps; None for what does not spoil."""
    kinds = (days for name, days in SHELF_LIFE_DAYS.items() if product.name.startswith(name))
    return next(kinds, None)


def kilograms(product: Product) -> str:
    """Return the weight of one piece as text, "" where it is not known."""
    if product.weight is None:
        return ""
    factor = POUND if product.weight_unit == "LB" else GRAM
    return plain(rounded(product.weight * factor, PLACES))


def reference(order: Order) -> str:
    """Return what we call an order of the published tables."""
    return f"AW-{order.id}"


def _code(name: str) -> str:
    return name.upper().replace(" ", "-")
