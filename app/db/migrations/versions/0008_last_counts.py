"""When an item was last counted, found at once."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_index("count_result_item_ix", "count_result", ["item_id", "effective_at"])
