"""Stock found where the sheet expected none: the item, place and lot that a row names."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.core.catalogue import Item, Tracking
from app.core.decimals import ZERO
from app.core.documents import sheet_title
from app.core.errors import Said, marked
from app.core.refusals import LotMissing, LotNotTracked, UnknownItem, UnknownLocation, UnknownLot
from app.db.tables import BalanceRow, BarcodeRow, ItemRow, LocationRow, LotRow
from app.features.count_sheets.headings import ITEM, LOCATION, LOT, TITLES
from app.features.count_sheets.matching import Match, Names, bare, path_endings
from app.features.count_sheets.refusals import AlreadyOnSheet
from app.features.count_sheets.rules import COUNTABLE, SheetLine
from app.features.count_sheets.sheet_rows import CountRow, shortened
from app.features.count_sheets.store import ITEM_COLUMNS, in_batches, item_of, open_places

OTHER_ITEM = marked(
    "“{found}” is an item of its own, but {known} lies here. Type the code in full."
)
SEVERAL = marked("“{found}” could be {names}. Type it in full.")
PACK = marked("“{found}” is the code of a pack of {item}. Count single {unit} under its SKU.")

_ITEM_COLUMNS = tuple(column.label(f"item_{column.key}") for column in ITEM_COLUMNS)
_WANTED: Any = bindparam("wanted", expanding=True)


class Stockroom:
    """The items, places and lots that some rows name, looked up all at once."""

    def __init__(
        self, session: Session, sheet: int, lines: Iterable[SheetLine], rows: Sequence[CountRow]
    ) -> None:
        self._session = session
        self._on_sheet = {(line.item.id, line.location, line.lot): line for line in lines}
        self._items: Names[Item] = Names()
        self._packs: dict[str, Item] = {}
        self._places: Names[str] = Names()
        self._place_ids: dict[str, int] = {}
        self._load_items({row.codes.item.text for row in rows if row.codes.item.text})
        self._load_places({row.codes.location.text for row in rows if row.codes.location.text})
        items = self._items.values()
        self._lots: defaultdict[int, Names[str]] = defaultdict(Names)
        self._lot_ids: dict[tuple[int, str], int] = {}
        self._load_lots({item.id for item in items})
        self._taken = open_places(session, {item.id for item in items}, but_not=sheet)

    def find(self, row: CountRow) -> Match:
        """Return a line for stock found at a place where the sheet expected none."""
        codes = row.codes
        pack = self._packs.get(codes.item.text)
        if pack is not None:
            found = shortened(codes.item.text)
            return _problem(ITEM, Said(PACK, found=found, item=pack.sku, unit=pack.unit))
        items = self._items.find(codes.item)
        if len(items) != 1:
            unknown = UnknownItem(item=shortened(codes.item.text))
            return _several(ITEM, codes.item.text, [item.sku for item in items], unknown.said)
        places = self._places.find(codes.location)
        if len(places) != 1:
            missing = UnknownLocation(location=shortened(codes.location.text))
            return _several(LOCATION, codes.location.text, places, missing.said)
        return self._line(row, items[0], places[0])

    def doubt(self, row: CountRow, line: SheetLine) -> str:
        """Return why a line that a row only resembles may not be the one that is meant."""
        found = row.codes.item.text
        for item in self._items.find(row.codes.item):
            if item.id != line.item.id and item.sku == found:
                return Said(OTHER_ITEM, found=shortened(found), known=line.item.sku)
        return ""

    def place_id(self, line: SheetLine) -> int:
        return self._place_ids[line.location]

    def lot_id(self, line: SheetLine) -> int | None:
        return self._lot_ids.get((line.item.id, line.lot)) if line.lot else None

    def _line(self, row: CountRow, item: Item, place: str) -> Match:
        lot, problem = self._lot(row, item)
        if problem:
            return _problem(LOT, problem)
        known = self._on_sheet.get((item.id, place, lot))
        if known is not None:
            return Match(known)
        other = self._taken.get((item.id, self._place_ids[place]))
        if other is not None:
            refusal = AlreadyOnSheet(item=item.sku, location=place, sheet=sheet_title(other))
            return _problem(ITEM, refusal.said)
        return Match(SheetLine(0, "", item, place, lot, self._on_hand(item, place, lot)))

    def _lot(self, row: CountRow, item: Item) -> tuple[str, str]:
        """Return the lot that a row names, or what is wrong with it."""
        word = row.codes.lot
        if item.tracking is Tracking.NONE:
            refusal = LotNotTracked(item=item.sku, lot=shortened(word.text))
            return "", refusal.said if word.text else ""
        if not word.text:
            return "", LotMissing(item=item.sku, tracking=item.tracking.value).said
        lots = self._lots[item.id].find(word)
        if len(lots) == 1:
            return lots[0], ""
        unknown = UnknownLot(item=item.sku, lot=shortened(word.text))
        return "", _several(LOT, word.text, lots, unknown.said).problem

    def _on_hand(self, item: Item, place: str, lot: str) -> Any:
        query = select(BalanceRow.on_hand).where(
            BalanceRow.item_id == item.id,
            BalanceRow.location_id == self._place_ids[place],
            BalanceRow.lot_id == (self._lot_ids[item.id, lot] if lot else 0),
        )
        found = self._session.scalar(query)
        return ZERO if found is None else found

    def _load_items(self, texts: set[str]) -> None:
        query: Any = select(*_ITEM_COLUMNS)
        for row in self._coded(query, ItemRow.sku, texts):
            self._items.add(row.item_sku, item_of(row))
        by_code = query.add_columns(BarcodeRow.code, BarcodeRow.quantity).join(
            BarcodeRow, BarcodeRow.item_id == ItemRow.id
        )
        for row in self._ask(by_code.where(BarcodeRow.code.in_(_WANTED)), texts):
            if row.quantity == 1:
                self._items.add(row.code, item_of(row))
            else:
                self._packs[row.code] = item_of(row)

    def _load_places(self, texts: set[str]) -> None:
        query: Any = select(LocationRow.id, LocationRow.path).where(
            LocationRow.kind.in_(COUNTABLE), LocationRow.is_active
        )
        codes = {text.rpartition("/")[2] for text in texts}
        for row in self._coded(query, LocationRow.code, codes):
            self._place_ids[row.path] = row.id
            for name in path_endings(row.path):
                self._places.add(name, row.path)

    def _load_lots(self, items: set[int]) -> None:
        query: Any = select(LotRow.id, LotRow.item_id, LotRow.code).where(
            LotRow.item_id.in_(_WANTED)
        )
        for row in self._ask(query, items):
            self._lots[row.item_id].add(row.code, row.code)
            self._lot_ids[row.item_id, row.code] = row.id

    def _coded(self, query: Any, column: Any, codes: set[str]) -> Iterator[Any]:
        """Yield what has one of the codes, or would have it without its leading zeros."""
        yield from self._ask(query.where(column.in_(_WANTED)), codes)
        digits = {bare(code) for code in codes if code.isdecimal()}
        if digits:
            yield from self._ask(query.where(func.ltrim(column, "0").in_(_WANTED)), digits)

    def _ask(self, query: Any, wanted: set[Any]) -> Iterable[Any]:
        return in_batches(self._session, query, wanted)


def _problem(name: str, message: str) -> Match:
    return Match(problem=message, column=TITLES[name])


def _several(name: str, found: str, names: Sequence[str], none: str) -> Match:
    """Return the problem of a code that stands for several things, or for none."""
    if not names:
        return _problem(name, none)
    listed = ", ".join(names[:4])
    return _problem(name, Said(SEVERAL, found=shortened(found), names=listed))
