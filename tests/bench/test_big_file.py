from decimal import Decimal

from app.bench.big_file import big_database
from app.ledger.stock import find_values
from app.ledger.verify import verify


def test_the_big_company_is_a_sound_ledger_whose_values_are_known(tmp_path):
    database = big_database(str(tmp_path / "big.db"), 20, 1_000)
    checks = database.run(verify)
    with database.reading() as session:
        values = find_values(session)
    database.close()

    assert [check.differences for check in checks if not check.ok] == []
    assert len(values) == 20
    assert {value.unit_cost for value in values} == {Decimal(2)}
    assert sum(value.quantity for value in values) == 100 * (7 * 10 - 1)


def test_it_is_made_once_for_each_size(tmp_path):
    where = str(tmp_path / "big.db")
    big_database(where, 10, 100).close()
    database = big_database(where, 10, 100)
    with database.reading() as session:
        values = find_values(session)
    database.close()

    assert sum(value.quantity for value in values) == 10 * 69
