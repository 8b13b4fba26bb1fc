"""A crest for the cover of the annual report."""

from alembic import op
from sqlalchemy import Column, LargeBinary

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("office", Column("crest", LargeBinary()))


def downgrade() -> None:
    op.drop_column("office", "crest")
