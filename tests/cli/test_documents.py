import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from app.cli.documents import NotYetSupported, key_of, parse_document
from app.core.decimals import InvalidQuantity
from app.core.documents import Document, DocumentType, Line
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


def test_a_type_to_come_is_refused_by_its_name():
    with pytest.raises(NotYetSupported, match="landed_cost") as refused:
        parse_document(b'{"key": "k", "type": "landed_cost"}')

    assert refused.value.code == "not_yet_supported"


def test_the_key_of_a_refused_line_is_still_known():
    assert key_of(b'{"key": "k", "type": "gift"}') == "k"
    assert key_of(b"not json") is None
    assert key_of(b'{"key": 5}') is None
