"""Shows the parts of the kit on a page of their own, for eyes: `python -m tests.support.gallery
DIR` leaves pictures of it, light and dark."""

import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.core.catalogue import Item, Location, LocationKind
from app.core.problems import Problem
from app.core.progress import Progress
from app.core.scans import Effect, ItemScan, LocationScan, Tone, UnknownScan
from app.shell.main_window import MainWindow
from app.shell.screens import SCREENS, Place
from app.ui.fields import DateField, QuantityField, SearchField
from app.ui.formats import day, quantity
from app.ui.icons import TONE_ICONS
from app.ui.jobs import Job, Jobs
from app.ui.parts import ActionButton, BigNumber, Mend, PlainLabel, hint, labelled
from app.ui.screen import Screen
from app.ui.side_panel import SidePanel
from app.ui.table_view import TableView
from app.ui.tables import NUMBER, Column, RowsTable
from app.ui.theme import look, part


@dataclass(frozen=True)
class Line:
    sku: str
    name: str
    ordered: Decimal
    now: Decimal
    unit: str
    expiry: date | None
    place: str
    tone: Tone | None = None


LINES = [
    Line("GEL-7", "Blue gel, tube", Decimal(48), Decimal(24), "each", date(2027, 1, 31), "A-01-02"),
    Line("KG-77", "Flour, bulk", Decimal(50), Decimal("12.5"), "kg", None, "B-02-1"),
    Line("PLT-1", "Pallet, wood", Decimal(0), Decimal(3), "each", None, "C-09", Tone.ASK),
    Line("WIRE-4", "Wire 4 mm", Decimal("1200.25"), Decimal("1200.125"), "m", None, "B-02-2"),
    Line(
        "TEA-GRN", "Green tea 250 g", Decimal(96), Decimal(96), "each", None, "A-01-03", Tone.GOOD
    ),
    Line(
        "SER-100", "Sensor with serial number", Decimal(4), Decimal(0), "each", None, "—", Tone.BAD
    ),
]
WORDS = {Tone.GOOD: "complete", Tone.ASK: "not ordered", Tone.BAD: "expired lot"}


def columns():
    return (
        Column("Item", lambda line: line.sku, key="item"),
        Column("Name", lambda line: line.name, key="name", stretch=True),
        Column("Ordered", lambda line: quantity(line.ordered), NUMBER, unit=lambda line: line.unit),
        Column("Now", lambda line: quantity(line.now), NUMBER, unit=lambda line: line.unit,
               editable=lambda line: True, sort=lambda line: line.now),
        Column("Expiry", lambda line: day(line.expiry), sort=lambda line: line.expiry),
        Column("Put away", lambda line: line.place),
        Column("State", lambda line: WORDS.get(line.tone, ""), tone=lambda line: line.tone,
               icon=lambda line: TONE_ICONS.get(line.tone, "")),
    )  # fmt: skip


class GalleryView(Screen):
    title, key, icon = "Receiving", "F2", "receiving"

    def __init__(self, jobs):
        super().__init__(jobs)
        self.heading.show_line("Receipt", "PO-1042 Litware, Inc.", "Dock D-01 · Today 14:02")
        self.lines = RowsTable(columns(), self, row_tone=lambda line: line.tone)
        self.table = TableView(self.lines, "gallery", "Lines")
        self.table.show_when_empty(
            "Nothing received yet",
            "Scan the delivery note of a purchase order, or the first item.",
            Mend("Choose a purchase order", self.hide),
        )
        self.panel = SidePanel(self.table, self._detail(), "gallery_panel", "Line")
        self.body.addWidget(self.panel)
        self.print = ActionButton("Print 24 labels", "Ctrl+P", "print", icon="print")
        self.post = ActionButton("Post", "Ctrl+Return", "post", main=True)
        self.footer.add_button(self.print)
        self.footer.add_button(self.post)
        self.footer.say("2 of 5 lines · 36.5 of 98 · 1 over")

    def _detail(self):
        detail = QWidget()
        layout = QVBoxLayout(detail)
        layout.setContentsMargins(8, 0, 0, 0)
        layout.addWidget(PlainLabel("KG-77  Flour, bulk", "part"))
        big = BigNumber("now", "Quantity now")
        big.setText("12.5")
        layout.addWidget(big)
        self.bad = QuantityField("quantity", "Quantity", 0)
        layout.addWidget(labelled("&Quantity", self.bad))
        self.date = DateField("expiry", "Expiry")
        layout.addWidget(labelled("&Expiry", self.date))
        layout.addWidget(SearchField("search", "Search", "SKU, name, barcode"))
        box = QComboBox()
        box.addItems(["each", "case of 12", "pallet"])
        layout.addWidget(labelled("&Unit", box))
        check = QCheckBox("Accept more than was ordered")
        check.setChecked(True)
        layout.addWidget(check)
        layout.addWidget(hint("Lot and expiry come from the code when it has them."))
        card = QFrame()
        part(card, "card")
        row = QHBoxLayout(card)
        row.addWidget(PlainLabel("On hand 1,240"))
        layout.addWidget(card)
        layout.addStretch(1)
        return detail

    def show_sample(self):
        self.lines.show_rows(LINES)
        self.table.select(1)
        self.table.grid.setFocus()
        self.bad.setText("1,5")
        self.bad.check()


class GalleryPlace(Place):
    def load(self):
        return GalleryView


def states(window, screen):  # noqa: PLR0915
    """Bring the window into one state after the other, naming each."""
    yield "empty"
    screen.show_sample()
    tea = Item(1, "GEL-7", "Blue gel")
    bin_a = LocationScan("LOC:A-01-02", Location(1, "MAIN/A/A-01-02", LocationKind.STORAGE))
    for meaning, effect in (
        (UnknownScan("123", "No such code."), Effect("No item has the code 123.", Tone.BAD)),
        (bin_a, Effect("bin A-01-02")),
        (ItemScan("4006381333931", tea, Decimal(12)), Effect("GEL-7 +12", undo=screen.reload)),
    ):
        number = window.tape.begin(meaning.code)
        window.tape.understood(number, meaning)
        window.tape.done(number, effect)
    window.status.audit.show_state(Tone.GOOD, "audit ok")
    window.status.show_database("stock.db", "Kim (clerk)")
    window.status.show_took("write", 3)
    screen.table.flash_row(1)
    yield "lines"
    screen.banner.show_good(
        "RC-000123 posted: 24 GEL-7, 12.5 kg KG-77.", Mend("Print 24 labels", screen.hide)
    )
    yield "good"
    screen.banner.show_bad(
        "A-01-02 holds 4 each of GEL-7, not the 12 wanted. Take less, or count the place if the"
        " goods are there.",
        Mend("Count the place", screen.hide),
    )
    screen.confirm.ask(
        "Reversing RC-000123 takes 36.5 pieces on 2 lines out of stock.", "Reverse", screen.hide
    )
    yield "bad"
    screen.confirm.decline()
    screen.banner.show_bad("3 problems in count.xlsx: nothing was imported.")
    screen.show_problems(
        [
            Problem(4, "Counted", "1,5", "Whole pieces only."),
            Problem(9, "Item", "=cmd", "No item has the SKU or barcode =cmd."),
            Problem(12, "Lot", "L-9", "This lot expired on 31/01/2026.", True),
        ]
    )
    yield "problems"
    screen.problems.hide()
    screen.banner.clear()
    window.show_keys()
    yield "keys"
    window.show_keys()
    job = Job(window)
    window.status.progress.follow(job)
    window.status.progress._progress[job] = Progress(3_600, 10_000)
    job.what = "Reading count.xlsx"
    window.status.progress._show()
    screen.table.open_filter("flour")
    window.rail.toggle()
    yield "folded"


def main(folder: Path) -> None:
    application = QApplication(sys.argv)
    folder.mkdir(parents=True, exist_ok=True)
    for theme in ("light", "dark"):
        look().dress(application, theme)
        jobs = Jobs()
        places = (GalleryPlace("Receiving", "F2", "receiving"), *SCREENS[1:])
        window = MainWindow(jobs, places, theme=theme)
        window.resize(1024, 700)
        window.show()
        application.processEvents()
        window.show_screen(0)
        for number, state in enumerate(states(window, window.current_screen())):
            for _ in range(5):
                application.processEvents()
            window.grab().save(str(folder / f"{number}-{state}-{theme}.png"))
        if not window.rail.is_folded:
            continue
        window.rail.toggle()
        window.view_menu.popup(window.mapToGlobal(window.rect().center()))
        application.processEvents()
        window.view_menu.grab().save(str(folder / f"9-menu-{theme}.png"))
        window.view_menu.hide()
        window.close()
        window.deleteLater()
    QTimer.singleShot(0, application.quit)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
