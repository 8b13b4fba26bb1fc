"""Plans made, kept, changed and planned again, on a real file with a known seed."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.builders import KENNELS, SUITE, make_site, make_visit, sign
from tests.planners import (
    QUARTER,
    START,
    of_site,
    person_id,
    planned,
    planner,
    say,
)
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, CancelledError, ConflictError, NotAllowedError
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.planned import Gravity, PlanState
from visitapp.domain.plan.rota import FreeTime
from visitapp.persistence import ledger
from visitapp.persistence import plans as stored
from visitapp.services import Services
from visitapp.services.plan.plan_world import read_world
from visitapp.services.plan.planning import PlanningService, weeks_from


@pytest.fixture
def office(planning_office: Services) -> Services:
    return planning_office


def test_a_plan_has_a_visit_in_every_week_and_month_with_a_pair_each(office: Services) -> None:
    period, changes = planner(office).make(START)
    assert (period, changes) == (QUARTER, Changes.PLANS)
    visits = planned(office)
    weeks = {visit.span.start for visit in of_site(visits, SUITE)}
    assert weeks == {START + timedelta(days=7 * n) for n in range(13)}
    months = {visit.span.start for visit in of_site(visits, KENNELS)}
    assert months == {date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)}
    assert all(len(visit.pair) == 2 for visit in visits)
    today = office.access.today()
    assert all(visit.day > today and visit.day in visit.span for visit in visits)
    assert len({(visit.site_id, visit.day) for visit in visits}) == len(visits)
    per_day = Counter((who, visit.day) for visit in visits for who in visit.pair)
    assert max(per_day.values()) == 1


def test_a_plan_is_drawn_with_the_given_randomness_and_two_hardly_agree(office: Services) -> None:
    moments = []
    for seed in range(6):
        service = planner(office, seed, 0.1)
        service.make(START)
        moments.append({(v.site_id, v.day, v.cell) for v in of_site(planned(office), SUITE)})
        with office.access.database.transaction() as connection:
            for plan in stored.plans(connection):
                stored.remove_plan(connection, plan)
    shares = [len(a & b) / len(a) for i, a in enumerate(moments) for b in moments[i + 1 :]]
    assert sum(shares) / len(shares) <= 0.10


def test_the_counts_of_the_law_are_those_of_the_reporting_year(office: Services) -> None:
    both = (person_id(0), person_id(1))
    for day in (date(2025, 3, 30), date(2025, 3, 31), date(2025, 4, 7)):
        sign(office, make_visit(day, visitors=both))
    with office.access.database.reading() as connection:
        world = read_world(connection, office.access.today(), QUARTER)
    ground = world.ground(SUITE)
    counts = world.tally(ground).counts(week_of(START))
    assert sum(counts) == 1, "the visits of March belong to the year before"
    assert (len(counts), counts[2]) == (35, 1)


def test_weeks_that_are_planned_stay_and_a_second_plan_goes_on(office: Services) -> None:
    service = planner(office)
    service.make(START, 4)
    before = planned(office)
    with pytest.raises(BadInputError, match="planned already"):
        service.make(START, 4)
    service.make(START, 8)
    after = planned(office)
    assert {visit.id for visit in before} <= {visit.id for visit in after}
    assert all(visit in after for visit in before)
    assert len({v.span.start for v in of_site(after, SUITE)}) == 8


def test_weeks_that_are_over_and_odd_lengths_are_refused(office: Services) -> None:
    service = planner(office)
    with pytest.raises(BadInputError, match="over"):
        service.make(date(2025, 3, 31))
    with pytest.raises(BadInputError, match="between 1 and 53"):
        service.make(START, 0)


def test_an_office_without_sites_is_told_what_to_do_first(services: Services) -> None:
    with pytest.raises(BadInputError, match="add the first suite"):
        planner(services).make(START)
    services.setup.save_site(make_site(open_periods=(OpenPeriod(date(2020, 1, 1), START),)))
    with pytest.raises(BadInputError, match="Northgate is closed in these weeks"):
        planner(services).make(START + timedelta(days=7))


def test_planning_that_is_stopped_keeps_nothing(office: Services) -> None:
    with pytest.raises(CancelledError):
        planner(office).make(START, 13, lambda *_: False)
    assert planned(office) == []


def test_there_is_a_first_plan_before_the_solver_begins(office: Services) -> None:
    stages: list[str] = []
    planner(office).make(START, 26, lambda stage, *_: stages.append(stage))
    first = next(at for at, stage in enumerate(stages) if "first plan" in stage)
    assert not any("better plan" in stage for stage in stages[:first])
    assert any("better plan, quarter 2 of 2" in stage for stage in stages[first:])
    assert "quarter by quarter" in planner(office).sheet(weeks_from(START, 26)).proven


def test_pins_stay_and_the_rest_is_planned_again(office: Services) -> None:
    service = planner(office)
    service.make(START)
    kept, other = of_site(planned(office), SUITE)[2:4]
    service.pin(kept.id, True)
    service.plan_again(QUARTER)
    after = planned(office)
    pinned = next(visit for visit in after if visit.id == kept.id)
    assert (pinned.day, pinned.minute, pinned.pair) == (kept.day, kept.minute, kept.pair)
    if other.span != kept.span:
        assert other.id not in {visit.id for visit in after}
    assert len({v.span.start for v in of_site(after, SUITE)}) == 13


def test_drawing_anew_is_noted_and_ends_after_three_times(office: Services) -> None:
    service = planner(office, seconds=0.1)
    service.make(START, 3)
    for left in (2, 1, 0):
        service.plan_again(service.weeks_from(START, 3))
        assert service.sheet(service.weeks_from(START, 3)).redraws_left == left
    before = planned(office)
    service.plan_again(service.weeks_from(START, 3))
    after = planned(office)
    assert [(v.id, v.day, v.minute) for v in before] == [(v.id, v.day, v.minute) for v in after]
    with pytest.raises(BadInputError, match="three times"):
        service.discard(service.weeks_from(START, 3))
    with office.access.database.reading() as connection:
        notes = stored.redraws(connection, QUARTER)
    assert [note.by_whom for note in notes] == ["Mary Manager"] * 3


def test_a_draft_is_thrown_away_or_used(office: Services) -> None:
    service = planner(office, seconds=0.1)
    weeks = service.weeks_from(START, 2)
    service.make(START, 2)
    assert service.sheet(weeks).state is PlanState.DRAFT
    service.discard(weeks)
    assert planned(office) == []
    service.make(START, 2)
    service.use(weeks)
    assert service.sheet(weeks).state is PlanState.CURRENT
    with pytest.raises(BadInputError, match="no draft"):
        service.discard(weeks)


def test_a_week_in_which_nobody_can_go_is_no_silent_hole(office: Services) -> None:
    holiday = Period(date(2025, 4, 21), date(2025, 4, 27))
    for number in range(10):
        say(office, number, away=(holiday,))
    service = planner(office)
    service.make(START, 3)
    sheet = service.sheet(service.weeks_from(START, 3))
    hole = sheet.notes[0]
    assert hole.gravity is Gravity.MISSING
    assert "Northgate, 21–27 Apr 2025: no visit is planned. Nobody can go" in hole.sentence
    assert any("away" in words for words in hole.helps)


def test_only_reachable_timeslots_are_drawn(office: Services) -> None:
    """Everybody is free on Tuesday evenings alone."""
    tuesday = (FreeTime(1, 960, 1200),)
    for number in range(10):
        say(office, number, free=tuesday)
    service = planner(office)
    service.make(START, 4)
    for visit in of_site(planned(office), SUITE):
        assert visit.day.weekday() == 1
        assert 960 <= visit.minute < 1200
    audits = office.foresight.plan(service.weeks_from(START, 4))
    assert any("only 1 timeslot can be reached" in words for words in audits[0].broken)


def test_people_who_said_nothing_are_named(office: Services) -> None:
    say(office, 0, free=())
    service = planner(office)
    service.make(START, 2)
    assert all(person_id(0) not in visit.pair for visit in planned(office))
    words = " ".join(s.sentence for s in service.sheet(QUARTER).notes)
    assert "Ada Ashby has not said when they can visit" in words


def test_a_moment_chosen_by_hand_moves_the_gauge_and_is_named(office: Services) -> None:
    """Every suite visit put on Sunday, the last day of an empty week, is certain to be caught."""
    service = planner(office)
    service.make(START)
    weeks = Counter(v.span.start for v in of_site(planned(office), SUITE))
    before = office.foresight.plan(QUARTER)[0]
    for visit in of_site(planned(office), SUITE):
        if weeks[visit.span.start] == 1:
            service.choose_moment(visit.id, visit.span.end, 20 * 60 + 5)
    after = office.foresight.plan(QUARTER)[0]
    assert after.foresight.day.caught.share > max(0.39, before.foresight.day.caught.share)
    assert any("limit is 36" in words and "by hand" in words for words in after.by_hand)
    assert before.by_hand == ()
    for when in ((visit.span.end + timedelta(days=1), 600), (date(2025, 4, 9), 600)):
        with pytest.raises(BadInputError):
            service.choose_moment(visit.id, *when)


def test_the_outlook_says_how_many_timeslots_by_the_end_of_the_year(office: Services) -> None:
    planner(office).make(START)
    suite, kennels = office.foresight.outlooks(QUARTER)
    assert 33 < suite.expected <= 35
    assert 70 <= suite.all_of_100 <= 100
    assert suite.by_plan <= 35
    assert kennels.cells == 12
    assert "of 35 timeslots to be covered by 31 March 2026" in suite.sentence


def test_spare_visits_are_set_site_by_site(office: Services) -> None:
    service = planner(office)
    assert service.policy(SUITE).visits_a_year == 65
    service.set_visits_a_year(SUITE, 78)
    service.set_visits_a_year(SUITE, 52)
    assert service.policy(SUITE).visits_a_year == 52
    service.make(START)
    weeks = Counter(v.span.start for v in of_site(planned(office), SUITE))
    assert set(weeks.values()) == {1}
    for wrong in (51, 105):
        with pytest.raises(BadInputError):
            service.set_visits_a_year(SUITE, wrong)
    assert service.policy(KENNELS).visits_a_year == 16


def test_a_policy_stands_beside_the_site_that_somebody_is_changing(office: Services) -> None:
    """Neither is refused because of the other, and the ledger knows nothing of plans."""
    site = next(site for site in office.setup.sites() if site.id == SUITE)
    with office.access.database.reading() as connection:
        before = ledger.last(connection)
    planner(office).set_visits_a_year(SUITE, 78)
    with office.access.database.reading() as connection:
        assert ledger.last(connection) == before
    office.setup.save_site(replace(site, name="Southgate"))
    planner(office).set_visits_a_year(SUITE, 80)
    assert planner(office).policy(SUITE).visits_a_year == 80
    (renamed,) = (site for site in office.setup.sites() if site.id == SUITE)
    assert (renamed.name, renamed.version) == ("Southgate", site.version + 1)
    assert office.maintenance.check() == []


def test_a_closed_site_is_not_planned_for(office: Services) -> None:
    shut = make_site(
        id=uuid4(), name="Shut", open_periods=(OpenPeriod(date(2019, 1, 1), date(2020, 1, 1)),)
    )
    office.setup.save_site(shut)
    planner(office).make(START, 2)
    assert not of_site(planned(office), shut.id)


def test_a_plan_changed_meanwhile_is_not_written_over(office: Services) -> None:
    service = planner(office)
    service.make(START, 2)
    visit = planned(office)[0]

    def meanwhile(stage: str, *_: object) -> bool:
        if stage == "Keeping the plan":
            planner(office, 9).pin(visit.id, True)
        return True

    with pytest.raises(ConflictError):
        service.plan_again(service.weeks_from(START, 2), meanwhile)


def test_only_the_manager_plans_or_sees_a_plan(office: Services) -> None:
    service = planner(office)
    service.make(START, 1)
    visit = planned(office)[0]
    assert service.reveal(visit.id).day == visit.day
    visitor = replace(office.access, actor=Actor("Ada Ashby", Role.VISITOR))
    theirs = PlanningService(visitor, service._random)
    for ask in (
        lambda: theirs.sheet(QUARTER),
        lambda: theirs.reveal(visit.id),
        lambda: theirs.plan_json(QUARTER),
        lambda: theirs.make(START),
        lambda: theirs.suggest(visit.id),
    ):
        with pytest.raises(NotAllowedError):
            ask()


def test_handovers_are_mostly_avoided_and_at_most_three_a_year_are_used(office: Services) -> None:
    scheme = office.setup.schemes()[0]
    assert scheme.handovers
    service = planner(office, seed=11, seconds=0.2)
    service.make(START, 50)
    inside = [
        visit
        for visit in of_site(planned(office, service.weeks_from(START, 50)), SUITE)
        if any(band.start <= visit.minute < band.end for band in scheme.handovers)
    ]
    assert len(inside) <= 3


def test_the_most_visits_are_counted_quarter_by_quarter(office: Services) -> None:
    """Over a year everybody has more visits than the most of a quarter, and breaks nothing."""
    for number in range(10):
        say(office, number, most=8)
    service = planner(office, seconds=0.2)
    period, _ = service.make(START, 39)
    sheet = service.sheet(period)
    assert not [s.sentence for s in sheet.notes if s.gravity is Gravity.BROKEN]
    loads = Counter(who for visit in planned(office, period) for who in visit.pair)
    assert max(loads.values()) > 8


def test_a_plan_without_any_visit_says_why_and_is_not_kept(office: Services) -> None:
    for number in range(10):
        say(office, number, free=())
    service = planner(office)
    service.make(START, 4)
    sheet = service.sheet(service.weeks_from(START, 4))
    assert (sheet.rows, sheet.state) == ((), None)
    first = sheet.notes[0]
    assert first.gravity is Gravity.MISSING
    assert "Northgate, 4 weeks from" in first.sentence
    assert "10 not free on any of its days" in first.sentence
    assert any("have not said when they can visit" in s.sentence for s in sheet.notes)


def test_people_in_training_do_not_go_to_the_kennels_whatever_is_ticked(office: Services) -> None:
    for number in range(4):
        person = next(p for p in office.people.people() if p.id == person_id(number))
        suites, kennels = person.memberships
        trained = (suites, replace(kennels, status="TRAINING"))
        office.people.save(replace(person, memberships=trained))
    service = planner(office)
    service.make(START)
    visits = planned(office)
    new = {person_id(number) for number in range(4)}
    assert not any(new & set(visit.pair) for visit in of_site(visits, KENNELS))
    assert any(new & set(visit.pair) for visit in of_site(visits, SUITE))
    sentences = [note.sentence for note in service.sheet(QUARTER).notes]
    assert (
        "Ada Ashby, Bert Boot, Cleo Crane and Dev Dale are in training, so not planned for "
        "kennels." in sentences
    )
    visit = of_site(visits, KENNELS)[0]
    breaks = service.breaks(visit.id, (person_id(0), visit.pair[0]))
    assert "Ada Ashby is still in training." in breaks


def test_a_free_place_says_how_many_could_take_it(office: Services) -> None:
    service = planner(office)
    service.make(START, 3)
    visit = of_site(planned(office), SUITE)[0]
    service.assign(visit.id, visit.pair[:1])
    (note,) = [note for note in service.sheet(QUARTER).notes if note.visit_id == visit.id]
    free = [who for who in service.suggest(visit.id) if not who.breaks]
    assert note.sentence.endswith(f"needs a second visitor. {len(free)} people could go.")


def test_a_plan_that_was_changed_or_is_broken_is_not_called_the_best(office: Services) -> None:
    service = planner(office)
    weeks, _ = service.make(START, 3)
    assert "We weighed" in service.sheet(weeks).proven
    visit = of_site(planned(office), SUITE)[0]
    number = next(n for n in range(10) if person_id(n) == visit.pair[0])
    say(office, number, away=(visit.span,))
    assert service.sheet(weeks).proven == "", "somebody of it is away"
    say(office, number, away=())
    assert "We weighed" in service.sheet(weeks).proven
    service.assign(visit.id, (visit.pair[0], next(o.person_id for o in service.suggest(visit.id))))
    assert service.sheet(weeks).proven.startswith("Pairs were changed by hand")
    service.plan_again(weeks)
    assert "We weighed" in service.sheet(weeks).proven
