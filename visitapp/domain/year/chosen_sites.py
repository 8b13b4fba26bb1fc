"""The sites that figures and reports can be limited to."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChosenSites:
    """Some sites of the office. `name` is what documents call them: the name of a site, or several
    as `Northgate and Southgate`."""

    name: str
    site_ids: frozenset[UUID]
