"""Workbooks as a person leaves them: typed into, saved, dated."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook


def edit(path: Path, **cells: Any) -> Path:
    """Type into a workbook as a person does: `edit(path, A_I2=5)` is sheet A, cell I2."""
    book = load_workbook(path)
    for name, value in cells.items():
        tab, _, cell = name.partition("_")
        book[tab][cell] = value
    book.save(path)
    return path


def set_modified(path: Path, moment: str) -> None:
    """Let a workbook say that it was saved at that moment."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = parts["docProps/core.xml"].decode()
    start = core.index("W3CDTF", core.index("modified")) + 8
    parts["docProps/core.xml"] = (core[:start] + moment + core[core.index("<", start) :]).encode()
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
