"""Which periods are closed: close up to a day, open again from one on, and who did what when."""

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from app.features.settings.rules import Closing, Periods, usual_closing
from app.ui.fields import DateField
from app.ui.formats import day, moment
from app.ui.parts import PlainLabel, SmallButton, hint, labelled
from app.ui.table_view import TableView
from app.ui.tables import Column, RowsTable

LOWEST = 150  # pixels: headings and what is said where nothing was closed yet


class ClosingsTable(TableView):
    """Low where there is little room; it takes what is left."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), LOWEST)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), LOWEST)


class PeriodsPanel(QWidget):
    close_wanted = Signal(object)
    reopen_wanted = Signal(object)
    """The last day to be closed; the first one to be open again."""

    def __init__(self) -> None:
        super().__init__()
        self.state = PlainLabel("", "document", "closed_until")
        self.until = DateField("close_until", self.tr("Close up to and including"), required=True)
        self.close_button = SmallButton(self.tr("Close"), "close_period")
        self.since = DateField("reopen_from", self.tr("Open again from"), required=True)
        self.reopen = SmallButton(self.tr("Reopen"), "reopen_period")
        self.closings: RowsTable[Closing] = RowsTable(self._columns(), self)
        name = self.tr("Closed and reopened periods")
        self.table = ClosingsTable(self.closings, "closings", name, type_to_filter=False)
        self.table.show_when_empty(
            self.tr("Nothing was closed yet"),
            self.tr("Who closed and reopened periods, and when, will be listed here."),
        )
        self._lay_out()
        self.close_button.clicked.connect(self._close)
        self.until.entered.connect(self._close_by_key)
        self.reopen.clicked.connect(self._reopen)
        self.since.entered.connect(self._reopen_by_key)

    def _lay_out(self) -> None:
        text = self.tr(
            "In a closed period nothing can be entered, changed or reversed, and its values stay"
            " as they were reported. What comes to light later is booked on the first open day."
        )
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for title, field, button in (
            (self.tr("Close &up to and including"), self.until, self.close_button),
            (self.tr("&Open again from"), self.since, self.reopen),
        ):
            field.setMaximumWidth(160)
            both = QHBoxLayout()
            both.setSpacing(8)
            both.addWidget(labelled(title, field))
            foot = QVBoxLayout()
            foot.addStretch(1)
            foot.addWidget(button)
            both.addLayout(foot)
            acts.addLayout(both)
            acts.addSpacing(24)
        acts.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(self.tr("Periods"), "part"))
        layout.addWidget(self.state)
        layout.addWidget(hint(text))
        layout.addLayout(acts)
        layout.addWidget(self.table, 1)

    def show_periods(self, periods: Periods, today: date) -> None:
        """Show what is closed; the days most likely to be wanted next stand in the fields."""
        text = self.tr("Everything up to {day} is closed.").format(day=day(periods.closed))
        self.state.setText(text if periods.closed else self.tr("Nothing is closed."))
        self.closings.show_rows(periods.closings)
        self.until.set_value(usual_closing(today, periods.closed))
        self.since.set_value(periods.closed)
        for widget in (self.since, self.reopen):
            widget.setEnabled(periods.closed is not None)

    def _columns(self) -> tuple[Column[Closing], ...]:
        return (
            Column(self.tr("What"), self._what, key="what", chars=24, stretch=True),
            Column(
                self.tr("Entered"),
                lambda closing: moment(closing.entered_at),
                key="entered",
                sort=lambda closing: closing.entered_at,
                chars=18,
            ),
            Column(self.tr("By"), lambda closing: closing.user, key="by", chars=12),
            Column(self.tr("Document"), lambda closing: closing.number, key="document", chars=12),
        )

    def _what(self, closing: Closing) -> str:
        text = self.tr("Closed up to {day}") if closing.closes else self.tr("Reopened from {day}")
        return text.format(day=day(closing.day))

    def _close(self) -> None:
        if self.until.check():
            self.close_wanted.emit(self.until.value())
        else:
            self.until.setFocus()

    def _close_by_key(self, _day: object) -> None:
        self._close()

    def _reopen(self) -> None:
        if self.since.check():
            self.reopen_wanted.emit(self.since.value())
        else:
            self.since.setFocus()

    def _reopen_by_key(self, _day: object) -> None:
        self._reopen()
