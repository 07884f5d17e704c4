"""Barcodes that a file brings: whose they are, whether they agree with what is known."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from app.core.errors import Said, marked
from app.core.gtin import as_gtin14, looks_like_gtin
from app.core.problems import Problem
from app.db.tables import BarcodeRow, ItemRow, table_of
from app.features.catalogue.lookups import fetch, find_coded_places, insert_rows, update_rows
from app.features.catalogue.records import SAME_ROW, Record

ONE = Decimal(1)

OF_ANOTHER_ITEM = marked("It belongs to item {item}. Take it off there first.")
SKU_OF_ANOTHER = marked("“{code}” is the SKU of another item.")
OTHER_ROW = marked("Row {row} gives the same barcode to item {item}.")
SAME_GTIN = marked("It is the same GTIN as {code}, which belongs to item {item}.")
OTHER_QUANTITY = marked("It is the same GTIN as {code}, which stands for another quantity.")
WRONG_CHECK_DIGIT = marked(
    "Its check digit is wrong for a GTIN: kept as a code of our own. Compare it with the label."
)
ON_A_PLACE = marked("It is the barcode of the location {location}. Choose another.")


@dataclass(frozen=True, slots=True)
class Claim:
    """A row says that this code is on so many base units of that item.

    An empty `quantity` is one piece for a new code, and as it is for a known one.
    """

    record: Record
    sku: str
    code: str
    quantity: Decimal | None


class BarcodeBook:
    """All claims of a file held against each other and against what is stored."""

    def __init__(self, connection: Connection, claims: Iterable[Claim]) -> None:
        self._connection = connection
        self._claims = list(claims)
        self._by_code: dict[str, RowMapping] = {}
        self._by_gtin: dict[str, RowMapping] = {}
        codes = {claim.code for claim in self._claims}
        self._gtins = {code: as_gtin14(code) for code in codes}
        self._load(codes)
        self._places = find_coded_places(connection, codes)
        items = table_of(ItemRow)
        self._skus = {
            row["sku"] for row in fetch(connection, select(items.c.sku), items.c.sku, codes)
        }

    def problems(self) -> Iterator[Problem]:
        """Return what stands against each claim, and what is only odd about it."""
        codes: dict[str, Claim] = {}
        gtins: dict[str, Claim] = {}
        for claim in self._claims:
            gtin = self._gtins[claim.code]
            against = self._conflict(claim, codes.get(claim.code), gtins.get(gtin or ""))
            if against:
                yield claim.record.problem("barcode", against)
            elif looks_like_gtin(claim.code) and gtin is None:
                yield claim.record.warning("barcode", WRONG_CHECK_DIGIT)
            codes.setdefault(claim.code, claim)
            gtins.setdefault(gtin or claim.code, claim)

    def is_unknown(self, claim: Claim) -> bool:
        return claim.code not in self._by_code

    def is_new(self, claim: Claim) -> bool:
        """Tell whether the claim changes what is stored."""
        known = self._by_code.get(claim.code)
        if known is None:
            return True
        return claim.quantity is not None and claim.quantity != known["quantity"]

    def store(self, claims: Iterable[Claim], item_ids: dict[str, int]) -> Iterator[int]:
        """Write the claims that change something."""
        taken = set(self._by_gtin)
        new: list[dict[str, Any]] = []
        changed = []
        for claim in filter(self.is_new, claims):
            known = self._by_code.get(claim.code)
            if known is not None:
                changed.append({"id": known["id"], "quantity": claim.quantity})
                continue
            gtin = self._gtins[claim.code]
            gtin = None if gtin in taken else gtin
            taken.add(gtin or "")
            new.append(
                {
                    "item_id": item_ids[claim.sku],
                    "code": claim.code,
                    "gtin": gtin,
                    "quantity": claim.quantity or ONE,
                }
            )
        table = table_of(BarcodeRow)
        yield from insert_rows(self._connection, table, new)
        yield from update_rows(self._connection, table, changed, ["quantity"])

    def _conflict(self, claim: Claim, same: Claim | None, alike: Claim | None) -> str | None:
        if claim.code in self._skus and claim.code != claim.sku:
            return Said(SKU_OF_ANOTHER, code=claim.code)
        known = self._by_code.get(claim.code)
        if known is not None and known["sku"] != claim.sku:
            return Said(OF_ANOTHER_ITEM, item=known["sku"])
        if known is None and claim.code in self._places:
            return Said(ON_A_PLACE, location=self._places[claim.code])
        if same is not None:
            return _against(claim, same)
        twin = None if known else self._by_gtin.get(self._gtins[claim.code] or "")
        if twin is not None:
            return _unlike(claim, twin["sku"], twin["quantity"], twin["code"])
        if alike is not None:
            return _unlike(claim, alike.sku, alike.quantity, alike.code)
        return None

    def _load(self, codes: set[str]) -> None:
        barcode, item = table_of(BarcodeRow), table_of(ItemRow)
        query = select(
            barcode.c.id, barcode.c.code, barcode.c.gtin, barcode.c.quantity, item.c.sku
        ).join(item, item.c.id == barcode.c.item_id)
        gtins = {gtin for gtin in self._gtins.values() if gtin}
        for row in fetch(self._connection, query, barcode.c.code, codes):
            self._by_code[row["code"]] = row
        for row in fetch(self._connection, query, barcode.c.gtin, gtins):
            self._by_gtin[row["gtin"]] = row


def _against(claim: Claim, same: Claim) -> str:
    if claim.sku != same.sku:
        return Said(OTHER_ROW, row=same.record.row, item=same.sku)
    return Said(SAME_ROW, row=same.record.row)


def _unlike(claim: Claim, sku: str, quantity: Decimal | None, code: str) -> str | None:
    """Refuse another print of a known GTIN unless it means the same."""
    if claim.sku != sku:
        return Said(SAME_GTIN, code=code, item=sku)
    if (claim.quantity or ONE) != (quantity or ONE):
        return Said(OTHER_QUANTITY, code=code)
    return None
