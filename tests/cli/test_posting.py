import json

import pytest

from tests.cli.conftest import run, start

pytestmark = pytest.mark.usefixtures("company")


def receipt(key, quantity="10", **line):
    stated = {"item": "TEA", "quantity": quantity, "to": "MAIN/A1", "unit_cost": "1.50", **line}
    return {"key": key, "type": "receipt", "lines": [stated]}


ISSUE = {"type": "issue", "lines": [{"item": "TEA", "quantity": "1", "from": "MAIN/A1"}]}


def on_hand(command):
    return {row["location"]: row["on_hand"] for row in command("stock", "--item", "TEA").json}


def test_each_document_is_answered_in_its_turn(command, write):
    answer = command("post", write("d.jsonl", receipt("a"), receipt("b", "5")))

    assert answer.status == 0
    assert [(line["key"], line["ok"], line["warnings"]) for line in answer.lines] == [
        ("a", True, []),
        ("b", True, []),
    ]
    assert [list(line) for line in answer.lines] == [["key", "ok", "number", "warnings"]] * 2
    assert all(line["number"] for line in answer.lines)
    assert on_hand(command) == {"MAIN/A1": "15"}


def test_the_same_key_again_answers_with_the_first_result(command, write):
    file = write("d.jsonl", receipt("a"))
    first, again = command("post", file), command("post", file)

    assert first.lines == again.lines
    assert on_hand(command) == {"MAIN/A1": "10"}


def test_a_refused_document_does_not_stop_the_next(command, write):
    bad = receipt("b", item="NONE")
    answer = command("post", write("d.jsonl", receipt("a"), bad, "rubbish", receipt("c")))

    assert answer.status == 1
    assert [line["ok"] for line in answer.lines] == [True, False, False, True]
    assert [line.get("error") for line in answer.lines] == [None, "unknown_item", "malformed", None]
    assert answer.lines[1] == {
        "key": "b",
        "ok": False,
        "error": "unknown_item",
        "message": answer.lines[1]["message"],
        "line": 1,
    }
    assert on_hand(command) == {"MAIN/A1": "20"}


def test_a_document_is_posted_whole_or_not_at_all(command, write):
    document = receipt("a")
    document["lines"].append({"item": "TEA", "quantity": "1", "to": "NOWHERE/A"})
    answer = command("post", write("d.jsonl", document))

    assert answer.lines[0]["error"] == "unknown_location"
    assert answer.lines[0]["line"] == 2
    assert on_hand(command) == {}


def test_a_refused_document_may_be_sent_again_under_its_key(command, write):
    refused = command("post", write("d.jsonl", receipt("a", "0")))
    posted = command("post", write("d.jsonl", receipt("a", "1")))

    assert [line.get("error") for line in refused.lines] == ["invalid_quantity"]
    assert posted.status == 0


def test_with_stop_the_first_refusal_is_the_end(command, write):
    file = write("d.jsonl", receipt("a", "-1"), receipt("b"))

    assert len(command("post", file, "--stop").lines) == 1
    assert on_hand(command) == {}


def test_blank_lines_are_no_documents(command, write):
    answer = command("post", write("d.jsonl", "\ufeff", "", receipt("a"), "   "))

    assert answer.status == 0
    assert len(answer.lines) == 1


@pytest.mark.parametrize(
    ("document", "error"),
    [
        (ISSUE, "not_enough_stock"),
        (receipt("k", item="FL-1"), "unknown_lot"),
        (receipt("k", "1.5"), "invalid_quantity"),
        (receipt("k", "1,5"), "invalid_quantity"),
        (receipt("k", "٣"), "invalid_quantity"),
        (receipt("k", "1000000000"), "invalid_quantity"),
        ({"type": "reversal", "document": "RC-999"}, "unknown_document"),
        ({**receipt("k"), "at": "2999-01-01T00:00:00Z"}, "future_time"),
        ({**receipt("k"), "supplier": "NOBODY"}, "unknown_partner"),
        (receipt("k", order="PO-1"), "unknown_order"),
        ({"type": "landed_cost", "receipt": "RC-1"}, "malformed"),
    ],
)
def test_a_refusal_has_a_name_that_programs_can_rely_on(command, write, document, error):
    answer = command("post", write("d.jsonl", {"key": "k", **document}))

    assert answer.status == 1
    assert answer.lines[0]["error"] == error


def test_a_file_that_cannot_be_read_is_status_2(command, tmp_path):
    answer = command("post", tmp_path / "nothing.jsonl")

    assert answer.status == 2
    assert answer.json["error"] == "unreadable_file"
    assert command("post", tmp_path).status == 2


def test_people_read_numbers_and_reasons(command, write):
    answer = command("post", write("d.jsonl", receipt("a"), receipt("b", "0")), json=False)

    assert answer.out.endswith("  a\n")
    assert answer.err.startswith("Document 2, line 1: ")


@pytest.mark.parametrize("empty_address", ["sqlite"], indirect=True)
def test_documents_come_through_the_standard_input_of_a_process(empty_address, company):
    stdin = json.dumps(receipt("ä")).encode()
    answer = run("--db", empty_address, "post", "-", "--json", stdin=stdin)

    assert (answer.status, answer.err) == (0, "")
    assert answer.lines[0]["key"] == "ä"


@pytest.mark.parametrize("empty_address", ["sqlite"], indirect=True)
def test_a_document_is_on_disk_before_it_is_acknowledged(empty_address, command, company):
    process = start("--db", empty_address, "post", "-", "--json")
    process.stdin.write(json.dumps(receipt("a")).encode() + b"\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    process.kill()
    process.communicate()

    assert answer["ok"]
    assert on_hand(command) == {"MAIN/A1": "10"}
    assert command("verify").status == 0
