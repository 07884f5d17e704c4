"""Asks for a file to open or to write, remembers the folder for the next time, and shows one."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.preferences import preferences


def choose_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Return the file chosen, or None. `kinds` as Qt writes them: "Excel (*.xlsx);;CSV (*.csv)"."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, _folder(), kinds)
    return _remembered(name)


def choose_save(parent: QWidget, title: str, proposal: str, kinds: str) -> Path | None:
    """Return where to write, or None; the system asks before a file is replaced."""
    name, _kind = QFileDialog.getSaveFileName(parent, title, str(Path(_folder(), proposal)), kinds)
    return _remembered(name)


def choose_folder(parent: QWidget, title: str, proposal: str) -> Path | None:
    """Return the folder chosen, or None; the next file is not asked for there."""
    name = QFileDialog.getExistingDirectory(parent, title, proposal)
    return Path(name) if name else None


def show_in_folder(file: Path) -> None:
    """Show a person the file where it lies, in the system's own window."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def _folder() -> str:
    return preferences().get("files/folder", str(Path.home()))


def _remembered(name: str) -> Path | None:
    if not name:
        return None
    preferences().put("files/folder", str(Path(name).parent))
    return Path(name)
