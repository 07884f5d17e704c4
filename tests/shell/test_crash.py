import logging
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from app.core.logs import LOG_SIZE, close_log, keep_log
from app.shell import crash
from app.shell.crash import Admission


@pytest.fixture
def log_file(tmp_path):
    level = logging.getLogger().level
    yield keep_log(tmp_path / "log")
    close_log(tmp_path / "log")
    logging.getLogger().setLevel(level)


@pytest.fixture
def admission(qtbot, log_file, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    admission = Admission(log_file)
    admission.install()
    yield admission
    if admission.box:
        admission.box.close()


def blunder(text="by hand"):
    try:
        raise ZeroDivisionError(text)
    except ZeroDivisionError:
        sys.excepthook(*sys.exc_info())


def test_a_bug_is_written_down_with_where_it_happened(qtbot, admission, log_file):
    blunder()

    written = log_file.read_text(encoding="utf-8")
    assert "ZeroDivisionError: by hand" in written
    assert "in blunder" in written


def test_it_is_admitted_without_stopping_anything(qtbot, admission, log_file):
    blunder()

    qtbot.waitUntil(lambda: admission.box is not None and admission.box.isVisible())
    assert "fault in the program" in admission.box.text()
    assert str(log_file) in admission.box.informativeText()
    assert "Nothing was half-saved" in admission.box.informativeText()


def test_many_bugs_are_one_dialog(qtbot, admission, log_file):
    for number in range(20):
        blunder(f"bug {number}")
    qtbot.waitUntil(lambda: admission.box is not None)
    first = admission.box
    blunder("another")
    qtbot.wait(20)
    assert admission.box is first
    assert "bug 19" in log_file.read_text(encoding="utf-8")

    first.close()
    qtbot.waitUntil(lambda: admission.box is None)
    blunder("a later one")
    qtbot.waitUntil(lambda: admission.box is not None)


def test_a_bug_in_a_thread_is_admitted_too(qtbot, admission, log_file):
    def fail():
        raise KeyError("lost")

    thread = threading.Thread(target=fail, name="worker")
    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: admission.box is not None)
    assert "KeyError: 'lost'" in log_file.read_text(encoding="utf-8")


def test_the_user_can_be_shown_where_it_is_written(qtbot, admission, log_file, monkeypatch):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    blunder()
    qtbot.waitUntil(lambda: admission.box is not None)

    next(b for b in admission.box.buttons() if b.text() == "Show the file").click()

    assert opened == [QUrl.fromLocalFile(str(log_file.parent))]


def test_where_it_stood_is_written_when_the_interpreter_falls(tmp_path):
    program = (
        "import os, pathlib, sys\n"
        "from app.shell.crash import keep_last_words\n"
        "keep_last_words(pathlib.Path(sys.argv[1]))\n"
        "def fall(): os.abort()\n"
        "fall()\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], timeout=60, check=False)

    assert "in fall" in (tmp_path / "stockroom-crash.log").read_text(encoding="utf-8")


def test_what_the_interpreter_said_does_not_grow_for_ever_either(tmp_path):
    before = tmp_path / crash.LAST_WORDS
    before.write_bytes(b"x" * (LOG_SIZE + 1))

    program = (
        "import pathlib, sys\n"
        "from app.shell.crash import keep_last_words\n"
        "keep_last_words(pathlib.Path(sys.argv[1]))\n"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], timeout=60, check=True)

    assert before.stat().st_size == 0
    assert (tmp_path / "stockroom-crash.log.1").stat().st_size == LOG_SIZE + 1


def test_without_a_log_a_bug_is_told_in_the_dialog_alone(qtbot, admission):
    admission.log_file = None
    blunder()

    qtbot.waitUntil(lambda: admission.box is not None and admission.box.isVisible())
    assert "stands below" in admission.box.informativeText()
    assert "by hand" in admission.box.detailedText()
    assert "Show the file" not in [button.text() for button in admission.box.buttons()]
