"""Visits attempted, made and due, of a scheme and of each of its sites."""

from dataclasses import dataclass
from uuid import UUID

from visitapp.domain.figures import Share, target_share

Labelled = tuple[tuple[str, int], ...]
"""(printed label, count) pairs in the order of the coded list, without zeros."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """What became of the visits attempted; `by_mode` has all of them. `at_site` visits were made in
    person: they alone fill a timeslot."""

    completed: int = 0
    abandoned: int = 0
    refused_entry: int = 0
    site_closed: int = 0
    by_mode: Labelled = ()
    at_site: int = 0

    @property
    def remote(self) -> int:
        """Visits made by telephone or video."""
        return self.completed - self.at_site

    @property
    def verb(self) -> str:
        """What all of them were, in words: `made`, or `attempted` if some were not made."""
        return "made" if self.attempted == self.completed else "attempted"

    @property
    def attempted(self) -> int:
        """All visits attempted: the sum of the four parts."""
        return self.completed + self.abandoned + self.refused_entry + self.site_closed


@dataclass(frozen=True, slots=True)
class Target:
    """Visits `done` of `expected`, and weeks (kennels: months) `met` of `due`. `in_spans`: visits
    in all weeks (months) of the period, including days outside it; None if the number is the same.
    Rule: a week belongs to the period that contains its Thursday, and is due at a site open on all
    its seven days; kennels: a calendar month, open on all its days. Visits made in
    person count; those made remotely too, unless the scheme says otherwise
    (`Scheme.remote_counts`)."""

    expected: int
    done: int
    due: int
    met: int
    in_spans: int | None = None

    @property
    def short(self) -> int:
        """How many due visits are missing, in the weeks (months) they were due in."""
        visits = self.done if self.in_spans is None else self.in_spans
        return max(0, self.expected - visits)

    @property
    def strays(self) -> bool:
        """Whether the weeks (months) contain other visits than the days of the period."""
        return self.in_spans is not None and self.in_spans != self.done

    @property
    def visits(self) -> Share:
        """Visits as a share of visits due, one decimal."""
        return target_share(self.done, self.expected)

    @property
    def weeks(self) -> Share:
        """Weeks (months) with a visit as a share of those due, one decimal."""
        return target_share(self.met, self.due)


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """One site in the period. `was_open`: on any day of it. `so_far`: what was due until yesterday;
    None if the period is over."""

    site_id: UUID
    name: str
    cells: int | None
    was_open: bool
    attempts: Attempts
    target: Target
    so_far: Target | None = None

    @property
    def is_counted(self) -> bool:
        """Whether it was open on any day, or visitors called."""
        return self.was_open or self.attempts.attempted > 0
