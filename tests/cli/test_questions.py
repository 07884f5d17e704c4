import pytest

from app.db.database import Database

DOCUMENTS = [
    {
        "key": "r",
        "type": "receipt",
        "at": "2026-01-02T08:00:00+01:00",
        "lines": [
            {"item": "TEA", "quantity": "10", "to": "MAIN/A1", "unit_cost": "1.50"},
            {
                "item": "FL-1",
                "lot": "L1",
                "quantity": "2.5",
                "to": "MAIN/B1",
                "unit_cost": "2",
                "expiry": "2027-01-31",
            },
        ],
    },
    {
        "key": "t",
        "type": "transfer",
        "at": "2026-01-03T08:00:00+01:00",
        "lines": [{"item": "4006381333931", "quantity": "4", "from": "MAIN/A1", "to": "MAIN/B1"}],
    },
    {
        "key": "i",
        "type": "issue",
        "at": "2026-01-04T08:00:00+01:00",
        "lines": [{"item": "TEA", "quantity": "1", "from": "MAIN/A1"}],
    },
]


@pytest.fixture(autouse=True)
def posted(command, company, write):
    assert command("post", write("d.jsonl", *DOCUMENTS)).status == 0


def row(item, location, lot, on_hand):
    figures = {"on_hand": on_hand, "allocated": "0", "available": on_hand}
    return {"item": item, "location": location, "lot": lot, **figures}


def test_stock_is_told_by_item_place_and_lot(command):
    assert command("stock").json == [
        row("FL-1", "MAIN/B1", "L1", "2.5"),
        row("TEA", "MAIN/A1", "", "5"),
        row("TEA", "MAIN/B1", "", "4"),
    ]


@pytest.mark.parametrize("code", ["4006381333931", "04006381333931"])
def test_an_item_goes_by_every_form_of_its_gtin(command, code):
    assert [line["item"] for line in command("stock", "--item", code).json] == ["TEA", "TEA"]
    assert command("stock", "--item", code, "--at", "2026-01-03").json[0]["item"] == "TEA"
    assert command("value", "--item", code).json[0]["item"] == "TEA"
    assert command("value", "--item", code, "--at", "2026-01-03").json[0]["item"] == "TEA"
    assert len(command("history", "--item", code).json) == 3
    assert command("layers", "--item", code).status == 0
    assert command("count", "new", "--item", code).json["lines"] == 2


def test_stock_is_narrowed_by_item_lot_and_place(command):
    assert len(command("stock", "--item", "TEA").json) == 2
    assert len(command("stock", "--lot", "L1").json) == 1
    assert command("stock", "--location", "MAIN").json == []
    assert len(command("stock", "--location", "MAIN", "--below").json) == 3


def test_stock_is_told_as_it_was(command):
    then = command("stock", "--item", "TEA", "--at", "2026-01-02T12:00:00+01:00").json

    assert [(line["location"], line["on_hand"]) for line in then] == [("MAIN/A1", "10")]


def test_value_is_told_item_by_item(command):
    assert command("value", "--item", "TEA").json == [
        {"item": "TEA", "quantity": "9", "value": "13.5", "unit_cost": "1.5"}
    ]
    assert len(command("value").json) == 2


def test_history_lists_every_movement_with_its_document(command):
    movements = command("history", "--item", "TEA").json

    assert list(movements[0]) == [
        "number",
        "type",
        "at",
        "entered_at",
        "from",
        "to",
        "lot",
        "quantity",
        "value",
        "document",
    ]
    assert [(line["type"], line["from"], line["to"], line["quantity"]) for line in movements] == [
        ("receipt", "SUPPLIER", "MAIN/A1", "10"),
        ("transfer", "MAIN/A1", "MAIN/B1", "4"),
        ("issue", "MAIN/A1", "CUSTOMER", "1"),
    ]
    assert movements[0]["at"] == "2026-01-02T07:00:00+00:00"


def test_what_a_count_corrects_is_told_by_the_number_of_the_count(command, write):
    at = {"r": "2026-01-02T10:00:00+01:00", "c": "2026-01-05T10:00:00+01:00"}
    count = {"item": "TEA", "location": "MAIN/B1", "counted": "5"}
    late = {"item": "TEA", "quantity": "3", "to": "MAIN/B1", "unit_cost": "1.50"}
    answers = command(
        "post",
        write(
            "d.jsonl",
            {"key": "c", "type": "count", "at": at["c"], "lines": [count]},
            {"key": "l", "type": "receipt", "at": at["r"], "lines": [late]},
        ),
    ).lines
    movements = command("history", "--item", "TEA").json
    corrected = [line["quantity"] for line in movements if line["document"] == answers[0]["number"]]

    assert [line["document"] for line in movements if line["quantity"] == "3"][:1] == [
        answers[1]["number"]
    ]
    assert corrected == ["1", "3"]


def test_history_tells_what_a_movement_is_worth_now(command, write):
    before = command("history", "--item", "TEA").json[-1]
    late = {"item": "TEA", "quantity": "10", "to": "MAIN/A1", "unit_cost": "2.50"}
    at = "2026-01-02T06:00:00+01:00"
    command("post", write("d.jsonl", {"key": "l", "type": "receipt", "at": at, "lines": [late]}))
    after = command("history", "--item", "TEA").json[-1]

    assert (before["value"], after["value"]) == ("1.5", "2")
    assert {**before, "value": "2"} == after


def test_layers_tell_when_how_much_and_at_what_cost(command):
    names = ["at", "quantity", "unit_cost", "value", "document"]

    assert [list(layer) for layer in command("layers", "--item", "TEA").json] == [names]


def test_layers_name_the_arrival_they_are_left_of(command):
    layers = command("layers", "--item", "TEA").json

    assert [(layer["quantity"], layer["value"], layer["unit_cost"]) for layer in layers] == [
        ("9", "13.5", "1.5")
    ]
    assert layers[0]["document"].startswith("RC-")


def test_a_sound_ledger_is_verified(command):
    answer = command("verify")

    assert (answer.status, answer.json["ok"]) == (0, True)
    assert list(answer.json) == ["ok", "checks"]
    assert all(list(check) == ["name", "ok", "differences"] for check in answer.json["checks"])
    assert all(check["ok"] and check["differences"] == [] for check in answer.json["checks"])


def test_a_balance_that_was_tampered_with_is_found(command, empty_address):
    database = Database(empty_address)
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE balance SET on_hand = on_hand + 1000000")
    database.close()
    answer = command("verify")

    assert (answer.status, answer.json["ok"]) == (1, False)
    assert any(check["differences"] for check in answer.json["checks"])


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["stock", "--item", "NONE"], "unknown_item"),
        (["history", "--item", "NONE"], "unknown_item"),
        (["layers", "--item", "NONE"], "unknown_item"),
        (["stock", "--location", "NONE"], "unknown_location"),
        (["stock", "--at", "soon"], "malformed_time"),
    ],
)
def test_a_question_about_nothing_is_refused_in_one_sentence(command, arguments, error):
    answer = command(*arguments)

    assert answer.status == 1
    assert answer.json["error"] == error
    assert answer.err.count("\n") == 1


def test_people_get_a_table(command):
    answer = command("stock", "--item", "TEA", json=False)

    headings = "item location lot on hand allocated available"
    assert " ".join(answer.out.splitlines()[0].split()) == headings
    assert answer.out.splitlines()[2].split() == ["TEA", "MAIN/A1", "5", "0", "5"]
