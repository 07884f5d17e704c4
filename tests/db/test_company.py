import pytest

from app.core.clock import now
from app.core.documents import DocumentType
from app.db.company import (
    Company,
    CurrencyInUse,
    InvalidCurrencyPlaces,
    has_items,
    read_company,
    read_setting,
    save_company,
    write_setting,
)
from app.db.tables import DocumentRow


def test_a_new_company_has_no_name_and_cents(database):
    with database.reading() as session:
        assert read_company(session) == Company("", 2)


def test_what_was_saved_last_holds(database):
    for company in (Company("Teahouse", 2), Company("茶 & Söhne", 0)):
        with database.writing() as session:
            save_company(session, company)

    with database.reading() as session:
        assert read_company(session) == company


@pytest.mark.parametrize("places", [-1, 5])
def test_a_currency_has_only_so_many_decimals(database, places):
    with pytest.raises(InvalidCurrencyPlaces), database.writing() as session:
        save_company(session, Company("Teahouse", places))


def test_decimals_stay_once_something_is_booked_while_the_name_may_change(database):
    with database.writing() as session:
        times = {"effective_at": now(), "entered_at": now()}
        session.add(DocumentRow(key="k", number="RC1", type=DocumentType.RECEIPT, **times))

    with pytest.raises(CurrencyInUse, match="stay 2"), database.writing() as session:
        save_company(session, Company("Teahouse", 3))

    with database.writing() as session:
        save_company(session, Company("Teahouse", 2))
        assert read_company(session).name == "Teahouse"


def test_a_setting_that_was_never_made_is_its_default(database):
    with database.writing() as session:
        assert read_setting(session, "sample", "no") == "no"
        write_setting(session, "sample", "")
        assert read_setting(session, "sample", "no") == ""


def test_it_is_known_whether_there_are_items(database, stock):
    with database.reading() as session:
        assert not has_items(session)

    stock.item("TEA")

    with database.reading() as session:
        assert has_items(session)
