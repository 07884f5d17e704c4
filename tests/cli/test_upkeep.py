from pathlib import Path

from app.cli.program import main


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
