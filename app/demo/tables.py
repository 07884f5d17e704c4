"""The catalogue of the sample company as tables, the way any company would bring its own in."""

from collections.abc import Iterator

from app.core.catalogue import Costing
from app.core.decimals import plain
from app.demo.rules import (
    DOCK,
    ITEM_RANGE,
    PACK_RANGE,
    PACKS,
    SITE,
    SITE_NAME,
    Rules,
    ean,
    is_bike,
    kilograms,
    shelf_life,
    tracking,
    walk,
)
from app.demo.source import Offer, Product, Source

Cells = tuple[str, ...]


class Tables:
    """Each table is its headings, then its rows."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._rules = Rules(source)

    def all(self) -> dict[str, list[Cells]]:
        """Return the tables by their kind, in the order in which they need each other."""
        return {
            "items": list(self._items()),
            "units": list(self._units()),
            "barcodes": list(self._barcodes()),
            "locations": list(self._locations()),
            "suppliers": list(self._suppliers()),
            "supplier-items": list(self._supplier_items()),
        }

    def _items(self) -> Iterator[Cells]:
        yield (
            *("sku", "name", "unit", "decimals", "tracking", "costing", "standard_cost"),
            *("barcode", "category", "shelf_life_days", "weight"),
        )
        yield from map(self._item, self._source.products)

    def _item(self, product: Product) -> Cells:
        is_liquid = self._rules.is_liquid(product)
        life = shelf_life(product)
        return (
            product.number,
            product.name,
            "gallon" if is_liquid else "each",
            "2" if is_liquid else "0",
            tracking(product).value,
            (Costing.FIFO if is_bike(product) else Costing.AVERAGE).value,
            plain(product.standard_cost) if product.standard_cost else "",
            ean(ITEM_RANGE, product.id),
            self._rules.category(product),
            str(life) if life else "",
            kilograms(product),
        )

    def _units(self) -> Iterator[Cells]:
        yield "item", "unit", "numerator", "denominator"
        for product, unit, size in self._packed():
            yield product.number, unit, str(size), "1"

    def _barcodes(self) -> Iterator[Cells]:
        yield "item", "barcode", "quantity"
        for product, _, size in self._packed():
            yield product.number, ean(PACK_RANGE, product.id), str(size)

    def _packed(self) -> Iterator[tuple[Product, str, int]]:
        for number, code in sorted(self._rules.units.items()):
            if code in PACKS:
                yield self._rules.products[number], *PACKS[code]

    def _locations(self) -> Iterator[Cells]:
        """The bins stand in the order in which one walks by them: zone, shelf, bin."""
        yield "path", "kind", "name", "walk_order"
        yield SITE, "site", SITE_NAME, ""
        yield DOCK, "dock", "Goods in", ""
        for zone in self._source.zones:
            yield self._rules.zones[zone.id], "storage", zone.name, ""
        rows = sorted(self._source.inventory, key=walk)
        bins = dict.fromkeys(map(self._rules.bin_of, rows))
        for at, path in enumerate(bins, start=1):
            yield path, "storage", "", str(at)

    def _suppliers(self) -> Iterator[Cells]:
        yield "code", "name"
        for vendor in self._source.vendors:
            yield vendor.code, vendor.name

    def _supplier_items(self) -> Iterator[Cells]:
        yield "supplier", "item", "price", "lead_time_days", "minimum", "pack"
        yield from map(self._terms, self._source.offers)

    def _terms(self, offer: Offer) -> Cells:
        _, size = self._rules.pack_of(offer.product)
        return (
            self._rules.vendors[offer.vendor],
            self._rules.products[offer.product].number,
            plain(self._rules.price_each(offer.product, offer.price)),
            str(offer.lead_time_days),
            plain(offer.minimum * size),
            str(size),
        )
