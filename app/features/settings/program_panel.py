"""The program itself: which version it is, where newer ones come from, a file for support."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app import __version__
from app.ui.files import show_in_folder
from app.ui.parts import PlainLabel, SmallButton, labelled
from app.ui.updates import updates
from app.ui.wrapped import WrappedLabel


class ProgramPanel(QWidget):
    address_chosen = Signal(str)
    support_wanted = Signal()
    company_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        title = self.tr("This program: version {version}").format(version=__version__)
        self.title = PlainLabel(title, "part", "program_version")
        self.title.setWordWrap(True)
        self.address = QLineEdit()
        self.address.setObjectName("updates_address")
        self.address.setAccessibleName(self.tr("Where newer versions are looked for"))
        self.address.setPlaceholderText(self.tr("Nowhere: newer versions are not looked for"))
        self.look = SmallButton(self.tr("Look now"), "look_for_update")
        self.show_file = SmallButton(self.tr("Show the file"), "show_update")
        self.state = WrappedLabel(use="quiet", name="update_state")
        self.support = SmallButton(self.tr("Write a file for support …"), "write_diagnostics")
        self.company = SmallButton(self.tr("Open another company …"), "open_company")
        self._lay_out()
        self.address.editingFinished.connect(self._choose)
        self.look.clicked.connect(self._look)
        self.show_file.clicked.connect(self._show_file)
        self.support.clicked.connect(self.support_wanted)
        self.company.clicked.connect(self.company_wanted)
        updates().changed.connect(self.show_updates)
        self.show_updates()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(labelled(self.tr("&Newer versions are looked for at"), self.address), 1)
        foot = QVBoxLayout()
        foot.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.look, self.show_file):
            buttons.addWidget(button)
        foot.addLayout(buttons)
        row.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.company)
        head.addWidget(self.support)
        layout.addLayout(head)
        layout.addLayout(row)
        layout.addWidget(self.state)

    def show_updates(self) -> None:
        """Show where newer versions are looked for, and how the last look ended."""
        known = updates()
        self.address.setReadOnly(known.is_fixed)
        self.address.setToolTip(self.tr("Set by the administrator") if known.is_fixed else "")
        if not self.address.isModified():  # or what is being typed would be gone
            self.address.setText(known.address)
        usual = self.tr(
            "A folder, or an https address. A newer version is fetched and compared with the"
            " checksum given there; it is installed only when you start it."
        )
        fixed = self.tr("The administrator says where. It is installed only when you start it.")
        self.state.setText(known.told or (fixed if known.is_fixed else usual))
        self.look.setEnabled(bool(known.address))
        self.show_file.setVisible(known.ready is not None)

    def _choose(self) -> None:
        address = self.address.text().strip()
        self.address.setModified(False)
        if not updates().is_fixed and address != updates().address:
            self.address_chosen.emit(address)

    def _look(self) -> None:
        updates().ask()

    def _show_file(self) -> None:
        if ready := updates().ready:
            show_in_folder(ready)
