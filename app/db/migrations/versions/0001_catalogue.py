"""The catalogue, and work in hand."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WORD = sa.String(20)
MILLIONTHS = sa.BigInteger()
MICROSECONDS = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("screen", sa.String(), nullable=False),
        sa.Column("user", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("saved_at", MICROSECONDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="draft_pk"),
        sa.UniqueConstraint("screen", "user", "name", name="draft_screen_user_name_key"),
    )
    op.create_table(
        "item",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("sku", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("tracking", WORD, nullable=False),
        sa.Column("costing", WORD, nullable=False),
        sa.Column("cost_per_lot", sa.Boolean(), nullable=False),
        sa.Column("standard_cost", MILLIONTHS, nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("shelf_life_days", sa.Integer(), nullable=True),
        sa.Column("abc", sa.String(), nullable=False),
        sa.Column("weight", MILLIONTHS, nullable=True),
        sa.Column("removal", WORD, nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="item_pk"),
        sa.UniqueConstraint("sku", name="item_sku_key"),
    )
    op.create_index("item_category_ix", "item", ["category"])
    op.create_index("item_name_ix", "item", ["name"])
    op.create_table(
        "label",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("queued_at", MICROSECONDS, nullable=False),
        sa.PrimaryKeyConstraint("id", name="label_pk"),
    )
    op.create_table(
        "location",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("parent_id", NUMBER, nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("barcode", sa.String(), nullable=True),
        sa.Column("allow_negative", sa.Boolean(), nullable=True),
        sa.Column("walk_order", sa.Integer(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["parent_id"], ["location.id"], name="location_parent_id_fk"),
        sa.PrimaryKeyConstraint("id", name="location_pk"),
        sa.UniqueConstraint("barcode", name="location_barcode_key"),
        sa.UniqueConstraint("path", name="location_path_key"),
    )
    op.create_index("location_code_ix", "location", ["code"])
    op.create_index("location_parent_id_ix", "location", ["parent_id"])
    op.create_table(
        "partner",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="partner_pk"),
        sa.UniqueConstraint("kind", "code", name="partner_kind_code_key"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="setting_pk"),
    )
    op.create_table(
        "barcode",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("gtin", sa.String(), nullable=True),
        sa.Column("quantity", MILLIONTHS, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="barcode_item_id_fk"),
        sa.PrimaryKeyConstraint("id", name="barcode_pk"),
        sa.UniqueConstraint("code", name="barcode_code_key"),
        sa.UniqueConstraint("gtin", name="barcode_gtin_key"),
    )
    op.create_index("barcode_item_id_ix", "barcode", ["item_id"])
    op.create_table(
        "item_unit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=False),
        sa.Column("denominator", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="item_unit_item_id_fk"),
        sa.PrimaryKeyConstraint("id", name="item_unit_pk"),
        sa.UniqueConstraint("item_id", "unit", name="item_unit_item_id_unit_key"),
    )
    op.create_table(
        "lot",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("expiry", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="lot_item_id_fk"),
        sa.PrimaryKeyConstraint("id", name="lot_pk"),
        sa.UniqueConstraint("item_id", "code", name="lot_item_id_code_key"),
    )
    op.create_index("lot_code_ix", "lot", ["code"])
    op.create_table(
        "supplier_item",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("partner_id", NUMBER, nullable=False),
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("price", MILLIONTHS, nullable=True),
        sa.Column("lead_time_days", sa.Integer(), nullable=True),
        sa.Column("minimum", MILLIONTHS, nullable=True),
        sa.Column("pack", MILLIONTHS, nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="supplier_item_item_id_fk"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="supplier_item_partner_id_fk"),
        sa.PrimaryKeyConstraint("id", name="supplier_item_pk"),
        sa.UniqueConstraint("partner_id", "item_id", name="supplier_item_partner_id_item_id_key"),
    )
    op.create_index("supplier_item_item_id_ix", "supplier_item", ["item_id"])
