"""Where long histories stood, for replays to begin there."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MICROSECONDS = sa.BigInteger()


def upgrade() -> None:
    op.create_table(
        "checkpoint",
        sa.Column("item_id", NUMBER, nullable=False),
        sa.Column("effective_at", MICROSECONDS, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name="checkpoint_item_id_fk"),
        sa.PrimaryKeyConstraint("item_id", "effective_at", name="checkpoint_pk"),
    )
