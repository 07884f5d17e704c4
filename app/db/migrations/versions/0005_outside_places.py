"""The places outside our walls: where stock comes from and where it goes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

PLACES = (
    ("SUPPLIER", "supplier", "Suppliers"),
    ("CUSTOMER", "customer", "Customers"),
    ("PRODUCTION", "production", "Production"),
    ("OPENING", "opening", "Opening stock"),
    ("LOSS", "loss", "Losses and gains"),
    ("LOSS/COUNT", "loss", "Count differences"),
    ("LOSS/ADJUSTMENT", "loss", "Adjustments"),
    ("LOSS/SCRAP", "loss", "Scrap"),
    ("LOSS/DAMAGED", "loss", "Damaged"),
    ("LOSS/EXPIRED", "loss", "Expired"),
    ("LOSS/LOST", "loss", "Lost"),
    ("LOSS/FOUND", "loss", "Found"),
    ("LOSS/OTHER", "loss", "Other reasons"),
)

INSERT = sa.text(
    "INSERT INTO location (parent_id, path, code, kind, name, allow_negative, is_active) "
    "SELECT (SELECT id FROM location WHERE path = :parent), "
    "CAST(:path AS varchar), CAST(:code AS varchar), CAST(:kind AS varchar), "
    "CAST(:name AS varchar), CAST(:yes AS boolean), CAST(:yes AS boolean)"
).bindparams(sa.bindparam("yes", True, sa.Boolean()))


def upgrade() -> None:
    connection = op.get_bind()
    for path, kind, name in PLACES:
        parent, _, code = path.rpartition("/")
        place = {"parent": parent, "path": path, "code": code, "kind": kind, "name": name}
        connection.execute(INSERT, place)
