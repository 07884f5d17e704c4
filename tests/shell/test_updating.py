"""A newer version is looked for in the background and told quietly; nothing is started."""

import hashlib
import json
import logging

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog

from app.adapters.updates import SYSTEM
from app.core.updates import Copy, Update
from app.shell.main_window import MainWindow
from app.shell.updating import Updating
from app.ui.jobs import Jobs
from app.ui.updates import updates
from tests.support.pages import PLACES

NAME = "stockroom-99.0-setup.exe"


@pytest.fixture
def share(tmp_path):
    share = tmp_path / "share"
    share.mkdir()
    offer(share, "99.0")
    return share


def offer(share, version, program=b"MZ a program", told=b"MZ a program"):
    part = {"file": NAME, "size": len(told), "sha256": hashlib.sha256(told).hexdigest()}
    (share / NAME).write_bytes(program)
    note = {"version": version, "notes": "Quicker <b>than</b> before.", SYSTEM: part}
    (share / "latest.json").write_text(json.dumps(note))


@pytest.fixture
def window(qtbot):
    jobs = Jobs()
    window = MainWindow(jobs, PLACES)
    window.jobs = jobs
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    jobs.close()
    updates().place("", is_fixed=False)


@pytest.fixture
def updating(window, tmp_path):
    return Updating(window, window.jobs, tmp_path / "Updates", looks_after=20)


def test_some_time_after_the_start_a_newer_version_lies_ready_and_is_told(
    qtbot, window, updating, share, tmp_path, monkeypatch
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    updates().place(str(share), is_fixed=False)
    updating.begin()

    qtbot.waitUntil(window.notice.isVisible)

    assert "Version 99.0 is ready" in window.notice.text.text()
    assert "Quicker <b>than</b> before." in window.notice.text.text()
    assert updates().ready == tmp_path / "Updates" / NAME
    assert updates().ready.read_bytes() == b"MZ a program"
    window.notice.button.click()
    assert opened == [QUrl.fromLocalFile(str(tmp_path / "Updates"))]


ADDRESS = r"\\server\share"


@pytest.mark.parametrize(
    ("copy", "name", "told"),
    [
        (Copy("setup"), "stockroom-99.0-setup.exe", "start stockroom-99.0-setup.exe."),
        (Copy("zip"), "stockroom-99.0.zip", "unpack stockroom-99.0.zip and start Stockroom"),
        (Copy("tar"), "stockroom-99.0.tar.xz", "unpack stockroom-99.0.tar.xz and start"),
        (Copy("deb"), "stockroom_99.0.deb", "install stockroom_99.0.deb."),
        (Copy(), NAME, f"start {NAME}."),
    ],
)
def test_how_it_is_installed_is_said_for_the_copy_that_runs(
    window, updating, tmp_path, copy, name, told
):
    updating.announce(Update("99.0", "More.", ADDRESS, copy, name, tmp_path / name))

    assert told in window.notice.text.text()
    assert window.notice.text.text().endswith("More.")
    assert window.notice.button.isVisible()
    assert updates().ready == tmp_path / name


@pytest.mark.parametrize(
    ("copy", "name", "told"),
    [
        (Copy("msi", True), "a.msi", rf"your administrator installs it: a.msi, from {ADDRESS}."),
        (Copy("setup", True), "a.exe", rf"installs it: a.exe /AllUsers, from {ADDRESS}."),
        (Copy("msi", True), "", "your administrator installs it."),
        (Copy("zip"), "", rf"but {ADDRESS} names no file that replaces this copy."),
    ],
)
def test_what_this_user_cannot_install_is_told_without_a_file(window, updating, copy, name, told):
    updating.announce(Update("99.0", "", ADDRESS, copy, name, None))

    assert "Version 99.0 is there" in window.notice.text.text()
    assert told in window.notice.text.text()
    assert window.notice.button.isHidden()
    assert told in updates().told
    assert updates().ready is None


def test_where_no_place_is_named_nothing_is_looked_for(qtbot, window, updating):
    updates().place("", is_fixed=False)
    updating.begin()
    qtbot.wait(60)
    assert updates().told == ""

    updates().ask()
    assert "No place is named" in updates().told


def test_the_newest_version_is_told_where_somebody_asked_and_nowhere_else(
    qtbot, window, updating, share
):
    offer(share, "0.0.1")
    updates().place(str(share), is_fixed=False)
    updates().ask()

    qtbot.waitUntil(lambda: "newest version" in updates().told)
    assert window.notice.isHidden()


def test_what_goes_wrong_stands_on_settings_and_in_the_log_and_in_no_dialog(
    qtbot, window, updating, share, caplog
):
    offer(share, "99.0", program=b"MZ another one")
    updates().place(str(share), is_fixed=False)
    with caplog.at_level(logging.WARNING):
        updating.begin()
        qtbot.waitUntil(lambda: "not what latest.json says" in updates().told)

    assert "not what latest.json says" in caplog.text
    assert updates().ready is None
    assert window.notice.isHidden()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog)]


def test_trouble_above_the_screens_is_not_painted_over(qtbot, window, updating, share):
    window.notice.show_bad("No database.")
    updates().place(str(share), is_fixed=False)
    updates().ask()

    qtbot.waitUntil(lambda: updates().ready is not None)
    assert window.notice.text.text() == "No database."


def test_it_is_looked_once_at_a_time_and_again_later(qtbot, window, updating, share):
    updates().place(str(share), is_fixed=False)
    updates().ask()
    updates().ask()
    qtbot.waitUntil(lambda: updates().ready is not None and window.jobs.is_idle())

    offer(share, "0.0.1")
    updates().ask()
    qtbot.waitUntil(lambda: "newest version" in updates().told)
