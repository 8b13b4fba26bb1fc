"""A visitor's own visits and hours, as the office counts them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears


@dataclass(frozen=True, slots=True)
class CountedVisit:
    """A visit that counts. `minutes` are this visitor's own, from arriving to leaving and on the
    way; None where the report has no leaving time."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    day: date
    minutes: int | None


@dataclass(frozen=True, slots=True)
class OwnCountedVisits:
    """All of this reporting year and the year before."""

    visits: tuple[CountedVisit, ...]


@dataclass(frozen=True, slots=True)
class OwnVisit:
    """One of them with the name of its site."""

    day: date
    site_name: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class OwnYear:
    """A visitor's visits in a reporting year, the latest first."""

    year: Period
    visits: tuple[OwnVisit, ...]

    @property
    def minutes(self) -> int:
        """Their minutes together, as far as they are known."""
        return sum(visit.minutes or 0 for visit in self.visits)

    @property
    def unknown(self) -> int:
        """How many have no leaving time."""
        return sum(visit.minutes is None for visit in self.visits)


def by_year(
    visits: Iterable[CountedVisit], site_names: Mapping[UUID, str], years: ReportingYears
) -> tuple[OwnYear, ...]:
    """The reporting years with a visit, the latest first."""
    listed = sorted(visits, key=lambda visit: (visit.day, visit.id), reverse=True)
    return tuple(
        OwnYear(
            year,
            tuple(
                OwnVisit(visit.day, site_names.get(visit.site_id, ""), visit.minutes)
                for visit in listed
                if visit.day in year
            ),
        )
        for year in dict.fromkeys(years.year_of(visit.day) for visit in listed)
    )
