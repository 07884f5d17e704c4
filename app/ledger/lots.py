"""Lots and serial numbers of a document: found, made when they arrive, checked when they move."""

from collections.abc import Iterable
from datetime import date
from typing import cast

from sqlalchemy import Connection, insert, update

from app.core.catalogue import Tracking
from app.core.documents import Line
from app.core.refusals import ExpiryDiffers, LotMissing, LotNotTracked, UnknownLot
from app.db.tables import LotRow, table_of
from app.ledger.facts import ItemBook, ItemFacts, LotFacts, find_lots

_LOT = table_of(LotRow)


class LotBook:
    """The lots that a document names."""

    def __init__(self, connection: Connection, items: ItemBook, lines: Iterable[Line]) -> None:
        self._connection = connection
        wanted = [
            (items.by_name[line.item], line.lot)
            for line in lines
            if line.lot and line.item in items.by_name
        ]
        self._known = find_lots(connection, wanted)

    def find(
        self,
        item: ItemFacts,
        code: str,
        *,
        stated: date | None,
        expiry: date | None,
        arriving: bool,
    ) -> LotFacts | None:
        """Return the line's lot; one that arrives for the first time is made.

        `stated` is the expiry the line gives, `expiry` the one a new lot gets.
        """
        if item.tracking is Tracking.NONE:
            if code:
                raise LotNotTracked(item=item.sku, lot=code)
            return None
        if not code:
            raise LotMissing(item=item.sku, tracking=item.tracking.value)
        known = self._known.get((item.id, code))
        if known is None:
            if not arriving:
                raise UnknownLot(item=item.sku, lot=code)
            known = self._make(item, code, expiry)
        elif stated is not None and known.expiry != stated:
            known = self._agree(item, known, stated)
        self._known[item.id, code] = known
        return known

    def find_known(self, item: ItemFacts, code: str) -> LotFacts:
        """Return a lot that is there already."""
        known = self._known.get((item.id, code))
        if known is None:
            raise UnknownLot(item=item.sku, lot=code)
        return known

    def _make(self, item: ItemFacts, code: str, expiry: date | None) -> LotFacts:
        values = {"item_id": item.id, "code": code, "expiry": expiry}
        number = self._connection.scalar(insert(_LOT).returning(_LOT.c.id), values)
        return LotFacts(cast(int, number), code, expiry)

    def _agree(self, item: ItemFacts, known: LotFacts, stated: date) -> LotFacts:
        """Take the date where the lot had none; refuse two dates for one lot."""
        if known.expiry is not None:
            raise ExpiryDiffers(item=item.sku, lot=known.code, known=known.expiry, stated=stated)
        self._connection.execute(update(_LOT).where(_LOT.c.id == known.id).values(expiry=stated))
        return LotFacts(known.id, known.code, stated)
