"""Excel and CSV, in and out. The rest of the application sees rows of plain cells."""

from app.adapters.spreadsheet.preflight import (
    FileForbidden,
    FileInUse,
    FileMissing,
    FileNotOpened,
    FileNotWritten,
    NotReadable,
)
from app.adapters.spreadsheet.reading import read_tables, reading_tables
from app.adapters.spreadsheet.writing import (
    OutColumn,
    OutSheet,
    csv_text,
    write_csv,
    write_table,
    write_workbook,
    writing_table,
)

__all__ = [
    "FileForbidden",
    "FileInUse",
    "FileMissing",
    "FileNotOpened",
    "FileNotWritten",
    "NotReadable",
    "OutColumn",
    "OutSheet",
    "csv_text",
    "read_tables",
    "reading_tables",
    "write_csv",
    "write_table",
    "write_workbook",
    "writing_table",
]
