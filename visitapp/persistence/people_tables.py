"""The tables of what only the office keeps of volunteers, in the same metadata as the others."""

from sqlalchemy import Column, ForeignKey, String, Uuid

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
    office_wide=True,
)
