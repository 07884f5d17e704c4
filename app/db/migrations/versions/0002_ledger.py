"""Orders and the ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(20)
MILLIONTHS = sa.BigInteger()
MICROSECONDS = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "stock_order",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("type", WORD, nullable=False),
        sa.Column("partner_id", NUMBER, nullable=True),
        sa.Column("site_id", NUMBER, nullable=True),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="stock_order_partner_id_fk"),
        sa.ForeignKeyConstraint(["site_id"], ["location.id"], name="stock_order_site_id_fk"),
        sa.PrimaryKeyConstraint("id", name="stock_order_pk"),
        sa.UniqueConstraint("number", name="stock_order_number_key"),
    )
    op.create_index("stock_order_is_open_ix", "stock_order", ["is_open"])
    op.create_index("stock_order_partner_id_ix", "stock_order", ["partner_id"])
    op.create_index("stock_order_reference_ix", "stock_order", ["reference"])
    op.create_table(
        "document",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("type", WORD, nullable=False),
        sa.Column("effective_at", MICROSECONDS, nullable=False),
        sa.Column("entered_at", MICROSECONDS, nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("partner_id", NUMBER, nullable=True),
        sa.Column("order_id", NUMBER, nullable=True),
        sa.Column("reverses_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["stock_order.id"], name="document_order_id_fk"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="document_partner_id_fk"),
        sa.ForeignKeyConstraint(["reverses_id"], ["document.id"], name="document_reverses_id_fk"),
        sa.PrimaryKeyConstraint("id", name="document_pk"),
        sa.UniqueConstraint("key", name="document_key_key"),
        sa.UniqueConstraint("number", name="document_number_key"),
        sa.UniqueConstraint("reverses_id", name="document_reverses_id_key"),
    )
    op.create_index("document_effective_at_ix", "document", ["effective_at"])
    op.create_index("document_order_id_ix", "document", ["order_id"])
    op.create_index("document_reference_ix", "document", ["reference"])
    op.create_table(
        "stock_order_line",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("order_id", NUMBER, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.Column("price", MILLIONTHS, nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("done", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="stock_order_line_item_id_fk"),
        sa.ForeignKeyConstraint(
            ["order_id"], ["stock_order.id"], name="stock_order_line_order_id_fk"
        ),
        sa.PrimaryKeyConstraint("id", name="stock_order_line_pk"),
        sa.UniqueConstraint("order_id", "line", name="stock_order_line_order_id_line_key"),
    )
    op.create_index("stock_order_line_item_id_ix", "stock_order_line", ["item_id"])
    op.create_table(
        "count_result",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("location_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=True),
        sa.Column("effective_at", MICROSECONDS, nullable=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("counted", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="count_result_document_id_fk"
        ),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="count_result_item_id_fk"),
        sa.ForeignKeyConstraint(
            ["location_id"], ["location.id"], name="count_result_location_id_fk"
        ),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="count_result_lot_id_fk"),
        sa.PrimaryKeyConstraint("id", name="count_result_pk"),
    )
    op.create_index("count_result_document_ix", "count_result", ["document_id", "line"])
    op.create_index(
        "count_result_place_ix",
        "count_result",
        ["item_id", "location_id", "effective_at", "sequence"],
    )
    op.create_index("count_result_sequence_ix", "count_result", ["sequence"])
    op.create_table(
        "movement",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("document_id", NUMBER, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("lot_id", NUMBER, nullable=True),
        sa.Column("from_id", NUMBER, nullable=False),
        sa.Column("to_id", NUMBER, nullable=False),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.Column("effective_at", MICROSECONDS, nullable=False),
        sa.Column("sequence", NUMBER, nullable=False),
        sa.Column("entered_at", MICROSECONDS, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_quantity", MILLIONTHS, nullable=True),
        sa.Column("unit_cost", MILLIONTHS, nullable=True),
        sa.Column("given_value", MILLIONTHS, nullable=True),
        sa.Column("order_line_id", NUMBER, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cause_id", NUMBER, nullable=True),
        sa.CheckConstraint("from_id <> to_id", name="movement_places_check"),
        sa.CheckConstraint("quantity > 0", name="movement_quantity_check"),
        sa.ForeignKeyConstraint(["cause_id"], ["document.id"], name="movement_cause_id_fk"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="movement_document_id_fk"),
        sa.ForeignKeyConstraint(["from_id"], ["location.id"], name="movement_from_id_fk"),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="movement_item_id_fk"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="movement_lot_id_fk"),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["stock_order_line.id"], name="movement_order_line_id_fk"
        ),
        sa.ForeignKeyConstraint(["to_id"], ["location.id"], name="movement_to_id_fk"),
        sa.PrimaryKeyConstraint("id", name="movement_pk"),
    )
    op.create_index("movement_document_ix", "movement", ["document_id", "line"])
    op.create_index(
        "movement_history_ix", "movement", ["item_id", "effective_at", "sequence", "id"]
    )
    op.create_index("movement_order_line_id_ix", "movement", ["order_line_id"])
