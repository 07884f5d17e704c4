"""What is asked before a company is made or joined: the place of its data."""

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.core.companies import Kind, Wanted
from app.shell.server_address import PORT, ServerAddress, read_server
from app.ui.files import choose_folder
from app.ui.parts import SmallButton, hint, labelled


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
        self.name = self.field(self.tr("Name of the f&ile"), "new_name", usual.name)
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

    def propose(self, name: str) -> None:
        """Propose a name for the file, unless a person typed one by now."""
        if not self.name.isModified():
            self.name.setText(name)

    @override
    def want(self) -> None:
        name = self.name.text().strip() or "stock.db"
        file = Path(self.folder.text().strip(), name if Path(name).suffix else f"{name}.db")
        self.wanted.emit(Wanted(Kind.NEW, str(file)))

    def _choose(self) -> None:
        title = self.tr("Folder of the new company")
        if folder := choose_folder(self, title, self.folder.text()):
            self.folder.setText(str(folder))


class JoinForm(_Form):
    """The address of a server's database, in parts or as one URL."""

    def __init__(self) -> None:
        super().__init__()
        self.host = self.field(self.tr("&Server"), "join_host")
        self.host.setPlaceholderText(self.tr("its name, or all as postgresql://user@host/name"))
        self.port = self.field(self.tr("&Port"), "join_port", PORT)
        self.port.setFixedWidth(96)
        self.port.setValidator(QIntValidator(1, 65535, self.port))
        self.database = self.field(self.tr("&Database"), "join_database", "stockroom")
        self.user = self.field(self.tr("&User"), "join_user")
        self.password = self.field(self.tr("Pass&word"), "join_password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.options = self.field(self.tr("&Options"), "join_options")
        self.options.setPlaceholderText(self.tr("only if the server wants any: sslmode=require"))
        self.keeps = QCheckBox(self.tr("&Keep the password in PostgreSQL's password file"))
        self.keeps.setObjectName("join_keeps")
        self.keeps.setAccessibleName(self.tr("Keep the password in PostgreSQL's password file"))
        self._lay_out()
        self.host.editingFinished.connect(self._take_apart)
        self.setFocusProxy(self.host)

    def _lay_out(self) -> None:
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
        self.column.addWidget(labelled(self.tr("&Options"), self.options))
        self.add_actions(self.tr("Connect"), "join_connect")
        for field in self.findChildren(QLineEdit):
            # An address may hold a password, and a password manager types as fast as a scanner.
            field.setProperty("rawKeys", True)

    def show_address(self, where: str) -> None:
        """Fill the parts in from an URL; of anything else nothing is shown."""
        if parts := read_server(where):
            self.host.setText(parts.host)
            self.port.setText(parts.port)
            self.database.setText(parts.database)
            self.user.setText(parts.user)
            self.options.setText(parts.options)
            self.password.setText(parts.password)

    def ask_password(self) -> None:
        """Let the password be typed anew, or the user if there is none yet."""
        field = self.password if self.user.text().strip() else self.user
        field.setFocus()
        field.selectAll()

    @override
    def want(self) -> None:
        self._take_apart()
        address = ServerAddress(
            self.host.text().strip(),
            self.port.text().strip(),
            self.database.text().strip(),
            self.user.text().strip(),
            self.options.text().strip(),
        )
        keeps = self.keeps.isChecked()
        self.wanted.emit(Wanted(Kind.SERVER, address.url(), self.password.text(), keeps))

    def _take_apart(self) -> None:
        """An URL goes into the fields once it is whole, its password into the one that hides it."""
        self.show_address(self.host.text())


def free_name(usual: Path) -> str:
    """Return a name for the file that is not taken yet; its folder may be slow to answer."""
    name, number = usual.name, 1
    while os.path.exists(usual.with_name(name)):
        number += 1
        name = f"{usual.stem}-{number}{usual.suffix}"
    return name
