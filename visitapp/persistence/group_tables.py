"""The tables of groups of sites, and of sites that are one, in the same metadata as the others."""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

site_group = make_table(
    "site_group",
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
)

# A site's groups, from a day on; a row without a group: from then on it is in none of that kind.
site_in_group = make_table(
    "site_in_group",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("from_on", Date()),
    Column("group_id", Uuid(), ForeignKey("site_group.id")),
    UniqueConstraint("site_id", "kind", "from_on"),
)

# A group's own targets, as in `site_target`. Before the first of them it has none.
group_target = make_table(
    "group_target",
    Column("group_id", Uuid(), ForeignKey("site_group.id"), nullable=False, index=True),
    Column("from_on", Date()),
    Column("rule", String(20), nullable=False),
    Column("number", SmallInteger(), nullable=False),
    Column("unit", String(20), nullable=False),
    UniqueConstraint("group_id", "from_on"),
)

# A volunteer's panels in a scheme, in the same way.
person_in_panel = make_table(
    "person_in_panel",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("from_on", Date()),
    Column("group_id", Uuid(), ForeignKey("site_group.id")),
    UniqueConstraint("person_id", "scheme_id", "from_on"),
)

# That two sites are the same place. Rows are added and withdrawn, never changed. In a visitor's
# copy and in a copy to read it has no rows.
same_site = make_table(
    "same_site",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("kept_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("why", Text(), nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("decided_at", StoredTime(), nullable=False),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", StoredTime()),
)
