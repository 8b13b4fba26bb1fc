"""Hours of a volunteer: what counts, what is paid, and what is asked of them in a year."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.builders import ANIMALS, ANNE, CUSTODY, LONG_AGO, make_person
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.claim import ClaimKind, VolunteerClaim
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.mileage import PENCE_A_MILE, MileageRate, rate_on
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.people import LEAVE, Membership
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.status_change import StatusChange
from visitapp.domain.period import Period
from visitapp.domain.text.clock_text import parse_length
from visitapp.domain.text.wording import money
from visitapp.domain.year.below_minimum import done_of_minimum, year_to
from visitapp.domain.year.volunteer_hours import (
    HoursApproval,
    TimeKind,
    TimeLine,
    VolunteerHours,
)

DAY = date(2025, 3, 31)
AT = datetime(2025, 4, 1, 9, tzinfo=UTC)
QUARTER = Period(date(2025, 1, 1), DAY)
WAITS = VolunteerClaim(UUID(int=1), ANNE, ClaimKind.TRAVEL, DAY, "To the suite", 40, 18, 320)
APPROVED = replace(WAITS, id=UUID(int=2), approved_by="Mary Manager", approved_at=AT)
MISTAKE = replace(APPROVED, id=UUID(int=3), withdrawn_by="Mary Manager", withdrawn_at=AT)


def line(claim: VolunteerClaim) -> TimeLine:
    return TimeLine(TimeKind.TRAVEL, DAY, claim.what, claim.minutes, claim=claim)


VISIT = TimeLine(TimeKind.VISIT, DAY, "Northgate", 60, visit_id=UUID(int=9))
MEETING = TimeLine(TimeKind.MEETING, DAY, "Team meeting", None, meeting_id=UUID(int=8))
COURSE = TimeLine(TimeKind.TRAINING, DAY, "Course: First aid", 180)
LINES = (VISIT, MEETING, COURSE, line(WAITS), line(APPROVED), line(MISTAKE))
HOURS = VolunteerHours(make_person(id=ANNE), LINES)


def test_only_approved_claims_count_and_an_unknown_length_counts_no_minutes() -> None:
    assert [HOURS.minutes_of(kind) for kind in TimeKind] == [60, 0, 180, 40, 0]
    assert (HOURS.minutes, HOURS.unknown, HOURS.waiting) == (280, 1, 1)
    assert (HOURS.number_of(TimeKind.MEETING), HOURS.number_of(TimeKind.TRAVEL)) == (1, 1)
    assert HOURS.claims == (WAITS, APPROVED)
    assert (HOURS.miles, HOURS.to_pay) == (18, 18 * 45 + 320)
    assert money(HOURS.to_pay) == "£11.30"
    titles = [each.title for each in LINES[:4]]
    assert titles == ["Visit: Northgate", "Team meeting", "Course: First aid",
                      "Travel: To the suite"]  # fmt: skip


def test_hours_are_approved_while_nothing_of_them_changes() -> None:
    approved = replace(
        HOURS,
        lines=(VISIT, line(APPROVED)),
        approval=HoursApproval(ANNE, QUARTER, 100, 1130, "Mary Manager", AT),
    )
    assert approved.is_approved
    assert not replace(approved, lines=(VISIT,)).is_approved
    assert not replace(approved, lines=(*approved.lines, line(WAITS))).is_approved
    assert not replace(approved, approval=None).is_approved


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"minutes": 0, "miles": 0, "pence": 0}, "Enter a time, miles or an amount"),
        ({"minutes": 24 * 60 + 1}, "more than a day"),
        ({"miles": 1001}, "1,000 miles"),
        ({"pence": -1}, "£10,000"),
        ({"pence": 0, "has_receipt": True}, "A receipt is for expenses"),
    ],
)
def test_a_claim_is_for_something_within_reason(changed: dict[str, int], words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        replace(WAITS, **changed)


def test_a_mile_is_paid_with_the_rate_of_its_day() -> None:
    rates = (MileageRate(date(2024, 4, 1), 50), MileageRate(date(2025, 1, 1), 0))
    days = (date(2024, 3, 31), date(2024, 4, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [rate_on(rates, day) for day in days] == [PENCE_A_MILE, 50, 50, 0]
    with pytest.raises(BadInputError, match="up to 200"):
        MileageRate(DAY, 201)


def test_only_training_takes_hours() -> None:
    assert Credential(CredentialKind.E_LEARNING, minutes=45).minutes == 45
    with pytest.raises(BadInputError, match="Only a course"):
        Credential(CredentialKind.CARD, minutes=45)
    with pytest.raises(BadInputError, match="in hours, up to 200"):
        Credential(CredentialKind.COURSE, minutes=0)


def test_a_length_is_typed_in_hours_and_minutes_or_as_a_fraction() -> None:
    typed = ("1:30", "1.5", "1,25", "2", ":45", ".5", " ", "0:07")
    assert [parse_length(text) for text in typed] == [90, 90, 75, 120, 45, 30, 0, 7]
    for wrong in ("1:60", "long", "-1", "1:3", "1.5.2"):
        with pytest.raises(BadInputError, match="such as 1:30"):
            parse_length(wrong)


# what is asked of them


def scheme(scheme_id: UUID, kind: Kind, visits: int, meetings: int = 0) -> Scheme:
    return Scheme(scheme_id, kind, kind.label, minimum=Minimum(visits, meetings))


SCHEMES = (scheme(CUSTODY, Kind.CUSTODY, 8, 2), scheme(ANIMALS, Kind.ANIMAL_WELFARE, 0, 1))


def words(*memberships: Membership, visits: int = 7, meetings: int = 3) -> list[str]:
    person = make_person(id=ANNE, memberships=memberships)
    made = {(ANNE, CUSTODY): visits, (ANNE, ANIMALS): 4}
    return [item.words for item in done_of_minimum([person], SCHEMES, made, {ANNE: meetings}, DAY)]


def test_each_scheme_asks_for_its_own_visits_and_for_meetings_once() -> None:
    both = (Membership(CUSTODY, LONG_AGO), Membership(ANIMALS, LONG_AGO))
    assert words(*both) == ["7 of 8 visits and 3 meetings (2 asked for)"]
    assert words(both[1], meetings=0) == ["0 of 1 meeting"]
    two = (SCHEMES[0], replace(SCHEMES[1], minimum=Minimum(4)))
    (item,) = done_of_minimum(
        [make_person(id=ANNE)], two, {(ANNE, CUSTODY): 1, (ANNE, ANIMALS): 4}, {ANNE: 2}, DAY
    )
    assert item.words == (
        "1 of 8 custody visits, 4 animal welfare visits (4 asked for) and 2 meetings (2 asked for)"
    )
    assert item.is_below


def test_nothing_is_asked_of_whoever_was_not_there_all_year() -> None:
    year = year_to(DAY)
    assert (year.start, year.end) == (date(2024, 4, 1), DAY)
    joined = Membership(CUSTODY, date(2024, 4, 1))
    assert words(joined)
    assert not words(replace(joined, joined_on=date(2024, 4, 2)))
    assert not words(replace(joined, left_on=date(2025, 3, 30)))
    leave = StatusChange(UUID(int=5), CUSTODY, LEAVE, date(2024, 9, 1), date(2024, 9, 30))
    active = StatusChange(UUID(int=6), CUSTODY, "ACTIVE", LONG_AGO)
    assert words(replace(joined, changes=(active,)))
    assert not words(replace(joined, changes=(active, leave)))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2023, 4, 1), date(2024, 3, 31)),
        (date(2024, 1, 1), date(2024, 12, 31)),
        (date(2023, 3, 1), date(2024, 2, 29)),
        (date(2024, 3, 1), date(2025, 2, 28)),
    ],
)
def test_twelve_months_over_a_29_february_miss_no_day(first: date, last: date) -> None:
    assert year_to(last) == Period(first, last)


def test_a_minimum_is_within_a_year() -> None:
    with pytest.raises(BadInputError, match="from 0 to 366"):
        Minimum(visits=367)
    with pytest.raises(BadInputError, match="from 0 to 366"):
        Minimum(meetings=-1)
