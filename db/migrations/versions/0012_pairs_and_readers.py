"""What copies of a pair share, and who read what.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import Table

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TABLES: tuple[Table, ...] = ()


def upgrade() -> None:
    for table in _TABLES:
        table.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table.name)
