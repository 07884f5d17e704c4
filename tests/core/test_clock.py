from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.clock import MalformedTime, from_microseconds, now, parse_time, to_microseconds

moments = st.datetimes(
    min_value=datetime(1980, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)
)


def test_now_is_in_utc():
    assert now().tzinfo is UTC


@given(moments)
def test_a_moment_survives_being_counted_in_microseconds(moment):
    assert from_microseconds(to_microseconds(moment)) == moment


def test_a_time_with_an_offset_is_the_same_moment_in_utc():
    assert parse_time("2026-05-31T14:02:00+02:00") == datetime(2026, 5, 31, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-13-01",
        "31.05.2026",
        "1969-12-31",
        "1979-12-31T00:00:00+00:00",
        "0001-01-01",
    ],
)
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(MalformedTime) as refusal:
        parse_time(text)

    assert "2026-05-31" in str(refusal.value)
