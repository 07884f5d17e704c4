"""The whole schema, by subject. A `…Row` belongs to a session and never leaves a service."""

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
from app.db.tables.derived import (
    AllocationRow,
    BalanceRow,
    CheckpointRow,
    EntryValueRow,
    LayerRow,
    MovementValueRow,
    PeriodDifferenceRow,
    PoolRow,
)
from app.db.tables.ledger import (
    CountResultRow,
    DocumentRow,
    MovementRow,
    PeriodRow,
    ValueEntryRow,
)
from app.db.tables.orders import OrderLineRow, OrderRow
from app.db.tables.work import DraftRow, LabelRow, SettingRow

__all__ = [
    "AllocationRow",
    "BalanceRow",
    "BarcodeRow",
    "Base",
    "BillLineRow",
    "CheckpointRow",
    "CountImportRow",
    "CountLineRow",
    "CountResultRow",
    "CountSheetRow",
    "DocumentRow",
    "DraftRow",
    "EntryValueRow",
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
    "PeriodDifferenceRow",
    "PeriodRow",
    "PoolRow",
    "SettingRow",
    "SupplierItemRow",
    "ValueEntryRow",
    "table_of",
]
