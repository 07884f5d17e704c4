from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from app.core.progress import Progress
from app.features.stock_lookup.saving import TooLongForASheet, save_rows

MOMENT = datetime(2026, 5, 31, 12, 30, 15, 999_999, tzinfo=UTC)


def test_figures_dates_and_times_are_cells_of_their_kind(tmp_path):
    path = tmp_path / "x.xlsx"
    rows = [("=1+1", Decimal("1.5"), date(2026, 5, 31), MOMENT, None)]

    assert list(save_rows(path, "Lines", list("ABCDE"), rows, 1)) == [Progress(1, 1)]

    _, cells = load_workbook(path).active.values
    local = MOMENT.astimezone().replace(tzinfo=None, microsecond=0)
    assert cells == ("=1+1", 1.5, datetime(2026, 5, 31), local, None)


def test_the_number_of_rows_is_the_answer(tmp_path):
    steps = save_rows(tmp_path / "x.csv", "Lines", ["A"], [("x",)] * 600, 500)
    told = []

    def drain():
        count = yield from steps
        told.append(count)

    assert list(drain()) == [Progress(250, 500), Progress(500, 500), Progress(600, 600)]
    assert told == [600]


def test_more_rows_than_a_sheet_holds_are_refused_before_any_is_written(tmp_path):
    path = tmp_path / "x.xlsx"
    with pytest.raises(TooLongForASheet, match="1048576 rows"):
        next(save_rows(path, "Lines", ["A"], iter(()), 1_048_576))
    assert not path.exists()
    assert list(save_rows(tmp_path / "x.csv", "Lines", ["A"], iter(()), 1_048_576))
