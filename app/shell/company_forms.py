"""What is asked before a company is made or joined: the place of its data."""

import os
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.core.companies import Kind, Wanted
from app.ui.parts import SmallButton, hint, labelled

PORT = "5432"


class _Form(QWidget):
    """Fields, then what to do; Enter does it from any field."""

    wanted = Signal(object)
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def field(self, text: str, name: str, value: str = "") -> QLineEdit:
        field = QLineEdit(value)
        field.setObjectName(name)
        field.setAccessibleName(text.replace("&", ""))
        return field

    def add_row(self, *parts: QWidget) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignBottom)
        row.setStretch(0, 1)
        self.column.addLayout(row)

    def add_actions(self, text: str, name: str) -> None:
        self.go = SmallButton(text, name, use="main")
        back = SmallButton(self.tr("Back"), f"{name}_back", self.tr("Back to the choices (Esc)"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.go)
        row.addWidget(back)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.go.clicked.connect(self.want)
        back.clicked.connect(self.back)

    def want(self) -> None:
        raise NotImplementedError

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        buttons = [one for one in self.findChildren(SmallButton) if one.hasFocus()]
        (buttons[0] if buttons else self.go).click()


class NewForm(_Form):
    """Where the file of a new company shall lie."""

    def __init__(self, usual: Path) -> None:
        super().__init__()
        self.folder = self.field(self.tr("&Folder"), "new_folder", str(usual.parent))
        self.folder.setCursorPosition(0)
        self.name = self.field(self.tr("Name of the f&ile"), "new_name", _free(usual))
        choose = SmallButton(self.tr("Choose a folder …"), "new_choose")
        choose.clicked.connect(self._choose)
        self.add_row(labelled(self.tr("&Folder"), self.folder), choose)
        self.column.addWidget(labelled(self.tr("Name of the f&ile"), self.name))
        about = self.tr(
            "All of the company lies in this one file. Take a folder of this PC: on a network"
            " drive it would not be safe."
        )
        self.column.addWidget(hint(about))
        self.add_actions(self.tr("Make the company"), "new_make")
        self.setFocusProxy(self.go)

    @override
    def want(self) -> None:
        name = self.name.text().strip() or "stock.db"
        file = Path(self.folder.text().strip(), name if Path(name).suffix else f"{name}.db")
        self.wanted.emit(Wanted(Kind.NEW, str(file)))

    def _choose(self) -> None:
        title = self.tr("Folder of the new company")
        if folder := QFileDialog.getExistingDirectory(self, title, self.folder.text()):
            self.folder.setText(str(Path(folder)))


class JoinForm(_Form):
    """The address of a server's database, in parts or as one URL."""

    def __init__(self) -> None:
        super().__init__()
        self.host = self.field(self.tr("&Server"), "join_host")
        self.host.setPlaceholderText(self.tr("its name, or all as postgresql://user@host/name"))
        self.port = self.field(self.tr("&Port"), "join_port", PORT)
        self.port.setFixedWidth(96)
        self.database = self.field(self.tr("&Database"), "join_database", "stockroom")
        self.user = self.field(self.tr("&User"), "join_user")
        self.password = self.field(self.tr("Pass&word"), "join_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.keeps = QCheckBox(self.tr("&Keep the password in PostgreSQL's password file"))
        self.keeps.setObjectName("join_keeps")
        self.keeps.setAccessibleName(self.tr("Keep the password in PostgreSQL's password file"))
        self.add_row(labelled(self.tr("&Server"), self.host), labelled(self.tr("&Port"), self.port))
        for text, field in (
            (self.tr("&Database"), self.database),
            (self.tr("&User"), self.user),
            (self.tr("Pass&word"), self.password),
        ):
            self.column.addWidget(labelled(text, field))
        self.column.addWidget(self.keeps)
        about = self.tr(
            "The program never writes a password into its settings or its log. Left empty, it is"
            " taken from PostgreSQL's password file (.pgpass, on Windows pgpass.conf), which only"
            " you can read; not kept there, it is asked for at each start."
        )
        self.column.addWidget(hint(about))
        self.add_actions(self.tr("Connect"), "join_connect")
        self.host.textChanged.connect(self._take_apart)
        self.setFocusProxy(self.host)

    def show_address(self, where: str) -> None:
        """Fill the parts in from an URL."""
        self.host.setText(where)

    @override
    def want(self) -> None:
        user = f"{quote(self.user.text().strip(), safe='')}@" if self.user.text().strip() else ""
        host = self.host.text().strip() or "localhost"
        if ":" in host and not host.startswith("["):
            host = f"[{host}]"
        name = quote(self.database.text().strip(), safe="")
        where = f"postgresql://{user}{host}:{self.port.text().strip() or PORT}/{name}"
        self.wanted.emit(Wanted(Kind.SERVER, where, self.password.text(), self.keeps.isChecked()))

    def _take_apart(self, text: str) -> None:
        """An URL goes into the fields, its password into the one that hides it."""
        url = urlsplit(text.strip())
        if not url.scheme.startswith("postgres") or not url.hostname or len(url.path) < 2:
            return
        host, port = url.hostname, url.netloc.rpartition("@")[2].rpartition(":")[2]
        self.port.setText(port if port.isdecimal() else PORT)
        self.database.setText(unquote(url.path[1:]))
        self.user.setText(unquote(url.username or ""))
        self.password.setText(unquote(url.password or ""))
        self.host.setText(host)


def _free(usual: Path) -> str:
    """Return a name for the file that is not taken yet."""
    name, number = usual.name, 1
    while os.path.exists(usual.with_name(name)):
        number += 1
        name = f"{usual.stem}-{number}{usual.suffix}"
    return name
