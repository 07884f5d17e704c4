"""The Settings screen by keys and mouse: periods and language."""

from itertools import pairwise

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt

from app.features.settings import view as module
from app.features.settings.rules import usual_closing
from app.features.settings.service import load_periods
from app.features.settings.view import SettingsView
from app.ui.choices import choices
from app.ui.formats import day
from tests.features.settings.conftest import TODAY, days_ago

ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def view(qtbot, jobs, company):
    jobs.user = "kim"
    choices().show({"language": ""})
    view = SettingsView(jobs)
    qtbot.addWidget(view)
    view.resize(900, 640)
    with qtbot.waitActive(view):
        view.show()
    qtbot.waitUntil(lambda: bool(view.periods.state.text()))
    yield view
    choices().show({})


def close_up_to(qtbot, view, until):
    view.periods.until.setFocus()
    view.periods.until.selectAll()
    qtbot.keyClicks(view.periods.until, until.isoformat())
    qtbot.keyClick(view.periods.until, ENTER)


def test_it_begins_with_what_is_closed_and_what_is_likely_next(view):
    assert view.periods.state.text() == "Nothing is closed."
    assert view.periods.until.value() == usual_closing(TODAY, None)
    assert not view.periods.reopen.isEnabled()
    assert view.periods.table.empty.title.text() == "Nothing was closed yet"


def test_a_period_is_closed_by_keys_after_its_numbers_were_told(qtbot, company, view):
    close_up_to(qtbot, view, days_ago(15))
    qtbot.waitUntil(view.confirm.isVisible)
    text = view.confirm.text.text()
    assert text.startswith(f"2 documents up to {day(days_ago(15))} are closed")
    assert f"booked on {day(days_ago(14))}" in text
    assert company.ask(load_periods).closed is None

    qtbot.keyClick(view.confirm.yes, ENTER)

    told = f"Everything up to {day(days_ago(15))} is closed."
    qtbot.waitUntil(lambda: view.periods.state.text() == told)
    assert view.banner.text.text() == told
    headings, rows = view.periods.table.tabulated()
    assert rows[0][headings.index("What")] == f"Closed up to {day(days_ago(15))}"
    assert rows[0][headings.index("By")] == "kim"
    with qtbot.waitSignal(view.document_wanted) as wanted:
        view.banner.button.click()
    with qtbot.waitSignal(view.document_wanted) as again:
        view.periods.table.activated.emit(view.periods.closings.rows()[0])
    assert wanted.args == again.args


def test_escape_leaves_the_period_open(qtbot, company, view):
    close_up_to(qtbot, view, days_ago(15))
    qtbot.waitUntil(view.confirm.isVisible)
    qtbot.keyClick(view.confirm.yes, ESCAPE)

    assert view.confirm.isHidden()
    assert company.ask(load_periods).closed is None


def test_what_cannot_be_closed_is_refused_before_it_is_asked(qtbot, view):
    close_up_to(qtbot, view, TODAY)
    qtbot.waitUntil(view.banner.isVisible)

    assert "is not over yet" in view.banner.text.text()
    assert view.confirm.isHidden()


def test_what_is_no_day_is_marked_where_it_stands(qtbot, view):
    view.periods.until.setText("last month")
    qtbot.mouseClick(view.periods.close_button, Qt.MouseButton.LeftButton)

    assert view.periods.until.property("bad")
    assert view.periods.until.hasFocus()
    assert view.confirm.isHidden()


def test_a_period_is_reopened_by_mouse_after_its_numbers_were_told(qtbot, company, view):
    company.post("close_period", until=days_ago(5))
    view._jobs.committed.emit()
    qtbot.waitUntil(view.periods.reopen.isEnabled)
    view.periods.since.setText(days_ago(25).isoformat())
    qtbot.mouseClick(view.periods.reopen, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.confirm.isVisible)
    assert view.confirm.text.text().startswith(f"2 documents from {day(days_ago(25))} on can be")

    qtbot.mouseClick(view.confirm.yes, Qt.MouseButton.LeftButton)

    told = f"Everything up to {day(days_ago(26))} is closed."
    qtbot.waitUntil(lambda: view.periods.state.text() == told)
    assert company.ask(load_periods).closed == days_ago(26)


def test_a_language_is_chosen_and_told(qtbot, view):
    language = view.languages.language
    assert [language.itemText(place) for place in range(3)] == [
        "As the system",
        "English",
        "Deutsch",
    ]
    language.setFocus()
    with qtbot.waitSignal(choices().chosen) as chosen:
        qtbot.keyClicks(language, "D")

    assert chosen.args == ["language", "de"]
    assert "Deutsch" in view.banner.text.text()


def test_the_list_of_closings_can_be_saved(qtbot, monkeypatch, tmp_path, company, view):
    company.post("close_period", until=days_ago(5))
    view._jobs.committed.emit()
    qtbot.waitUntil(lambda: len(view.periods.closings.rows()) == 1)
    monkeypatch.setattr(module, "choose_save", lambda *_: tmp_path / "periods.xlsx")
    view.periods.table.export_action.trigger()
    qtbot.waitUntil(view.banner.isVisible)

    sheet = load_workbook(tmp_path / "periods.xlsx").worksheets[0]
    assert sheet["A2"].value == f"Closed up to {day(days_ago(5))}"


def test_a_file_for_support_is_written_where_one_says(qtbot, view, tmp_path, monkeypatch):
    file = tmp_path / "for support"
    monkeypatch.setattr(module, "choose_save", lambda *_: file)
    choices().show({"language": "", "database": str(tmp_path / "none.db")})
    view.program.support.click()

    qtbot.waitUntil(lambda: "was written" in view.banner.text.text())

    assert "none.db is not there" in view.banner.text.text()
    assert file.with_suffix(".zip").is_file()


def test_no_file_for_support_is_written_where_nobody_says_where(view, tmp_path, monkeypatch):
    monkeypatch.setattr(module, "choose_save", lambda *_: None)
    view.program.support.click()

    assert view.banner.isHidden()


def test_a_place_for_updates_that_is_chosen_is_kept(qtbot, view, tmp_path):
    with qtbot.waitSignal(choices().chosen) as chosen:
        view.program.address_chosen.emit(str(tmp_path))

    assert chosen.args == ["updates", str(tmp_path)]
    assert view.program.address.text() == str(tmp_path)
    view.program.address_chosen.emit("")


def test_an_address_with_a_password_is_refused_and_not_kept(qtbot, view):
    kept = []
    choices().chosen.connect(lambda *chosen: kept.append(chosen))
    view.program.address_chosen.emit("https://kim:s3cret@example.com/x")

    assert kept == []
    assert "no place for updates" in view.banner.text.text()
    assert "s3cret" not in view.banner.text.text()


def test_in_a_small_window_it_scrolls_and_nothing_lies_on_top_of_another(qtbot, view):
    view.resize(640, 360)
    qtbot.wait(20)

    parts = [view.languages, view.periods, view.program]
    for upper, lower in pairwise(parts):
        assert upper.geometry().bottom() < lower.geometry().top()
    for each in parts:
        assert each.height() >= each.heightForWidth(each.width())
    assert view.periods.rect().contains(view.periods.table.geometry())
    assert view.periods.table.height() >= 150
