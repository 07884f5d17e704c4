import pytest

from app.core.paging import Page as Rows
from app.features.catalogue.columns import partner_columns
from app.features.catalogue.page import Page
from app.features.catalogue.service import Card, PartnerLine, find_partners

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)

LIT = Card("suppliers", "LIT", {"code": "LIT", "name": "Litware"})


@pytest.fixture
def page(qtbot, jobs, bring):
    bring("suppliers", "code,name", "ADV,Adventure Works", "LIT,Litware")

    def fetch(text, after):
        return jobs.read(find_partners, "supplier", text, after)

    page = Page("suppliers", partner_columns(), fetch, "Find a supplier")
    qtbot.addWidget(page)
    page.show()
    page.reload()
    qtbot.waitUntil(lambda: len(page.rows.rows()) == 2)
    return page


def test_the_selected_record_is_asked_for(qtbot, page):
    with qtbot.waitSignal(page.card_wanted) as asked:
        page.table.select(1)

    assert asked.args == ["suppliers", "LIT"]


def test_a_record_that_is_being_changed_stays(qtbot, page):
    page.show_card(LIT)
    qtbot.keyClicks(page.form.boxes["name"].editor, "!")
    page.show_card(Card("suppliers", "ADV", {"code": "ADV", "name": "Adventure Works"}))
    assert page.form.key == "LIT"

    with qtbot.waitSignal(page.left_unsaved) as left:
        page.table.select(0)
    assert left.args == ["ADV"]


def test_opening_a_record_selects_it_in_the_list(page):
    page.open("LIT")

    assert page.table.current_row() == PartnerLine("LIT", "Litware")


def test_a_record_that_is_not_in_the_list_is_looked_for(qtbot, page):
    page.rows.show_rows(Rows((), None).rows)
    page.open("LIT")

    assert page.search.text() == "LIT"
    qtbot.waitUntil(lambda: len(page.rows.rows()) == 1)
