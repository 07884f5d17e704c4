from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from app.ui.files import choose_folder, choose_open, choose_save, show_in_folder
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


def test_a_folder_that_is_chosen_is_not_the_one_of_the_next_file(qtbot, monkeypatch, tmp_path):
    answers = iter([str(tmp_path / "company"), ""])
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(answers))

    assert choose_folder(None, "Folder", "") == tmp_path / "company"
    assert choose_folder(None, "Folder", "") is None
    assert preferences().get("files/folder", "") == ""


def test_a_file_is_shown_in_its_folder(qtbot, monkeypatch, tmp_path):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)

    show_in_folder(tmp_path / "stock.xlsx")

    assert opened == [QUrl.fromLocalFile(str(tmp_path))]
