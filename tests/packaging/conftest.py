import sys

import pytest
from nsis import make_dummy

collect_ignore = ["wine"] if sys.platform == "win32" else []  # the rig drives Linux's tools


@pytest.fixture
def dummy(tmp_path):
    """A bundle for Windows with the smallest of files."""
    return make_dummy(tmp_path / "stockroom")
