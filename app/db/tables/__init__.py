"""The schema, by subject. A `…Row` belongs to a session and never leaves a service.

What stock is worth is in `values`, which the first scan after a start does without.
"""

from importlib import import_module

from sqlalchemy import MetaData

from app.db.tables.base import Base, table_of
from app.db.tables.catalogue import (
    BarcodeRow,
    BillLineRow,
    ItemRow,
    ItemUnitRow,
    LocationRow,
    LotRow,
    PartnerRow,
    SupplierItemRow,
)
from app.db.tables.counts import CountImportRow, CountLineRow, CountSheetRow
from app.db.tables.ledger import (
    CountResultRow,
    DocumentRow,
    MovementRow,
    PeriodRow,
    ValueEntryRow,
)
from app.db.tables.orders import OrderLineRow, OrderRow
from app.db.tables.stock import AllocationRow, BalanceRow
from app.db.tables.work import DraftRow, LabelRow, SettingRow

__all__ = [
    "AllocationRow",
    "BalanceRow",
    "BarcodeRow",
    "Base",
    "BillLineRow",
    "CountImportRow",
    "CountLineRow",
    "CountResultRow",
    "CountSheetRow",
    "DocumentRow",
    "DraftRow",
    "ItemRow",
    "ItemUnitRow",
    "LabelRow",
    "LocationRow",
    "LotRow",
    "MovementRow",
    "OrderLineRow",
    "OrderRow",
    "PartnerRow",
    "PeriodRow",
    "SettingRow",
    "SupplierItemRow",
    "ValueEntryRow",
    "table_of",
    "whole_schema",
]


def whole_schema() -> MetaData:
    """Return all tables; `Base.metadata` has those that something loaded."""
    import_module("app.db.tables.values")
    return Base.metadata
