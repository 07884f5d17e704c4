import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app import __version__
from app.features.settings.program_panel import ProgramPanel
from app.ui.updates import updates


@pytest.fixture
def panel(qtbot):
    updates().place("", is_fixed=False)
    panel = ProgramPanel()
    qtbot.addWidget(panel)
    panel.show()
    yield panel
    updates().place("", is_fixed=False)


def test_it_says_which_version_it_is(panel):
    assert __version__ in panel.title.text()


def test_a_place_that_is_typed_is_chosen_once(qtbot, panel):
    chosen = []
    panel.address_chosen.connect(chosen.append)
    qtbot.keyClicks(panel.address, " https://example.com/stockroom ")
    panel.address.editingFinished.emit()
    updates().place(chosen[0], is_fixed=False)
    panel.address.editingFinished.emit()

    assert chosen == ["https://example.com/stockroom"]
    assert panel.look.isEnabled()


def test_what_the_administrator_says_cannot_be_changed(qtbot, panel):
    updates().place("/srv/updates", is_fixed=True)
    chosen = []
    panel.address_chosen.connect(chosen.append)
    qtbot.keyClicks(panel.address, "x")
    panel.address.editingFinished.emit()

    assert panel.address.text() == "/srv/updates"
    assert panel.address.isReadOnly()
    assert "administrator" in panel.state.text()
    assert chosen == []


def test_it_is_looked_when_somebody_wants_to_know(qtbot, panel):
    assert not panel.look.isEnabled()
    updates().place("/srv/updates", is_fixed=False)
    with qtbot.waitSignal(updates().wanted):
        panel.look.click()


def test_what_was_found_is_shown(qtbot, panel, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    assert panel.show_file.isHidden()
    updates().tell("Version 99 is ready.", tmp_path / "stockroom-99.exe")

    assert panel.state.text() == "Version 99 is ready."
    panel.show_file.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path))]


def test_another_company_can_be_wanted(qtbot, panel):
    with qtbot.waitSignal(panel.company_wanted):
        panel.company.click()
