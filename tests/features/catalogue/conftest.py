"""Files as clerks bring them, and what became of them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from app.db.database import Database
from app.features.catalogue.importing import Imported, Wish, import_table

Bring = Callable[..., Imported]


@pytest.fixture
def bring(database: Database, tmp_path: Path) -> Bring:
    """`bring("items", "sku,name", "TEA,Tea")` writes a CSV file of these lines and imports it."""

    def bring(kind: str, *lines: str, dry_run: bool = False, accept_good: bool = False) -> Imported:
        path = tmp_path / f"{kind}.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        wish = Wish(dry_run=dry_run, accept_good=accept_good)
        return database.run(lambda session: import_table(session, kind, path, wish, user="kim"))

    return bring


def places(imported: Imported) -> Sequence[tuple[int, str]]:
    """Return row and column of each problem."""
    return [(problem.row, problem.column) for problem in imported.problems]
