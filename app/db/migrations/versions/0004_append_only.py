"""The database itself refuses to change or delete a fact."""

from alembic import op

revision = "0004"
down_revision = "0003"

FACTS = ("document", "movement", "count_result")

SQLITE = """
CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} is append-only: a mistake is mended by a reversal');
END
"""

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: a mistake is mended by a reversal', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$
"""

POSTGRESQL = """
CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table}
FOR EACH {each} EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in FACTS:
            for word in ("update", "delete"):
                op.execute(SQLITE.format(table=table, word=word))
        return
    op.execute(REFUSE)
    for table in FACTS:
        for word, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
            op.execute(POSTGRESQL.format(table=table, word=word, each=each))
