"""Builds the sample company in an empty database, through the doors that everybody uses."""

import csv
import tempfile
from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.core.progress import Progress
from app.db.company import Company, save_company
from app.db.database import Database
from app.demo.history import History
from app.demo.rules import SITE_NAME
from app.demo.source import read_source
from app.demo.tables import Cells, Tables
from app.features.catalogue.importing import import_table
from app.ledger.posting import post

USER = "sample"


def building_demo(database: Database) -> Generator[Progress, None, None]:
    """Build the sample company step by step: first the catalogue, then its history at once."""
    source = read_source()
    tables = Tables(source).all()
    total = len(tables) + 1
    database.run(partial(save_company, company=Company(name=SITE_NAME)))
    with tempfile.TemporaryDirectory(prefix="stockroom-sample-") as folder:
        for done, (kind, rows) in enumerate(tables.items()):
            yield Progress(done, total)
            file = Path(folder, f"{kind}.csv")
            _write(file, rows)
            _bring_in(database, kind, file)
    yield Progress(len(tables), total)
    database.run(partial(_post_all, source=source))
    yield Progress(total, total)


def _write(file: Path, rows: list[Cells]) -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)


def _bring_in(database: Database, kind: str, file: Path) -> None:
    imported = database.run(partial(import_table, kind=kind, path=file))
    if not imported.ok:
        raise ValueError(f"{kind}: {imported.problems[:5]}")


def _post_all(session: Session, source: Any) -> None:
    for document in History(source).documents():
        post(session, document, user=USER)
