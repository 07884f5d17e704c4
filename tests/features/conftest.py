from typing import Any

import pytest

from app.ui.jobs import Jobs
from tests.support.workplace import Workplace


@pytest.fixture
def make_workplace(qtbot: Any, jobs: Jobs) -> Any:
    """Opens the whole window; call it once the stockroom is as it should be."""
    return lambda: Workplace(qtbot, jobs)
