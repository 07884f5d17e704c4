"""The whole schema, by subject. A `…Row` belongs to a session and never leaves a service."""

from app.db.tables.base import Base, table_of
from app.db.tables.catalogue import (
    BarcodeRow,
    ItemRow,
    ItemUnitRow,
    LocationRow,
    LotRow,
    PartnerRow,
    SupplierItemRow,
)
from app.db.tables.counts import CountImportRow, CountLineRow, CountSheetRow
from app.db.tables.derived import AllocationRow, BalanceRow, LayerRow, MovementValueRow, PoolRow
from app.db.tables.ledger import CountResultRow, DocumentRow, MovementRow
from app.db.tables.orders import OrderLineRow, OrderRow
from app.db.tables.work import DraftRow, LabelRow, SettingRow

__all__ = [
    "AllocationRow",
    "BalanceRow",
    "BarcodeRow",
    "Base",
    "CountImportRow",
    "CountLineRow",
    "CountResultRow",
    "CountSheetRow",
    "DocumentRow",
    "DraftRow",
    "ItemRow",
    "ItemUnitRow",
    "LabelRow",
    "LayerRow",
    "LocationRow",
    "LotRow",
    "MovementRow",
    "MovementValueRow",
    "OrderLineRow",
    "OrderRow",
    "PartnerRow",
    "PoolRow",
    "SettingRow",
    "SupplierItemRow",
    "table_of",
]
