"""The first half of the day: goods come in, are looked up, and are moved."""

from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import Qt

from app.ledger.stock import find_stock
from app.tour.facts import Delivery, Shelf, find_delivery, find_shelf
from app.tour.stage import Stage

ZONE = "MAIN/TOOL-CRIB"
MOVED = 3
EARLIER = timedelta(hours=1)
NEXT_PIECE = 500
"""Milliseconds until the next piece is in the hand; the same code sooner is one read twice."""

COMMAND = Qt.KeyboardModifier.ControlModifier


class Warehouse:
    """Receives a real order, looks stock up, and moves goods from bin to bin."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.receipt = ""
        self.delivery: Delivery | None = None

    def choose_company(self) -> dict[str, Any]:
        """Look at the first start, and take the sample company by keys."""
        stage = self.stage
        stage.until(lambda: stage.program.page is not None, "the choice of a company")
        page = stage.program.page
        stage.until(page.choices.buttons[0].hasFocus, "the focus on the first choice")
        stage.picture("first_start")
        stage.key(Qt.Key.Key_Down)
        stage.key(Qt.Key.Key_Return)
        stage.until(lambda: not page.forms.isEnabled() or stage.program.page is None, "the opening")
        return {"choices": [button.text() for button in page.choices.buttons]}

    def open_company(self) -> dict[str, Any]:
        """Wait for the sample company to be there."""
        stage = self.stage
        stage.until(lambda: stage.program.database is not None, "the sample company")
        stage.rest()
        stage.picture("open_orders")
        return {"database": stage.program.database.place}

    def receive(self) -> dict[str, Any]:
        """Receive an order by scanner: its number, then all but the last line's goods scanned."""
        stage = self.stage
        with stage.program.database.reading() as session:
            delivery = self.delivery = find_delivery(session)
        stage.open_by_key("F2")
        stage.scan(delivery.order)
        stage.until(lambda: stage.find("post").isVisible(), "the order")
        stage.rest()
        effects = []
        for goods in delivery.goods[:-1]:
            stage.scan(f"QTY:{goods.quantity:.0f}")
            effects.append(stage.scan(goods.barcode).text)
        effects.append(stage.scan(delivery.goods[-1].barcode).text)
        stage.picture("receiving")
        stage.key(Qt.Key.Key_Return, COMMAND)
        stage.until(lambda: bool(stage.screen.posted.document()), "the posting of the receipt")
        stage.rest()
        stage.picture("received")
        self.receipt = stage.screen.posted.document()
        return {"order": delivery.order, "receipt": self.receipt, "scans": effects}

    def look_up(self) -> dict[str, Any]:
        """Find goods by a part of their name, and the history behind the number."""
        stage = self.stage
        stage.open_by_key("F3")
        stage.type_text("frame")
        stage.rest()
        stage.picture("lookup_by_name")
        assert self.delivery is not None
        effect = stage.scan(self.delivery.goods[0].barcode)
        stage.picture("lookup_item")
        return {"scan": effect.text}

    def transfer(self) -> dict[str, Any]:
        """Move some pieces from one bin to another by four scans."""
        stage = self.stage
        with stage.program.database.reading() as session:
            shelf = find_shelf(session, ZONE)
        before = self._held(shelf)
        stage.open_by_key("F4")
        stage.scan(f"LOC:{shelf.path}")
        for _ in range(MOVED):
            stage.scan(shelf.goods[0].barcode)
            stage.wait(NEXT_PIECE)
        stage.scan(f"LOC:{shelf.target}")
        stage.picture("transfer")
        stage.key(Qt.Key.Key_Return, COMMAND)
        stage.until(lambda: self._held(shelf) == before - MOVED, "the posting of the transfer")
        stage.rest()
        stage.picture("transferred")
        return {"from": shelf.path, "to": shelf.target, "item": shelf.goods[0].sku}

    def enter_late(self) -> dict[str, Any]:
        """Enter a transfer that was made before the count, and see what it changes."""
        stage = self.stage
        with stage.program.database.reading() as session:
            shelf = find_shelf(session, ZONE)
        then = datetime.now() - EARLIER
        stage.open_by_key("F4")
        stage.key(Qt.Key.Key_H, COMMAND)
        stage.type_text(f"{then:%Y-%m-%d %H:%M}", then=Qt.Key.Key_Return)
        for code in (f"LOC:{shelf.path}", shelf.goods[0].barcode, f"LOC:{shelf.target}"):
            stage.scan(code)
        stage.wait(NEXT_PIECE)
        stage.key(Qt.Key.Key_Return, COMMAND)
        stage.until(stage.screen.confirm.isVisible, "the question about the late entry")
        asked = stage.screen.confirm.text.text()
        stage.picture("late_entry")
        before = stage.screen.posted.document()
        stage.press("confirm_yes")
        stage.until(lambda: stage.screen.posted.document() != before, "the posting")
        stage.rest()
        return {"asked": asked, "document": stage.screen.posted.document()}

    def _held(self, shelf: Shelf) -> int:
        with self.stage.program.database.reading() as session:
            found = find_stock(session, item=shelf.goods[0].sku, location=shelf.path)
        return int(sum(line.on_hand for line in found))
