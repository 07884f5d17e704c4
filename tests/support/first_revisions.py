"""Writes the first revisions anew from the tables: `python -m tests.support.first_revisions`.

Only while no database of version 1 is in use anywhere; afterwards a change of the tables is a new
revision.
"""

import re
import subprocess
import sys
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.runtime.migration import MigrationContext
from sqlalchemy import BigInteger, Enum, create_engine
from sqlalchemy.types import TypeEngine

from app.db.migrations import FOLDER
from app.db.tables import whole_schema
from app.db.types import Identity, Moment, Scaled

SUBJECTS = {
    "0001_catalogue": (
        "The catalogue, and work in hand.",
        {
            *("item", "item_unit", "barcode", "location", "lot", "partner", "supplier_item"),
            *("setting", "draft", "label"),
        },
    ),
    "0003_counts": (
        "Count sheets, promises to orders, and what follows from the ledger.",
        {
            *("count_sheet", "count_line", "count_import", "allocation"),
            *("balance", "pool", "layer", "movement_value"),
        },
    ),
}

HEAD = '''"""{what}"""

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = {before!r}

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(20)
MILLIONTHS = sa.BigInteger()
MICROSECONDS = sa.BigInteger()


def upgrade() -> None:
'''


def write() -> None:
    rest = set(whole_schema().tables).difference(*(tables for _, tables in SUBJECTS.values()))
    subjects = {**SUBJECTS, "0002_ledger": ("Orders and the ledger.", rest)}
    before = None
    for name, (what, tables) in sorted(subjects.items()):
        revision = name[:4]
        path = FOLDER / "versions" / f"{name}.py"
        head = HEAD.format(what=what, revision=revision, before=before)
        path.write_text(head + _body(tables), encoding="utf-8")
        for command in (["format"], ["check", "--fix"]):
            subprocess.run(["ruff", *command, "-q", path], check=True)
        before = revision


def _body(tables: set[str]) -> str:
    def is_wanted(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
        return (name if kind == "table" else thing.table.name) in tables

    options = {"include_object": is_wanted, "render_item": _render}
    with create_engine("sqlite://").connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        operations = produce_migrations(context, whole_schema()).upgrade_ops
        assert operations
        code = str(render_python_code(operations, render_item=_render))
    code = re.sub(r"op\.f\(('\w+')\)", r"\1", code)
    code = code.replace(", unique=False)", ")").replace("'", '"')
    return "\n".join(line for line in code.splitlines() if "###" not in line) + "\n"


def _render(kind: str, thing: Any, _context: Any) -> str | bool:
    if kind != "type" or not isinstance(thing, TypeEngine):
        return False
    if thing is Identity or (isinstance(thing, BigInteger) and thing._variant_mapping):
        return "NUMBER"
    names = {Moment: "MICROSECONDS", Scaled: "MILLIONTHS", Enum: "WORD"}
    return next((name for cls, name in names.items() if isinstance(thing, cls)), False)


if __name__ == "__main__":
    write()
    sys.exit()
