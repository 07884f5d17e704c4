"""The right half of the screen: on what and with what to print, and how that will look."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.features.labels.desk import Desk
from app.features.labels.pages import PageView
from app.features.labels.preview import PagePreview
from app.features.labels.setup import PrintSetup
from app.ui.parts import ElidedLabel, SmallButton


class Studio(QWidget):
    """Stock, printer, the current label as it will be printed, and the sheet it comes on."""

    start_chosen = Signal(int)
    page_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("studio")
        self.desk = Desk()
        self.label = PagePreview("label_preview", self.tr("The label as it will be printed"))
        self.sheet = PagePreview("sheet_preview", self.tr("The sheet: choose the first free label"))
        self.where = ElidedLabel(use="quiet", name="sheet_position")
        self.back = SmallButton("‹", "page_back", self.tr("Page before"))
        self.forth = SmallButton("›", "page_forth", self.tr("Next page"))
        self.sheet_line = self._sheet_line()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.desk)
        previews = QHBoxLayout()
        previews.setSpacing(8)
        previews.addWidget(self.sheet, 1)
        previews.addWidget(self.label, 1)
        layout.addWidget(self.sheet_line)
        layout.addLayout(previews, 1)
        self.sheet.start_chosen.connect(self.start_chosen)
        self.back.clicked.connect(self._go_back)
        self.forth.clicked.connect(self._go_forth)

    def show_setup(self, setup: PrintSetup) -> None:
        self.desk.show_setup(setup)
        for part in (self.sheet_line, self.sheet):
            part.setVisible(setup.stock.is_sheet)

    def show_sheet(self, page: PageView | None) -> None:
        """Say which sheet is shown, and where on it the job begins."""
        if page is None:
            self.sheet.show_page(None)
        number, pages = (page.number, page.job.pages) if page else (0, 1)
        self.back.setEnabled(number > 0)
        self.forth.setEnabled(number + 1 < pages)
        self.where.setText(self._position(page))

    def _position(self, page: PageView | None) -> str:
        if page is None:
            return self.tr("The sheet is shown once there are labels.")
        row, column = divmod(page.job.start, page.job.stock.columns)
        text = self.tr("Sheet {page} of {pages}, from row {row}, column {column}")
        return text.format(
            page=page.number + 1, pages=page.job.pages, row=row + 1, column=column + 1
        )

    def _sheet_line(self) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget, stretch in ((self.where, 1), (self.back, 0), (self.forth, 0)):
            layout.addWidget(widget, stretch)
        return line

    def _go_back(self) -> None:
        self._go(-1)

    def _go_forth(self) -> None:
        self._go(1)

    def _go(self, step: int) -> None:
        page = self.sheet.page()
        if page:
            self.page_wanted.emit(page.number + step)
