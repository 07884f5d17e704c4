"""The columns of the catalogue's lists. The first one names the record."""

from typing import Any

from PySide6.QtCore import QCoreApplication

from app.core.catalogue import LocationKind
from app.features.catalogue.service import ItemLine, LocationLine, PartnerLine
from app.ui.tables import Column

Columns = tuple[Column[Any], ...]


def item_columns() -> Columns:
    return (
        Column[ItemLine](_tr("SKU"), lambda item: item.sku, key="sku", chars=16),
        Column[ItemLine](_tr("Name"), lambda item: item.name, key="name", stretch=True),
        Column[ItemLine](_tr("Category"), lambda item: item.category, key="category", chars=16),
        Column[ItemLine](_tr("Unit"), lambda item: item.unit, key="unit", chars=8),
    )


def place_columns() -> Columns:
    return (
        Column[LocationLine](_tr("Path"), lambda place: place.path, key="path", chars=24),
        Column[LocationLine](_tr("Kind"), _kind, key="kind", chars=12),
        Column[LocationLine](_tr("Name"), lambda place: place.name, key="name", stretch=True),
        Column[LocationLine](_tr("Barcode"), lambda place: place.barcode, key="barcode", chars=14),
    )


def partner_columns() -> Columns:
    return (
        Column[PartnerLine](_tr("Code"), lambda partner: partner.code, key="code", chars=16),
        Column[PartnerLine](_tr("Name"), lambda partner: partner.name, key="name", stretch=True),
    )


def _kind(place: LocationLine) -> str:
    return {
        LocationKind.SITE: _tr("Site"),
        LocationKind.STORAGE: _tr("Storage"),
        LocationKind.DOCK: _tr("Dock"),
        LocationKind.QUARANTINE: _tr("Quarantine"),
        LocationKind.TRANSIT: _tr("In transit"),
    }.get(place.kind, place.kind.value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CatalogueColumns", text)
