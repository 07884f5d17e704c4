from decimal import Decimal

import pytest

from app.adapters.spreadsheet.preflight import NotReadable
from app.adapters.spreadsheet.reading import read_tables
from app.adapters.spreadsheet.sheet_part import Sifting
from app.core.cells import Cell, CellKind
from tests.support.workbooks import MAIN, raw_workbook


@pytest.fixture
def cells(tmp_path):
    """Read one row of cells given as XML."""

    def cells(row: str, **options) -> tuple[Cell, ...]:
        path = raw_workbook(tmp_path / "x.xlsx", f'<row r="1">{row}</row>', **options)
        rows = read_tables(path).tabs[0].rows
        return rows[0].cells if rows else ()

    return cells


@pytest.mark.parametrize(
    ("xml", "kind", "text"),
    [
        ('<c r="A1"><v>12.5</v></c>', CellKind.NUMBER, "12.5"),
        ('<c r="A1"><v>1E3</v></c>', CellKind.NUMBER, "1000"),
        ('<c r="A1" t="b"><v>1</v></c>', CellKind.BOOLEAN, "TRUE"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', CellKind.ERROR, "#REF!"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', CellKind.ERROR, "#DIV/0!"),
        ('<c r="A1" t="str"><f>"a"</f><v>a</v></c>', CellKind.TEXT, "a"),
        ('<c r="A1" t="d"><v>2026-04-03T00:00:00</v></c>', CellKind.DATE, "2026-04-03"),
        ('<c r="A1"><f>4+6</f></c>', CellKind.FORMULA, "=4+6"),
        ('<c r="A1"><f>4+6</f><v></v></c>', CellKind.FORMULA, "=4+6"),
        ('<c r="A1" t="s"><v>99</v></c>', CellKind.ERROR, "99"),
        ('<c r="A1"><v>NaN</v></c>', CellKind.ERROR, "NaN"),
        ('<c r="A1"><v>many</v></c>', CellKind.ERROR, "many"),
        ('<c r="A1" t="inlineStr"><is><t> =1+1 </t></is></c>', CellKind.TEXT, "=1+1"),
    ],
)
def test_every_kind_of_cell_is_told_apart(cells, xml, kind, text):
    (cell,) = cells(xml)

    assert (cell.kind, cell.text) == (kind, text)


def test_a_formula_with_a_result_is_the_result_and_says_so(cells):
    (cell,) = cells('<c r="A1"><f>4+6</f><v>10</v></c>')

    assert cell.value == Decimal(10)
    assert cell.is_formula


def test_a_formula_whose_result_is_empty_is_blank_and_says_so(cells):
    (cell,) = cells('<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>')

    assert cell.is_blank
    assert cell.is_formula


def test_rich_text_is_joined_and_reading_aids_left_out(cells):
    runs = "<r><t>A-10</t></r><r><t>01</t></r><rPh sb='0' eb='1'><t>aid</t></rPh>"
    strings = f'<sst xmlns="{MAIN}"><si>{runs}</si></sst>'

    found = cells(
        f'<c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is>{runs}</is></c>',
        parts={"xl/sharedStrings.xml": strings},
    )

    assert [cell.text for cell in found] == ["A-1001", "A-1001"]


def test_cells_without_references_stand_side_by_side(cells):
    found = cells('<c><v>1</v></c><c/><c><v>2</v></c><c r="F1"><v>3</v></c>')

    assert [cell.text for cell in found] == ["1", "", "2", "", "", "3"]


def test_escaped_control_characters_around_a_text_do_not_matter(cells):
    (cell,) = cells('<c r="A1" t="inlineStr"><is><t>A_x000D_&#10;</t></is></c>')

    assert cell.text == "A"


def test_blank_texts_and_formatted_cells_are_nothing(cells):
    assert cells('<c r="A1" s="3"/><c r="B1" t="inlineStr"><is><t> &#160; </t></is></c>') == ()


def test_a_range_merged_downwards_repeats_its_first_cell(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>7</v></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="B2"><v>2</v></c></row><row r="3"><c r="C3"><v>3</v></c></row>'
    )
    merged = '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B3:C3"/></mergeCells>'

    found = read_tables(raw_workbook(tmp_path / "x.xlsx", rows, after=merged)).tabs[0].rows

    assert [row.cell(0).text for row in found] == ["7", "7", ""]
    assert [row.cell(0).is_merged for row in found] == [True, True, False]


def test_a_merge_over_the_whole_sheet_costs_only_the_rows_there_are(tmp_path):
    rows = '<row r="1"><c r="A1"><v>7</v></c></row><row r="5"><c r="B5"><v>1</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'

    found = read_tables(raw_workbook(tmp_path / "x.xlsx", rows, after=merged)).tabs[0].rows

    assert [(row.number, row.cell(0).text) for row in found] == [(1, "7"), (5, "7")]


def test_a_sheet_filled_beyond_what_a_table_holds_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("app.adapters.spreadsheet.sheet_part.MOST_CELLS", 2)

    with pytest.raises(NotReadable, match="filled cells"):
        read_tables(
            raw_workbook(
                tmp_path / "x.xlsx", "<row><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c></row>"
            )
        )


@pytest.mark.parametrize("length", [1, 7, 64, 1_000])
def test_sifting_takes_out_empty_rows_and_cells_and_nothing_else(length):
    full = '<row r="1" spans="1:2"><c r="A1" s="1"><v>7</v></c><c r="B1" t="s"><v>0</v></c></row>'
    empty = '<row r="2"><c r="E2" s="1"/><c r="F2"/></row><row r="3" ht="18"/>'
    odd = '<row><c/><c><v>8</v></c></row><row r="9"><c r="A9"><f>1+1</f></c></row>'
    xml = f"<worksheet><sheetData>{full}{empty}{odd}{empty}</sheetData></worksheet>".encode()
    sift = Sifting()

    pieces = [sift(xml[start : start + length]) for start in range(0, len(xml), length)]
    left = b"".join([*pieces, sift(b"")])

    assert left.decode() == f"<worksheet><sheetData>{full}{odd}</sheetData></worksheet>"
