"""The Receiving screen: choose an order or none, scan the goods, post them."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QStackedWidget
from typing_extensions import override

from app.core.errors import AppError
from app.features.receiving.draft import Draft
from app.features.receiving.posting import SITE, PostedReceipt
from app.features.receiving.service import Opened, open_order, refresh_order, start_draft
from app.features.receiving.totals import Totals, lines_to_post, totals_of
from app.ui.formats import quantity
from app.ui.jobs import Jobs
from app.ui.parts import ActionButton, Mend
from app.ui.preferences import preferences


class ReceivingView(PostedReceipt):
    title = "Receiving"
    key = "F2"
    icon = "receiving"

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(jobs)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.orders)
        self.pages.addWidget(self.sheet)
        self.pages.setEnabled(False)
        self.body.addWidget(self.posted)
        self.body.addWidget(self.pages, 1)
        self._add_buttons()
        self._wire()
        self.show_draft()

    def _add_buttons(self) -> None:
        self.choose = ActionButton(self.tr("Orders"), "Ctrl+O", "choose_order")
        self.free = ActionButton(self.tr("Without an order"), "Ctrl+N", "without_order")
        self.drop = ActionButton(self.tr("Discard"), "Ctrl+Shift+Del", "discard")
        self.post = ActionButton(self.tr("Post"), "Ctrl+Return", "post", main=True)
        for button in (self.choose, self.free, self.post):
            self.footer.add_button(button)
        self.heading.add_tool(self.drop)
        self.hold_while_busy(self.drop)
        self.remove = QAction(self.tr("Remove the line"), self)
        self.remove.setObjectName("remove")
        self.remove.setShortcut("Del")
        self.remove.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.sheet.table.grid.addAction(self.remove)

    def _wire(self) -> None:
        self.orders.chosen.connect(self._open_order)
        self.choose.clicked.connect(self._show_orders)
        self.free.clicked.connect(self._receive_freely)
        self.drop.clicked.connect(self.ask_to_discard)
        self.post.clicked.connect(self.post_soon)
        self.remove.triggered.connect(self._remove_current)

    @override
    def reload(self) -> None:
        if not self.is_ready:
            site = preferences().get(SITE, "")
            self.ask(start_draft, self.user, site).succeeded.connect(self._begin)
            return  # the list comes behind what was scanned before the database was open
        if not self._is_posting and self._draft.order:
            job = self.ask_latest("order", refresh_order, self._draft)
            job.succeeded.connect(self._refresh)
        self.orders.reload()

    @override
    def mend(self, error: AppError) -> Mend | None:
        return None if self.is_ready else Mend(self.tr("Try again"), self.reload)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_escape = event.key() == Qt.Key.Key_Escape
        has_question = not (self.confirm.isHidden() and self.banner.isHidden())
        if is_escape and not has_question and not self._draft.is_empty:
            self.open_sheet()  # the receipt is kept: Esc never loses work
        else:
            super().keyPressEvent(event)

    # Which order

    def _begin(self, draft: Draft) -> None:
        """Go on with what was left, or wait for what comes."""
        self._draft, self.is_ready = draft, True
        self.pages.setEnabled(True)
        if draft.is_empty:
            self._show_orders()
        else:
            self.open_sheet()
            self.said.emit(self.tr("The receipt you left is here again."))
        self.show_draft()
        self.lock(False)
        self.release_scan()
        self.orders.reload()

    def _refresh(self, opened: Opened) -> None:
        order = self._draft.order
        if order and order.number == opened.order.number and not self._is_posting:
            self._draft = self._draft.renewed(opened.order, opened.facts)
            self.show_draft()

    def _open_order(self, number: str) -> None:
        self.ask(open_order, number, self._draft.site).succeeded.connect(self.take_order)

    def _show_orders(self) -> None:
        self.pages.setCurrentWidget(self.orders)
        self.orders.setFocus()
        self.show_draft()

    def _receive_freely(self) -> None:
        self.open_sheet()
        self.show_draft()
        self.sheet.head.item.setFocus()

    @override
    def start_over(self) -> None:
        super().start_over()
        self._show_orders()

    @override
    def open_sheet(self) -> None:
        if self.pages.currentWidget() is not self.sheet:
            self.pages.setCurrentWidget(self.sheet)
            self.sheet.setFocus()

    @override
    def lock(self, locked: bool) -> None:
        self.sheet.setEnabled(not locked)
        if not locked and self.isVisible():
            self.pages.currentWidget().setFocus()

    def _remove_current(self) -> None:
        self._remove(self.sheet.current())

    # What is seen

    @override
    def show_draft(self, line: int | None = None) -> None:
        self.sheet.show_draft(self._draft, self._trouble, line)
        draft = self._draft  # what was typed for the line before is in it by now
        totals = totals_of(draft)
        is_sheet = self.pages.currentWidget() is self.sheet
        self.choose.setVisible(is_sheet)
        self.free.setVisible(not is_sheet)
        self.free.say(
            self.tr("Without an order") if draft.is_empty else self.tr("Back to the receipt")
        )
        self.drop.setVisible(not draft.is_empty)
        self.post.setVisible(is_sheet)
        self.post.setEnabled(bool(lines_to_post(draft)))
        self.footer.say(self._in_words(totals) if draft.lines or draft.order else "")
        self.show_when(draft.at)
        self.heading.show_line(self.tr("Receipt"), self._what(), draft.place or draft.site)

    def _what(self) -> str:
        draft = self._draft
        if draft.order:
            return f"{draft.order.number}  {draft.order.supplier_name}"
        if draft.lines or draft.supplier:
            return draft.supplier or self.tr("without an order")
        return ""

    def _in_words(self, totals: Totals) -> str:
        """Say how it stands: “2 of 5 lines · 36.5 of 98 · 1 over”."""
        if self._draft.order is None:
            one, many = self.tr("1 line · {arrived}"), self.tr("{lines} lines · {arrived} in all")
            parts = [one if totals.lines == 1 else many]
        else:
            one = self.tr("{begun} of 1 line · {arrived} of {expected}")
            many = self.tr("{begun} of {lines} lines · {arrived} of {expected}")
            parts = [one if totals.lines == 1 else many]
        for count, text in (
            (len(totals.over), self.tr("{over} over")),
            (totals.short, self.tr("{short} short")),
            (totals.extra, self.tr("{extra} not ordered")),
            (totals.rejected, self.tr("{rejected} rejected")),
        ):
            parts += [text] if count else []
        return " · ".join(parts).format(
            begun=totals.begun,
            lines=totals.lines,
            arrived=quantity(totals.arrived),
            expected=quantity(totals.expected),
            over=len(totals.over),
            short=totals.short,
            extra=totals.extra,
            rejected=quantity(totals.rejected),
        )
