"""How a backup came to be, and what it holds."""

from alembic import op
from sqlalchemy import Column, String

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("backup", Column("kind", String(20), nullable=False, server_default="by_hand"))
    op.add_column("backup", Column("contents", String(64), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("backup", "contents")
    op.drop_column("backup", "kind")
