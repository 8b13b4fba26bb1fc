"""The sites that figures and reports can be limited to."""

from uuid import UUID

from visitapp.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class ChosenSites:
    """Some sites of the office. `name` is what documents call them: the name of a site, several as
    `Northgate and Southgate`, or a group as `panel West`, with the names of its sites."""

    name: str
    site_ids: frozenset[UUID]
    of_group: tuple[str, ...] = ()
