"""Changes of value without a movement, returns, builds, periods."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(20)
MILLIONTHS = sa.BigInteger()
MICROSECONDS = sa.BigInteger()

FACTS = ("value_entry", "period")

REFERENCES = (
    ("document", "names_id", "document"),
    ("movement", "origin_id", "movement"),
    ("movement", "bound_for_id", "location"),
)
INDEXED = ("names_id", "origin_id")

KEEP_STANDARD_COST = """
UPDATE movement SET standard_cost = (
    SELECT item.standard_cost FROM item WHERE item.id = movement.item_id
)
"""

SQLITE = """
CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table}
BEGIN
    SELECT RAISE(ABORT, '{table} is append-only: a mistake is mended by a reversal');
END
"""

POSTGRESQL = """
CREATE TRIGGER {table}_no_{word} BEFORE {word} ON {table}
FOR EACH {each} EXECUTE FUNCTION refuse_change()
"""


def upgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, column, other in REFERENCES:
        kind = "INTEGER" if on_sqlite else "BIGINT"
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} {kind} "
            f"CONSTRAINT {table}_{column}_fk REFERENCES {other} (id)"
        )
        if column in INDEXED:
            op.create_index(f"{table}_{column}_ix", table, [column])
    op.add_column("movement", sa.Column("share", MILLIONTHS, nullable=True))
    op.add_column("movement", sa.Column("standard_cost", MILLIONTHS, nullable=True))
    op.add_column("item", sa.Column("first_costing", WORD, nullable=True))
    op.add_column("item", sa.Column("first_standard_cost", MILLIONTHS, nullable=True))
    _keep_standard_costs(on_sqlite=on_sqlite)
    _add_facts()
    _add_derived()
    op.execute("INSERT INTO setting (name, value) VALUES ('closed_before', '')")
    for table in FACTS:
        if on_sqlite:
            for word in ("update", "delete"):
                op.execute(SQLITE.format(table=table, word=word))
        else:
            for word, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT")):
                op.execute(POSTGRESQL.format(table=table, word=word, each=each))


def _keep_standard_costs(*, on_sqlite: bool) -> None:
    """Write down the standard cost that the movements so far were valued with."""
    where = "" if on_sqlite else " ON movement"
    op.execute(f"DROP TRIGGER movement_no_update{where}")
    op.execute(KEEP_STANDARD_COST)
    if on_sqlite:
        op.execute(SQLITE.format(table="movement", word="update"))
    else:
        op.execute(POSTGRESQL.format(table="movement", word="update", each="ROW"))


def _add_facts() -> None:
    op.create_table(
        "value_entry",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=True),
        sa.Column("movement_id", NUMBER, nullable=True),
        sa.Column("effective_at", MICROSECONDS, nullable=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("amount", MILLIONTHS, nullable=True),
        sa.Column("unit_cost", MILLIONTHS, nullable=True),
        sa.Column("costing", WORD, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="value_entry_document_id_fk"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="value_entry_item_id_fk"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="value_entry_lot_id_fk"),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movement.id"], name="value_entry_movement_id_fk"
        ),
        sa.PrimaryKeyConstraint("id", name="value_entry_pk"),
    )
    history = ["item_id", "effective_at", "sequence"]
    op.create_index("value_entry_history_ix", "value_entry", history)
    op.create_index("value_entry_document_id_ix", "value_entry", ["document_id"])
    op.create_index("value_entry_movement_id_ix", "value_entry", ["movement_id"])
    op.create_table(
        "period",
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("boundary", MICROSECONDS, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="period_document_id_fk"),
        sa.PrimaryKeyConstraint("document_id", name="period_pk"),
    )
    op.create_table(
        "bill_line",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("product_id", NUMBER, nullable=False),
        sa.Column("component_id", NUMBER, nullable=False),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["item.id"], name="bill_line_product_id_fk"),
        sa.ForeignKeyConstraint(["component_id"], ["item.id"], name="bill_line_component_id_fk"),
        sa.PrimaryKeyConstraint("id", name="bill_line_pk"),
        sa.UniqueConstraint(
            "product_id", "component_id", name="bill_line_product_id_component_id_key"
        ),
    )
    op.create_index("bill_line_component_id_ix", "bill_line", ["component_id"])


def _add_derived() -> None:
    op.create_table(
        "entry_value",
        sa.Column("entry_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=False),
        sa.Column("value", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["value_entry.id"], name="entry_value_entry_id_fk"),
        sa.PrimaryKeyConstraint("entry_id", "lot_id", name="entry_value_pk"),
    )
    op.create_table(
        "period_difference",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=False),
        sa.Column("boundary", MICROSECONDS, nullable=False),
        sa.Column("value", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="period_difference_item_id_fk"),
        sa.PrimaryKeyConstraint("item_id", "lot_id", "boundary", name="period_difference_pk"),
    )
    _lay_layers_anew()


def _lay_layers_anew() -> None:
    """Let a layer begin with a change of costing too, not with a movement only."""
    op.rename_table("layer", "old_layer")
    op.drop_index("layer_order_ix", "old_layer")
    op.create_table(
        "layer",
        sa.Column("source_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=False),
        sa.Column("effective_at", MICROSECONDS, nullable=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.Column("value", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="layer_item_fk"),
        sa.PrimaryKeyConstraint("source_id", "item_id", "lot_id", name="layer_source_pk"),
    )
    op.execute(
        "INSERT INTO layer (source_id, item_id, lot_id, effective_at, sequence, quantity, value) "
        "SELECT movement_id, item_id, lot_id, effective_at, sequence, quantity, value "
        "FROM old_layer"
    )
    op.drop_table("old_layer")
    op.create_index("layer_order_ix", "layer", ["item_id", "lot_id", "effective_at", "sequence"])
