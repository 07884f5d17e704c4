def test_variances_of_a_sheet_can_be_seen_before_it_is_posted(command, company, write, tmp_path):
    line = {"item": "TEA", "quantity": "10", "to": "MAIN/A1", "unit_cost": "1.5"}
    command("post", write("d.jsonl", {"key": "r", "type": "receipt", "lines": [line]}))
    sheet = str(command("count", "new").json["sheet"])
    counts = ("item,location,lot,counted", "TEA,MAIN/A1,,7")
    command("import", "count", write("c.csv", *counts), "--sheet", sheet)
    command("export", "variances", tmp_path / "v.csv", "--sheet", sheet)
    row = (tmp_path / "v.csv").read_text("utf-8-sig").splitlines()[1].split(",")

    assert row[2:10] == ["TEA", "Tea", "MAIN/A1", "", "10", "7", "-3", "-4.5"]


def test_variances_say_what_counting_found(command, company, write, tmp_path):
    counts = [{"item": "TEA", "location": "MAIN/A1", "counted": "8"}]
    receipt = [{"item": "TEA", "quantity": "10", "to": "MAIN/A1", "unit_cost": "1.5"}]
    documents = [
        {"key": "r", "type": "receipt", "lines": receipt},
        {"key": "c", "type": "count", "lines": counts},
    ]
    number = command("post", write("d.jsonl", *documents)).lines[1]["number"]
    command("export", "variances", tmp_path / "v.csv")
    headings, row = (
        line.split(",") for line in (tmp_path / "v.csv").read_text("utf-8-sig").splitlines()
    )
    told = dict(zip(headings, row, strict=True))

    assert (told["document"], told["item"], told["location"]) == (number, "TEA", "MAIN/A1")
    assert (told["expected"], told["counted"], told["difference"]) == ("10", "8", "-2")
