"""Does what the guide for other programs shows, line after line, through the command line."""

import json
import re

import pytest

from app.cli.forms import BUILD, COMMON, FORMS
from app.core import decimals, refusals
from app.core.documents import DocumentType
from app.core.errors import Refused
from app.core.resources import resource

GUIDE = resource("help/documents.md").read_text("utf-8")
TABLES = re.findall(r"^```csv (\S+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
DOCUMENTS = re.findall(r"^```json\n(.*?)\n```$", GUIDE, re.MULTILINE | re.DOTALL)
END = GUIDE[GUIDE.index("## Where the story ends") :]


def table_below(words):
    """Return the rows of the table that these words announce, by their headings."""
    lines = END[END.index(words) :].split("\n\n")[1].splitlines()
    headings, _, *rows = ([cell.strip() for cell in line.split("|")[1:-1]] for line in lines)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def narrowed(rows, wanted):
    return [{name: row[name] for name in wanted} for row in rows]


@pytest.fixture
def told(command, write):
    """The company of the guide, and what each of its documents was answered."""
    for kind, lines in TABLES:
        answer = command("import", kind, write(f"{kind}.csv", *lines.splitlines()))
        assert (answer.status, answer.json["problems"]) == (0, [])
    return command("post", write("documents.jsonl", *DOCUMENTS))


def test_the_story_of_the_guide_can_be_posted_from_top_to_bottom(told, command):
    refused = [line for line in told.lines if not line["ok"] or line["warnings"]]

    assert (refused, told.status) == ([], 0)
    assert len(told.lines) == len(DOCUMENTS)
    for question, wanted in (("stock", table_below("`stock")), ("value", table_below("`value"))):
        assert narrowed(command(question).json, wanted[0]) == wanted
    assert command("verify").json["ok"]


def test_the_numbers_that_the_guide_names_are_those_of_its_documents(told):
    named = set(re.findall(r"\b[A-Z]{2}-\d{6}\b", GUIDE))

    assert named <= {line["number"] for line in told.lines}


def test_posted_again_nothing_of_the_story_happens_twice(told, command, write):
    again = command("post", write("documents.jsonl", *DOCUMENTS))

    assert again.lines == told.lines


def test_the_guide_shows_every_type_under_its_own_heading():
    headings = re.findall(r"^### (\w+)$", GUIDE, re.MULTILINE)
    shown = [json.loads(line)["type"] for line in DOCUMENTS]

    assert sorted(headings) == sorted(DocumentType)
    assert list(dict.fromkeys(shown)) == headings


def test_every_field_is_somewhere_in_the_guide():
    """By name, in an example or in its words; what every build can have a lot with is `lot`."""
    fields = {*COMMON, *BUILD}
    for form in FORMS.values():
        fields |= form.allowed | (form.lines.allowed if form.lines else set())
    named = set(re.findall(r"[`\"](\w+)[`\"]", GUIDE))

    assert fields - named == set()


def test_the_errors_that_the_guide_names_are_those_there_are():
    table = GUIDE[GUIDE.index("| error |") : GUIDE.index("## The company")]
    named = set(re.findall(r"`(\w+)`", table)) - {"message"}
    codes = {
        one.__new__(one).code
        for module in (refusals, decimals)
        for one in vars(module).values()
        if isinstance(one, type) and issubclass(one, Refused)
    }

    assert named <= codes


LANDED = {"type": "landed_cost", "receipt": "RC-000003", "amount": "1.00", "by": "value"}
HONEY = {"item": "HONEY", "lot": "H1", "quantity": "23", "from": "MAIN/B1"}
GIFTS = {"item": "GIFT", "quantity": "6", "to": "MAIN/A1"}
KIT = {"type": "build", "product": "GIFT", "quantity": "1", "location": "MAIN/A1"}
RECEIVE = {"type": "transfer_receive", "shipment": "TS-000013"}

REFUSED = [
    ({**LANDED, "receipt": "RC-000099"}, "unknown_document"),
    ({**LANDED, "receipt": "OP-000001"}, "unknown_document"),
    ({**LANDED, "amount": "0"}, "malformed"),
    ({**LANDED, "amount": "1.001"}, "malformed"),
    ({**LANDED, "lines": [{"line": 9}]}, "malformed"),
    ({"type": "supplier_return", "receipt": "RC-000003", "lines": [HONEY]}, "over_return"),
    ({"type": "supplier_return", "receipt": "IS-000010", "lines": [HONEY]}, "unknown_document"),
    ({"type": "customer_return", "shipment": "IS-000010", "lines": [GIFTS]}, "over_return"),
    ({**RECEIVE, "lines": [{"item": "GIFT", "quantity": "1"}]}, "over_receipt"),
    ({**RECEIVE, "shipment": "IS-000010"}, "unknown_document"),
    ({**KIT, "quantity": "0"}, "invalid_quantity"),
    ({**KIT, "quantity": "1000"}, "not_enough_stock"),
    ({**KIT, "location": "NOWHERE"}, "unknown_location"),
    ({**KIT, "type": "unbuild", "quantity": "100"}, "not_enough_stock"),
    ({"type": "revaluation", "lines": [{"item": "TIN", "unit_cost": "-1"}]}, "malformed"),
    ({"type": "costing_change", "item": "TEA", "costing": "average"}, "malformed"),
    ({"type": "close_period", "until": "2999-01-01"}, "period_not_over"),
    ({"type": "reversal", "document": "VA-000020"}, "period_closed"),
    ({"type": "reversal", "document": "CP-000022"}, "not_reversible"),
]


def test_what_the_ledger_refuses_has_a_name_that_programs_can_rely_on(told, command, write):
    documents = [{"key": f"no-{at}", **stated} for at, (stated, _) in enumerate(REFUSED)]
    answer = command("post", write("refused.jsonl", *documents))

    assert [line.get("error") for line in answer.lines] == [error for _, error in REFUSED]


def test_a_document_that_another_belongs_to_is_in_use(told, command, write):
    documents = [
        {"key": "open", "type": "reopen_period", "until": "2025-03-01"},
        {"key": "no", "type": "reversal", "document": "RC-000003"},
        {"key": "freight", "type": "reversal", "document": "LC-000004"},
    ]
    answers = command("post", write("more.jsonl", *documents)).lines

    assert [line.get("error") for line in answers] == [None, "document_in_use", None]
    assert "LC-000004" in answers[1]["message"] or "SR-000005" in answers[1]["message"]
    assert command("verify").json["ok"]
