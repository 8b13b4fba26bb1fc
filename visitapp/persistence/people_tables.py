"""The tables of what only the office keeps of volunteers, in the same metadata as the others."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Text, Uuid

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

# Under the person's id. In a visitor's copy and in a copy to read it has no rows.
volunteer_file = make_table(
    "volunteer_file",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
    Column("given_name", String(200), nullable=False, server_default=""),
    Column("surname", String(200), nullable=False, server_default=""),
    Column("telephone", String(60), nullable=False, server_default=""),
    Column("email", String(200), nullable=False, server_default=""),
    Column("home_area", String(200), nullable=False, server_default=""),
    Column("buddy_id", Uuid(), ForeignKey("person.id")),
    office_wide=True,
)

# What somebody was in a scheme from a day on. Rows are added and withdrawn, never changed.
status_change = make_table(
    "status_change",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("status", String(40), nullable=False),
    Column("from_on", Date()),
    Column("until_on", Date()),
    Column("leaving_reason", String(40)),
    Column("why", Text(), nullable=False, server_default=""),
    Column("entered_by", String(200), nullable=False, server_default=""),
    Column("entered_at", StoredTime()),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", StoredTime()),
)

# That two people of the register are the same. Rows are added and withdrawn, never changed. In a
# visitor's copy and in a copy to read it has no rows.
same_person = make_table(
    "same_person",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("kept_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("why", Text(), nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("decided_at", StoredTime(), nullable=False),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", StoredTime()),
    office_wide=True,
)

# What a person answered for equality monitoring, under their id. Overwritten and erased, unlike all
# else. In a visitor's copy and in a copy to read it has no rows.
monitoring = make_table(
    "monitoring",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
    Column("gender", String(20), nullable=False, server_default=""),
    Column("age", String(20), nullable=False, server_default=""),
    Column("ethnicity", String(20), nullable=False, server_default=""),
    Column("disability", String(20), nullable=False, server_default=""),
    Column("answered_on", Date()),
    office_wide=True,
)

# Terms, identity cards, training, undertakings, declared interests and awards of a person; of
# courses the `minutes` that they took.
credential = make_table(
    "credential",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False, server_default=""),
    Column("from_on", Date()),
    Column("until_on", Date()),
    Column("minutes", Integer()),
    office_wide=True,
)
