"""What a visitor gets back of the reports: briefings of their sites, own visits and hours."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.builders import ANNE, BEN, CARA, CUSTODY, KENNELS, SUITE, make_kennel_visit, sign
from tests.copies import DAY, written
from visitapp.domain.following.issue_steps import REFERRED, RESPONSE, NewStep
from visitapp.domain.office.people import Membership
from visitapp.domain.plan.availability import Availability
from visitapp.domain.report.issue import Issue
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.own_visits import CountedVisit, OwnVisit, by_year
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import exchange_tables as et


def issue(words: str, severity: int = 2, category: str = "FOOD") -> Issue:
    return Issue(uuid4(), category, severity, description=words)


@pytest.fixture
def cara(copies):
    return copies.join("cara", CARA)


def test_a_visitor_reads_the_briefing_that_the_office_would_print(copies, cara):
    cold = issue("Meals were cold.")
    written(copies.office, issues=(cold, issue("He was struck.", 4)))
    version = copies.office.issues.get(cold.id).line.issue.version
    copies.office.issues.record(
        cold.id, version, NewStep(REFERRED, DAY, "", "Inspector"),
        NewStep(RESPONSE, DAY, "A new oven is coming."),
    )  # fmt: skip
    before = cara.briefing.briefing(SUITE)
    assert (before.open_number, before.written) == (0, 0)
    copies.exchange("office", "cara")
    ours, theirs = copies.office.briefing.briefing(SUITE), cara.briefing.briefing(SUITE)
    assert theirs == replace(ours, site=theirs.site, scheme=theirs.scheme)
    (shown,) = theirs.open_issues
    assert (shown.category, shown.severity, shown.raised_on) == ("Food and drink", 2, DAY)
    assert (shown.status, shown.answer) == ("Response in", "A new oven is coming.")
    assert cara.visits.page(VisitQuery()).total == 0
    assert b"%PDF" in cara.briefing.pdf(SUITE)[:8]


def kept(services, table):
    with services.access.database.reading() as connection:
        return connection.execute(select(table)).all()


def test_no_allegation_name_or_reference_lies_in_the_visitor_s_copy(copies, cara):
    visit = written(copies.office, issues=(issue("He was struck.", 4), issue("Cold meals.")))
    copies.exchange("office", "cara")
    (row,) = kept(cara, et.site_briefing)
    assert b"Cold meals." in row.content
    for secret in (b"struck", visit.ref.encode(), b"Anne", b"Ben", str(visit.id).encode()):
        assert secret not in row.content


def test_a_briefing_says_of_which_day_it_is_and_is_sent_again_only_when_it_changes(copies, cara):
    written(copies.office, issues=(issue("Cold meals."),))
    copies.exchange("office", "cara", "office")
    of_first = cara.briefing.briefing(SUITE).today
    assert of_first == copies.clock.now.date()
    copies.clock.move(days=1)
    (exchanged,) = copies.exchange("office")
    assert "briefings" not in exchanged.put_out
    written(copies.office, DAY.replace(day=9), issues=(issue("No hot water.", category="HYG"),))
    copies.exchange("office", "cara")
    now = cara.briefing.briefing(SUITE)
    assert (now.open_number, now.today) == (2, copies.clock.now.date())


def test_only_sites_that_somebody_may_visit_are_briefed(copies):
    written(copies.office, issues=(issue("Cold meals."),))
    sign(
        copies.office,
        make_kennel_visit(DAY, issues=(issue("A cracked bowl.", category="FOODWATER"),)),
    )
    person = next(person for person in copies.office.people.people() if person.id == CARA)
    only = replace(person, memberships=(Membership(CUSTODY, date(2019, 4, 1)),))
    copies.office.people.save(only)
    copies.office.availability.save(Availability(BEN, not_at=frozenset({SUITE})))
    for name, who in (("anne", ANNE), ("ben", BEN), ("cara", CARA)):
        copies.join(name, who)
    copies.exchange("office", "anne", "ben", "cara")
    briefed = {
        name: {row.id for row in kept(copies.of(name), et.site_briefing)}
        for name in ("anne", "ben", "cara")
    }
    assert briefed == {"anne": {SUITE, KENNELS}, "ben": {KENNELS}, "cara": {SUITE}}
    copies.office.people.leave(CARA, CUSTODY, copies.clock.now.date(), "MOVED")
    copies.clock.move(days=1)
    copies.exchange("office", "cara")
    assert kept(copies.of("cara"), et.site_briefing) == []


def test_own_visits_and_hours_are_those_that_the_office_counts(copies, cara):
    last_year, this_year = date(2025, 3, 30), date(2025, 4, 2)
    for day, changed in (
        (date(2024, 3, 30), {}),  # too long ago
        (last_year, {"extra_minutes": 30}),
        (this_year, {}),
        (DAY, {"type": "TRAINING"}),
        (date(2025, 4, 9), {"visitors": (ANNE, BEN), "observers": (CARA,)}),
    ):
        written(copies.office, day, **{"visitors": (CARA, ANNE)} | changed)
    gone = written(copies.office, date(2025, 4, 1), visitors=(CARA, BEN))
    copies.office.visits.withdraw(gone.id, "Entered twice.")
    copies.exchange("office", "cara")
    this, last = cara.home.overview().own_years
    assert (this.year, this.visits) == (
        APRIL_YEARS.year_of(DAY),
        (OwnVisit(this_year, "Northgate", 60),),
    )
    assert (last.visits, last.minutes) == ((OwnVisit(last_year, "Northgate", 90),), 90)
    copies.office.visits.put_back(gone.id, "It was another visit.")
    copies.exchange("office", "cara")
    assert cara.home.overview().own_years[0].minutes == 120
    assert copies.office.home.overview().own_years == ()


def test_a_later_message_is_never_lost_to_an_earlier_one(copies, cara):
    written(copies.office, visitors=(CARA, ANNE), issues=(issue("Cold meals."),))
    copies.exchange("office")
    early = {path.name: path.read_bytes() for path in copies.folder.iterdir()}
    copies.exchange("cara", "office")
    written(copies.office, DAY.replace(day=9), visitors=(CARA, ANNE), issues=(issue("Cold."),))
    copies.exchange("office", "cara")
    for name, content in early.items():
        (copies.folder / name).write_bytes(content)
    copies.exchange("cara")
    assert len(cara.home.overview().own_years[0].visits) == 2
    assert cara.briefing.briefing(SUITE).open_number == 2
    copies.settle()
    assert list(copies.folder.iterdir()) == []


def test_years_are_reporting_years_and_unknown_lengths_are_counted():
    site = UUID(int=5)
    days = (date(2025, 3, 31), date(2025, 4, 1), date(2026, 3, 31))
    visits = [CountedVisit(UUID(int=at), CUSTODY, site, day, None if at == 1 else 75)
              for at, day in enumerate(days)]  # fmt: skip
    this, last = by_year(visits, {site: "Northgate"}, APRIL_YEARS)
    assert [visit.day for visit in this.visits] == [days[2], days[1]]
    assert (this.minutes, this.unknown, last.minutes, last.unknown) == (75, 1, 75, 0)
    assert by_year([], {}, APRIL_YEARS) == ()
