"""Tables that files before version 0010 had in addition to another one, whose columns they are now.

They still matter twice: the ledger digests these columns as the rows they once were, so that
digests in older files stay valid; and a damaged file of an earlier version still has the tables.
"""

from dataclasses import dataclass

from sqlalchemy import Table

from visitapp.persistence import tables as t


@dataclass(frozen=True, slots=True)
class SideTable:
    """A row of the old table `name` became `columns` of the row of `owner` whose id was in
    `key`."""

    name: str
    owner: Table
    key: str
    columns: tuple[str, ...]


PRACTICE = SideTable("practice", t.scheme, "scheme_id", ("issue_days",))
CLEARANCE = SideTable(
    "clearance", t.person, "person_id", ("vetted_until", "probation_until", "tact_trained")
)
ISSUE_PLACE = SideTable(
    "issue_place", t.issue, "issue_id", ("place", "question", "raised_minute")
)  # fmt: skip
SITE_POLICY = SideTable(
    "site_policy", t.site, "site_id", ("visits_a_year", "cap", "floor", "week_rule")
)  # fmt: skip
SIDE_TABLES = (PRACTICE, CLEARANCE, ISSUE_PLACE, SITE_POLICY)
