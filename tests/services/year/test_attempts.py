"""Visits attempted and visits made: which of them fill a timeslot, and which meet the target."""

import json
from dataclasses import replace
from datetime import date
from uuid import uuid4

from tests.builders import CUSTODY, make_visit
from visitapp.domain.office.codes import Code
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.report.visit import Visit
from visitapp.domain.year.summary import SchemeFigures
from visitapp.persistence import plans
from visitapp.persistence import visits as stored_visits
from visitapp.services import Services
from visitapp.ui.reports.section_figures import section_figures

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
DAY = date(2025, 3, 5)


def insert(services: Services, *visits: Visit) -> None:
    with services.access.database.transaction() as connection:
        stored_visits.insert_visits(connection, visits)


def custody_figures(services: Services) -> SchemeFigures:
    return services.figures.summary(YEAR).schemes[Kind.CUSTODY]


def five_attempts(services: Services) -> None:
    insert(
        services,
        make_visit(date(2025, 3, 3)),
        make_visit(date(2025, 3, 10), status="ABANDONED", left=None),
        make_visit(date(2025, 3, 17), admitted=None, left=None, status="REFUSED_ENTRY"),
        make_visit(date(2025, 3, 24), admitted=None, left=None, status="SITE_CLOSED"),
        make_visit(date(2025, 2, 24), mode="TELEPHONE", admitted=None),
    )


def test_only_visits_made_at_the_site_fill_a_timeslot(
    furnished: Services,
) -> None:
    five_attempts(furnished)
    figures = custody_figures(furnished)
    attempts = figures.attempts
    assert (attempts.attempted, attempts.completed, attempts.at_site, attempts.remote) == (
        5,
        2,
        1,
        1,
    )
    assert (attempts.abandoned, attempts.refused_entry, attempts.site_closed) == (1, 1, 1)
    assert attempts.by_mode == (("Face to face", 4), ("Telephone", 1))
    assert (figures.visits, figures.target.done, figures.target.met) == (2, 2, 2)
    assert sum(c.total + c.outside for c in figures.coverage) == 1
    assert figures.access.total == 5
    content = json.loads(furnished.figures.figures_json(YEAR))["schemes"]["custody"]
    assert content["visits"] == {
        "total": 2, "by_site": figures.visits_in_sites, "attempted": 5, "abandoned": 1,
        "refused_entry": 1, "site_closed": 1, "by_mode": {"Face to face": 4, "Telephone": 1},
    }  # fmt: skip
    assert content["target"]["done"] == 2


def test_a_scheme_can_say_that_only_visits_in_person_meet_its_target(furnished: Services) -> None:
    five_attempts(furnished)
    scheme = next(s for s in furnished.setup.schemes() if s.id == CUSTODY)
    furnished.setup.save_scheme(replace(scheme, remote_counts=False))
    figures = custody_figures(furnished)
    assert (figures.visits, figures.target.done, figures.target.met) == (2, 1, 1)
    assert furnished.setup.schemes()[0].remote_counts is False


def test_a_status_that_a_scheme_adds_counts_as_its_group_says(furnished: Services) -> None:
    code = Code(uuid4(), CUSTODY, "visit_status", "LOCKDOWN", "Locked down", 9, "site_closed")
    furnished.setup.save_code(code)
    insert(furnished, make_visit(DAY, admitted=None, left=None, status="LOCKDOWN"))
    attempts = custody_figures(furnished).attempts
    assert (attempts.completed, attempts.site_closed, attempts.attempted) == (0, 1, 1)


def test_visits_not_made_leave_their_timeslot_to_the_planner(furnished: Services) -> None:
    five_attempts(furnished)
    week = Period(date(2025, 2, 24), date(2025, 3, 30))
    with furnished.access.database.reading() as connection:
        by_day = {visit.day: visit for visit in plans.past_visits(connection, week)}
    assert [visit.at_site for _, visit in sorted(by_day.items())] == [False, True, *[False] * 3]
    meets = [visit.meets_target for _, visit in sorted(by_day.items())]
    assert meets == [True, True, False, False, False]


def test_each_number_of_a_section_opens_the_visits_counted(furnished: Services) -> None:
    five_attempts(furnished)
    summary = furnished.figures.summary(YEAR)
    for section in section_figures(summary).values():
        assert furnished.visits.page(section.query).total == section.visits
