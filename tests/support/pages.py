"""Tiny screens, for tests of what stands around screens."""

from app.core.scans import Effect, ItemScan
from app.shell.screens import Place
from app.ui.parts import ActionButton
from app.ui.screen import Screen


class ReceivingView(Screen):
    title, key, icon = "Receiving", "F2", "receiving"

    def __init__(self, jobs):
        super().__init__(jobs)
        self.post = ActionButton("Post", "Ctrl+Return", "post", main=True)
        self.footer.add_button(self.post)
        self.taken_back = []

    def handle_scan(self, meaning):
        match meaning:
            case ItemScan(item=item):
                self.scan_done(Effect(f"{item.sku} +1", undo=self.take_back))
            case _:
                super().handle_scan(meaning)

    def take_back(self):
        self.taken_back.append("undone")


class StockLookupView(Screen):
    title, key, icon = "Stock lookup", "F3", "stock_lookup"
    asked = ()

    def open_document(self, number):
        self.asked = ("document", number)

    def look_up(self, text):
        self.asked = ("text", text)


class LabelsView(Screen):
    title, key, icon = "Labels", "F6", "labels"
    queued = ()

    def queue_labels(self, wanted):
        self.queued = wanted


class Nearby(Place):
    """The place of a screen that is here rather than in a feature."""

    loaded = []  # noqa: RUF012

    def load(self):
        self.loaded.append(self.name)
        return {kind.title: kind for kind in (ReceivingView, StockLookupView, LabelsView)}[
            self.title
        ]


PLACES = tuple(
    Nearby(kind.title, kind.key, kind.icon) for kind in (ReceivingView, StockLookupView, LabelsView)
)
