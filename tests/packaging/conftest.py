import pytest
from nsis import make_dummy


@pytest.fixture
def dummy(tmp_path):
    """A bundle for Windows with the smallest of files."""
    return make_dummy(tmp_path / "stockroom")
