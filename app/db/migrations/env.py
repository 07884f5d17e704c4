"""Run by Alembic for every upgrade, on the connection it is given."""

from alembic import context

from app.db.migrations import VERSION_TABLE, is_compared
from app.db.tables import whole_schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole_schema(),
    version_table=VERSION_TABLE,
    include_object=is_compared,
    render_as_batch=True,  # SQLite changes a column by writing the table anew
)
with context.begin_transaction():
    context.run_migrations()
