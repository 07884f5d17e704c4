import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.cli.documents import key_of, parse_document
from app.core.catalogue import Costing
from app.core.decimals import InvalidQuantity
from app.core.documents import Build, Document, DocumentType, Line, SpreadBy
from app.core.refusals import Malformed

RECEIPT = {
    "key": "k1",
    "type": "receipt",
    "supplier": "LITWARE",
    "at": "2026-05-31T14:02:00+02:00",
    "lines": [{"item": "GEL-7", "quantity": "12", "to": "MAIN/DOCK", "unit_cost": "1.25"}],
}


def line_of(**fields: object) -> bytes:
    """A receipt whose one line says this, beside what is said anyway."""
    line = {"item": "GEL-7", "quantity": "12", "to": "MAIN/DOCK", **fields}
    return json.dumps({**RECEIPT, "lines": [line]}).encode()


def parse_line(**fields: object) -> Line:
    return parse_document(line_of(**fields)).document.lines[0]


def test_a_receipt_is_read_as_it_is_stated():
    stated = parse_document(json.dumps(RECEIPT).encode())

    assert stated.document == Document(
        key="k1",
        type=DocumentType.RECEIPT,
        supplier="LITWARE",
        at=datetime(2026, 5, 31, 12, 2, tzinfo=UTC),
        lines=(
            Line(
                item="GEL-7",
                quantity=Decimal(12),
                target="MAIN/DOCK",
                unit_cost=Decimal("1.25"),
            ),
        ),
    )
    assert stated.warnings == ()


def test_a_count_tells_not_counted_from_zero():
    lines = [
        {"item": "A", "location": "MAIN/A1", "counted": ""},
        {"item": "B", "location": "MAIN/A1", "counted": None},
        {"item": "C", "location": "MAIN/A1", "counted": "0"},
    ]
    text = json.dumps({"key": "k", "type": "count", "lines": lines}).encode()

    counted = [line.counted for line in parse_document(text).document.lines]

    assert counted == [None, None, Decimal(0)]


def test_a_reversal_names_the_document_it_undoes():
    document = parse_document(b'{"key": "k", "type": "reversal", "document": "RC-000001"}').document

    assert (document.type, document.reverses) == (DocumentType.REVERSAL, "RC-000001")


def test_a_whole_number_stands_for_itself():
    line = parse_line(quantity=12, item=1001, expiry="2027-01-31")

    assert (line.item, line.quantity, line.expiry) == ("1001", Decimal(12), date(2027, 1, 31))


@pytest.mark.parametrize("found", ["1,5", "٣", "", "abc", "1e9", "0x10", "1 000", "--1", "NaN"])
def test_text_that_is_no_plain_decimal_is_no_quantity(found):
    with pytest.raises(InvalidQuantity) as refused:
        parse_document(line_of(quantity=found))

    assert refused.value.line == 1


@pytest.mark.parametrize("found", [1.5, True, None, [], {}, float("inf")])
def test_a_quantity_that_json_may_have_rounded_or_is_no_number_is_malformed(found):
    with pytest.raises(Malformed) as refused:
        parse_document(line_of(quantity=found))

    assert (refused.value.code, refused.value.line) == ("malformed", 1)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not json",
        b"[1, 2]",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"key": "a", "key": "b", "type": "receipt"}',
        b'{"type": "receipt", "lines": []}',
        b'{"key": "", "type": "receipt", "lines": []}',
        b'{"key": 5, "type": "receipt", "lines": []}',
        b'{"key": "k"}',
        b'{"key": "k", "type": "gift"}',
        b'{"key": "k", "type": ["receipt"]}',
        b'{"key": "k", "type": "receipt", "lines": {}}',
        b'{"key": "k", "type": "receipt", "lines": [5]}',
        b'{"key": "k", "type": "receipt", "at": "yesterday", "lines": []}',
        b'{"key": "k", "type": "receipt", "at": 5, "lines": []}',
        b'{"key": "k", "type": "reversal"}',
        b'{"key": "k\\u0000", "type": "receipt", "lines": []}',
        b'{"key": "\\ud800", "type": "receipt", "lines": []}',
        b'{"key": "' + b"k" * 501 + b'", "type": "receipt", "lines": []}',
    ],
)
def test_what_is_no_document_is_malformed(text):
    with pytest.raises(Malformed) as refused:
        parse_document(text)

    assert refused.value.code == "malformed"


@pytest.mark.parametrize(
    ("field", "found"),
    [
        ("expiry", "31.01.2027"),
        ("expiry", "2027-02-30"),
        ("order_line", 0),
        ("order_line", "1"),
        ("unit_cost", "cheap"),
        ("lot", ["L1"]),
        ("item", ""),
        ("to", None),
    ],
)
def test_a_field_of_the_wrong_kind_is_malformed_and_names_its_line(field, found):
    with pytest.raises(Malformed) as refused:
        parse_document(line_of(**{field: found}))

    assert refused.value.line == 1
    assert field in str(refused.value)


def test_a_field_that_means_nothing_is_named_and_not_read():
    stated = parse_document(line_of(colour="blue"))

    assert stated.warnings == ("“colour” means nothing here and was not read.",)


def test_lines_that_mean_nothing_are_named_and_empty_ones_are_not():
    reversal = {"key": "k", "type": "reversal", "document": "RC-1"}

    assert parse({**reversal, "lines": []}).warnings == ()
    assert parse({**reversal, "lines": [{}]}).warnings == (
        "“lines” means nothing here and was not read.",
    )


LANDED = {"key": "k", "type": "landed_cost", "receipt": "RC-1", "amount": "40.00", "by": "value"}
BUILD = {"key": "k", "type": "build", "product": "KIT", "quantity": "5", "location": "MAIN/A1"}


def parse(stated):
    return parse_document(json.dumps(stated).encode())


@pytest.mark.parametrize(
    ("stated", "document"),
    [
        (
            LANDED,
            Document(
                key="k",
                type=DocumentType.LANDED_COST,
                names="RC-1",
                amount=Decimal("40.00"),
                by=SpreadBy.VALUE,
            ),
        ),
        (
            {**LANDED, "by": "equal", "lines": [{"line": 2}, {"item": "GEL-7", "lot": "L1"}]},
            Document(
                key="k",
                type=DocumentType.LANDED_COST,
                names="RC-1",
                amount=Decimal(40),
                by=SpreadBy.EQUAL,
                lines=(Line(names_line=2), Line(item="GEL-7", lot="L1")),
            ),
        ),
        (
            {
                "key": "k",
                "type": "supplier_return",
                "receipt": "RC-1",
                "supplier": "LIT",
                "lines": [{"item": "GEL-7", "quantity": "2", "from": "MAIN/A1"}],
            },
            Document(
                key="k",
                type=DocumentType.SUPPLIER_RETURN,
                names="RC-1",
                supplier="LIT",
                lines=(Line(item="GEL-7", quantity=Decimal(2), source="MAIN/A1"),),
            ),
        ),
        (
            {
                "key": "k",
                "type": "customer_return",
                "lines": [
                    {"item": "GEL-7", "quantity": "1", "to": "MAIN/A1", "shipment": "IS-1"},
                    {"item": "TEA", "quantity": "1", "to": "MAIN/A1", "shipment": "IS-1"},
                ],
            },
            Document(
                key="k",
                type=DocumentType.CUSTOMER_RETURN,
                names="IS-1",
                lines=(
                    Line(item="GEL-7", quantity=Decimal(1), target="MAIN/A1"),
                    Line(item="TEA", quantity=Decimal(1), target="MAIN/A1"),
                ),
            ),
        ),
        (
            {
                "key": "k",
                "type": "transfer_ship",
                "lines": [{"item": "TEA", "quantity": "6", "from": "MAIN/A1", "to": "SHOP"}],
            },
            Document(
                key="k",
                type=DocumentType.TRANSFER_SHIP,
                lines=(Line(item="TEA", quantity=Decimal(6), source="MAIN/A1", target="SHOP"),),
            ),
        ),
        (
            {"key": "k", "type": "transfer_receive", "shipment": "TS-1"},
            Document(key="k", type=DocumentType.TRANSFER_RECEIVE, names="TS-1"),
        ),
        (
            {
                "key": "k",
                "type": "transfer_receive",
                "shipment": "TS-1",
                "to": "SHOP/A1",
                "lines": [{"item": "TEA", "quantity": "1", "unit": "carton", "to": "SHOP/B1"}],
            },
            Document(
                key="k",
                type=DocumentType.TRANSFER_RECEIVE,
                names="TS-1",
                target="SHOP/A1",
                lines=(Line(item="TEA", quantity=Decimal(1), unit="carton", target="SHOP/B1"),),
            ),
        ),
        (
            BUILD,
            Document(
                key="k",
                type=DocumentType.BUILD,
                build=Build(product="KIT", quantity=Decimal(5), location="MAIN/A1"),
            ),
        ),
        (
            {
                **BUILD,
                "scrap": "1",
                "cost": "12.50",
                "lot": "K1",
                "expiry": "2027-01-31",
                "outputs": [{"item": "CHIPS", "quantity": "2.5", "share": "0.1", "to": "MAIN/B1"}],
                "lines": [{"item": "TEA", "quantity": "12", "from": "MAIN/B1"}],
            },
            Document(
                key="k",
                type=DocumentType.BUILD,
                build=Build(
                    product="KIT",
                    quantity=Decimal(5),
                    scrap=Decimal(1),
                    location="MAIN/A1",
                    lot="K1",
                    expiry=date(2027, 1, 31),
                    cost=Decimal("12.5"),
                    outputs=(
                        Line(
                            item="CHIPS",
                            quantity=Decimal("2.5"),
                            share=Decimal("0.1"),
                            target="MAIN/B1",
                        ),
                    ),
                ),
                lines=(Line(item="TEA", quantity=Decimal(12), source="MAIN/B1"),),
            ),
        ),
        (
            {**BUILD, "type": "unbuild", "product": 1001},
            Document(
                key="k",
                type=DocumentType.UNBUILD,
                build=Build(product="1001", quantity=Decimal(5), location="MAIN/A1"),
            ),
        ),
        (
            {
                "key": "k",
                "type": "revaluation",
                "lines": [{"item": "GEL-7", "unit_cost": "1.10", "lot": "L1"}],
            },
            Document(
                key="k",
                type=DocumentType.REVALUATION,
                lines=(Line(item="GEL-7", unit_cost=Decimal("1.1"), lot="L1"),),
            ),
        ),
        (
            {"key": "k", "type": "costing_change", "item": "TEA", "costing": "fifo"},
            Document(key="k", type=DocumentType.COSTING_CHANGE, item="TEA", costing=Costing.FIFO),
        ),
        (
            {"key": "k", "type": "close_period", "until": "2026-01-31"},
            Document(key="k", type=DocumentType.CLOSE_PERIOD, until=date(2026, 1, 31)),
        ),
        (
            {"key": "k", "type": "reopen_period", "until": "2026-01-01"},
            Document(key="k", type=DocumentType.REOPEN_PERIOD, until=date(2026, 1, 1)),
        ),
    ],
    ids=lambda value: str(value.type) if isinstance(value, Document) else "",
)
def test_what_changes_values_returns_and_builds_is_read_as_it_is_stated(stated, document):
    found = parse(stated)

    assert found.document == document
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({**LANDED, "receipt": ""}, "receipt"),
        ({**LANDED, "amount": None}, "amount"),
        ({**LANDED, "amount": "much"}, "amount"),
        ({**LANDED, "amount": 1.5}, "amount"),
        ({**LANDED, "by": "colour"}, "by"),
        ({**LANDED, "by": "Value"}, "by"),
        ({**LANDED, "by": ["value"]}, "by"),
        ({**LANDED, "lines": [{"lot": "L1"}]}, "line or item"),
        ({**LANDED, "lines": [{"line": 0}]}, "line"),
        ({"type": "transfer_receive"}, "shipment"),
        ({"type": "transfer_receive", "shipment": "TS-1", "to": 5}, "to"),
        ({**BUILD, "product": ""}, "product"),
        ({**BUILD, "quantity": 1.5}, "quantity"),
        ({**BUILD, "quantity": None}, "quantity"),
        ({**BUILD, "location": None}, "location"),
        ({**BUILD, "cost": "cheap"}, "cost"),
        ({**BUILD, "outputs": {}}, "outputs"),
        ({**BUILD, "outputs": ["CHIPS"]}, "outputs 1"),
        ({**BUILD, "outputs": [{"item": "CHIPS", "quantity": "1", "share": "x"}]}, "share"),
        ({**BUILD, "outputs": [{"quantity": "1"}]}, "outputs 1: item"),
        ({"type": "unbuild", "product": "KIT"}, "quantity"),
        ({"type": "revaluation", "lines": [{"item": "TEA"}]}, "unit_cost"),
        ({"type": "costing_change", "item": "TEA"}, "costing"),
        ({"type": "costing_change", "item": "TEA", "costing": "newest"}, "costing"),
        ({"type": "close_period"}, "until"),
        ({"type": "close_period", "until": "31.01.2026"}, "until"),
        ({"type": "reopen_period", "until": 2026}, "until"),
    ],
)
def test_a_field_that_is_missing_or_wrong_is_named(stated, field):
    with pytest.raises(Malformed) as refused:
        parse({"key": "k", **stated})

    assert str(refused.value).startswith(field) or f": {field}: " in str(refused.value)


@pytest.mark.parametrize("field", ["quantity", "scrap"])
def test_a_build_of_no_quantity_has_the_name_of_a_bad_quantity(field):
    with pytest.raises(InvalidQuantity) as refused:
        parse({**BUILD, field: "few"})

    assert refused.value.line is None


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [("RC-1", "", "RC-2"), ("", "RC-1", "RC-2"), ("", "RC-1", ""), ("", "", "RC-2")],
)
def test_a_return_names_one_document(head, first, second):
    goods = {"item": "TEA", "quantity": "1", "from": "MAIN/A1"}
    lines = [{**goods, "receipt": first}, {**goods, "receipt": second}]
    with pytest.raises(Malformed, match="receipt") as refused:
        parse({"key": "k", "type": "supplier_return", "receipt": head, "lines": lines})

    assert refused.value.line == 2


@pytest.mark.parametrize("lines", [[{"receipt": 5.5}], ["TEA"]])
def test_a_return_whose_line_is_none_names_the_line(lines):
    with pytest.raises(Malformed) as refused:
        parse({"key": "k", "type": "supplier_return", "lines": lines})

    assert refused.value.line == 1


def test_fields_of_another_type_mean_nothing():
    stated = {**BUILD, "amount": "5", "outputs": [{"item": "C", "quantity": "1", "from": "A"}]}

    assert parse(stated).warnings == (
        "“amount” means nothing here and was not read.",
        "“from” means nothing here and was not read.",
    )


def test_the_key_of_a_refused_line_is_still_known():
    assert key_of(b'{"key": "k", "type": "gift"}') == "k"
    assert key_of(b"not json") is None
    assert key_of(b'{"key": 5}') is None
