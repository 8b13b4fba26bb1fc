"""What the monthly page shows: what visitors raised in the month, and what the police did."""

from dataclasses import dataclass
from datetime import date

from visitapp.domain.office.scheme import Office
from visitapp.domain.period import Period
from visitapp.domain.year.quarterly_update import RaisedIssue
from visitapp.domain.year.summary import SchemeFigures


@dataclass(frozen=True, slots=True)
class MonthOfScheme:
    """One scheme's month. `raised` are its issues; `before` those raised earlier that were open
    when the month began. Allegations are in neither. `praised`: findings of good practice."""

    figures: SchemeFigures
    raised: tuple[RaisedIssue, ...] = ()
    before: tuple[RaisedIssue, ...] = ()
    praised: int = 0


@dataclass(frozen=True, slots=True)
class MonthlyPage:
    """Everything that the page shows. `as_at` is today, or the last day if that is over."""

    office: Office
    period: Period
    as_at: date
    schemes: tuple[MonthOfScheme, ...]

    @property
    def goes_on(self) -> bool:
        """Whether the month isn't over."""
        return self.as_at < self.period.end
