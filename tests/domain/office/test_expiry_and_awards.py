"""What volunteers hold runs out, and their service is rewarded: on which days."""

from datetime import date
from uuid import UUID

import pytest

from tests.builders import CUSTODY, make_person
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.award import awards_due, full_years, service_began
from visitapp.domain.office.credential import Credential, CredentialKind, newest
from visitapp.domain.office.expiry import expiries
from visitapp.domain.office.people import Clearance, Membership, Person
from visitapp.domain.office.scheme import award_years
from visitapp.domain.office.volunteer_file import VolunteerFile

TODAY = date(2025, 4, 10)
CARD = Credential(CredentialKind.CARD, "12", date(2022, 4, 15), date(2025, 4, 15))


def person(*memberships: Membership, until: date | None = None) -> Person:
    mine = memberships or (Membership(CUSTODY, date(2020, 1, 1)),)
    return make_person("Anne Example", memberships=mine, clearance=Clearance(until))


def files(who: Person, *held: Credential) -> dict[UUID, VolunteerFile]:
    return {who.id: VolunteerFile(who.id, credentials=held)}


# -- what runs out -------------------------------------------------------------------------


def test_what_ends_within_ninety_days_is_listed_soonest_first() -> None:
    anne = person(until=date(2025, 6, 30))
    term = Credential(CredentialKind.TERM, "", None, date(2025, 7, 9))
    later = Credential(CredentialKind.COURSE, "First aid", None, date(2025, 7, 10))
    listed = expiries([anne], files(anne, term, CARD, later), TODAY)
    assert [(item.what, item.days_left(TODAY), item.within(TODAY)) for item in listed] == [
        ("Identity card: 12", 5, 7), ("Vetting", 81, 90), ("Term", 90, 90),
    ]  # fmt: skip
    assert listed[0].words(TODAY) == "Identity card: 12, 5 days"


@pytest.mark.parametrize(
    ("day", "within", "words"),
    [
        (date(2025, 2, 14), 60, "60 days"),
        (date(2025, 3, 16), 30, "30 days"),
        (date(2025, 3, 15), 60, "31 days"),
        (date(2025, 4, 14), 7, "tomorrow"),
        (date(2025, 4, 15), 7, "today"),
        (date(2025, 4, 16), None, "ended"),
    ],
)
def test_it_grows_more_urgent_and_stays_until_it_is_renewed(
    day: date, within: int | None, words: str
) -> None:
    anne = person()
    (expiry,) = expiries([anne], files(anne, CARD), day)
    assert expiry.within(day) == within
    assert expiry.words(day) == f"Identity card: 12, {words}"
    renewed = Credential(CredentialKind.CARD, "13", date(2025, 4, 1), date(2028, 4, 15))
    assert expiries([anne], files(anne, CARD, renewed), day) == ()


def test_a_course_is_renewed_by_the_same_course_only() -> None:
    first_aid = Credential(CredentialKind.COURSE, "First aid", None, date(2025, 4, 20))
    again = Credential(CredentialKind.COURSE, "first-aid", None, date(2027, 4, 20))
    tact = Credential(CredentialKind.COURSE, "TACT", None, date(2025, 5, 1))
    assert set(newest([first_aid, tact, again])) == {again, tact}


@pytest.mark.parametrize(
    "membership",
    [
        Membership(CUSTODY, date(2020, 1, 1), status="VETTING"),
        Membership(CUSTODY, date(2020, 1, 1), date(2025, 3, 1), "LEFT"),
    ],
)
def test_applicants_and_those_who_left_have_nothing_to_renew(membership: Membership) -> None:
    anne = person(membership)
    assert expiries([anne], files(anne, CARD), TODAY) == ()


def test_days_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(BadInputError, match="earlier than the first"):
        Credential(CredentialKind.TERM, "", TODAY, date(2025, 4, 9))


# -- awards --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("memberships", "began"),
    [
        ([Membership(CUSTODY, date(2016, 4, 22))], date(2016, 4, 22)),
        # a year away between two times in the scheme doesn't count
        (
            [
                Membership(CUSTODY, date(2016, 1, 1), date(2017, 12, 31), "LEFT"),
                Membership(CUSTODY, date(2019, 1, 1)),
            ],
            date(2016, 12, 31),
        ),
        # two schemes at once count once
        (
            [Membership(CUSTODY, date(2016, 1, 1)), Membership(UUID(int=7), date(2022, 4, 1))],
            date(2016, 1, 1),
        ),
        ([Membership(CUSTODY, date(2016, 1, 1), joined_unknown=True)], None),
        ([Membership(CUSTODY, date(2016, 1, 1), date(2024, 1, 1), "LEFT")], None),
    ],
)
def test_service_is_counted_without_interruptions_and_unknown_stays_unknown(
    memberships: list[Membership], began: date | None
) -> None:
    assert service_began(memberships, TODAY) == began


@pytest.mark.parametrize(
    ("joined", "listed", "years", "due_on"),
    [
        (date(2016, 4, 22), (), 9, date(2025, 4, 22)),  # in twelve days
        (date(2016, 1, 1), (), 9, date(2025, 1, 1)),
        (date(2016, 2, 29), (), 9, date(2025, 2, 28)),
        (date(2019, 1, 1), (6, 12), 6, date(2025, 1, 1)),
        (date(2015, 1, 1), (6, 12), None, None),  # long ago: handed over, if not noted
        (date(2024, 1, 1), (), None, None),
    ],
)
def test_awards_are_due_every_three_years_or_by_the_office_s_list(
    joined: date, listed: tuple[int, ...], years: int | None, due_on: date | None
) -> None:
    anne = person(Membership(CUSTODY, joined))
    due = awards_due([anne], files(anne), listed, TODAY)
    assert [(award.years, award.due_on) for award in due] == ([(years, due_on)] if years else [])
    handed = Credential(CredentialKind.AWARD, f"{years} years", TODAY)
    assert awards_due([anne], files(anne, handed), listed, TODAY) == ()


def test_numbers_of_years_are_read_as_people_write_them() -> None:
    assert award_years("9, 3 6,6") == (3, 6, 9)
    assert award_years(" ") == ()
    assert award_years("three") is award_years("0") is None
    assert full_years(date(2016, 4, 11), TODAY) == 8
