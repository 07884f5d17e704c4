"""The one door: every kind of thing is opened by its reference, tables go into files."""

import pytest

from app.features.stock_lookup.rules import FoundKind, Ref
from app.features.stock_lookup.service import open_subject, save_table


@pytest.mark.parametrize(
    ("kind", "code"),
    [(FoundKind.ITEM, "GEL-7"), (FoundKind.PLACE, "MAIN/A"), (FoundKind.LOT, "L-NEW")],
)
def test_everything_is_opened_by_its_reference(busy, kind, code):
    assert busy.ask(open_subject, Ref(kind, code)).ref == Ref(kind, code)


def test_a_document_is_opened_by_its_number(busy):
    ref = Ref(FoundKind.DOCUMENT, busy.receipt)
    assert busy.ask(open_subject, ref).ref == ref


def test_a_table_is_written_as_it_is_shown(tmp_path):
    path = tmp_path / "x.csv"
    list(save_table(path, "Stock", ["Place", "On hand"], [["A-01", 3], ["=A", 0]]))
    assert path.read_text("utf-8-sig").splitlines() == ["Place,On hand", "A-01,3", "'=A,0"]
