"""A visitor's copy shows that visitor's reports and drafts, and nobody else's."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from uuid import uuid4

import pytest

from tests.builders import ANNE, BEN, CARA, CUSTODY, make_visit, sign
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.office.people import Clearance
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import Visit
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services


@dataclass(frozen=True)
class Written:
    """A report of Anne and Ben, one of Ben and Cara, and the services of Anne's copy."""

    mine: Visit
    others: Visit
    anne: Services


def visitors_copy(services: Services, name: str = "Anne Example") -> Services:
    access = replace(services.access, actor=Actor(name, Role.VISITOR))
    return Services(access, bytes(range(32)), Random(1))


@pytest.fixture
def written(furnished: Services) -> Written:
    mine = make_visit(date(2025, 3, 3), issues=(Issue(uuid4(), "FOOD", 2),))
    others = make_visit(
        date(2025, 3, 10), visitors=(BEN, CARA), issues=(Issue(uuid4(), "FOOD", 2),)
    )
    return Written(sign(furnished, mine), sign(furnished, others), visitors_copy(furnished))


def test_lists_hold_the_visitors_own_reports(written: Written) -> None:
    page = written.anne.visits.page(VisitQuery())
    assert ([row.id for row in page.rows], page.total) == ([written.mine.id], 1)
    assert written.anne.visits.lines(VisitQuery()) == page.rows
    issues = written.anne.issues.page(IssueQuery())
    assert written.anne.issues.lines(IssueQuery()) == issues.lines
    assert ([line.visit_id for line in issues.lines], issues.total) == ([written.mine.id], 1)
    assert [row.id for row in written.anne.home.overview().recent] == [written.mine.id]


@pytest.mark.parametrize(
    "call",
    [
        lambda services, visit: services.visits.get(visit.id),
        lambda services, visit: services.visits.replacement(visit.id),
        lambda services, visit: services.visits.names_needed(visit.id),
        lambda services, visit: services.visits.withdraw(visit.id, "By mistake", ("Ben Sample",)),
        lambda services, visit: services.visits.put_back(visit.id, "By mistake", ("Ben Sample",)),
        lambda services, visit: services.visits.withdrawals(visit),
        lambda services, visit: services.visits.decide_same(visit.id, uuid4(), None),
        lambda services, visit: services.drafts.replace(visit.id, "A wrong number"),
        lambda services, visit: services.issues.get(visit.issues[0].id),
        lambda services, visit: services.copies.due(visit.id),
        lambda services, visit: services.copies.log(visit.id),
        lambda services, visit: services.copies.warnings(visit.id),
    ],
)
def test_a_report_of_others_is_refused(
    written: Written, furnished: Services, call: Callable[[Services, Visit], object]
) -> None:
    before = furnished.visits.get(written.others.id)
    with pytest.raises(NotAllowedError, match="only your own reports"):
        call(written.anne, before)
    assert furnished.visits.get(written.others.id) == before


def test_drafts_of_others_are_not_shown(written: Written, furnished: Services) -> None:
    others, _ = furnished.drafts.begin(CUSTODY)
    own, _ = written.anne.drafts.begin(CUSTODY)
    assert [draft.id for draft in written.anne.drafts.drafts()] == [own.id]
    assert [line.id for line in written.anne.drafts.lines()] == [own.id]
    for call in (
        lambda: written.anne.drafts.get(others.id),
        lambda: written.anne.drafts.save(others),
        lambda: written.anne.drafts.discard(others.id),
        lambda: written.anne.visits.sign(make_visit(), others),
    ):
        with pytest.raises(NotAllowedError, match="only your own drafts"):
            call()
    assert {draft.id for draft in furnished.drafts.drafts()} == {others.id, own.id}


def test_an_amendment_that_the_office_began_is_not_shown(
    written: Written, furnished: Services
) -> None:
    begun, _ = furnished.drafts.replace(written.mine.id, "A wrong number")
    own, _ = written.anne.drafts.replace(written.mine.id, "A wrong number")
    assert own.id != begun.id


def test_a_question_about_the_same_visit_is_for_whoever_made_both(
    written: Written, furnished: Services
) -> None:
    again = sign(furnished, make_visit(date(2025, 3, 10), visitors=(BEN, CARA)))
    assert len(furnished.visits.same_visit_questions()) == 1
    assert written.anne.visits.same_visit_questions() == ()
    assert written.anne.home.overview().same_visit == ()
    bens = visitors_copy(furnished, "Ben Sample")
    assert len(bens.visits.same_visit_questions()) == 1
    assert len(bens.home.overview().same_visit) == 1
    bens.visits.decide_same(written.others.id, again.id, None)
    assert furnished.visits.same_visit_questions() == ()


def test_whoever_is_not_in_the_register_sees_what_they_signed(furnished: Services) -> None:
    new = visitors_copy(furnished, "Vera Visitor")
    assert new.visits.page(VisitQuery()).rows == ()
    signed = sign(new, make_visit())
    assert [row.id for row in new.visits.page(VisitQuery()).rows] == [signed.id]
    assert new.visits.get(signed.id) == signed


def test_another_name_takes_drafts_along_and_never_shows_other_reports(
    written: Written, furnished: Services
) -> None:
    for name in ("Ben Sample", "Nobody Known"):
        with pytest.raises(BadInputError, match="This copy shows the reports of Anne Example"):
            written.anne.setup.set_account(Actor(name, Role.VISITOR))
    new = visitors_copy(furnished, "Vera Visitor")
    begun, _ = new.drafts.begin(CUSTODY)
    new.setup.set_account(Actor("Vera Volunteer", Role.VISITOR))
    renamed = visitors_copy(furnished, "Vera Volunteer")
    assert renamed.drafts.get(begun.id).author == "Vera Volunteer"


def test_dates_of_vetting_are_shown_of_the_visitor_alone(
    written: Written, furnished: Services
) -> None:
    vetted = Clearance(vetted_until=date(2026, 1, 1))
    for person in furnished.people.people():
        furnished.people.save(replace(person, clearance=vetted))
    shown = {person.id: person.clearance for person in written.anne.people.people()}
    assert shown == {ANNE: vetted, BEN: Clearance(), CARA: Clearance()}


def test_whole_records_never_become_a_copy_to_read(furnished: Services) -> None:
    with pytest.raises(BadInputError, match="more than a copy to read may show"):
        furnished.setup.set_account(Actor("Colin Commissioner", Role.READER))
    assert furnished.setup.account().role is Role.MANAGER
