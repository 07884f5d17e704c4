"""A checkpoint is what its item's history says of that moment, or it is named as wrong."""

import pytest
from sqlalchemy import text

from app.ledger.spans import Span
from app.ledger.verify_checkpoints import wrong_checkpoints

pytestmark = pytest.mark.usefixtures("many_checkpoints")


def wrong(company):
    with company.database.reading() as session:
        return wrong_checkpoints(session.connection(), Span(0, 1_000), 2)


def test_those_that_a_replay_left_are_right(company, clock):
    for hour in range(8, 14):
        company.receive("RUM", 2, f"{hour}.00", at=clock(hour))
    company.receive("RUM", 1, "1.00", at=clock(9))

    assert wrong(company) == {}


def test_a_wrong_one_is_given_with_what_is_right(company, clock):
    for hour in range(8, 14):
        company.receive("RUM", 2, f"{hour}.00", at=clock(hour))
    company.receive("RUM", 1, "1.00", at=clock(9))
    with company.database.engine.begin() as connection:
        kept = connection.execute(text("SELECT max(state) FROM checkpoint")).scalar()
        statement = text("UPDATE checkpoint SET state = '{}' WHERE state = :state")
        connection.execute(statement, {"state": kept})

    ((one, right),) = wrong(company).items()
    assert (one.state, right.state) == ("{}", kept)


def test_one_of_a_moment_before_anything_happened_has_no_right_one(company, clock):
    company.receive("RUM", 2, "8.00", at=clock(8))
    with company.database.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO checkpoint (item_id, effective_at, state)"
                " SELECT item_id, effective_at - 1, '{}' FROM movement"
            )
        )

    ((_, right),) = wrong(company).items()
    assert right is None
