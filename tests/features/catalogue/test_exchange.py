import pytest
from sqlalchemy import select

from app.db.tables import ItemRow
from app.features.catalogue.importing import KINDS
from app.features.catalogue.view import CatalogueView

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def view(qtbot, jobs, stock):
    stock.item("GEL-7", "Blue gel")
    stock.item("TEA", "Tea")
    view = CatalogueView(jobs)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(lambda: len(view.items.rows.rows()) == 2)
    return view


def names(database):
    with database.reading() as session:
        return dict(tuple(row) for row in session.execute(select(ItemRow.sku, ItemRow.name)))


def test_a_file_is_shown_before_it_is_brought_in(qtbot, view, database, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("sku,name,weight\nRUM,Rum,1\nGIN,Gin,heavy\n")
    view.look_at_file("items", path)
    qtbot.waitUntil(lambda: not view.confirm.isHidden())

    assert [problem.row for problem in view.problems.rows.rows()] == [3]
    assert "RUM" not in names(database)
    view._import_good()
    qtbot.waitUntil(lambda: "RUM" in names(database))
    qtbot.waitUntil(lambda: len(view.items.rows.rows()) == 3)
    qtbot.waitUntil(lambda: "items.rejected.csv" in view.banner.text.text())
    assert "heavy" in (tmp_path / "items.rejected.csv").read_text("utf-8-sig")


def test_a_file_without_problems_is_brought_in_whole(qtbot, view, database, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("sku,name\nRUM,Rum\nTEA,Tea\n")
    view.look_at_file("items", path)
    qtbot.waitUntil(lambda: not view.confirm.isHidden())
    view._import_all()

    qtbot.waitUntil(lambda: names(database).get("RUM") == "Rum")


def test_a_table_is_written(qtbot, view, tmp_path):
    view.export_to("items", tmp_path / "items.csv")

    qtbot.waitUntil(lambda: not view.banner.isHidden())
    assert "GEL-7" in (tmp_path / "items.csv").read_text("utf-8-sig")


def test_a_file_that_says_nothing_new_is_not_offered(qtbot, view, tmp_path):
    path = tmp_path / "items.csv"
    path.write_text("sku,name\nTEA,Tea\n")
    view.look_at_file("items", path)

    qtbot.waitUntil(lambda: not view.banner.isHidden())
    assert view.confirm.isHidden()


def test_a_file_that_is_no_table_is_told_in_the_banner(qtbot, view, tmp_path):
    path = tmp_path / "items.xlsx"
    path.write_bytes(b"\x89PNG")
    view.look_at_file("items", path)

    qtbot.waitUntil(lambda: not view.banner.isHidden())
    assert view.confirm.isHidden()


def test_every_kind_of_table_is_offered_both_ways(view):
    for menu in (view.import_menu, view.export_menu):
        assert [action.data() for action in menu.actions()] == list(KINDS)
