from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.ui.files import choose_open, choose_save
from app.ui.preferences import preferences


@pytest.fixture
def dialog(monkeypatch):
    """What the dialogs were asked, and what the user answers."""

    class Dialog:
        answer = ""
        asked = ""

        def __call__(self, _parent, _title, proposal, _kinds):
            self.asked = proposal
            return self.answer, ""

    dialog = Dialog()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", dialog)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
    return dialog


def test_the_folder_is_the_one_of_the_last_time(qtbot, dialog, tmp_path):
    dialog.answer = str(tmp_path / "count.xlsx")
    assert choose_open(None, "Open", "Excel (*.xlsx)") == tmp_path / "count.xlsx"

    assert choose_save(None, "Save", "out.xlsx", "Excel (*.xlsx)") == tmp_path / "count.xlsx"
    assert Path(dialog.asked) == tmp_path / "out.xlsx"


def test_thinking_better_of_it_changes_nothing(qtbot, dialog):
    assert choose_open(None, "Open", "") is None
    assert preferences().get("files/folder", "") == ""
