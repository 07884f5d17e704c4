"""All items, some at a time, none twice."""

from app.ledger.spans import Span, last_item, next_span


def all_spans(session, **sizes):
    spans, after = [], 0
    while (span := next_span(session.connection(), after, **sizes)) is not None:
        spans.append(span)
        after = span.until
    return spans


def test_an_empty_company_has_none(database):
    with database.reading() as session:
        assert all_spans(session) == []
        assert last_item(session.connection()) == 0


def test_they_end_after_so_many_items(database, stock):
    numbers = [stock.item(f"I{number}") for number in range(5)]
    with database.reading() as session:
        spans = all_spans(session, items=2)

    assert [span.until for span in spans] == [numbers[1], numbers[3], numbers[4]]
    assert [span.after for span in spans] == [0, numbers[1], numbers[3]]


def test_they_end_before_too_many_movements_but_never_within_an_item(company):
    with company.database.reading() as session:
        tea, rum, last = (company.number_of(session, sku) for sku in ("TEA", "RUM", "FLOUR"))
    for _ in range(3):
        company.receive("TEA", 1)
    company.receive("RUM", 1)
    with company.database.reading() as session:
        spans = all_spans(session, movements=2)

    assert spans == [Span(0, tea), Span(tea, last)]
    assert spans[-1].until == last
    assert rum > tea
