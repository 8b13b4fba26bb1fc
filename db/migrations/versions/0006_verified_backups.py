"""How a backup came to be, and what it holds."""

from alembic import op
from sqlalchemy import Column, String, inspect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    there = {column["name"] for column in inspect(op.get_bind()).get_columns("backup")}
    for column in (
        Column("kind", String(20), nullable=False, server_default="by_hand"),
        Column("contents", String(64), nullable=False, server_default=""),
    ):
        if column.name not in there:
            op.add_column("backup", column)


def downgrade() -> None:
    op.drop_column("backup", "contents")
    op.drop_column("backup", "kind")
