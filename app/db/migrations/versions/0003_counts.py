"""Count sheets, promises to orders, and what follows from the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(20)
MILLIONTHS = sa.BigInteger()
MICROSECONDS = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "balance",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("location_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=False),
        sa.Column("on_hand", MILLIONTHS, nullable=False),
        sa.Column("allocated", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="balance_item_id_fk"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="balance_location_id_fk"),
        sa.PrimaryKeyConstraint("item_id", "location_id", "lot_id", name="balance_pk"),
    )
    op.create_index("balance_location_ix", "balance", ["location_id", "item_id", "lot_id"])
    op.create_table(
        "allocation",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("order_line_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("location_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=False),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="allocation_item_id_fk"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="allocation_location_id_fk"),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["stock_order_line.id"], name="allocation_order_line_id_fk"
        ),
        sa.PrimaryKeyConstraint("id", name="allocation_pk"),
    )
    op.create_index("allocation_order_line_id_ix", "allocation", ["order_line_id"])
    op.create_index("allocation_place_ix", "allocation", ["item_id", "location_id", "lot_id"])
    op.create_table(
        "count_sheet",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("is_blind", sa.Boolean(), nullable=False),
        sa.Column("created_at", MICROSECONDS, nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("post_key", sa.String(), nullable=False),
        sa.Column("posted_as", NUMBER, nullable=True),
        sa.Column("cancelled_at", MICROSECONDS, nullable=True),
        sa.ForeignKeyConstraint(["posted_as"], ["document.id"], name="count_sheet_posted_as_fk"),
        sa.PrimaryKeyConstraint("id", name="count_sheet_pk"),
        sa.UniqueConstraint("code", name="count_sheet_code_key"),
        sa.UniqueConstraint("post_key", name="count_sheet_post_key_key"),
    )
    op.create_table(
        "count_import",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("sheet_id", NUMBER, nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("imported_at", MICROSECONDS, nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["count_sheet.id"], name="count_import_sheet_id_fk"),
        sa.PrimaryKeyConstraint("id", name="count_import_pk"),
        sa.UniqueConstraint(
            "sheet_id", "fingerprint", name="count_import_sheet_id_fingerprint_key"
        ),
    )
    op.create_table(
        "count_line",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("sheet_id", NUMBER, nullable=False),
        sa.Column("row_key", sa.String(), nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("location_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=True),
        sa.Column("expected", MILLIONTHS, nullable=False),
        sa.Column("counted", MILLIONTHS, nullable=True),
        sa.Column("counted_at", MICROSECONDS, nullable=True),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("was_found", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="count_line_item_id_fk"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="count_line_location_id_fk"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="count_line_lot_id_fk"),
        sa.ForeignKeyConstraint(["sheet_id"], ["count_sheet.id"], name="count_line_sheet_id_fk"),
        sa.PrimaryKeyConstraint("id", name="count_line_pk"),
        sa.UniqueConstraint("sheet_id", "row_key", name="count_line_sheet_id_row_key_key"),
    )
    op.create_index("count_line_place_ix", "count_line", ["item_id", "location_id", "lot_id"])
    op.create_index("count_line_sheet_id_ix", "count_line", ["sheet_id"])
    op.create_table(
        "layer",
        sa.Column("movement_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=False),
        sa.Column("effective_at", MICROSECONDS, nullable=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.Column("value", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="layer_item_id_fk"),
        sa.ForeignKeyConstraint(["movement_id"], ["movement.id"], name="layer_movement_id_fk"),
        sa.PrimaryKeyConstraint("movement_id", name="layer_pk"),
    )
    op.create_index("layer_order_ix", "layer", ["item_id", "lot_id", "effective_at", "sequence"])
    op.create_table(
        "movement_value",
        sa.Column("movement_id", NUMBER, nullable=False),
        sa.Column("value", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(
            ["movement_id"], ["movement.id"], name="movement_value_movement_id_fk"
        ),
        sa.PrimaryKeyConstraint("movement_id", name="movement_value_pk"),
    )
    op.create_table(
        "pool",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=False),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.Column("value", MILLIONTHS, nullable=False),
        sa.Column("last_costed_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="pool_item_id_fk"),
        sa.ForeignKeyConstraint(["last_costed_id"], ["movement.id"], name="pool_last_costed_id_fk"),
        sa.PrimaryKeyConstraint("item_id", "lot_id", name="pool_pk"),
    )
