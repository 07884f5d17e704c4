import pytest

from app.db.company import has_items
from app.ui.first_steps import FirstSteps
from app.ui.screen import Screen
from app.ui.table_view import TableView
from app.ui.tables import Column, RowsTable

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


class ListView(Screen):
    title = "List"

    def __init__(self, jobs):
        super().__init__(jobs)
        self.table = TableView(RowsTable((Column("Item", str, key="item"),), self), "list", "List")
        self.table.show_when_empty("Nothing here", "Scan something.")
        self.body.addWidget(self.table)
        FirstSteps(self, jobs, has_items, self.table)


@pytest.fixture
def view(qtbot, jobs):
    view = ListView(jobs)
    qtbot.addWidget(view)
    view.show()
    return view


def test_a_company_without_items_is_told_how_to_begin(qtbot, view):
    empty = view.table.empty
    qtbot.waitUntil(lambda: empty.title.text() == "This company has no items yet")
    assert "Catalogue screen (F9)" in empty.text.text()
    assert "sample company" in empty.text.text()

    with qtbot.waitSignal(view.screen_wanted) as wanted:
        empty.button.click()

    assert wanted.args == ["catalogue"]


def test_once_there_are_items_the_table_says_what_it_is_for(qtbot, view, jobs, stock):
    empty = view.table.empty
    qtbot.waitUntil(lambda: empty.title.text() == "This company has no items yet")

    stock.item("TEA")
    jobs.committed.emit()

    qtbot.waitUntil(lambda: empty.title.text() == "Nothing here")
    assert not empty.button.isVisible()
