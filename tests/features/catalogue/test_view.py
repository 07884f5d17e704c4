import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from app.core.catalogue import Item, Location, LocationKind
from app.core.scans import ItemScan, LocationScan, Tone, UnknownScan
from app.db.tables import BarcodeRow, ItemRow, ItemUnitRow
from app.features.catalogue.view import CatalogueView

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def view(qtbot, jobs, stock):
    stock.item("GEL-7", "Blue gel", barcode="4006381333931")
    stock.item("TEA", "Tea")
    stock.location("MAIN/A1", LocationKind.STORAGE, barcode="LOC-A1")
    view = CatalogueView(jobs)
    qtbot.addWidget(view)
    view.resize(1100, 720)
    view.show()
    qtbot.waitUntil(lambda: len(view.items.rows.rows()) == 2)
    return view


@pytest.fixture
def tea(qtbot, view):
    """The view with the item TEA in the side panel."""
    view.items.table.select(1)
    qtbot.waitUntil(lambda: view.items.form.key == "TEA")
    return view


def field(view, name):
    return view.page.form.boxes[name]


def type_in(qtbot, view, name, text):
    editor = field(view, name).editor
    editor.setFocus()
    editor.clear()
    qtbot.keyClicks(editor, text)


def names(database):
    with database.reading() as session:
        return dict(tuple(row) for row in session.execute(select(ItemRow.sku, ItemRow.name)))


def codes(database):
    with database.reading() as session:
        return set(session.scalars(select(BarcodeRow.code)))


def scan(qtbot, view, meaning):
    with qtbot.waitSignal(view.scanned) as answer:
        view.take_scan(meaning)
    return answer.args[0]


def test_searching_narrows_the_list(qtbot, view):
    qtbot.keyClicks(view.items.search, "gel")

    qtbot.waitUntil(lambda: [item.sku for item in view.items.rows.rows()] == ["GEL-7"])


def test_the_selected_item_is_shown_beside_the_list(tea):
    assert tea.page.form.texts()["name"] == "Tea"
    assert not tea.save.isEnabled()


def test_an_item_is_changed_in_place(qtbot, tea, database):
    type_in(qtbot, tea, "name", "Green tea")
    assert tea.save.isEnabled()
    qtbot.keyClick(tea, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: names(database)["TEA"] == "Green tea")
    qtbot.waitUntil(lambda: not tea.page.form.is_dirty)


def test_a_new_item_is_added_by_hand(qtbot, view, database):
    view.new.click()
    type_in(qtbot, view, "sku", "RUM")
    type_in(qtbot, view, "name", "Rum")
    view.save.click()

    qtbot.waitUntil(lambda: names(database).get("RUM") == "Rum")
    qtbot.waitUntil(lambda: view.page.form.key == "RUM")
    assert not view.banner.isHidden()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(qtbot, view, database):
    view.new.click()
    type_in(qtbot, view, "sku", "TEA")
    view.save.click()
    qtbot.waitUntil(lambda: field(view, "name").problem.text() != "")
    type_in(qtbot, view, "name", "Another tea")
    view.save.click()
    qtbot.waitUntil(lambda: field(view, "sku").problem.text() != "")

    assert names(database)["TEA"] == "Tea"
    assert view.page.form.is_dirty


def test_a_field_is_judged_when_it_is_left(qtbot, tea):
    type_in(qtbot, tea, "weight", "heavy")
    field(tea, "name").editor.setFocus()

    qtbot.waitUntil(lambda: not field(tea, "weight").problem.isHidden())


def test_unsaved_changes_are_not_thrown_away_unasked(qtbot, tea):
    type_in(qtbot, tea, "name", "Green tea")
    tea.items.table.select(0)
    qtbot.waitUntil(lambda: not tea.confirm.isHidden())
    assert tea.page.form.key == "TEA"
    tea._leave()

    qtbot.waitUntil(lambda: tea.page.form.key == "GEL-7")


def test_a_scanned_item_is_shown(qtbot, view, database):
    effect = scan(qtbot, view, ItemScan("4006381333931", Item(1, "GEL-7", "Blue gel")))

    assert effect.text == "GEL-7"
    qtbot.waitUntil(lambda: view.items.form.key == "GEL-7")


def test_a_scanned_bin_is_shown_in_its_tab(qtbot, view):
    place = Location(1, "MAIN/A1", LocationKind.STORAGE)
    scan(qtbot, view, LocationScan("LOC-A1", place))

    assert view.page is view.places
    qtbot.waitUntil(lambda: view.places.form.key == "MAIN/A1")


def test_an_unknown_code_can_be_assigned_to_the_item_in_front(qtbot, tea, database):
    effect = scan(qtbot, tea, UnknownScan("NEW-CODE", "unknown"))
    assert effect.tone is Tone.ASK
    tea._assign()

    qtbot.waitUntil(lambda: "NEW-CODE" in codes(database))
    qtbot.waitUntil(lambda: [line.code for line in tea.items.packs.barcodes.rows()] == ["NEW-CODE"])


def test_an_unknown_code_without_an_item_says_what_to_do(qtbot, view):
    effect = scan(qtbot, view, UnknownScan("NEW-CODE", "unknown"))

    assert effect.tone is Tone.BAD
    assert "NEW-CODE" in effect.text


def test_packs_are_added_and_removed(qtbot, tea, database):
    packs = tea.items.packs
    qtbot.keyClicks(packs.unit, "carton")
    packs.holds.setText("12")
    packs.add_pack.click()
    qtbot.waitUntil(lambda: [pack.unit for pack in packs.packs.rows()] == ["carton"])
    packs.pack_table.select(0)
    packs.drop_pack.click()
    qtbot.waitUntil(lambda: not tea.confirm.isHidden())
    tea._remove_pack()

    qtbot.waitUntil(lambda: packs.packs.rows() == [])
    with database.reading() as session:
        assert session.scalars(select(ItemUnitRow)).all() == []


def test_a_barcode_is_removed_only_after_asking(qtbot, view, database):
    view.items.table.select(0)
    qtbot.waitUntil(lambda: view.items.packs.barcodes.rows() != [])
    view.items.packs.barcode_table.select(0)
    view.items.packs.drop_code.click()
    assert not view.confirm.isHidden()
    assert codes(database) == {"4006381333931"}
    view._remove_barcode()

    qtbot.waitUntil(lambda: codes(database) == set())


def test_every_tab_lists_its_records(qtbot, view):
    for at, page in enumerate(view.pages):
        view.tabs.setCurrentIndex(at)
        qtbot.waitUntil(lambda page=page: page.rows._awaited is None)
        assert view.page is page


def test_everything_a_person_can_act_on_has_a_name(view):
    for button in (view.new, view.save, view.bring, view.write):
        assert button.accessibleName()
        assert button.key
    for box in view.items.form.boxes.values():
        assert box.editor.accessibleName()
        assert box.editor.objectName()


def test_a_form_that_is_not_saved_keeps_the_window_open_until_that_is_decided(
    stock, make_workplace, database
):
    stock.item("TEA", "Tea")
    work = make_workplace()
    view = work.open("F9")
    view.items.table.select(0)
    work.qtbot.waitUntil(lambda: view.items.form.key == "TEA")
    field(view, "name").editor.setFocus()
    work.type("Green", then="")
    work.open("F2")

    work.window.close()
    assert work.window.isVisible()
    assert work.screen is view
    assert view.confirm.text.text() == "The changes to TEA are not saved."
    view.confirm.no.click()
    assert work.window.isVisible()
    assert view.items.form.is_dirty

    work.window.close()
    view.confirm.yes.click()

    assert not work.window.isVisible()
    assert names(database)["TEA"] == "Tea"
