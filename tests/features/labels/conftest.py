from collections.abc import Callable

import pytest

from app.core.gtin import as_gtin14
from app.db.tables import BarcodeRow


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    """Type is measured with Qt's fonts, which need an application."""


@pytest.fixture
def know_gtins(database) -> Callable[[], None]:
    """Enter the GTIN beside each barcode that is one, as the catalogue does."""

    def know_gtins() -> None:
        with database.writing() as session:
            for row in session.query(BarcodeRow):
                row.gtin = as_gtin14(row.code)

    return know_gtins
