from pathlib import Path

from app.cli.program import main
from app.db.database import Database


def test_a_backup_can_be_restored(tmp_path, capsys):
    database, folder = tmp_path / "a.db", tmp_path / "backups"
    items = tmp_path / "items.csv"
    items.write_text("sku,name\nTEA,Tea\n")
    main(["--db", str(database), "import", "items", str(items)])
    assert main(["--db", str(database), "backup", str(folder)]) == 0
    written = next(folder.glob("*.db"))
    assert main(["--db", str(tmp_path / "b.db"), "restore", str(written)]) == 0
    capsys.readouterr()

    assert main(["--db", str(tmp_path / "b.db"), "history", "--item", "TEA", "--json"]) == 0
    assert capsys.readouterr().out == "[]\n"


def test_a_file_that_is_no_backup_is_refused(tmp_path, capsys):
    missing = Path(tmp_path, "none.db")

    assert main(["--db", str(tmp_path / "b.db"), "restore", str(missing), "--json"]) != 0
    assert "none.db" in capsys.readouterr().err


def test_tables_made_anew_come_out_the_same(command, company, write):
    lines = [{"item": "TEA", "to": "MAIN/A1", "quantity": "5", "unit_cost": "2.00"}]
    file = write("a.jsonl", {"key": "r-1", "type": "receipt", "lines": lines})
    assert command("post", file).status == 0
    answer = command("rebuild")

    assert (answer.status, answer.json["ok"]) == (0, True)
    rows = {table["name"]: (table["rows"], table["changed"]) for table in answer.json["tables"]}
    assert rows["balance"] == (2, 0)
    assert rows["pool"] == (1, 0)
    assert "balance: 2 rows\n" in command("rebuild", json=False).out


def test_what_was_wrong_is_mended_and_said(command, company, write, empty_address):
    lines = [{"item": "TEA", "to": "MAIN/A1", "quantity": "5", "unit_cost": "2.00"}]
    command("post", write("a.jsonl", {"key": "r-1", "type": "receipt", "lines": lines}))
    _spoil(empty_address)
    answer = command("rebuild")
    assert (answer.status, answer.json["ok"]) == (1, False)
    assert {t["name"] for t in answer.json["tables"] if t["changed"]} == {"pool"}

    _spoil(empty_address)
    answer = command("rebuild", json=False)
    assert answer.status == 1
    assert "pool: 1 rows, 1 were wrong and are mended\n" in answer.out
    assert command("verify").status == 0


def _spoil(address):
    database = Database(address)
    with database.writing() as session:
        session.connection().exec_driver_sql("UPDATE pool SET value = value + 10000")
    database.close()
