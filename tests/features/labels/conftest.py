import pytest


@pytest.fixture(autouse=True)
def _fonts(qapp: object) -> None:
    """Type is measured with Qt's fonts, which need an application."""
