"""Find items by any part of their SKU, name or barcodes.

Both engines keep `item_search` up to date by triggers. SQLite: a full-text table of every three
letters in a row; its rowid is the item's id. PostgreSQL: a table, with an index of every three
letters where the server has pg_trgm. The figures kept of its words are fine enough to tell a rare
word from a common one, which are looked for in different ways.
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
    """
CREATE TABLE item_search (
    item_id bigint PRIMARY KEY REFERENCES item (id) ON DELETE CASCADE,
    sku text NOT NULL,
    name text NOT NULL,
    barcodes text NOT NULL DEFAULT '',
    words text GENERATED ALWAYS AS (sku || ' ' || name || ' ' || barcodes) STORED
)
""",
    "ALTER TABLE item_search ALTER words SET STATISTICS 1000",
    """
CREATE FUNCTION search_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO item_search (item_id, sku, name) VALUES (NEW.id, NEW.sku, NEW.name)
    ON CONFLICT (item_id) DO UPDATE SET sku = excluded.sku, name = excluded.name;
    RETURN NULL;
END $$
""",
    """
CREATE FUNCTION search_barcode() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE item_search SET barcodes = (
        SELECT coalesce(string_agg(code, ' ' ORDER BY id), '')
        FROM barcode WHERE item_id = item_search.item_id
    ) WHERE item_id IN (OLD.item_id, NEW.item_id);
    RETURN NULL;
END $$
""",
    """
CREATE TRIGGER item_search_change AFTER INSERT OR UPDATE OF sku, name ON item
FOR EACH ROW EXECUTE FUNCTION search_item()
""",
    """
CREATE TRIGGER barcode_search_change AFTER INSERT OR DELETE OR UPDATE OF code, item_id ON barcode
FOR EACH ROW EXECUTE FUNCTION search_barcode()
""",
    """
INSERT INTO item_search (item_id, sku, name, barcodes)
SELECT id, sku, name,
    (SELECT coalesce(string_agg(code, ' ' ORDER BY id), '') FROM barcode WHERE item_id = item.id)
FROM item
""",
)

TRIGRAMS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX item_search_words_ix ON item_search USING gin (words gin_trgm_ops)",
)


def upgrade() -> None:
    connection = op.get_bind()
    on_server = connection.dialect.name == "postgresql"
    for statement in POSTGRESQL if on_server else SQLITE:
        op.execute(statement)
    if on_server:
        try:
            with connection.begin_nested():
                for statement in TRIGRAMS:
                    op.execute(statement)
        except sa.exc.DBAPIError:  # not installed, or no right to: search works, but slowly
            return
