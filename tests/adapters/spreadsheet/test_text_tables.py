from pathlib import Path

import pytest

from app.adapters.spreadsheet.preflight import NotReadable
from app.adapters.spreadsheet.reading import read_tables

CORPUS = Path(__file__).parents[2] / "corpus"
TABLE = "SKU;Name;Counted\r\nÄÖ-9;Tee, grün;12,5\r\n00042;Öl;3\r\n"


@pytest.fixture
def rows(tmp_path):
    """Write a text file and return what is read from it."""

    def rows(content: bytes | str, name: str = "counts.csv") -> list[list[str]]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        (tab,) = read_tables(path).tabs
        return [[cell.text for cell in row.cells] for row in tab.rows]

    return rows


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"]
)
def test_any_common_encoding_is_read(rows, encoding):
    assert rows(TABLE.encode(encoding)) == [
        ["SKU", "Name", "Counted"],
        ["ÄÖ-9", "Tee, grün", "12,5"],
        ["00042", "Öl", "3"],
    ]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_common_separator_and_line_end_is_read(rows, separator, ending):
    lines = [["SKU", "Name"], ["A-1", "Tea"], ["B-2", "Jam"]]

    assert rows(ending.join(separator.join(line) for line in lines)) == lines


def test_decimal_commas_are_not_separators(rows):
    assert rows("SKU;Counted\nA;1,5\nB;2,5\nC;3,5\n")[1] == ["A", "1,5"]


def test_excels_own_line_about_the_separator_is_followed(rows):
    assert rows("sep=,\r\nSKU,Name\r\nA;1,Tea\r\n") == [["SKU", "Name"], ["A;1", "Tea"]]


def test_row_numbers_are_those_a_spreadsheet_would_show(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text('SKU,Note\nA,"two\nlines"\n\nB,x\n')

    assert [row.number for row in read_tables(path).tabs[0].rows] == [1, 2, 4]


def test_quoted_fields_may_hold_anything(rows):
    assert rows('SKU,Name\nA,"Tea, ""green""\nor black"\n')[1] == ["A", 'Tea, "green"\nor black']


def test_a_quote_that_is_never_closed_swallows_no_rows(rows):
    with pytest.raises(NotReadable, match="quotation mark"):
        rows('SKU,Name\nA,"Tea\nB,Jam\n')


@pytest.mark.parametrize("guarded", ["'=1+1", "'+A", "'-A", "'@SUM(1)"])
def test_the_apostrophe_before_what_looks_like_a_formula_is_taken_off(rows, guarded):
    assert rows(f"SKU,Name\n{guarded},x\n")[1][0] == guarded[1:]


def test_a_code_guarded_as_a_formula_keeps_its_zeros(rows):
    assert rows('SKU,Name\n"=""00042""",x\n')[1][0] == "00042"


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, b"%PDF-1.7 ...", b"MZ\x90\x00\x03"])
def test_what_is_not_text_is_refused(rows, content):
    with pytest.raises(NotReadable, match="neither an Excel workbook"):
        rows(content)


def test_text_is_trusted_as_codes_only_if_zeros_survived_somewhere():
    clean = read_tables(CORPUS / "42_utf8_bom.csv").tabs[0]

    assert clean.trusts_text
    assert clean.rows[0].cells[0].text == "SKU"


def test_text_without_any_leading_zero_is_not_trusted(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("SKU,Counted\n42,3\n0,1\n")

    assert not read_tables(path).tabs[0].trusts_text
