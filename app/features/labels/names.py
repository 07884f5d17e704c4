"""Whatever can have a label, by what a person types."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.core.errors import Refused, marked
from app.core.labels import LabelKind, LabelRequest
from app.db.catalogue import find_item, find_location
from app.db.tables import DocumentRow, ItemRow, LocationRow, LotRow
from app.features.labels.rules import LOCATION_PREFIX, can_be_stored

_MOST_ITEMS = 8
_MOST_PLACES = 4


class NothingByThatName(Refused):
    template = marked(
        "There is no item, lot, bin or document {name}. Check the code, or scan it instead."
    )


class AmbiguousLot(Refused):
    template = marked("{lot} is a lot of several items: {items}. Scan or type the item instead.")


@dataclass(frozen=True, slots=True)
class Known:
    """A code and what goes by it, to choose from."""

    code: str
    text: str


def find_named(session: Session, name: str) -> LabelRequest:
    """Return the request for what goes by this name, looked for in the order of the message."""
    if not can_be_stored(name):
        raise NothingByThatName(name=name)
    if found := find_item(session, name):
        return LabelRequest(sku=found.item.sku)
    lot = select(LotRow.code, ItemRow.sku).join(ItemRow, ItemRow.id == LotRow.item_id)
    lots = session.execute(lot.where(LotRow.code == name).order_by(ItemRow.sku)).all()
    if len(lots) > 1:
        raise AmbiguousLot(lot=name, items=", ".join(row.sku for row in lots))
    if lots:
        return LabelRequest(kind=LabelKind.LOT, sku=lots[0].sku, lot=name)
    if place := find_location(session, name.removeprefix(LOCATION_PREFIX)):
        return LabelRequest(kind=LabelKind.BIN, location=place.path)
    if session.scalar(select(DocumentRow.id).where(DocumentRow.number == name)) is not None:
        return LabelRequest(document=name)
    raise NothingByThatName(name=name)


def suggest_names(session: Session, text: str) -> tuple[Known, ...]:
    """Return items and places whose code begins with the text, or whose name does."""
    text = text.strip()
    if not text or not can_be_stored(text):
        return ()
    starts = or_(
        ItemRow.sku.istartswith(text, autoescape=True),
        ItemRow.name.istartswith(text, autoescape=True),
    )
    items = select(ItemRow.sku, ItemRow.name).where(starts, ItemRow.is_active)
    inside = or_(
        LocationRow.code.istartswith(text, autoescape=True),
        LocationRow.path.istartswith(text, autoescape=True),
    )
    places = select(LocationRow.path, LocationRow.name).where(inside, LocationRow.is_active)
    found = [
        *session.execute(items.order_by(ItemRow.sku).limit(_MOST_ITEMS)),
        *session.execute(places.order_by(LocationRow.path).limit(_MOST_PLACES)),
    ]
    return tuple(Known(*row) for row in found)
