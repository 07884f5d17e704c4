from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from app.adapters.spreadsheet import NotReadable
from app.core.decimals import plain
from app.core.progress import Progress
from app.db.tables import ItemRow
from app.features.catalogue.importing import import_table
from app.features.catalogue.records import UnknownKind
from tests.features.catalogue.conftest import places

CORPUS = sorted(Path(__file__).parents[2].joinpath("corpus").glob("[0-9]*"))


def bring_file(database, path, kind="items"):
    return database.run(lambda session: import_table(session, kind, path))


def count_items(database):
    with database.reading() as session:
        return session.scalar(select(func.count(ItemRow.id)))


def test_an_excel_file_is_read_like_a_csv_file(database, tmp_path):
    book = Workbook()
    book.active.append(["Our items"])
    book.active.append([])
    book.active.append(["Name", "SKU", "Weight", "Tracking"])
    book.active.append(["Tea", 1001, 0.1, None])
    book.active.append(["=1+1", "007", "0,5", "Charge"])
    book.active["A5"].data_type = "s"
    book.save(tmp_path / "items.xlsx")
    answer = bring_file(database, tmp_path / "items.xlsx")

    assert (answer.ok, answer.imported, answer.problems) == (True, 2, ())
    with database.reading() as session:
        rows = session.execute(select(ItemRow.sku, ItemRow.name, ItemRow.weight))
        assert {(row.sku, row.name, plain(row.weight)) for row in rows} == {
            ("1001", "Tea", "0.1"),
            ("007", "=1+1", "0.5"),
        }


def test_the_sheet_with_the_needed_columns_is_read_and_others_are_told(database, tmp_path):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Please mind the gap"])
    items = book.create_sheet("Items")
    items.append(["sku", "name"])
    items.append(["TEA", "Tea"])
    book.save(tmp_path / "items.xlsx")
    answer = bring_file(database, tmp_path / "items.xlsx")

    assert (answer.ok, answer.imported) == (True, 1)
    assert [problem.found for problem in answer.problems] == ["Notes"]


def test_an_empty_table_imports_nothing(database, bring):
    answer = bring("items", "sku,name")

    assert (answer.ok, answer.imported, answer.problems) == (True, 0, ())


def test_windows_text_with_semicolons_is_read(database, tmp_path):
    path = tmp_path / "items.csv"
    path.write_bytes("Artikelnummer;Bezeichnung\r\nBRÖ;Brötchen\r\n".encode("cp1252"))

    assert bring_file(database, path).imported == 1


def test_an_unknown_kind_names_those_that_are_known(database, bring):
    with pytest.raises(UnknownKind, match="supplier-items"):
        bring("wishes", "sku,name")


def test_progress_is_told_while_a_long_file_is_read(database, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("sku,name\n" + "".join(f"SKU-{number},Item\n" for number in range(5_000)))
    told = []
    database.run(lambda session: import_table(session, "items", path), told.append)

    assert told[-1] == Progress(5_000, 5_000)
    assert len(told) > 3


def test_two_pcs_that_bring_in_the_same_file_do_not_collide(database, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("sku,name\n" + "".join(f"SKU-{number},Item\n" for number in range(2_000)))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: bring_file(database, path), range(4)))

    assert sum(answer.imported for answer in answers) == count_items(database) == 2_000
    assert all(answer.ok for answer in answers)


def test_stopped_half_way_nothing_is_left(database, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("sku,name\n" + "".join(f"SKU-{number},Item\n" for number in range(12_000)))
    with database.writing() as session:
        steps = import_table(session, "items", path)
        for _ in range(14):
            next(steps)
        steps.close()
        session.rollback()

    assert count_items(database) == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_no_file_of_the_real_world_is_a_fault(database, path):
    try:
        answer = bring_file(database, path)
    except NotReadable:
        return
    assert not answer.ok
    assert answer.imported == count_items(database) == 0
    assert places(answer)
