"""The storm, for a short while; `python -m tests.stress.scan_storm` has the long one."""

import pytest

from tests.stress.scan_storm import Storm, Weather


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("stall", [0, 200], ids=["steady", "stalling"])
def test_no_scan_is_lost_doubled_or_typed(empty_address, tmp_path, stall):
    outcome = Storm(empty_address, tmp_path, Weather(scans=60, stall_ms=stall)).rain()

    assert outcome.is_good, outcome
    assert outcome.booked == 60
