"""A visit refused entry stands on Home until somebody says what was done about it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.builders import CUSTODY, answers_of, make_visit, sign
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.office.codes import Code
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit import Visit
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.services import Services
from visitapp.services.reports.refusals import RefusalService

DAY = date(2025, 3, 5)
WHY = "The suite was said to be in lockdown."
DONE = "The inspector apologised and reminded all sergeants."


def refused(services: Services, day: date = DAY, **changes: object) -> Visit:
    """Sign the report of a visit that was refused entry."""
    form = services.forms.form(CUSTODY)
    answers = answers_of(form) | {"refused_why": WHY, "refused_by": "SERGEANT"}
    return sign(
        services,
        make_visit(
            day, status="REFUSED_ENTRY", admitted=None, left=None,
            report=Report(form.number, answers), **changes,
        ),
    )  # fmt: skip


def test_it_is_on_home_with_its_reason_until_it_is_answered(furnished: Services) -> None:
    visit = refused(furnished)
    (refusal,) = furnished.home.overview().refused
    assert (refusal.visit_id, refusal.day, refusal.reason) == (visit.id, DAY, WHY)
    assert furnished.refusals.is_unanswered(visit.id)
    furnished.refusals.say_what_was_done(visit.id, f" {DONE} ")
    assert furnished.home.overview().refused == ()
    assert not furnished.refusals.is_unanswered(visit.id)
    answer = furnished.refusals.answer(visit.id)
    assert answer is not None
    assert (answer.words, answer.by) == (DONE, furnished.access.actor.name)
    figures = furnished.figures.summary(APRIL_YEARS.year_of(DAY)).schemes[Kind.CUSTODY]
    assert [(found.reason, found.answer) for found in figures.refusals] == [(WHY, answer)]
    assert furnished.maintenance.check() == []


def test_what_was_said_cannot_be_said_again_or_changed(furnished: Services) -> None:
    visit = refused(furnished)
    furnished.refusals.say_what_was_done(visit.id, DONE)
    with pytest.raises(ConflictError, match="already"):
        furnished.refusals.say_what_was_done(visit.id, "Something else.")


@pytest.mark.parametrize(
    ("words", "problem"),
    [("  ", "Say what was done"), ("PC Karen Howell refused again.", "Howell")],
)
def test_words_that_will_not_do_are_refused(furnished: Services, words: str, problem: str) -> None:
    visit = refused(furnished)
    with pytest.raises(BadInputError, match=problem):
        furnished.refusals.say_what_was_done(visit.id, words)
    assert furnished.refusals.is_unanswered(visit.id)


def test_only_of_a_refused_visit_and_only_by_the_manager(furnished: Services) -> None:
    calm = sign(furnished, make_visit(date(2025, 3, 12)))
    with pytest.raises(BadInputError, match="not refused entry"):
        furnished.refusals.say_what_was_done(calm.id, DONE)
    visit = refused(furnished)
    visitor = replace(furnished.access, actor=Actor("Anne Example", Role.VISITOR))
    with pytest.raises(NotAllowedError):
        RefusalService(visitor, furnished.privacy).say_what_was_done(visit.id, DONE)


def test_what_was_done_holds_for_the_next_edition_of_the_report(furnished: Services) -> None:
    visit = refused(furnished)
    furnished.refusals.say_what_was_done(visit.id, DONE)
    draft, _ = furnished.drafts.replace(visit.id, "The time was wrong")
    later = replace(visit, id=uuid4(), extra_minutes=10, replaces_id=visit.id, ref="")
    furnished.visits.sign(later, draft)
    assert furnished.home.overview().refused == ()


def test_a_status_of_the_group_that_a_scheme_added_is_a_refusal_too(furnished: Services) -> None:
    code = Code(uuid4(), CUSTODY, "visit_status", "NO_ESCORT", "No escort", 9, "refused_entry")
    furnished.setup.save_code(code)
    visit = sign(furnished, make_visit(DAY, status="NO_ESCORT", admitted=None, left=None))
    (refusal,) = furnished.home.overview().refused
    assert (refusal.visit_id, refusal.reason) == (visit.id, "")


def test_refusals_of_training_visits_and_withdrawn_reports_are_none(furnished: Services) -> None:
    visit = refused(furnished)
    furnished.visits.withdraw(visit.id, "Entered twice")
    refused(furnished, date(2025, 3, 12), type="TRAINING")
    assert furnished.home.overview().refused == ()
