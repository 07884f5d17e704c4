import os
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.workbook.defined_name import DefinedName

from app.adapters.spreadsheet.preflight import NotReadable
from app.adapters.spreadsheet.reading import read_tables, reading_tables
from app.core.cells import Book, CellKind
from app.core.progress import Progress
from tests.support.workbooks import MAIN, raw_workbook

CORPUS = Path(__file__).parents[2] / "corpus"


def texts(book: Book, tab: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in book.tabs[tab].rows]


def test_rows_keep_the_numbers_that_the_spreadsheet_gives_them():
    rows = read_tables(CORPUS / "18_header_lower_down.xlsx").tabs[0].rows

    assert [row.number for row in rows[:4]] == [1, 3, 5, 6]
    assert rows[2].cell(0).is_blank
    assert rows[2].cell(1).text == "SKU"


def test_all_sheets_are_read_and_hidden_rows_like_the_others():
    zones = read_tables(CORPUS / "20_sheet_per_zone.xlsx").tabs
    filtered = read_tables(CORPUS / "19_filtered_hidden_rows.xlsx").tabs

    assert [(tab.name, len(tab.rows)) for tab in zones] == [
        ("Instructions", 1),
        ("Zone A", 12),
        ("Zone B", 7),
    ]
    assert len(filtered[0].rows) == 18


@pytest.mark.parametrize("name", ["48_strict_ooxml.xlsx", "54_protected_sheet.xlsx"])
def test_a_strict_or_protected_workbook_reads_like_any_other(name):
    assert texts(read_tables(CORPUS / name)) == texts(read_tables(CORPUS / "01_clean.xlsx"))


def test_a_workbook_of_a_million_coloured_rows_is_read_to_its_end(tmp_path):
    path = tmp_path / "million.xlsx"
    row = '<row r="{0}"><c r="E{0}" s="1"/></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>7</v></c></row>'
    raw_workbook(path, "")
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if "sheet1" not in name}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(sheet.encode())
            for number in range(2, 1_048_576):
                part.write(row.format(number).encode())
            part.write(b'<row r="1048576"><c r="A1048576"><v>8</v></c></row>')
            part.write(b"</sheetData></worksheet>")

    rows = read_tables(path).tabs[0].rows

    assert [(row.number, row.cells[0].text) for row in rows] == [(1, "7"), (1_048_576, "8")]


def test_a_stray_blank_in_the_last_cell_is_nothing():
    assert len(read_tables(CORPUS / "29_stray_far_cell.xlsx").tabs[0].rows) == 18


def test_entities_are_refused_at_once():
    with pytest.raises(NotReadable, match="document type declaration"):
        read_tables(CORPUS / "33_entity_expansion.xlsx")


def test_a_doctype_far_into_a_part_is_refused_too(tmp_path):
    padding = f"<!--{'x' * 10_000}-->"
    styles = f"{padding}<!DOCTYPE a [<!ENTITY b 'c'>]><styleSheet xmlns='{MAIN}'/>"

    with pytest.raises(NotReadable, match="document type declaration"):
        read_tables(raw_workbook(tmp_path / "x.xlsx", "", parts={"xl/styles.xml": styles}))


def test_damaged_xml_is_refused(tmp_path):
    with pytest.raises(NotReadable, match="damaged"):
        read_tables(raw_workbook(tmp_path / "x.xlsx", "<row><c></row>"))


def test_a_workbook_without_sheets_is_not_read_as_an_empty_one(tmp_path):
    book = f'<workbook xmlns="{MAIN}"><sheets/></workbook>'

    with pytest.raises(NotReadable, match="no sheet"):
        read_tables(raw_workbook(tmp_path / "x.xlsx", "", parts={"xl/workbook.xml": book}))


def test_properties_names_hidden_sheets_and_the_time_of_saving_are_read(tmp_path):
    book = Workbook()
    book.active["A1"] = "x"
    book.create_sheet("_meta").sheet_state = "veryHidden"
    book.custom_doc_props.append(StringProperty(name="Sheet id", value="C-7"))
    book.defined_names["sheet_id"] = DefinedName("sheet_id", attr_text='"C-7"')
    before = datetime.now(UTC).replace(microsecond=0)
    book.save(tmp_path / "x.xlsx")

    found = read_tables(tmp_path / "x.xlsx")

    assert found.properties == {"Sheet id": "C-7"}
    assert found.names == {"sheet_id": '"C-7"'}
    assert [tab.is_hidden for tab in found.tabs] == [False, True]
    assert found.saved_at is not None
    assert before <= found.saved_at <= datetime.now(UTC)


def test_a_copy_of_a_workbook_was_saved_by_the_end_of_the_second_it_says(tmp_path):
    book = Workbook()
    book.active["A1"] = "x"
    book.save(path := tmp_path / "x.xlsx")
    said = book.properties.modified.replace(microsecond=0, tzinfo=UTC)
    os.utime(path, (said.timestamp() + 3_600, said.timestamp() + 3_600))

    assert read_tables(path).saved_at == said + timedelta(microseconds=999_999)


def test_a_workbook_that_does_not_say_when_it_was_saved_is_as_old_as_its_file(tmp_path):
    path = raw_workbook(tmp_path / "x.xlsx", "")
    os.utime(path, (1_700_000_000, 1_700_000_000))

    assert read_tables(path).saved_at == datetime.fromtimestamp(1_700_000_000, UTC)


def test_dates_of_the_1904_calendar_are_read_as_the_day_they_show(tmp_path):
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.active["A1"] = datetime(2026, 4, 3)
    book.save(tmp_path / "x.xlsx")

    cell = read_tables(tmp_path / "x.xlsx").tabs[0].rows[0].cells[0]

    assert (cell.kind, cell.text) == (CellKind.DATE, "2026-04-03")


def test_reading_tells_how_far_it_is_and_leaves_the_file_as_it_was(tmp_path):
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for number in range(20_000):
        sheet.append([number, "text"])
    book.save(path := tmp_path / "x.xlsx")
    before = path.read_bytes(), path.stat().st_mtime_ns

    steps = list(reading_tables(path))

    assert len(steps) > 2
    assert steps[-1] == Progress(steps[-1].total, steps[-1].total)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_numbers_are_exact_decimals():
    rows = read_tables(CORPUS / "55_shown_differently.xlsx").tabs[0].rows
    counted = [row.cell(4) for row in rows]

    assert counted[12].value == Decimal("0.3")
    assert counted[13].value == Decimal(6)
    assert counted[1].is_percent
    assert not counted[3].is_percent
