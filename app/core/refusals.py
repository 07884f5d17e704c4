"""Why the ledger says no. Class names in snake_case are the error names other programs see."""

from app.core.errors import Refused, marked


class UnknownItem(Refused):
    template = marked("No item has the SKU or barcode {item}. Check the code or add the item.")


class UnknownLocation(Refused):
    template = marked("There is no location {location}. Check the path or add the location.")


class LocationNotStocked(UnknownLocation):
    template = marked("{location} is not a place of ours where stock can lie.")

    @property
    def code(self) -> str:
        return "unknown_location"


class UnknownLot(Refused):
    template = marked("{item} has no lot {lot}. Check the lot or receive it first.")


class LotMissing(UnknownLot):
    template = marked("{item} is tracked by {tracking}: say which {tracking} it is.")

    @property
    def code(self) -> str:
        return "unknown_lot"


class LotNotTracked(UnknownLot):
    template = marked("{item} is not tracked by lot, so it cannot have the lot {lot}.")

    @property
    def code(self) -> str:
        return "unknown_lot"


class ExpiryDiffers(Refused):
    template = marked(
        "Lot {lot} of {item} expires on {known}, not on {stated}. Check the label; a different"
        " date needs a lot of its own."
    )


class UnknownUnit(Refused):
    template = marked("{item} is not counted in {unit}. Its units: {known}.")


class UnknownPartner(Refused):
    template = marked("There is no {kind} {partner}. Check the code or add the {kind}.")


class UnknownOrder(Refused):
    template = marked("There is no order {order}.")


class OrderTakenBack(UnknownOrder):
    template = marked("Order {order} was taken back by {reversal}.")

    @property
    def code(self) -> str:
        return "unknown_order"


class UnknownOrderLine(UnknownOrder):
    template = marked("Order {order} has no line {order_line} for {item}.")

    @property
    def code(self) -> str:
        return "unknown_order"


class UnknownDocument(Refused):
    template = marked("There is no document {document}.")


class NothingToPost(Refused):
    template = marked("There is nothing to post: the document has no lines.")


class NoBill(NothingToPost):
    template = marked(
        "{product} has no bill of materials: say what it is made of, or give it one first."
    )

    @property
    def code(self) -> str:
        return "nothing_to_post"


class Malformed(Refused):
    """A document that does not say what its type needs."""

    template = marked("{message}")


class SamePlace(Refused):
    template = marked("{location} is both where {item} comes from and where it goes.")


class NotEnoughStock(Refused):
    template = marked(
        "{location} holds {on_hand} {unit} of {item}, not the {quantity} wanted. Take less, or"
        " count the place if the goods are there."
    )


class ImpossiblePast(Refused):
    template = marked(
        "With this, {location} would have held {on_hand} {unit} of {item} at {moment}: document"
        " {document} stands in the way."
    )


class PromisedStock(Refused):
    """Stock that is allocated to another order cannot be taken."""

    template = marked(
        "{location} holds {on_hand} {unit} of {item}, of which {allocated} are promised to"
        " {order}. Release the order's allocation first."
    )


class ExpiredLot(Refused):
    template = marked("Lot {lot} of {item} expired on {expiry}. It must not go out.")


class SerialConflict(Refused):
    template = marked("Serial {lot} of {item}: {reason}")


class OverReceipt(Refused):
    template = marked(
        "Order {order} line {order_line} still expects {expected} {unit} of {item}, not {quantity}."
    )


class OverShip(Refused):
    template = marked(
        "Order {order} line {order_line} still needs {expected} {unit} of {item}, not {quantity}."
    )


class CountConflict(Refused):
    template = marked("{item} at {location} is counted twice in this document.")


class FutureTime(Refused):
    template = marked("{moment} lies more than a day ahead. Check date and time.")


class AlreadyReversed(Refused):
    template = marked("{document} was reversed by {reversal} before.")


class NotReversible(Refused):
    template = marked("{document} cannot be reversed: {reason}")


class KeyInUse(Refused):
    """A key that belongs to a document of another type: two documents got one key."""

    template = marked("The key {key} was used for {document}, a document of another type.")


class UnknownShipment(UnknownDocument):
    template = marked(
        "There is no document {document} that this can belong to, or it was reversed."
    )

    @property
    def code(self) -> str:
        return "unknown_document"


class DocumentInUse(Refused):
    template = marked(
        "{document} cannot be reversed while {other} belongs to it. Reverse that first."
    )


class PeriodClosed(Refused):
    template = marked(
        "{moment} lies in a closed period: everything up to {until} is closed. Use a later date,"
        " or reopen the period."
    )


class ClosedDocument(PeriodClosed):
    template = marked(
        "{document} lies in a closed period: everything up to {until} is closed. Today you can"
        " {instead}, or reopen the period."
    )

    @property
    def code(self) -> str:
        return "period_closed"


class PeriodNotOver(Refused):
    template = marked("{until} is not over yet: only days before today can be closed.")


class PeriodNotClosed(Refused):
    template = marked("{until} is not closed. The last closed day is {closed}.")


class OverReturn(Refused):
    template = marked("Of {item}, {left} {unit} of {document} are left to return, not {quantity}.")


class OverShipped(OverReceipt):
    template = marked(
        "Of {item}, {left} {unit} of {document} are still on the way, not {quantity}."
    )

    @property
    def code(self) -> str:
        return "over_receipt"


class NothingOnTheWay(OverReceipt):
    template = marked("Nothing of {document} is on the way any more.")

    @property
    def code(self) -> str:
        return "over_receipt"


class NothingToSpread(Refused):
    template = marked(
        "{document} has nothing to spread {amount} on by {by}. Choose another way to spread it."
    )


class TooEarly(Malformed):
    """Goods cannot come back, or arrive, before they went."""

    template = marked("{document} happened at {moment}: nothing of it can come back before that.")

    @property
    def code(self) -> str:
        return "malformed"
