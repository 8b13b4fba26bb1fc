"""Whoever reads what is handed out, and knows the law and every past visit, predicts no more visits
than the page Plan says. What these readers know comes from the documents themselves; what it means
for the number of visits of a week they learn from other quarters."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations
from math import comb, sqrt
from pathlib import Path
from random import Random
from statistics import fmean
from uuid import UUID

import pytest
from sqlalchemy import delete

from tests.builders import SUITE
from tests.planners import NAMES, QUARTER, START, chance_of_days, of_site, person_id, planned
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import span_words
from visitapp.domain.plan.plan_limits import Readers
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.persistence import plans
from visitapp.persistence.planning_tables import calendar_entry
from visitapp.planning.auditing import Watched, audit
from visitapp.planning.law import SpanLaw
from visitapp.planning.making import law_of, placed_visits
from visitapp.planning.scores import caught
from visitapp.planning.tally import Tally
from visitapp.reporting.blocks import Table
from visitapp.reporting.rota import rota_document
from visitapp.services import Services
from visitapp.services.plan import replacements
from visitapp.services.plan.plan_world import World, read_world
from visitapp.services.plan.replacements import cancelled_words, replacement_visits
from visitapp.services.plan.rota import pages_of

Pair = frozenset[str]
Listed = dict[date, list[Pair]]
"""The pairs that a document lists, by the Monday of their week."""
WEEKS = {span_words(week): week.start for week in QUARTER.weeks()}
SETS = [days for number in range(8) for days in combinations(range(7), number)]
ENTRY = re.compile(
    r"DTSTART;VALUE=DATE:(\d{4})(\d\d)(\d\d)\r\n[^\r]*\r\n"
    r"SUMMARY:Visit with ([^\r]*)\r\nLOCATION:Northgate\r"
)


@dataclass(frozen=True)
class Quarter:
    """One that was drawn: whose visits are on which days of each week, what the page says of
    readers, and what they read."""

    visits: dict[date, dict[int, Pair]]
    laws: dict[date, SpanLaw]
    says: Readers
    rota: Listed
    pages: list[Listed]
    calendar: Listed


@pytest.fixture
def office(planned_office: Services) -> Services:
    planned_office.planning.use(QUARTER)
    return planned_office


def quarters(office: Services, number: int, target: Path) -> list[Quarter]:
    """So many quarters of visits to the suite, each put into the records in turn and handed out."""
    random = Random(number)
    with office.access.database.reading() as connection:
        world = read_world(connection, office.access.today(), QUARTER)
    world = replace(world, volunteers=world.volunteers[:2])  # all can go at any time
    return [_quarter(office, world, random, target) for _ in range(number)]


def _quarter(office: Services, world: World, random: Random, target: Path) -> Quarter:
    ground, before = world.ground(SUITE), of_site(planned(office), SUITE)
    tally, laws, visits = Tally(ground, (), ()), {}, []
    spans = tuple(QUARTER.weeks())
    for week in spans:
        law = laws[week.start] = law_of(ground, week, ground.calendar.options(week), tally)
        for visit in placed_visits(
            ground, before[0].plan_id, week, law, tally, world.volunteers, random
        ):
            tally.add(visit.drawn)
            visits.append(_with_pair(visit, random, visits[-7:]))
    with office.access.database.transaction() as connection:
        connection.execute(delete(calendar_entry))
        plans.remove_visits(connection, before)
        plans.save_visits(connection, visits)
    judged = audit(Watched(ground, spans, tuple(visits), (), tally), world.volunteers)
    by_week: dict[date, dict[int, Pair]] = {week.start: {} for week in spans}
    for visit in visits:
        by_week[visit.span.start][visit.day.weekday()] = _names(visit)
    at = random.randrange(len(NAMES))
    return Quarter(
        by_week, laws, judged.readers, _rota(office), _pages(office), _calendar(office, at, target)
    )


def _rota(office: Services) -> Listed:
    document = rota_document(office.assignments.rota(QUARTER, ".pdf")[0])
    tables = [block for part in document.sections for block in part.blocks]
    (rows,) = (t.rows for t in tables if isinstance(t, Table) and "Northgate" in t.caption)
    return {
        WEEKS[week]: [frozenset(words.split(" and ")) for words in cell.split("; ")]
        for week, cell in rows
    }


def _pages(office: Services) -> list[Listed]:
    return [
        _by_week(
            (WEEKS[visit.span], page.visitor, visit.partner)
            for visit in page.visits
            if visit.site == "Northgate"
        )
        for page in pages_of(office.assignments.all(QUARTER), None, QUARTER.start)
    ]


def _calendar(office: Services, at: int, target: Path) -> Listed:
    """Of a visitor; empty if they have no visit."""
    target.write_bytes(b"")
    with suppress(BadInputError):
        office.assignments.write_calendar(person_id(at), QUARTER, target, site=True, partner=True)
    return _by_week(
        (date(int(year), int(month), int(day)), NAMES[at], partner)
        for year, month, day, partner in ENTRY.findall(target.read_bytes().decode())
    )


def _by_week(entries: Iterable[tuple[date, str, str]]) -> Listed:
    listed: Listed = {}
    for start, visitor, partner in entries:
        listed.setdefault(start, []).append(frozenset((visitor, partner)))
    return listed


def _with_pair(visit: PlannedVisit, random: Random, before: Sequence[PlannedVisit]) -> PlannedVisit:
    """With another pair than earlier ones of its week. All can always go, so that names say
    nothing of a day."""
    pair = tuple(map(person_id, random.sample(range(len(NAMES)), 2)))
    if any(set(pair) == set(other.pair) for other in before if other.span == visit.span):
        return _with_pair(visit, random, before)
    return replace(visit, id=UUID(int=random.getrandbits(128), version=4), pair=pair)


def _names(visit: PlannedVisit) -> Pair:
    return frozenset(NAMES[who.int - person_id(0).int] for who in visit.pair)


def share_caught(
    watched: Sequence[Quarter], read: Callable[[Quarter], Sequence[Listed]]
) -> tuple[float, float]:
    """The part of the visits in weeks that are listed for which a reader is on the alert, one day a
    week, and three times its standard error."""
    learned: Counter[tuple[int, int]] = Counter()
    for quarter in watched:
        for listed in read(quarter):
            learned.update((len(listed.get(at, ())), len(v)) for at, v in quarter.visits.items())
    days = [day for quarter in watched for day in _days_read(quarter, read(quarter), learned)]
    share = caught(days, 1 / 7)
    number = sum(len(visits) for quarter in watched for visits in quarter.visits.values())
    listed_visits = sum(hit for _, hit in days)
    return share, 3 * sqrt(share * (1 - share) / min(number, listed_visits))


def _days_read(
    quarter: Quarter, documents: Sequence[Listed], learned: Counter[tuple[int, int]]
) -> Iterator[tuple[float, bool]]:
    """For each day, how likely a visit is to a reader, and whether there was one."""
    likely = {start: _likely(law) for start, law in quarter.laws.items()}
    for listed in documents:
        for start, pairs in listed.items():
            visits = quarter.visits[start]
            for day in range(7):
                seen = {at: pair for at, pair in visits.items() if at < day}
                of_listed = sum(pair in pairs for pair in seen.values())
                weights = [0.0, 0.0]
                for days, chance in likely[start].items():
                    if {at for at in days if at < day} == seen.keys():
                        weights[day in days] += chance * _ways(
                            len(days), len(pairs), len(seen), of_listed, learned
                        )
                yield weights[1] / sum(weights), day in visits


def _ways(
    number: int, listed: int, seen: int, of_listed: int, learned: Counter[tuple[int, int]]
) -> float:
    """How likely it is that of so many visits just these are listed."""
    alike = sum(count for (_, visits), count in learned.items() if visits == number)
    if not alike or not listed - number + seen <= of_listed <= listed:
        return 0.0
    chance = learned[listed, number] / alike
    return chance * comb(number - seen, listed - of_listed) / comb(number, listed)


def _likely(law: SpanLaw) -> dict[tuple[int, ...], float]:
    """How likely the visits of a week are on just these days."""
    chances = {days: chance_of_days(law, days) for days in SETS}
    return {days: chance for days, chance in chances.items() if chance}


@pytest.mark.parametrize("number", [10, pytest.param(400, marks=pytest.mark.long)])
def test_readers_of_what_is_handed_out_predict_no_more_than_the_page_says(
    office: Services, tmp_path: Path, number: int
) -> None:
    watched = quarters(office, number, tmp_path / "visits.ics")
    rota, error = share_caught(watched, lambda quarter: [quarter.rota])
    assert rota <= fmean(quarter.says.rota.share for quarter in watched) + error
    says = fmean(quarter.says.page.share for quarter in watched)
    page, error = share_caught(watched, lambda quarter: quarter.pages)
    assert page <= says + error
    calendar, error = share_caught(watched, lambda quarter: [quarter.calendar])
    assert calendar <= says + error


HEARD = re.compile(r"would be right (\d+) times in 100")


@dataclass(frozen=True)
class Cancelled:
    """The days, from Monday on, of a week's visits that are still to come after one was cancelled,
    and the words about it."""

    days: frozenset[int]
    words: str


def cancelled(world: World, today: int, number: int, random: Random) -> list[Cancelled]:
    """Weeks that the law draws, of which one visit to come is cancelled on a day of the week (-1:
    before it)."""
    week = next(span for span in QUARTER.weeks() if span.start > START)
    world = replace(world, today=week.start + timedelta(days=today))
    ground, plan_id = world.ground(SUITE), world.plans[0].id
    law = law_of(ground, week, ground.calendar.options(week), Tally(ground, (), ()))
    weeks = []
    while len(weeks) < number:
        drawn = placed_visits(
            ground, plan_id, week, law, Tally(ground, (), ()), world.volunteers, random
        )
        if min(visit.day for visit in drawn) <= world.today:
            continue
        here = replace(world, planned=tuple(drawn))
        gone = random.choice(drawn)
        new = replacement_visits(here, gone, random, 720)
        left = [visit for visit in drawn if visit is not gone]
        days = frozenset(visit.day.weekday() for visit in (*left, *new))
        weeks.append(Cancelled(days, cancelled_words(here, gone, new)))
    return weeks


@pytest.mark.parametrize("number", [40, pytest.param(2_000, marks=pytest.mark.long)])
@pytest.mark.parametrize("today", [-1, 2, 5])
def test_who_hears_of_a_cancellation_is_right_no_more_often_than_its_message_says(
    office: Services, monkeypatch: pytest.MonkeyPatch, today: int, number: int
) -> None:
    """They take the day that has had most visits in such weeks, half of which they have seen."""
    monkeypatch.setattr(replacements, "_crewed", lambda _world, _gone, new, _random: list(new))
    with office.access.database.reading() as connection:
        world = read_world(connection, office.access.today(), QUARTER)
    world = replace(world, volunteers=world.volunteers[:2])  # all can go at any time
    weeks = cancelled(world, today, 2 * number, Random(today))
    days = Counter(day for week in weeks[:number] for day in week.days)
    likeliest = max(days, key=lambda day: days[day])
    hits = sum(likeliest in week.days for week in weeks[number:]) / number
    says = {HEARD.search(week.words)[1] for week in weeks if HEARD.search(week.words)}
    if today == 5:
        assert hits == 1
        assert all("knows the day of that visit" in week.words for week in weeks)
    elif today < 0:
        assert not says, "the whole week was drawn again, as any week is"
        assert hits <= 0.2 + 3 * sqrt(0.16 / number)
    else:
        (share,) = (int(words) / 100 for words in says)
        assert hits <= share + 0.005 + 3 * sqrt(share * (1 - share) / number)
        assert hits >= share - 0.005 - 3 * sqrt(share * (1 - share) / number)


def test_who_hears_of_a_visit_cancelled_on_the_last_day_knows_the_day_and_the_message_says_so(
    office: Services,
) -> None:
    visit = of_site(planned(office), SUITE)[0]
    with office.access.database.reading() as connection:
        world = read_world(connection, visit.span.end, QUARTER)
    world = replace(world, planned=(replace(visit, day=visit.span.end),))
    new = replacement_visits(world, world.planned[0], Random(1), 600)
    assert [each.day for each in new] == [visit.span.end]
    words = cancelled_words(world, world.planned[0], new)
    assert "knows the day of that visit. Let only its pair know." in words
    assert "Anyone who hears" not in cancelled_words(world, world.planned[0], [])
