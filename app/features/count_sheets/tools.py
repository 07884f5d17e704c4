"""The actions of the Count sheets screen: those that make sense on the page that is shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.features.count_sheets.rules import SheetState
from app.ui.parts import ActionButton, SmallButton

if TYPE_CHECKING:
    from app.features.count_sheets.desk import CountDesk


class SheetTools(QObject):
    """Buttons in the footer and beside the heading. Hidden ones give up their keys."""

    def __init__(self, desk: "CountDesk") -> None:
        super().__init__(desk)
        self.back = ActionButton(self.tr("Sheets"), "Ctrl+O", "back")
        self.cancel = SmallButton(self.tr("Cancel sheet"), "cancel_sheet")
        self.cancel.setShortcut("Ctrl+Shift+Del")
        self.cancel.setToolTip(self.tr("Give the sheet up (Ctrl+Shift+Del)"))
        self.reverse = ActionButton(self.tr("Reverse"), "Ctrl+Shift+Z", "reverse_sheet")
        self.bring = ActionButton(self.tr("Import counts …"), "Ctrl+I", "import_sheet")
        self.make = ActionButton(self.tr("New sheet"), "Ctrl+N", "new_sheet", main=True)
        self.create = ActionButton(self.tr("Make sheet"), "Ctrl+Return", "make_sheet", main=True)
        self.review = ActionButton(self.tr("Review"), "Ctrl+Return", "review", main=True)
        self.post = ActionButton(self.tr("Post"), "Ctrl+Return", "post", main=True)
        for button in (self.back, self.reverse, self.bring):
            desk.footer.add_button(button)
        for button in (self.make, self.create, self.review, self.post):
            desk.footer.add_button(button)
        self.excel = _small(self.tr("Excel"), "Ctrl+S", "save_as_excel")
        self.excel.setToolTip(self.tr("Save the sheet as an Excel workbook"))
        self.paper = _small(self.tr("Print"), "Ctrl+P", "print_sheet")
        self.paper.setToolTip(self.tr("Print the sheet"))
        self.labels = _small(self.tr("Labels"), "Ctrl+L", "print_labels")
        self.labels.setToolTip(self.tr("Print labels of the selected lines"))
        for tool in (self.cancel, self.excel, self.paper, self.labels):
            desk.heading.add_tool(tool)

    def show_for(self, desk: "CountDesk") -> None:
        """Show what can be done on the page in front."""
        head = desk.head
        on_list, on_form = desk.on(desk.sheets), desk.on(desk.form)
        on_sheet, on_review = desk.on(desk.page), desk.on(desk.review_page)
        is_open = head is not None and head.state is SheetState.OPEN
        is_posted = head is not None and head.state is SheetState.POSTED
        for button, shown in (
            (self.back, not on_list),
            (self.cancel, on_sheet and is_open),
            (self.reverse, on_sheet and is_posted),
            (self.bring, on_list or (on_sheet and is_open)),
            (self.make, on_list),
            (self.create, on_form),
            (self.review, on_sheet and is_open),
            (self.post, on_review and is_open),
            (self.excel, on_sheet),
            (self.paper, on_sheet),
            (self.labels, on_sheet),
        ):
            button.setVisible(shown)
        self.back.say(self.tr("Back") if on_review else self.tr("Sheets"))
        self.post.setEnabled(not any(one.stop for one in desk.review_page.variances))


def _small(text: str, key: str, name: str) -> SmallButton:
    button = SmallButton(f"{text}  {key}", name, text)
    button.setShortcut(key)
    return button
