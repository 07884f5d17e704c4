from wine.older import ON_HAND, REVISION, SKU, make_older_database, revision_of

from app.db.database import Database
from app.ledger.rebuild import rebuild
from app.ledger.stock import find_stock
from app.ledger.verify import verify


def test_the_first_database_holds_stock_that_this_program_finds(tmp_path):
    file = tmp_path / "first.db"
    make_older_database(file)
    assert revision_of(file) == REVISION

    database = Database(file)
    database.create()
    database.run(rebuild)
    checks = database.run(verify)
    with database.reading() as session:
        (line,) = find_stock(session, item=SKU)
    database.close()

    assert [check.differences for check in checks if check.differences] == []
    assert line.on_hand == ON_HAND
    assert revision_of(file) > REVISION
