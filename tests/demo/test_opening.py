import tempfile
from pathlib import Path

import pytest

from app.db.database import Database
from app.demo.opening import NotEmpty, opening_demo


def finish(steps):
    """Drive a generator to its end and return what it returns."""
    try:
        while True:
            next(steps)
    except StopIteration as end:
        return end.value


def test_without_a_place_it_lies_where_it_does_not_stay():
    database = finish(opening_demo())

    assert database.file.name == "sample.db"
    assert Path(tempfile.gettempdir()) in database.file.parents
    database.close()


def test_it_may_be_kept_somewhere_but_is_never_mixed_with_stock_that_is_there(tmp_path):
    place = tmp_path / "mine.db"
    finish(opening_demo(place)).close()
    size = place.stat().st_size

    with pytest.raises(NotEmpty, match=r"mine\.db already holds items"):
        finish(opening_demo(place))

    assert place.stat().st_size == size
    Database(place).close()
