"""Places, suppliers and items by what a person types, and what might be meant by it."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.catalogue import OWNED, Location, LocationKind, PartnerKind
from app.core.refusals import LocationNotStocked, UnknownItem, UnknownLocation, UnknownPartner
from app.db.catalogue import Found, find_item, find_location
from app.db.tables import ItemRow, LocationRow, PartnerRow, table_of

MOST = 8
PREFIX = "LOC:"


@dataclass(frozen=True, slots=True)
class Known:
    """A code and what goes by it, to choose from."""

    code: str
    text: str


def find_named_item(session: Session, code: str) -> Found:
    """Return the item by SKU or barcode, and how many base units that means."""
    found = find_item(session, code.strip())
    if found is None:
        raise UnknownItem(item=code)
    return found


def find_place(session: Session, text: str, site: str) -> Location:
    """Return a place of ours by path, code or barcode; of equal codes the one in the site."""
    place = find_location(session, text.strip().removeprefix(PREFIX), site)
    if place is None:
        raise UnknownLocation(location=text)
    return check_place(place)


def check_place(place: Location) -> Location:
    """Return the place if goods can lie there, or in its dock."""
    if not place.kind.is_inside:
        raise LocationNotStocked(location=place.path)
    return place


def find_supplier(session: Session, code: str) -> Known:
    """Return a supplier by its code."""
    query = select(PartnerRow.code, PartnerRow.name).where(_is_supplier(), PartnerRow.code == code)
    row = session.execute(query).first()
    if row is None:
        raise UnknownPartner(kind=PartnerKind.SUPPLIER.value, partner=code)
    return Known(*row)


def find_first_site(session: Session) -> str:
    """Return the first of our sites; "" while there is none."""
    place = table_of(LocationRow).c
    query = select(place.path).where(place.kind == LocationKind.SITE)
    return session.scalar(query.order_by(place.path).limit(1)) or ""


def suggest_items(session: Session, text: str) -> tuple[Known, ...]:
    """Return items whose SKU or name begins with the text, or has it in its name."""
    query = select(ItemRow.sku, ItemRow.name).where(ItemRow.is_active)
    wanted = _begins(text, ItemRow.sku, ItemRow.name)
    rows = session.execute(query.where(wanted).order_by(ItemRow.sku).limit(MOST))
    return tuple(Known(*row) for row in rows)


def suggest_places(session: Session, text: str, site: str) -> tuple[Known, ...]:
    """Return places of ours whose code or path begins with the text, those in the site first.

    The path may be stated without its site, as screens show it.
    """
    text = text.strip().removeprefix(PREFIX)
    kinds = (*OWNED, LocationKind.SITE)
    query = (
        select(LocationRow.path, LocationRow.name)
        .where(LocationRow.kind.in_(kinds), LocationRow.is_active)
        .where(
            or_(
                _begins(text, LocationRow.path, LocationRow.code),
                LocationRow.path.icontains(f"/{text}", autoescape=True),
            )
        )
        .order_by(func.substr(LocationRow.path, 1, len(site)) != site, LocationRow.path)
    )
    return tuple(Known(*row) for row in session.execute(query.limit(MOST)))


def suggest_suppliers(session: Session, text: str) -> tuple[Known, ...]:
    """Return suppliers whose code or name begins with the text."""
    query = select(PartnerRow.code, PartnerRow.name).where(_is_supplier(), PartnerRow.is_active)
    wanted = _begins(text, PartnerRow.code, PartnerRow.name)
    rows = session.execute(query.where(wanted).order_by(PartnerRow.code).limit(MOST))
    return tuple(Known(*row) for row in rows)


def _is_supplier() -> ColumnElement[bool]:
    return PartnerRow.kind == PartnerKind.SUPPLIER


def _begins(text: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return or_(*(column.istartswith(text.strip(), autoescape=True) for column in columns))
