"""Counts the volunteers of a scheme over a period."""

from collections.abc import Sequence
from datetime import date, timedelta

from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.period import Period
from visitapp.domain.year.register import Volunteers


def volunteers(people: Sequence[Person], scheme: Scheme, period: Period) -> Volunteers:
    """The scheme's register over the period, counting each person once."""
    start = joined = left = end = within = later = 0
    for person in people:
        mine = [m for m in person.memberships if m.scheme_id == scheme.id and not m.is_applicant]
        began = any(_belongs_before(m, period.start) for m in mine)
        came = not began and any(m.joined_on in period for m in mine)
        stays = any(_belongs_before(m, period.end + timedelta(days=1)) for m in mine)
        start, joined, end = start + began, joined + came, end + stays
        left += (began or came) and not stays
        first = min(mine, key=lambda m: m.joined_on, default=None)
        if first is not None and first.joined_unknown:
            within += first.joined_on in period
            later += first.joined_on > period.end
    return Volunteers(start, joined, left, end, within, later)


def _belongs_before(membership: Membership, day: date) -> bool:
    """Whether the person had joined before `day` and hadn't left by then; the day of leaving is the
    last day of membership."""
    return membership.joined_on < day and (membership.left_on is None or membership.left_on >= day)
