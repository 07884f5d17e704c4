"""Find items by any part of their SKU, name or barcodes.

SQLite: `item_search`, a full-text table of every three letters in a row; its rowid is the item's
id. PostgreSQL: the same as indexes, which serve ILIKE, where the server has pg_trgm.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

SQLITE = (
    "CREATE VIRTUAL TABLE item_search USING fts5(sku, name, barcodes, tokenize = 'trigram')",
    """
CREATE TRIGGER item_search_new AFTER INSERT ON item
BEGIN
    INSERT INTO item_search (rowid, sku, name, barcodes) VALUES (new.id, new.sku, new.name, '');
END
""",
    """
CREATE TRIGGER item_search_change AFTER UPDATE OF sku, name ON item
BEGIN
    UPDATE item_search SET sku = new.sku, name = new.name WHERE rowid = new.id;
END
""",
    """
CREATE TRIGGER item_search_delete AFTER DELETE ON item
BEGIN
    DELETE FROM item_search WHERE rowid = old.id;
END
""",
    """
CREATE TRIGGER barcode_search_new AFTER INSERT ON barcode
BEGIN
    UPDATE item_search SET barcodes = barcodes || ' ' || new.code WHERE rowid = new.item_id;
END
""",
    """
CREATE TRIGGER barcode_search_change AFTER UPDATE OF code, item_id ON barcode
BEGIN
    UPDATE item_search SET barcodes = (
        SELECT coalesce(group_concat(code, ' '), '') FROM barcode WHERE item_id = item_search.rowid
    ) WHERE rowid IN (old.item_id, new.item_id);
END
""",
    """
CREATE TRIGGER barcode_search_delete AFTER DELETE ON barcode
BEGIN
    UPDATE item_search SET barcodes = (
        SELECT coalesce(group_concat(code, ' '), '') FROM barcode WHERE item_id = old.item_id
    ) WHERE rowid = old.item_id;
END
""",
    """
INSERT INTO item_search (rowid, sku, name, barcodes)
SELECT id, sku, name,
    (SELECT coalesce(group_concat(code, ' '), '') FROM barcode WHERE item_id = item.id)
FROM item
""",
)

POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX item_sku_search_ix ON item USING gin (sku gin_trgm_ops)",
    "CREATE INDEX item_name_search_ix ON item USING gin (name gin_trgm_ops)",
    "CREATE INDEX barcode_code_search_ix ON barcode USING gin (code gin_trgm_ops)",
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in SQLITE:
            op.execute(statement)
        return
    try:
        with connection.begin_nested():
            for statement in POSTGRESQL:
                op.execute(statement)
    except sa.exc.DBAPIError:  # not installed, or no right to: search works, but slowly
        return
