"""What an import did not bring: the day on which a person joined, and the issues of its visits.

For files of older versions both follow from what is there: a person who joined on the day of
an imported visit of theirs was added by the import, and an import whose visits have no issue
came without a list of them.
"""

from alembic import op
from sqlalchemy import Boolean, Column, inspect, text

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_FOUND = {
    ("membership", "joined_unknown"): """
        UPDATE membership SET joined_unknown = :yes WHERE EXISTS (
            SELECT 1 FROM visitor JOIN visit ON visit.id = visitor.visit_id
            WHERE visitor.person_id = membership.person_id
            AND visit.scheme_id = membership.scheme_id
            AND visit.local_date = membership.joined_on
            AND visit.batch_id IS NOT NULL)""",
    ("batch", "without_issues"): """
        UPDATE batch SET without_issues = :yes WHERE visits > 0 AND NOT EXISTS (
            SELECT 1 FROM issue JOIN visit ON visit.id = issue.visit_id
            WHERE visit.batch_id = batch.id)""",
}


def upgrade() -> None:
    connection = op.get_bind()
    for (table, name), derived in _FOUND.items():
        if name not in {column["name"] for column in inspect(connection).get_columns(table)}:
            op.add_column(table, Column(name, Boolean(), nullable=False, server_default="0"))
            connection.execute(text(derived), {"yes": True})


def downgrade() -> None:
    for table, name in _FOUND:
        op.drop_column(table, name)
