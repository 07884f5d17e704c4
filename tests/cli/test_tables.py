import pytest
from openpyxl import load_workbook

from tests.cli.conftest import ITEMS


def test_a_table_is_brought_in_and_answered(command, write):
    file = write("items.csv", *ITEMS)
    first, again = command("import", "items", file), command("import", "items", file)

    assert (first.status, again.status) == (0, 0)
    assert first.json == {"ok": True, "imported": 2, "unchanged": 0, "problems": []}
    assert again.json == {"ok": True, "imported": 0, "unchanged": 2, "problems": []}


def test_problems_are_answered_with_row_and_column(command, write):
    answer = command("import", "items", write("items.csv", "sku,name,weight", "A,A,1", "B,,heavy"))

    assert answer.status == 1
    assert answer.json["ok"] is False
    assert answer.json["imported"] == 0
    assert [list(problem) for problem in answer.json["problems"]] == [
        ["row", "column", "found", "message"]
    ] * 2
    assert [(p["row"], p["column"], p["found"]) for p in answer.json["problems"]] == [
        (3, "name", ""),
        (3, "weight", "heavy"),
    ]


def test_good_rows_may_be_accepted(command, write):
    file = write("items.csv", "sku,name", "A,A", "B,")
    answer = command("import", "items", file, "--accept-good")

    assert (answer.status, answer.json["imported"]) == (1, 1)
    assert answer.json["rejects"].endswith("items.rejected.csv")


def test_rows_left_out_are_written_only_when_the_others_are_saved(command, write, tmp_path):
    file = write("items.csv", "sku,name", "A,A", "B,")
    (tmp_path / "items.rejected.csv").mkdir()
    answer = command("import", "items", file, "--accept-good")

    assert (answer.status, answer.json["imported"], "rejects" in answer.json) == (1, 1, False)
    assert "good rows are imported" in answer.json["message"]
    told = command("import", "items", file, "--accept-good", json=False)
    assert "1 unchanged" in told.out
    assert "good rows are imported" in told.err


def test_a_dry_run_changes_nothing(command, write):
    file = write("items.csv", *ITEMS)

    assert command("import", "items", file, "--dry-run").json["imported"] == 2
    assert command("import", "items", file).json["imported"] == 2


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\x00\x00", b"PK\x03\x04rubbish"])
def test_a_file_that_is_no_table_is_status_2(command, tmp_path, content):
    file = tmp_path / "items.xlsx"
    file.write_bytes(content)
    answer = command("import", "items", file)

    assert (answer.status, answer.json["ok"]) == (2, False)
    assert answer.json["message"]
    assert (answer.json["imported"], answer.json["problems"], answer.json["lines"]) == (0, [], [])


def test_a_missing_file_and_an_unknown_kind_are_told(command, tmp_path, write):
    assert command("import", "items", tmp_path / "none.csv").status == 2
    answer = command("import", "wishes", write("items.csv", *ITEMS))
    assert answer.json["error"] == "unknown_kind"


def test_a_bill_of_materials_goes_in_and_out(command, company, write, tmp_path):
    lines = ["product,component,quantity", "TEA,FL-1,0.25"]
    assert command("import", "bom", write("bom.csv", *lines)).json["imported"] == 1
    assert command("export", "bom", tmp_path / "out.csv").json["rows"] == 1
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines() == lines

    circle = command("import", "bom", write("bom.csv", lines[0], "FL-1,TEA,1"))
    assert circle.status == 1
    assert "FL-1 > TEA > FL-1" in circle.json["problems"][0]["message"]


def test_people_read_the_problems_on_the_side(command, write):
    answer = command("import", "items", write("i.csv", "sku,name", "A,"), json=False)

    assert answer.out == "0 imported, 0 unchanged.\n"
    assert answer.err == "Row 2, name: It is blank; it is needed.\n"


@pytest.mark.parametrize("kind", ["items", "locations", "stock", "movements", "value", "variances"])
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_tables_are_written_by_the_files_ending(command, company, write, tmp_path, kind, ending):
    lines = [{"item": "TEA", "quantity": "10", "to": "MAIN/A1", "unit_cost": "1.5"}]
    counts = [{"item": "TEA", "location": "MAIN/A1", "counted": "8"}]
    command(
        "post",
        write(
            "d.jsonl",
            {"key": "r", "type": "receipt", "lines": lines},
            {"key": "c", "type": "count", "lines": counts},
        ),
    )
    path = tmp_path / f"{kind}.{ending}"
    answer = command("export", kind, path)

    assert answer.status == 0
    assert answer.json["rows"] >= 1
    assert rows_in(path) == answer.json["rows"] + 1


def rows_in(path):
    if path.suffix == ".csv":
        return len(path.read_text("utf-8-sig").splitlines())
    return load_workbook(path).active.max_row


def test_an_export_of_an_unknown_kind_or_ending_is_refused(command, tmp_path):
    assert command("export", "wishes", tmp_path / "x.csv").json["error"] == "unknown_kind"
    assert command("export", "items", tmp_path / "x.pdf").json["error"] == "unknown_ending"
    assert command("export", "count", tmp_path / "x.xlsx").json["error"] == "sheet_not_named"
