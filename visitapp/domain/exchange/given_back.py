"""What the office gives a visitor back: their next visits, and what became of their issues."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from visitapp.domain.exchange.copies import PublicKeys
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs, freeze_day
from visitapp.domain.plan.planned import PlannedMoment
from visitapp.domain.text.wording import weekday_and_day

STOOD_DOWN = (
    "You are not needed this time. Two pairs were asked, so that nobody can see in the rota how "
    "many visits there are. Thank you for keeping the week free. It counts like a visit when the "
    "next plan is made. Please don’t mention it to anyone before the week is over."
)
"""What a pair is told that was asked and isn't needed."""


@dataclass(frozen=True, slots=True)
class AssignedVisit:
    """A visit to make within a span, with whom. Its day and time are in no message: the manager
    tells them or, `is_of_pair`, this copy and the partner's draw them (`GivenDraw`). From the first
    day of its week on it says whether the pair `is_stood_down`."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    span: Period
    partner_id: UUID
    is_of_pair: bool = False
    is_stood_down: bool = False


@dataclass(frozen=True, slots=True)
class GivenDraw:
    """What this copy and the partner's draw the moments of a week from: the same for both but for
    the partner and the keys of the partner's copy. `id` is new with each draw of the week."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    span: Period
    partner_id: UUID
    partner_keys: PublicKeys = field(repr=False)
    frozen_on: date
    inputs: FrozenInputs


@dataclass(frozen=True, slots=True)
class Assignments:
    """All visits that a visitor has been given and has not made yet, and what their moments are
    drawn from in weeks whose inputs are frozen."""

    visits: tuple[AssignedVisit, ...]
    draws: tuple[GivenDraw, ...] = ()


@dataclass(frozen=True, slots=True)
class AssignedWeek:
    """The visits that a visitor has at a site in a week or month, as their copy shows them. With a
    `draw_id` this copy can show the days and times; `is_again`: an earlier draw was shown before,
    until `frozen_on`."""

    site_id: UUID
    site_name: str
    span: Period
    partner_name: str
    is_of_pair: bool
    draw_id: UUID | None = None
    frozen_on: date | None = None
    is_again: bool = False
    is_stood_down: bool = False

    def words(self, today: date) -> str:
        """Who knows the day and time, and from when on."""
        if self.is_stood_down:
            return STOOD_DOWN
        if not self.is_of_pair:
            return "Your manager tells you the day and time."
        if self.draw_id is None:
            first = freeze_day(self.span)
            if today < first:
                return (
                    f"Only you and {self.partner_name} will know the day and time. You can see "
                    f"them here from {weekday_and_day(first)} on."
                )
            return (
                f"Only you and {self.partner_name} will know the day and time. They come with the "
                "office’s next message."
            )
        words = (
            f"Only you and {self.partner_name} can see the day and time, each on your own "
            "computer. You both see the same."
        )
        if self.is_again and self.frozen_on is not None:
            words += (
                f" They were drawn again on {weekday_and_day(self.frozen_on)}: what you saw before "
                "no longer holds."
            )
        return words


@dataclass(frozen=True, slots=True)
class ShownMoments:
    """The days and times of a pair's visits in a week, two words that both copies show with them,
    and the six words for the keys of the partner's copy. Nothing of it is stored."""

    moments: tuple[PlannedMoment, ...] = field(repr=False)
    check_words: str = field(repr=False)
    partner_fingerprint: str


@dataclass(frozen=True, slots=True)
class FollowedIssue:
    """An issue that a visitor raised, as it stands with the office, and every step of it."""

    issue_id: UUID
    status: str
    closed_on: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FollowedIssues:
    """Those issues of a visitor's reports of which something has been recorded."""

    issues: tuple[FollowedIssue, ...]
