"""The field's words for what is looked up."""

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import LocationKind
from app.core.documents import DocumentType
from app.features.stock_lookup.rules import FoundKind
from app.features.stock_lookup.subject import FactKind


def kind_word(kind: FoundKind) -> str:
    return {
        FoundKind.ITEM: tr("Item"),
        FoundKind.PLACE: tr("Place"),
        FoundKind.LOT: tr("Lot"),
        FoundKind.DOCUMENT: tr("Document"),
        FoundKind.COUNT_SHEET: tr("Count sheet"),
    }[kind]


def type_word(kind: DocumentType) -> str:
    return {
        DocumentType.OPENING: tr("Opening stock"),
        DocumentType.RECEIPT: tr("Receipt"),
        DocumentType.TRANSFER: tr("Transfer"),
        DocumentType.ISSUE: tr("Issue"),
        DocumentType.COUNT: tr("Count"),
        DocumentType.ADJUSTMENT: tr("Adjustment"),
        DocumentType.ALLOCATE: tr("Allocation"),
        DocumentType.RELEASE: tr("Release"),
        DocumentType.PURCHASE_ORDER: tr("Purchase order"),
        DocumentType.SALES_ORDER: tr("Sales order"),
        DocumentType.REVERSAL: tr("Reversal"),
        DocumentType.LANDED_COST: tr("Landed cost"),
        DocumentType.SUPPLIER_RETURN: tr("Return to supplier"),
        DocumentType.CUSTOMER_RETURN: tr("Return from customer"),
        DocumentType.TRANSFER_SHIP: tr("Transfer shipped"),
        DocumentType.TRANSFER_RECEIVE: tr("Transfer received"),
        DocumentType.BUILD: tr("Build"),
        DocumentType.UNBUILD: tr("Unbuild"),
        DocumentType.REVALUATION: tr("Revaluation"),
        DocumentType.COSTING_CHANGE: tr("Change of costing"),
        DocumentType.CLOSE_PERIOD: tr("Period closed"),
        DocumentType.REOPEN_PERIOD: tr("Period reopened"),
    }[kind]


def place_word(kind: LocationKind) -> str:
    return {
        LocationKind.SITE: tr("Site"),
        LocationKind.STORAGE: tr("Storage"),
        LocationKind.DOCK: tr("Dock"),
        LocationKind.QUARANTINE: tr("Quarantine"),
        LocationKind.TRANSIT: tr("In transit"),
        LocationKind.SUPPLIER: tr("Suppliers"),
        LocationKind.CUSTOMER: tr("Customers"),
        LocationKind.PRODUCTION: tr("Production"),
        LocationKind.LOSS: tr("Loss"),
        LocationKind.OPENING: tr("Opening stock"),
    }[kind]


def fact_word(kind: FactKind) -> str:
    return {
        FactKind.ON_HAND: tr("On hand"),
        FactKind.ALLOCATED: tr("Allocated"),
        FactKind.AVAILABLE: tr("Available"),
        FactKind.ON_ORDER: tr("On order"),
        FactKind.IN_TRANSIT: tr("In transit"),
        FactKind.VALUE: tr("Value"),
        FactKind.UNIT_COST: tr("Unit cost"),
        FactKind.ITEMS: tr("Items"),
        FactKind.LINES: tr("Lines"),
        FactKind.EXPIRY: tr("Expiry"),
        FactKind.AT: tr("Happened"),
        FactKind.ENTERED_AT: tr("Entered"),
        FactKind.ENTERED_LATE: tr("Entered late"),
        FactKind.USER: tr("By"),
        FactKind.PARTNER: tr("With"),
        FactKind.REFERENCE: tr("Reference"),
        FactKind.NOTE: tr("Note"),
        FactKind.ORDER: tr("Order"),
        FactKind.REVERSES: tr("Undoes"),
        FactKind.REVERSED_BY: tr("Undone by"),
        FactKind.NAMES: tr("Belongs to"),
        FactKind.NAMED_BY: tr("Named by"),
        FactKind.CORRECTED_FOR: tr("Corrected because of"),
        FactKind.AMOUNT: tr("Amount"),
        FactKind.CLOSED_UNTIL: tr("Closed up to"),
        FactKind.OPEN_FROM: tr("Open from"),
    }[kind]


def tr(text: str) -> str:
    """Return a text of this screen in the user's language."""
    return QCoreApplication.translate("stock_lookup", text)
