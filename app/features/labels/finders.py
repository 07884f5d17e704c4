"""Looks up what stands on the labels of items, packs, lots and places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.catalogue import Item
from app.core.clock import now
from app.core.decimals import EXACT, PLACES, rounded
from app.core.labels import Label, LabelKind, LabelRequest, check_copies
from app.core.refusals import UnknownItem, UnknownLocation, UnknownLot, UnknownUnit
from app.db.catalogue import AmbiguousLocation, find_items
from app.db.tables import BarcodeRow, ItemUnitRow, LocationRow, LotRow
from app.features.labels.arrivals import labels_of_document
from app.features.labels.rules import (
    LOCATION_PREFIX,
    PackHasNoBarcode,
    bin_barcode,
    can_be_stored,
    lot_barcode,
    pack_barcode,
)

_BATCH = 5_000
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class LabelWanted:
    """A label found for a request, with its copies and where it came from."""

    label: Label
    copies: int
    source: str


def find_labels(session: Session, requests: Sequence[LabelRequest]) -> list[LabelWanted]:
    """Return a label for each request; a document stands for everything that came with it.

    Refuses the first request that names an item, lot, pack or place that is not known.
    """
    wanted: list[LabelRequest] = []
    for request in requests:
        if request.document and not request.sku:
            wanted += labels_of_document(session, request.document, request.source)
        else:
            wanted.append(request)
    finder = _Finder(session, wanted)
    return [finder.find(request) for request in wanted]


class _Finder:
    """Everything the requests name, looked up with one question for each kind of thing."""

    def __init__(self, session: Session, requests: Sequence[LabelRequest]) -> None:
        self._places = _Places(session, {r.location for r in requests if r.location})
        self._today = now().date()
        names = {request.sku for request in requests if request.sku}
        self._items = {name: found.item for name, found in find_items(session, names).items()}
        ids = {item.id for item in self._items.values()}
        self._barcodes = _grouped(_all(session, BarcodeRow, BarcodeRow.item_id, ids))
        self._units = _grouped(_all(session, ItemUnitRow, ItemUnitRow.item_id, ids))
        lots = {request.lot for request in requests if request.lot}
        self._lots = {
            (row.item_id, row.code): row for row in _all(session, LotRow, LotRow.code, lots)
        }

    def find(self, request: LabelRequest) -> LabelWanted:
        """Return the label wanted. What came in packs that have no barcode gets a label for each
        piece instead."""
        copies = check_copies(request.copies)
        label = self._label(request)
        if label is None:
            item = self._item(request.sku)
            pack = self._packs(item)[request.unit]
            if request.document:
                label = self._piece(item)
                copies = check_copies(copies * pack.numerator // pack.denominator)
            else:
                raise PackHasNoBarcode(pack=pack.unit, item=item.sku, unit=item.unit)
        return LabelWanted(label, copies, request.source)

    def _label(self, request: LabelRequest) -> Label | None:
        match request.kind:
            case LabelKind.BIN:
                return self._bin(request)
            case LabelKind.LOT:
                return self._lot(request, self._item(request.sku))
            case LabelKind.PACK:
                return self._pack(request, self._item(request.sku))
        return self._piece(self._item(request.sku))

    def _piece(self, item: Item) -> Label:
        return Label(kind=LabelKind.ITEM, barcode=self._code(item), **_named(item))

    def _item(self, name: str) -> Item:
        item = self._items.get(name)
        if item is None:
            raise UnknownItem(item=name)
        return item

    def _lot(self, request: LabelRequest, item: Item) -> Label:
        lot = self._lots.get((item.id, request.lot))
        if lot is None:
            raise UnknownLot(item=item.sku, lot=request.lot)
        barcode, is_gs1 = lot_barcode(
            self._gtin(item), lot.code, lot.expiry, item.tracking, self._today
        )
        return Label(
            kind=LabelKind.LOT,
            barcode=barcode,
            is_gs1=is_gs1,
            lot=lot.code,
            expiry=lot.expiry,
            **_named(item),
        )

    def _packs(self, item: Item) -> dict[str, ItemUnitRow]:
        return {pack.unit: pack for pack in self._units.get(item.id, ())}

    def _pack(self, request: LabelRequest, item: Item) -> Label | None:
        packs = self._packs(item)
        pack = packs.get(request.unit)
        if pack is None:
            known = ", ".join([item.unit, *packs])
            raise UnknownUnit(item=item.sku, unit=request.unit, known=known)
        quantity = rounded(EXACT.divide(pack.numerator, pack.denominator), PLACES)
        own = self._own(item, quantity)
        made = pack_barcode(own.code if own else None, self._gtin(item), quantity)
        if made is None:
            return None
        return Label(
            kind=LabelKind.PACK,
            barcode=made[0],
            is_gs1=made[1],
            pack=pack.unit,
            quantity=quantity,
            **_named(item),
        )

    def _bin(self, request: LabelRequest) -> Label:
        place = self._places.find(request.location)
        barcode = bin_barcode(
            place.barcode, place.path, is_unique=self._places.share_code(place) == 1
        )
        return Label(kind=LabelKind.BIN, barcode=barcode, name=place.name, location=place.path)

    def _own(self, item: Item, quantity: Decimal) -> BarcodeRow | None:
        """Return the item's barcode that stands for so many; a GTIN before a code of our own."""
        fitting = [row for row in self._barcodes.get(item.id, ()) if row.quantity == quantity]
        return min(fitting, key=_gtins_first, default=None)

    def _code(self, item: Item) -> str:
        own = self._own(item, _ONE)
        return own.code if own else item.sku

    def _gtin(self, item: Item) -> str | None:
        """Return the GTIN under which the item is found when it is read out of a GS1 message."""
        own = self._own(item, _ONE)
        return own.gtin if own else None


class _Places:
    """The places that requests name: by path, by what is written on them, or by barcode."""

    def __init__(self, session: Session, names: set[str]) -> None:
        short = {name.removeprefix(LOCATION_PREFIX) for name in names}
        named = _all(session, LocationRow, LocationRow.path, short)
        barcoded = _all(session, LocationRow, LocationRow.barcode, names)
        self._by_path: dict[str, LocationRow] = {row.path: row for row in named}
        self._by_barcode: dict[str, LocationRow] = {row.barcode: row for row in barcoded}
        codes = short | {row.code for row in (*named, *barcoded)}
        self._by_code: dict[str, list[LocationRow]] = defaultdict(list)
        for row in _all(session, LocationRow, LocationRow.code, codes):
            self._by_code[row.code].append(row)

    def find(self, name: str) -> LocationRow:
        """Return the place; a code that two places share does not say which is meant."""
        short = name.removeprefix(LOCATION_PREFIX)
        place = self._by_path.get(short) or self._by_barcode.get(name)
        if place is not None:
            return place
        named = self._by_code[short]
        if not named:
            raise UnknownLocation(location=name)
        if len(named) > 1:
            paths = ", ".join(sorted(row.path for row in named))
            raise AmbiguousLocation(location=name, paths=paths)
        return named[0]

    def share_code(self, place: LocationRow) -> int:
        """Return how many places have this one's code written on them."""
        return len(self._by_code[place.code])


def _all(session: Session, table: Any, column: Any, wanted: Iterable[Any]) -> list[Any]:
    """Return the rows whose column has one of the values, in the order they were made."""
    values = [value for value in wanted if can_be_stored(str(value))]
    rows: list[Any] = []
    for start in range(0, len(values), _BATCH):
        query = select(table).where(column.in_(values[start : start + _BATCH]))
        rows += session.scalars(query.order_by(table.id))
    return rows


def _named(item: Item) -> dict[str, Any]:
    return {"sku": item.sku, "name": item.name, "unit": item.unit}


def _gtins_first(row: BarcodeRow) -> tuple[bool, int]:
    return row.gtin is None, row.id


def _grouped(rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.item_id, []).append(row)
    return grouped
