"""The demonstration's visits, counted here by plain loops that share nothing with the program."""

import json
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from visitapp import demonstration
from visitapp.demonstration import Demonstration
from visitapp.demonstration.seeded_draws import SeededDraws, shared_out
from visitapp.domain.draft import report_form
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import SiteKind
from visitapp.domain.plan.planned import PlanState
from visitapp.domain.report import rules
from visitapp.domain.report.visit import Visit
from visitapp.services.office.reference import reference_codes, reference_form

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = json.loads((ROOT / "tests/data/published_2023_24.json").read_text(encoding="utf-8"))
FIRST, SECOND, TODAY = date(2023, 4, 1), date(2024, 4, 1), date(2025, 4, 10)
BANDS = (0, 480, 720, 960, 1200, 1440)


@pytest.fixture(scope="module")
def made() -> Demonstration:
    return demonstration.build()


def _of(made: Demonstration, kind: Kind, start: date, end: date) -> list[Visit]:
    scheme = made.schemes[kind].id
    return [v for v in made.visits if v.scheme_id == scheme and start <= v.arrived.day < end]


@pytest.fixture(scope="module")
def custody(made: Demonstration) -> list[Visit]:
    """Custody visits of the published year."""
    return _of(made, Kind.CUSTODY, FIRST, SECOND)


@pytest.fixture(scope="module")
def kennels(made: Demonstration) -> list[Visit]:
    """Kennel visits of the published year."""
    return _of(made, Kind.ANIMAL_WELFARE, FIRST, SECOND)


def _site(made: Demonstration, visit: Visit) -> str:
    return next(site.name for site in made.sites if site.id == visit.site_id)


def test_visits_add_up_by_site_and_quarter(made: Demonstration, custody: list[Visit]) -> None:
    by_site = Counter(_site(made, visit) for visit in custody)
    assert by_site == PUBLISHED["custody"]["visits"]["by_site"]
    late = [v for v in custody if v.arrived.day >= date(2024, 1, 1)]
    assert len(late) == PUBLISHED["custody"]["visits_january_to_march"]


def test_every_timeslot_has_the_published_visits(made: Demonstration, custody: list[Visit]) -> None:
    counted: dict[str, list[list[int]]] = defaultdict(lambda: [[0] * 5 for _ in range(7)])
    for visit in custody:
        clock = visit.arrived.local
        minute = clock.hour * 60 + clock.minute
        band = next(i for i in range(5) if BANDS[i] <= minute < BANDS[i + 1])
        counted[_site(made, visit)][clock.weekday()][band] += 1
    assert counted == PUBLISHED["custody"]["timeslots"]


def test_volunteers_gave_the_published_hours(custody: list[Visit]) -> None:
    minutes = 0
    for visit in custody:
        assert visit.left is not None
        stay = visit.left.utc_minute - visit.arrived.utc_minute
        minutes += (stay + visit.extra_minutes) * len(visit.visitors)
    assert minutes == 26546
    assert round(minutes / 60, 2) == PUBLISHED["custody"]["hours"]
    assert round(minutes * 18.3515 / 60, 2) == PUBLISHED["custody"]["value_gbp"]


def test_waits_and_their_reasons_add_up(custody: list[Visit]) -> None:
    waits = [v.admitted.utc_minute - v.arrived.utc_minute for v in custody if v.admitted]
    published = PUBLISHED["custody"]["access"]
    assert sum(wait <= 5 for wait in waits) == published["immediate"]
    assert sum(5 < wait <= 15 for wait in waits) == published["delay_6_15"]
    assert sum(wait > 15 for wait in waits) == published["delay_over_15"]
    late = [v for v in custody if v.delay_reason]
    assert all(v.delay_explanation and (v.wait_minutes or 0) > 5 for v in late)
    reasons = Counter(v.delay_reason for v in late)
    assert len(late) == 10
    assert reasons["HANDOVER"] == 1
    assert set(reasons) == {"BUSY", "STAFF", "HANDOVER"}


def test_people_in_the_cells_add_up(custody: list[Visit]) -> None:
    outcomes: Counter[str] = Counter()
    reasons: dict[str, set[str | None]] = defaultdict(set)
    for visit in custody:
        assert sum(count.number for count in visit.counts) == visit.present
        for count in visit.counts:
            outcomes[count.outcome] += count.number
            reasons[count.outcome].add(count.reason)
    published = PUBLISHED["custody"]["detainees"]
    assert outcomes == {
        "SEEN": published["seen"],
        "REFUSED": published["refused"],
        "ADVICE": published["not_offered"],
        "UNAVAIL": published["not_available"],
        "ASLEEP": published["asleep"],
    }
    assert sum(v.present or 0 for v in custody) == published["in_custody"]
    assert reasons["ADVICE"] == {"VIOLENT", "INTOX", "HS"}
    assert reasons["UNAVAIL"] == {"INTERVIEW", "HOSPITAL", "OUT"}


def test_no_visit_found_more_people_than_there_are_cells(made: Demonstration) -> None:
    cells = {site.id: site.cells for site in made.sites}
    for visit in made.visits:
        assert visit.present
        assert visit.present <= (cells[visit.site_id] or 20)


def test_issues_come_in_the_published_order(made: Demonstration, custody: list[Visit]) -> None:
    book = _book(made, Kind.CUSTODY)
    concerns = Counter(
        book.label("issue_category", issue.category)
        for visit in custody
        for issue in visit.issues
        if issue.category in book.concerns
    )
    assert [label for label, _ in concerns.most_common(2)] == PUBLISHED["custody"]["most_raised"]
    in_cells = [i for v in custody for i in v.issues if i.category == "CELL"]
    assert all(issue.resolved_during_visit for issue in in_cells)


def test_the_kennels_had_one_visit_each_month(made: Demonstration, kennels: list[Visit]) -> None:
    assert len({visit.arrived.day.replace(day=1) for visit in kennels}) == len(kennels) == 12
    counted = [[0, 0] for _ in range(6)]
    for visit in kennels:
        hour = visit.arrived.local.hour
        assert 7 <= hour < 13 or 15 <= hour < 20
        counted[min(visit.arrived.local.weekday(), 5)][hour >= 15] += 1
    assert counted == PUBLISHED["animal_welfare"]["timeslots"]


def test_a_closed_suite_was_never_visited(made: Demonstration) -> None:
    closed = next(site for site in made.sites if site.name == "Beaumont Leys")
    assert closed.cells == PUBLISHED["custody"]["cells"]["Beaumont Leys"]
    assert not closed.open_periods
    assert all(visit.site_id != closed.id for visit in made.visits)


def test_the_next_year_has_its_published_numbers(made: Demonstration) -> None:
    published = PUBLISHED["next_year"]
    second = _of(made, Kind.CUSTODY, SECOND, date(2025, 4, 1))
    assert len(second) == published["custody_visits"]
    dogs = _of(made, Kind.ANIMAL_WELFARE, SECOND, date(2025, 4, 1))
    assert len({visit.arrived.day.month for visit in dogs}) == 12
    late = [v for v in dogs if v.arrived.day >= date(2025, 1, 1)]
    assert len(late) == published["kennel_visits_january_to_march"]
    last_quarter = [
        (_site(made, visit), issue)
        for visit in second
        if visit.arrived.day >= date(2025, 1, 1)
        for issue in visit.issues
        if issue.status != "NFA"
    ]
    assert [(name, issue.category) for name, issue in last_quarter] == [("Keyham Lane", "LIGHT")]
    scheme = made.schemes[Kind.ANIMAL_WELFARE].id
    visitors = [p for p in made.people if p.is_active_on(scheme, TODAY)]
    assert len(visitors) == published["animal_welfare_visitors"]


def test_the_register_begins_ends_and_grows_as_published(made: Demonstration) -> None:
    scheme = made.schemes[Kind.CUSTODY].id
    published = PUBLISHED["custody"]["volunteers"]

    def strength(day: date) -> int:
        return sum(person.is_active_on(scheme, day) for person in made.people)

    assert strength(FIRST) == published["at_start"]
    assert strength(date(2024, 3, 31)) == published["at_end"]
    assert strength(TODAY) == published["expected"]
    long_served = [
        person
        for person in made.people
        if person.is_active_on(scheme, date(2024, 3, 31))
        and (joined := person.membership(scheme)) is not None
        and joined.joined_on < date(2019, 3, 31)
    ]
    assert round(100 * len(long_served) / 16) == 69


def _book(made: Demonstration, kind: Kind) -> CodeBook:
    return CodeBook.of(reference_codes(kind, made.schemes[kind].id))


def test_the_rules_find_nothing_to_say_about_any_visit(made: Demonstration) -> None:
    sites = {site.id: site for site in made.sites}
    people = {person.id: person for person in made.people}
    schemes = {scheme.id: scheme for scheme in made.schemes.values()}
    books = {schemes[s].id: _book(made, schemes[s].kind) for s in schemes}
    for visit in made.visits:
        found = rules.findings(
            visit,
            scheme=schemes[visit.scheme_id],
            site=sites[visit.site_id],
            people=people,
            book=books[visit.scheme_id],
            others=[v for v in made.visits if v.id != visit.id and v.overlaps(visit)],
            today=TODAY,
        )
        assert found == [], visit.ref


def test_no_two_visits_to_a_site_overlap(made: Demonstration) -> None:
    for site in made.sites:
        visits = [visit for visit in made.visits if visit.site_id == site.id]
        for a, b in pairwise(sorted(visits, key=lambda visit: visit.arrived)):
            assert a.left is not None
            assert a.left < b.arrived


def test_nobody_visits_twice_in_three_days_or_is_left_out(made: Demonstration) -> None:
    days: dict[object, list[date]] = defaultdict(list)
    for visit in made.visits:
        for person in visit.visitors:
            days[person].append(visit.arrived.day)
    for visited in days.values():
        assert all(b - a > timedelta(days=3) for a, b in pairwise(sorted(visited)))
    assert all(person.id in days for person in made.people)


def test_pairs_change_and_recruits_go_with_somebody_experienced(made: Demonstration) -> None:
    together = Counter(frozenset(visit.visitors) for visit in made.visits)
    assert max(together.values()) <= 6
    people: dict[object, Person] = {person.id: person for person in made.people}
    for visit in made.visits:
        joined = [people[p].membership(visit.scheme_id) for p in visit.visitors]
        since = [m.joined_on for m in joined if m is not None]
        assert len(since) == 2
        assert min(since) <= visit.arrived.day - timedelta(days=182)
    observers = [p for visit in made.visits for p in visit.observers]
    assert len(observers) == len(set(observers)) == PUBLISHED["custody"]["volunteers"]["recruits"]


def test_no_person_shares_a_whole_name_with_another(made: Demonstration) -> None:
    for a, b in combinations(made.people, 2):
        assert set(a.name.split()).isdisjoint(b.name.split())


def test_two_reports_are_being_written(made: Demonstration) -> None:
    kinds = {scheme.id: kind for kind, scheme in made.schemes.items()}
    assert {kinds[draft.scheme_id] for draft in made.drafts} == set(Kind)
    for draft in made.drafts:
        reading = report_form.read(draft.report, visit_id=draft.id, scheme_id=draft.scheme_id)
        assert reading.has_site
        assert reading.has_arrival
        assert reading.problems == ()
        assert reading.visit.left is None
        assert draft.saved_at is not None
        assert reading.visit.admitted is not None
        assert draft.saved_at.date() == reading.visit.arrived.day <= TODAY
        form = reference_form(kinds[draft.scheme_id])
        assert draft.section in [section.key for section in form.sections]


def test_no_summary_names_anybody(made: Demonstration) -> None:
    names = {part.casefold() for person in made.people for part in person.name.split()}
    for visit in made.visits:
        said = [visit.summary, visit.delay_explanation]
        said += [issue.description for issue in visit.issues]
        words = {word.strip(".,;:").casefold() for word in " ".join(said).split()}
        assert not names & words


def test_summaries_vary(custody: list[Visit]) -> None:
    assert len({visit.summary for visit in custody}) > 95


def test_it_is_made_alike_every_time(made: Demonstration) -> None:
    assert demonstration.build() == made


def test_it_is_made_alike_with_other_hash_seeds_and_time_zones(made: Demonstration) -> None:
    program = (
        "import hashlib\n"
        "from visitapp.demonstration import build\n"
        "print(hashlib.sha256(repr(build()).encode()).hexdigest())\n"
    )
    digests = set()
    for seed, zone in (("1", "Europe/London"), ("77", "Pacific/Auckland")):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_total_is_shared_out_exactly() -> None:
    draws = SeededDraws("a seed")
    for _ in range(200):
        weights = [1 + draws.below(90) for _ in range(1 + draws.below(40))]
        total = draws.below(900)
        parts = shared_out(total, weights)
        assert sum(parts) == total
        ideal = [total * weight / sum(weights) for weight in weights]
        assert all(abs(part - wished) < 1 for part, wished in zip(parts, ideal, strict=True))


def test_stopping_leaves_the_file_empty(records, key) -> None:
    from visitapp.domain.errors import CancelledError
    from visitapp.persistence import schemes
    from visitapp.persistence.database import Database

    database = Database.open(records, key)
    try:
        with pytest.raises(CancelledError):
            demonstration.fill(database, lambda *told: told[1] < 1)
        with database.reading() as connection:
            assert schemes.sites(connection) == []
    finally:
        database.dispose()


def test_the_plan_in_use_keeps_what_its_people_entered(made: Demonstration) -> None:
    plan, visits = made.plan.plan, made.plan.visits
    entered = {entry.person_id: entry for entry in made.availabilities}
    sites = {site.id: site for site in made.sites}
    assert plan.state is PlanState.CURRENT
    assert plan.start == date(2025, 4, 14) > TODAY
    for visit in visits:
        at_kennels = made.schemes[Kind.CUSTODY].id != visit.scheme_id
        for person in (entered[who] for who in visit.pair):
            assert any(free.holds(visit.day.weekday(), visit.minute) for free in person.free)
            assert not any(visit.day in away for away in person.away)
            assert visit.scheme_id in {
                of.scheme_id
                for p in made.people
                if p.id == person.person_id
                for of in p.memberships
            }
        assert TODAY < visit.day in (plan.period if not at_kennels else visit.span)
        row, band = divmod(visit.cell, 3 if at_kennels else 5)
        assert at_kennels or (row, BANDS[band]) == (
            visit.day.weekday(), max(start for start in BANDS[:5] if start <= visit.minute)
        )  # fmt: skip
    for site_id in {visit.site_id for visit in visits}:
        spans = [visit.span for visit in visits if visit.site_id == site_id]
        if sites[site_id].kind is SiteKind.SUITE:
            assert set(spans) == set(plan.period.weeks())
    turns = Counter((who, visit.day) for visit in visits for who in visit.pair)
    assert max(turns.values()) == 1
