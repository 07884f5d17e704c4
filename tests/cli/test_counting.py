import pytest
from openpyxl import load_workbook


@pytest.fixture(autouse=True)
def posted(command, company, write):
    line = {"item": "TEA", "quantity": "10", "to": "MAIN/A1", "unit_cost": "1.5"}
    document = {"key": "r", "type": "receipt", "lines": [line]}
    assert command("post", write("d.jsonl", document)).status == 0


def fill_in(path, counted):
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "Counted":
                    sheet.cell(cell.row + 1, cell.column, counted)
    book.save(path)


def test_a_sheet_goes_out_comes_back_and_is_posted(command, tmp_path):
    made = command("count", "new", "--location", "MAIN").json
    path = tmp_path / "count.xlsx"
    assert made["lines"] == 1
    assert command("export", "count", path, "--sheet", str(made["sheet"])).status == 0
    fill_in(path, 8)
    staged = command("import", "count", path)
    review = command("count", "review", str(made["sheet"])).json
    posted = command("count", "post", str(made["sheet"]))

    assert (staged.status, staged.json["ok"]) == (0, True)
    assert ("TEA", "8") in [(line["item"], line["counted"]) for line in staged.json["lines"]]
    assert [(line["expected"], line["counted"], line["difference"]) for line in review] == [
        ("10", "8", "-2")
    ]
    assert posted.status == 0
    assert command("stock", "--item", "TEA").json[0]["on_hand"] == "8"
    assert command("count", "list").json[0]["document"] == posted.json["number"]


def test_a_dry_run_stages_nothing(command, tmp_path):
    sheet = str(command("count", "new", "--item", "TEA").json["sheet"])
    path = tmp_path / "count.xlsx"
    command("export", "count", path, "--sheet", sheet)
    fill_in(path, 8)
    command("import", "count", path, "--dry-run")
    told = command("import", "count", path, "--dry-run", json=False)

    assert "would be in" in told.out
    assert command("count", "review", sheet).json == []


def test_one_of_a_thing_is_said_as_one(command, tmp_path):
    made = command("count", "new", json=False)
    path = tmp_path / "count.xlsx"
    written = command("export", "count", path, "--sheet", "1", json=False)
    fill_in(path, 8)
    came = command("import", "count", path, json=False)

    assert made.out == "Sheet 1: 1 line.\n"
    assert written.out.startswith("1 row written")
    assert came.out == "Sheet 1: 1 count in, 0 unchanged.\n"


def test_a_sheet_that_is_not_there_is_refused(command):
    for step in ("review", "post"):
        answer = command("count", step, "99")
        assert (answer.status, answer.json["error"]) == (1, "unknown_sheet")


def test_a_file_that_is_no_count_sheet_is_refused_whole(command, tmp_path):
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"Dear customer")
    answer = command("import", "count", path)

    assert answer.status in (1, 2)
    assert answer.json["ok"] is False
    assert answer.json["message"]


def test_people_get_tables_of_sheets_and_variances(command):
    command("count", "new", json=False)
    listed = command("count", "list", json=False)

    assert "open" in listed.out
