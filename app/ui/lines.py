"""The first and the last line of a screen: what one is doing, and what comes of it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from app.ui.parts import ActionButton, ElidedLabel, PlainLabel

GAP = 8


class HeadingLine(QWidget):
    """What am I doing, in one line: “Receipt ▸ PO-1042 Litware” and what goes with it."""

    def __init__(self) -> None:
        super().__init__()
        self.what = PlainLabel(use="document", name="heading_what")
        self.mark = PlainLabel("▸", "document-quiet")
        self.detail = ElidedLabel(use="document", name="heading_detail")
        self.aside = PlainLabel(use="quiet", name="heading_aside")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(self.what)
        layout.addWidget(self.mark)
        layout.addWidget(self.detail, 1)
        layout.addWidget(self.aside)
        self._tools = QHBoxLayout()
        self._buttons: list[ActionButton] = []
        layout.addLayout(self._tools)
        self.show_line("")

    def show_line(self, what: str, detail: str = "", aside: str = "") -> None:
        for label, text in ((self.what, what), (self.detail, detail), (self.aside, aside)):
            label.setText(text)
        self.mark.setVisible(bool(detail))
        self._fit()

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end of the line."""
        self._tools.addWidget(widget)
        if isinstance(widget, ActionButton):
            self._buttons.append(widget)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """What one is doing goes before the keys of the buttons."""
        labels = (self.what, self.mark, self.detail, self.aside)
        wanted = sum(label.sizeHint().width() for label in labels if not label.isHidden())
        show_keys(self._buttons, self.width() - wanted - GAP * len(labels), GAP)


class Footer(QWidget):
    """Totals on the left, buttons on the right; the main one is the last."""

    def __init__(self) -> None:
        super().__init__()
        self.totals = ElidedLabel(name="totals")
        self.buttons: list[ActionButton] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.totals, 1)
        self.hide()

    def say(self, totals: str) -> None:
        self.totals.setText(totals)
        self._fit()
        self.show()

    def add_button(self, button: ActionButton) -> None:
        self.buttons.append(button)
        self._layout.addWidget(button)
        self._fit()
        self.show()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a button came, went, or has a new verb
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Where it gets tight the keys go from the buttons (they stay in the tooltips)."""
        totals = self.totals.fontMetrics().horizontalAdvance(self.totals.text())
        show_keys(self.buttons, self.width() - totals, self._layout.spacing())


def show_keys(buttons: Sequence[ActionButton], room: int, gap: int) -> None:
    """Write the keys on the buttons if all of them fit so."""
    shown = [button for button in buttons if not button.isHidden()]
    wanted = gap * len(buttons) + sum(button.full_width() for button in shown)
    for button in buttons:
        button.show_key(wanted <= room)
