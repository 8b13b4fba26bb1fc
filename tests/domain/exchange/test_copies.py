"""Copies that join, who is in their settings, and how long they keep reports."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CUSTODY, SUITE, make_person
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import (
    Invitation,
    OtherCopy,
    OwnCopy,
    PublicKeys,
    office_of,
)
from visitapp.domain.exchange.pack import FORMAT, InvitationContent, Pack, for_partners
from visitapp.domain.exchange.register import (
    JoinedCopy,
    PersonCopies,
    last_day_of,
    open_invitation,
)
from visitapp.domain.exchange.retention import ReducedReport, is_past_retention
from visitapp.domain.exchange.succession import Succession, closed_words, followed_words
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.office.scheme import Office

NOW = datetime(2025, 7, 4, 23, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
KEYS = PublicKeys(bytes(1216), bytes(32))
INVITATION = Invitation(UUID(int=1), ANNE, 1, b"secret", NOW)


def test_keys_are_as_long_as_their_algorithms_make_them() -> None:
    for sealing, signing in ((1215, 32), (1217, 32), (1216, 31), (1216, 33)):
        with pytest.raises(BadInputError):
            PublicKeys(bytes(sealing), bytes(signing))


def test_the_office_is_the_copy_of_nobody_whose_keys_still_hold() -> None:
    earlier = OtherCopy(UUID(int=1), KEYS, NOW, revoked_at=NOW)
    visitor = OtherCopy(UUID(int=2), KEYS, NOW, ANNE)
    now = OtherCopy(UUID(int=3), KEYS, NOW)
    assert office_of([earlier, visitor, now]) == now
    assert office_of([earlier, visitor]) is None
    assert (now.sent, now.number) == (0, 0)


def test_what_is_new_counts_from_its_first_version() -> None:
    own = OwnCopy(UUID(int=1), b"", b"")
    assert (own.number, own.version, OtherCopy(UUID(int=2), KEYS, NOW).version) == (0, 1, 1)
    assert INVITATION.version == Succession(UUID(int=1), 1, NOW, "Mary").version == 1


def test_an_invitation_knows_its_visitor_among_the_people_in_it() -> None:
    anne, ben = make_person("Anne", id=ANNE), make_person("Ben", id=BEN)
    office = Office(UUID(int=7), "The office")
    pack = Pack(NOW.date(), office, (), (ben, anne))
    content = InvitationContent(FORMAT, UUID(int=1), UUID(int=2), KEYS, ANNE, 1, NOW.date(), pack)
    assert (content.visitor, content.keys_number) == (anne, 0)


def test_a_code_works_for_fourteen_days_once_unless_it_is_withdrawn() -> None:
    end = NOW + timedelta(days=14)
    assert INVITATION.is_open_at(NOW)
    assert INVITATION.is_open_at(end - SECOND)
    assert not INVITATION.is_open_at(end)
    assert not replace(INVITATION, used_at=NOW).is_open_at(NOW)
    assert not replace(INVITATION, withdrawn_at=NOW).is_open_at(NOW)
    assert last_day_of(INVITATION) == date(2025, 7, 19)  # half past midnight by UK clocks


def test_somebody_can_join_by_their_newest_invitation_that_is_open() -> None:
    second = replace(INVITATION, id=UUID(int=2), number=2)
    withdrawn = replace(INVITATION, id=UUID(int=3), number=3, withdrawn_at=NOW)
    others = replace(INVITATION, id=UUID(int=4), number=4, person_id=BEN)
    every = [INVITATION, second, withdrawn, others]
    assert open_invitation(every, ANNE, NOW) == second
    assert open_invitation(every[::-1], ANNE, NOW) == second
    assert open_invitation([withdrawn, others], ANNE, NOW) is None


def test_the_register_says_whether_somebody_has_joined() -> None:
    joined = JoinedCopy(UUID(int=1), NOW.date(), "six words")
    shut_out = replace(joined, shut_out_on=NOW.date())
    for copies, invitation, words in (
        ((), None, ""),
        ((shut_out,), None, "Shut out"),
        ((), INVITATION, "Invited until 19 Jul"),
        ((shut_out,), INVITATION, "Invited until 19 Jul"),
        ((shut_out, joined), None, "Joined"),
        ((joined,), INVITATION, "Joined"),
    ):
        person = PersonCopies(copies, invitation)
        assert person.words == words
        assert person.in_use == tuple(copy for copy in copies if copy == joined)
        assert (person.last_day is None) == (invitation is None)


def test_a_partner_is_known_by_name_and_by_the_schemes_they_visit_for_now() -> None:
    day, before = date(2025, 7, 4), date(2020, 4, 1)
    person = make_person(
        memberships=(
            Membership(CUSTODY, before, None, "PROBATION"),
            Membership(ANIMALS, before, day - timedelta(days=1)),
        ),
        clearance=Clearance(vetted_until=day, tact_trained=True),
        version=7,
    )
    assert for_partners(person, day) == replace(
        person, memberships=(Membership(CUSTODY, before),), clearance=Clearance(), version=1
    )
    gone = replace(person, memberships=person.memberships[1:])
    assert for_partners(gone, day) is None


def test_a_report_is_kept_for_whole_days_after_it_was_accepted() -> None:
    days = timedelta(days=90)
    assert not is_past_retention(NOW, 90, NOW + days - SECOND)
    assert is_past_retention(NOW, 90, NOW + days)
    assert not is_past_retention(None, 0, NOW)


def test_whatever_changes_in_a_reduced_report_changes_its_digest() -> None:
    report = ReducedReport(UUID(int=1), CUSTODY, SUITE, NOW.date(), "NOR-1", 3, NOW, NOW)
    changed = [
        replace(report, id=UUID(int=2)),
        replace(report, scheme_id=ANIMALS),
        replace(report, site_id=UUID(int=2)),
        replace(report, day=date(2025, 7, 5)),
        replace(report, ref="NOR-2"),
        replace(report, revision=4),
        replace(report, accepted_at=NOW + SECOND),
        replace(report, reduced_at=NOW + SECOND),
    ]
    assert len({item.digest for item in (report, *changed)}) == 9


def test_a_copy_that_was_left_says_who_goes_on_with_the_office() -> None:
    left = Succession(UUID(int=1), 1, NOW, "Mary Manager")
    assert left.closes_this_copy
    assert closed_words(left) == (
        "This office was handed over on 5 July 2025. This copy can be read but not changed."
    )
    assert followed_words(left) == (
        "This copy doesn’t know yet whether the office has been taken over."
    )
    assert followed_words(replace(left, followed_at=NOW)) == "Somebody has taken over the office."
    named = replace(left, successor="Nina Next", followed_at=NOW)
    assert closed_words(named).startswith("This office was handed over to Nina Next on 5 July")
    assert followed_words(named) == "Nina Next has taken over the office."
    assert not replace(left, ended_at=NOW).closes_this_copy
