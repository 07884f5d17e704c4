import sys
import zlib
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from app.adapters.spreadsheet.preflight import (
    FileForbidden,
    FileInUse,
    FileKind,
    FileMissing,
    FileNotOpened,
    NotReadable,
    look_at,
)
from tests.support.unprivileged import open_folder, unprivileged

if sys.platform == "win32":
    import _winapi

CORPUS = Path(__file__).parents[2] / "corpus"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("01_clean.xlsx", FileKind.WORKBOOK),
        ("58_macro_named.xlsm", FileKind.WORKBOOK),
        ("48_strict_ooxml.xlsx", FileKind.WORKBOOK),
        ("40_csv_named.xlsx", FileKind.TEXT),
        ("41_semicolon_cp1252.csv", FileKind.TEXT),
    ],
)
def test_the_content_tells_what_a_file_is_not_its_name(name, kind):
    assert look_at(CORPUS / name) is kind


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("36_password.xlsx", "protected by a password"),
        ("37_cut_short.xlsx", "copied only in part"),
        ("38_empty_file.xlsx", "is empty"),
        ("39_html_named.xls", "web page"),
        ("44_libreoffice.ods", "OpenDocument.*save it as an Excel workbook"),
        ("45_libreoffice_97.xls", r"old Excel format.*\.xlsx"),
        ("46_biff8.xls", r"old Excel format.*\.xlsx"),
        ("61_photo_named.xlsx", "a picture"),
    ],
)
def test_what_is_no_workbook_is_refused_with_what_to_do(name, reason):
    with pytest.raises(NotReadable, match=reason) as refusal:
        look_at(CORPUS / name)

    assert str(refusal.value).startswith(name)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(600):
                part.write(bytes(1_000_000))

    with pytest.raises(NotReadable, match="unpacks to far more"):
        look_at(path)


def test_a_part_packed_a_thousand_times_is_refused_even_if_it_is_not_the_largest(tmp_path):
    path = tmp_path / "trap.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(60_000_000))

    with pytest.raises(NotReadable, match="unpacks to far more"):
        look_at(path)


def test_a_workbook_of_thousands_of_parts_is_refused(tmp_path):
    path = tmp_path / "parts.xlsx"
    with ZipFile(path, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/part{number}.xml", "")

    with pytest.raises(NotReadable, match="unpacks to far more"):
        look_at(path)


def test_another_archive_is_called_one(tmp_path):
    path = tmp_path / "photos.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("photo.txt", "not really")

    with pytest.raises(NotReadable, match="an archive"):
        look_at(path)


def test_a_binary_workbook_is_asked_for_as_xlsx(tmp_path):
    path = tmp_path / "counts.xlsb"
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", "")

    with pytest.raises(NotReadable, match=r"\.xlsb.*\.xlsx"):
        look_at(path)


def test_a_file_over_50_mb_is_refused(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(50_000_001)

    with pytest.raises(NotReadable, match="larger than 50 MB"):
        look_at(path)


def test_a_file_that_went_away_is_missed(tmp_path):
    with pytest.raises(FileMissing, match=r"counts\.xlsx"):
        look_at(tmp_path / "counts.xlsx")


def test_a_folder_is_no_table(tmp_path):
    with pytest.raises(NotReadable, match="it is a folder"):
        look_at(tmp_path)


def test_a_path_that_leads_through_a_file_cannot_be_opened(tmp_path):
    (tmp_path / "a").touch()

    with pytest.raises((FileNotOpened, FileMissing)):
        look_at(tmp_path / "a" / "counts.xlsx")


if sys.platform != "win32":

    def test_a_file_that_may_not_be_read_is_told_as_such():
        with open_folder() as folder:
            path = folder / "counts.xlsx"
            path.write_bytes(b"x")
            path.chmod(0)
            with unprivileged(), pytest.raises(FileForbidden, match="no right to read"):
                look_at(path)

else:

    def test_a_file_that_another_program_holds_is_told_as_such(tmp_path):
        path = tmp_path / "counts.xlsx"
        path.write_bytes(b"x")
        handle = _winapi.CreateFile(str(path), _winapi.GENERIC_WRITE, 0, 0, 3, 0, 0)
        try:
            with pytest.raises(FileInUse, match="Close it in Excel"):
                look_at(path)
        finally:
            _winapi.CloseHandle(handle)


def test_damaged_bytes_inside_an_archive_are_not_its_end(tmp_path):
    content = bytearray((CORPUS / "01_clean.xlsx").read_bytes())
    content[-200:] = zlib.compress(b"nonsense").ljust(200, b"\0")
    path = tmp_path / "damaged.xlsx"
    path.write_bytes(content)

    with pytest.raises(NotReadable, match="damaged"):
        look_at(path)
