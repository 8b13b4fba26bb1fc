"""What changed in the office while a report was on its way, or a lost laptop was replaced."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.builders import ANNE, BEN, CARA, CUSTODY, LONG_AGO, SUITE
from tests.copies import DAY, Copies, amended, written
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.exchange.messages import UNDECIDED
from visitapp.domain.following.issue_steps import REFERRED, NewStep
from visitapp.domain.office.people import LEAVE
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.office.status_change import LEFT
from visitapp.domain.report import form_changes
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import integrity
from visitapp.security import sealed_messages
from visitapp.services import Services


def leave(office: Services, person_id: UUID, status: str) -> None:
    """Somebody has left every scheme since yesterday, or is on leave."""
    person = next(item for item in office.people.people() if item.id == person_id)
    left_on = date(2025, 4, 9) if status == LEFT else None
    memberships = tuple(
        replace(item, status=status, left_on=left_on) for item in person.memberships
    )
    office.people.save(replace(person, memberships=memberships))


def all_are_sound(copies: Copies) -> None:
    for services in (copies.office, *copies.visitors.values()):
        with services.access.database.reading() as connection:
            assert list(integrity.contradictions(connection)) == []


@pytest.mark.parametrize("status", [LEFT, LEAVE])
def test_a_new_laptop_gets_reports_back_that_name_people_who_are_no_longer_partners(
    copies: Copies, status: str
) -> None:
    lost = copies.join("anne", ANNE)
    first = written(lost)
    second = written(lost, DAY.replace(day=9), visitors=(ANNE, CARA), observers=(BEN,))
    copies.exchange("anne", "office")
    copies.office.inbox.accept([first.id])
    (copy,) = copies.office.exchange.copies()
    copies.office.exchange.revoke(copy.id)
    leave(copies.office, BEN, status)
    copies.clock.move(hours=1)
    new = copies.join("anne", ANNE)
    assert BEN not in {person.id for person in new.people.people()}
    done = copies.exchange("office", "anne", "office", "anne")
    assert not any(each.refused for each in done)
    for visit in (first, second):
        assert new.visits.get(visit.id) == lost.visits.get(visit.id)
    ben = next(person for person in new.people.people() if person.id == BEN)
    assert (ben.name, ben.memberships) == ("Ben Sample", ())
    all_are_sound(copies)


def test_a_report_is_accepted_whose_visitors_have_left_since(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne", "office")
    for person_id in (ANNE, BEN):
        leave(copies.office, person_id, LEFT)
    copies.settle()
    copies.office.inbox.accept([visit.id])
    copies.settle()
    assert anne.handing_over.states()[visit.id].stage is Handover.ACCEPTED
    assert copies.office.visits.get(visit.id) == anne.visits.get(visit.id)
    all_are_sound(copies)


def test_a_report_of_a_site_that_was_renamed_and_closed_is_accepted_and_amended(
    copies: Copies,
) -> None:
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.exchange("anne", "office")
    site = next(site for site in copies.office.setup.sites() if site.id == SUITE)
    closed = (OpenPeriod(LONG_AGO, date(2025, 4, 1)),)
    copies.office.setup.save_site(replace(site, name="Southgate", open_periods=closed))
    (line,) = copies.office.inbox.lines()
    assert line.site_name == "Southgate"
    assert line.warnings != ()
    copies.settle()
    copies.office.inbox.accept([visit.id])
    copies.settle()
    later = amended(anne, anne.visits.get(visit.id), summary="Calm.")
    copies.settle()
    copies.office.inbox.accept([visit.id])
    copies.settle()
    assert anne.handing_over.states()[later.id].stage is Handover.ACCEPTED
    assert copies.office.visits.get(later.id) == anne.visits.get(later.id)
    all_are_sound(copies)


def test_a_report_is_read_with_the_form_that_it_was_written_with(copies: Copies) -> None:
    """The office asks less before it comes, and before it has kept any form."""
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    first = anne.forms.form(CUSTODY, 1)
    gone = next(key for key in visit.report.answers if form_changes.may_stop(first, key))
    copies.office.forms.remove_question(CUSTODY, gone)
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    copies.settle()
    assert copies.office.visits.get(visit.id).report.form_number == 1
    for services in (copies.office, anne):
        assert gone in {question.key for question in services.forms.form(CUSTODY, 1).questions()}
        newest = services.forms.form(CUSTODY)
        assert newest.number == 2
        assert gone not in {question.key for question in newest.questions()}
    later = amended(anne, anne.visits.get(visit.id), summary="Calm.")
    copies.settle()
    copies.office.inbox.accept([visit.id])
    assert copies.office.visits.get(later.id) == anne.visits.get(later.id)
    all_are_sound(copies)


def stage(services: Services, edition_id: UUID) -> Handover:
    return services.handing_over.states()[edition_id].stage


def test_two_copies_of_one_visitor_amend_the_same_report_and_neither_edition_is_lost(
    copies: Copies,
) -> None:
    old = copies.join("old", ANNE)
    first = written(old)
    copies.exchange("old", "office")
    copies.clock.move(hours=1)
    new = copies.join("new", ANNE)
    copies.exchange("office", "new", "old")
    here = amended(old, first, summary="At the old laptop.")
    here = amended(old, here, summary="At the old laptop, again.")
    there = amended(new, new.visits.get(first.id), summary="At the new laptop.")
    copies.exchange("old", "office", "new")
    (refused,) = copies.exchange("office")[0].refused
    assert refused.sentence == UNDECIDED
    assert copies.office.inbox.report(first.id) == here
    copies.exchange("office", "old", "new")
    assert stage(old, here.id) is Handover.RECEIVED
    assert stage(new, there.id) is Handover.HANDED_OVER

    copies.office.inbox.accept([first.id])
    copies.exchange("office", "old", "new")
    (line,) = copies.office.inbox.lines()
    assert line.is_amended_here
    assert copies.office.inbox.report(first.id) == there
    assert copies.office.visits.get(here.id).state is State.LOCKED
    assert stage(old, here.id) is Handover.RECEIVED
    assert stage(new, there.id) is Handover.RECEIVED
    copies.office.inbox.accept([first.id], instead=True)
    copies.settle()
    assert copies.office.visits.get(there.id).state is State.LOCKED
    assert copies.office.visits.get(here.id).state is State.WITHDRAWN
    assert stage(new, there.id) is Handover.ACCEPTED
    all_are_sound(copies)


def test_a_report_that_was_given_back_is_not_new_once_its_issue_went_on(copies: Copies) -> None:
    lost = copies.join("anne", ANNE)
    visit = written(lost, issues=(Issue(uuid4(), "FOOD", 2, description="Cold."),))
    copies.exchange("anne", "office")
    office = copies.office
    office.inbox.accept([visit.id])
    (issue,) = visit.issues
    office.issues.record(issue.id, issue.version, NewStep(REFERRED, DAY, "", "Inspector"))
    (copy,) = office.exchange.copies()
    office.exchange.revoke(copy.id)
    copies.clock.move(hours=1)
    new = copies.join("anne", ANNE)
    copies.exchange("office")
    files = [path.read_bytes() for path in copies.folder.iterdir()]
    for_new = [file for file in files if sealed_messages.is_for(file, new.exchange.own())]
    assert len(for_new) > 1
    for file in sorted(for_new, key=len):  # the report, which is longer, comes last
        new.exchange.take_in(file)
    copies.settle()
    assert office.inbox.waiting() == 0
    assert stage(new, visit.id) is Handover.ACCEPTED
    assert [step.status for step in new.issues.get(issue.id).steps] == [REFERRED]
    all_are_sound(copies)
