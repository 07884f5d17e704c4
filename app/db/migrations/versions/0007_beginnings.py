"""Find what begins with a text on a server too, whatever language it sorts by.

SQLite compares text by the letters' numbers, so that its own indexes serve.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

COLUMNS = (
    ("item", "sku"),
    ("item", "name"),
    ("barcode", "code"),
    ("location", "path"),
    ("location", "code"),
    ("location", "barcode"),
    ("lot", "code"),
    ("document", "number"),
    ("document", "reference"),
)


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, column in COLUMNS:
        op.execute(
            f'CREATE INDEX {table}_{column}_begin_search_ix ON {table} ({column} COLLATE "C")'
        )
