"""Entries of the ledger on settings, which older versions of the program don't know.

No table changes: the program enters the settings itself once the file is up to date. Its
number keeps an older version from taking such entries for somebody else's.
"""

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
