"""A late entry into a long history is replayed from where that was settled before it."""

from decimal import Decimal

import pytest

from app.core.catalogue import Costing
from app.core.documents import Build, Document, DocumentType, new_key
from app.core.progress import Progress
from app.ledger.checkpoints import find_checkpoints, stored_checkpoints
from app.ledger.posting import post
from tests.ledger.conftest import line

pytestmark = pytest.mark.usefixtures("many_checkpoints")


def kept(company, item):
    with company.database.reading() as session:
        found = stored_checkpoints(session.connection(), [company.number_of(session, item)])
    return sorted(one.at for one in found)


def begin(company, item, at):
    """Return the moment after which a change at a moment would be replayed."""
    with company.database.reading() as session:
        number = company.number_of(session, item)
        found = find_checkpoints(session.connection(), [number], {number: at})
    return found[number].at if found else None


def trade(company, clock, item, hours=range(8, 18)):
    for hour in hours:
        company.receive(item, 5, f"{hour}.10", at=clock(hour))
        company.issue(item, 3, at=clock(hour + 0.5))


def build(company, product, part, at, quantity=1):
    made = Build(product=product, quantity=Decimal(1), location="MAIN/A-1")
    company.post("build", line(part, quantity), build=made, at=at)


@pytest.mark.parametrize("item", ["TEA", "RUM", "GIN"])
def test_a_late_entry_is_replayed_from_the_last_checkpoint_before_it(company, clock, item):
    trade(company, clock, item)
    assert kept(company, item) == []
    company.receive(item, 1, "1.00", at=clock(9))
    first = kept(company, item)
    company.issue(item, 1, at=clock(15))

    assert len(first) > 5
    assert begin(company, item, clock(15)) == max(at for at in first if at < clock(15))
    assert company.differences() == []


def test_what_was_kept_of_the_time_after_a_late_entry_is_kept_anew(company, clock):
    trade(company, clock, "RUM")
    company.receive("RUM", 1, "1.00", at=clock(9))
    company.receive("RUM", 7, "99.00", at=clock(10))

    assert max(kept(company, "RUM")) > clock(10)
    assert company.differences() == []


def test_nothing_is_kept_of_a_moment_at_which_goods_were_short(company, clock):
    company.allow_negative("MAIN")
    company.receive("RUM", 1, "1.00", at=clock(8))
    for hour in range(9, 14):
        company.issue("RUM", 1, at=clock(hour))
    company.receive("RUM", 9, "2.00", at=clock(14))
    company.issue("RUM", 1, at=clock(15))
    company.issue("RUM", 1, at=clock(16))
    company.receive("RUM", 1, "3.00", at=clock(8.5))

    assert not [at for at in kept(company, "RUM") if clock(10) < at < clock(14)]
    assert company.differences() == []


def test_the_latest_moment_is_never_kept_because_more_may_happen_in_it(company, clock):
    trade(company, clock, "TEA")
    company.receive("TEA", 1, "1.00", at=clock(9))
    company.receive("TEA", 1, "77.00", at=clock(17.5))
    company.receive("TEA", 1, "1.00", at=clock(9))

    assert company.differences() == []


def test_goods_that_come_back_take_what_is_left_of_their_issue_after_earlier_returns(
    company, clock
):
    company.receive("RUM", 3, "10.00", at=clock(8))
    sold = company.issue("RUM", 3, at=clock(9))
    back = line("RUM", 1, target="MAIN/A-1")
    company.post("customer_return", back, names=sold, at=clock(10))
    trade(company, clock, "RUM", range(11, 15))
    company.post("customer_return", back, names=sold, at=clock(16))
    trade(company, clock, "RUM", range(17, 19))
    company.receive("RUM", 1, "1.00", at=clock(15))
    late = company.receive("RUM", 1, "2.00", at=clock(15.5))
    company.post("landed_cost", names=late, amount=Decimal("0.07"), by="value")
    company.receive("RUM", 1, "1.00", at=clock(15.75))

    assert begin(company, "RUM", clock(15.75)) > clock(12)
    assert company.differences() == []


def test_what_is_built_of_goods_begins_no_later_than_they_do(company, clock):
    trade(company, clock, "TEA")
    for hour in range(9, 18):
        build(company, "RUM", "TEA", clock(hour + 0.6))
        company.issue("RUM", 1, at=clock(hour + 0.7))
    company.receive("TEA", 1, "9.00", at=clock(12))
    company.receive("TEA", 1, "0.50", at=clock(14))

    assert kept(company, "RUM")
    assert company.differences() == []


def test_what_was_built_of_goods_that_are_still_short_is_not_settled(company, clock):
    company.allow_negative("MAIN")
    company.receive("TEA", 20, "1.00", at=clock(8))
    build(company, "GIN", "RUM", clock(10))
    trade(company, clock, "GIN", range(11, 14))
    trade(company, clock, "TEA", range(9, 14))
    build(company, "RUM", "TEA", clock(15))
    company.receive("GIN", 1, "1.00", at=clock(9))
    company.receive("TEA", 1, "1.00", at=clock(8.5))
    company.receive("TEA", 1, "99.00", at=clock(14.5))

    assert [at for at in kept(company, "GIN") if clock(10) < at < clock(14.5)]
    assert company.differences() == []


def test_a_checkpoint_in_a_closed_period_says_what_is_known_now(company, clock):
    company.allow_negative("MAIN")
    company.receive("TEA", 1, "1.00", at=clock(8))
    build(company, "RUM", "TEA", clock(9), quantity=5)
    trade(company, clock, "RUM", range(10, 14))
    company.post("close_period", until=clock(8).date())
    company.receive("TEA", 10, "3.00", at=clock(60))
    trade(company, clock, "RUM", range(61, 64))
    company.receive("RUM", 1, "1.00", at=clock(62))

    assert kept(company, "RUM")
    assert company.differences() == []


def test_the_checkpoint_of_one_item_serves_though_another_one_of_the_document_has_none(
    company, clock
):
    trade(company, clock, "TEA")
    company.receive("TEA", 1, "1.00", at=clock(9))
    with company.database.reading() as session:
        tea, rum = (company.number_of(session, sku) for sku in ("TEA", "RUM"))
        changed = {tea: clock(15), rum: clock(15)}
        found = find_checkpoints(session.connection(), [tea, rum], changed)

    assert found.keys() == {tea}


def test_values_that_agree_only_with_each_other_do_not_hang_on_where_the_replay_begins(
    company, clock
):
    company.allow_negative("MAIN")
    build(company, "RUM", "TEA", clock(6))
    company.issue("RUM", 1, at=clock(6.5))
    for hour in (7, 7.2, 7.4, 7.5):
        company.receive("TEA", 1, "50.00", at=clock(hour))
    sold = company.issue("RUM", 2, at=clock(9))
    company.post("customer_return", line("RUM", 1, target="MAIN/A-1"), names=sold, at=clock(10))
    company.receive("RUM", 1, "10.00", at=clock(11))
    trade(company, clock, "RUM", range(12, 14))
    company.receive("TEA", 1, "50.00", at=clock(6.8))
    assert clock(6.5) in kept(company, "RUM")
    company.receive("TEA", 1, "50.00", at=clock(7.3))

    assert company.differences() == []


def test_where_values_never_agree_nothing_is_settled(company, stock, clock):
    company.allow_negative("MAIN")
    stock.item("BOLT", standard_cost=Decimal(1))
    build(company, "RUM", "BOLT", clock(1), quantity=2)
    back = Build(product="BOLT", quantity=Decimal(2), location="MAIN/A-1", cost=Decimal(5))
    company.post("build", line("RUM", 1), build=back, at=clock(2))
    for item in ("BOLT", "RUM"):
        company.receive(item, 5, "1.00", at=clock(3))
        trade(company, clock, item, range(4, 7))
    company.receive("BOLT", 1, "1.00", at=clock(2.5))

    assert kept(company, "RUM") == kept(company, "BOLT") == []
    assert company.differences() == []


def test_a_revaluation_undone_leaves_nothing_behind(company, clock):
    trade(company, clock, "RUM")
    company.receive("RUM", 1, "1.00", at=clock(9))
    number = company.post("revaluation", line("RUM", 0, unit_cost=Decimal("4.00")), at=clock(14))
    company.post("costing_change", item="RUM", costing=Costing.AVERAGE, at=clock(16))
    company.reverse(number)
    company.receive("RUM", 1, "1.00", at=clock(17))

    assert company.differences() == []


def test_how_far_a_replay_is_is_told_and_stopping_it_undoes_the_entry(company, clock, monkeypatch):
    monkeypatch.setattr("app.ledger.replay.REPORT_EVERY", 4)
    trade(company, clock, "RUM")
    told = []
    company.database.run(late_receipt(clock), told.append)

    assert told[0] == Progress(4, 42)
    assert told[-1].done > 21
    assert sorted(told, key=lambda one: one.done) == told

    before = company.value("RUM")
    with pytest.raises(Stopped):
        company.database.run(late_receipt(clock), stop)
    assert company.value("RUM") == before


def test_what_takes_no_time_is_posted_though_the_window_is_closing(company, clock):
    def leave(_progress):
        raise Stopped

    trade(company, clock, "RUM")
    before, _ = company.value("RUM")
    company.database.run(late_receipt(clock), leave)

    assert company.value("RUM")[0] == before + 1


class Stopped(Exception):
    pass


def stop(progress):
    if progress.done > 10:
        raise Stopped


def late_receipt(clock):
    goods = line("RUM", 1, target="MAIN/A-1", unit_cost=Decimal(1))
    document = Document(key=new_key(), type=DocumentType.RECEIPT, at=clock(9), lines=(goods,))
    return lambda session: post(session, document)
