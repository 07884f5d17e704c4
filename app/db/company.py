"""What holds for the whole company, the same on every PC that shares the database."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refused, marked
from app.db.tables import DocumentRow, ItemRow, SettingRow, table_of

NAME = "company_name"
CURRENCY_PLACES = "currency_places"
MOST_PLACES = 4


class InvalidCurrencyPlaces(Refused):
    template = marked("A currency has 0 to 4 decimals, not {found}.")


class CurrencyInUse(Refused):
    template = marked(
        "The decimals of the currency stay {places}: values in the books are rounded to them."
    )


@dataclass(frozen=True, slots=True)
class Company:
    """`currency_places`: how many decimals the currency's smallest coin needs."""

    name: str = ""
    currency_places: int = 2


def read_company(session: Session) -> Company:
    known = Company()
    return Company(
        read_setting(session, NAME, known.name),
        int(read_setting(session, CURRENCY_PLACES, str(known.currency_places))),
    )


def save_company(session: Session, company: Company) -> None:
    """Store what is said of the company. Raises InvalidCurrencyPlaces, CurrencyInUse."""
    places = read_company(session).currency_places
    if company.currency_places != places:
        if not 0 <= company.currency_places <= MOST_PLACES:
            raise InvalidCurrencyPlaces(found=company.currency_places)
        if session.scalar(select(DocumentRow.id).limit(1)):
            raise CurrencyInUse(places=places)
    write_setting(session, NAME, company.name)
    write_setting(session, CURRENCY_PLACES, str(company.currency_places))


def has_items(session: Session) -> bool:
    """Tell whether there is anything to stock yet."""
    return session.scalar(select(table_of(ItemRow).c.id).limit(1)) is not None


def read_setting(session: Session, name: str, default: str = "") -> str:
    setting = table_of(SettingRow).c
    found = session.scalar(select(setting.value).where(setting.name == name))
    return default if found is None else found


def write_setting(session: Session, name: str, value: str) -> None:
    session.merge(SettingRow(name=name, value=value))
