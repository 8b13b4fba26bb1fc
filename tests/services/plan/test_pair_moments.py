"""Days and times that the pair alone knows: drawn alike on both copies, and never in the office."""

import hashlib
import json
import os
import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, table, text

from tests.copies import Copies, make_copies, written
from tests.pairs import (
    FRIDAY,
    PEOPLE,
    WEEKS,
    leave_to_pairs,
    name_of,
    of_pairs,
    pairs_of_office,
    shown_in,
    week_in,
)
from tests.planners import QUARTER, START, person_id, planned, planner, say
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import freeze_day
from visitapp.domain.plan.planned import Mode, PlannedVisit, WhyOffice
from visitapp.persistence import assigned, pair_draws
from visitapp.planning import crews
from visitapp.security import copy_keys
from visitapp.services import Services


def _frozen(office: Services) -> list[Any]:
    with office.access.database.reading() as connection:
        return pair_draws.draws(connection)


def _friday(copies: Copies) -> None:
    """The Friday before the first week, after everybody has exchanged."""
    copies.clock.now = FRIDAY
    copies.exchange("office", *copies.visitors)


def test_the_office_plans_week_site_and_pair_and_no_moment(copies: Copies) -> None:
    visits = pairs_of_office(copies)
    left = of_pairs(visits)
    assert len(left) == len(visits) == 6
    for visit in left:
        assert (visit.day, visit.minute, visit.cell) == (None, None, None)
        assert len(visit.pair) == 2
        with pytest.raises(BadInputError, match="Only the pair knows"):
            planner(copies.office).reveal(visit.id)
        with pytest.raises(BadInputError, match="Only the pair knows"):
            planner(copies.office).choose_moment(visit.id, visit.span.end, 600)
    told = json.loads(planner(copies.office).plan_json(QUARTER, moments=True))["visits"]
    for row in told:
        assert (row["day"] is None) == (row["mode"] == "pair_held")
        assert (row["time"] is None) == (row["mode"] == "pair_held")
    assert sum(row["mode"] == "pair_held" for row in told) == len(left)
    assert any(row["day"] for row in told)
    audit = copies.office.foresight.plan(QUARTER)[0]
    assert audit.foresight.visits == len(visits)
    assert 0.01 < audit.foresight.day.caught.share < 0.7
    assert copies.office.foresight.outlooks(QUARTER)[0].expected > 34


def test_both_copies_show_the_same_from_the_friday_before(copies: Copies) -> None:
    visits = pairs_of_office(copies)
    first = next(visit for visit in of_pairs(visits) if visit.span.start == START)
    copies.exchange("office", *copies.visitors)
    for person in first.pair:
        week = week_in(copies, person, first)
        assert week is not None
        assert week.draw_id is None
        assert "from Fri 11 Apr on" in week.words(copies.clock().date())
    assert _frozen(copies.office) == []
    _friday(copies)
    shown = [shown_in(copies, person, first) for person in first.pair]
    assert shown[0].moments == shown[1].moments
    assert shown[0].check_words == shown[1].check_words
    for at in (0, 1):
        other = copies.of(name_of(first.pair[1 - at])).copy_register.fingerprints()
        assert other is not None
        assert shown[at].partner_fingerprint == other.own
    number = sum(visit.span == first.span for visit in visits)
    assert len(shown[0].moments) == number
    for moment in shown[0].moments:
        assert moment.day in first.span
        assert moment.minute % 5 == 0
    assert len(shown[0].check_words.split()) == 2
    again = shown_in(copies, first.pair[0], first)
    assert again == shown[0]


def test_each_week_is_drawn_for_itself_and_by_nobody_else(copies: Copies) -> None:
    left = of_pairs(pairs_of_office(copies))
    seen = set()
    for visit in left:
        copies.clock.now = FRIDAY + (visit.span.start - START)
        copies.exchange("office", *copies.visitors)
        shown = [shown_in(copies, person, visit) for person in visit.pair]
        assert shown[0].moments == shown[1].moments
        seen |= {
            ((moment.day - visit.span.start).days, moment.minute) for moment in shown[0].moments
        }
        for name in copies.visitors:
            if name not in map(name_of, visit.pair):
                weeks = copies.of(name).own_visits.weeks()
                assert visit.span not in {week.span for week in weeks if week.draw_id}
    assert len(seen) >= len({visit.span for visit in left}) - 2
    with pytest.raises(NotAllowedError):
        copies.office.own_visits.weeks()


def test_what_is_frozen_are_reports_accepted_so_far(copies: Copies) -> None:
    pairs_of_office(copies)
    written(copies.office, START - timedelta(days=6))
    _friday(copies)
    (draw,) = _frozen(copies.office)
    assert sum(draw.inputs.counts) == 1
    written(copies.office, START - timedelta(days=5))
    copies.clock.move(days=1)
    copies.exchange("office")
    assert _frozen(copies.office) == [draw]


def test_without_a_copy_the_office_draws_and_says_so(copies: Copies) -> None:
    visits = pairs_of_office(copies, joined=(0, 1, 2))
    joined = {person_id(at) for at in (0, 1, 2)}
    assert of_pairs(visits)
    for visit in visits:
        if visit.is_of_pair:
            assert set(visit.pair) <= joined
        else:
            assert visit.day is not None
            assert visit.why_office in (WhyOffice.NO_COPY, WhyOffice.TWO_PAIRS)
            if visit.why_office is WhyOffice.NO_COPY:
                assert not set(visit.pair) <= joined
    rows = planner(copies.office).sheet(QUARTER).rows
    assert {row.why_office for row in rows if row.mode is Mode.PAIR_HELD} == {None}


def test_a_week_with_several_visits_goes_to_one_pair_or_to_the_office(copies: Copies) -> None:
    visits = pairs_of_office(copies, seed=9)
    numbers = Counter(visit.span for visit in visits)
    several = [visit for visit in visits if numbers[visit.span] > 1]
    assert {visit.mode for visit in several} == set(Mode)
    for visit in several:
        alike = [other for other in several if other.span == visit.span]
        if visit.is_of_pair:
            assert {frozenset(other.pair) for other in alike} == {frozenset(visit.pair)}
        else:
            assert visit.why_office is not None


def test_a_visit_given_to_another_pair_is_drawn_anew(copies: Copies) -> None:
    visits = pairs_of_office(copies)
    alone = Counter(visit.span for visit in visits)
    visit = next(visit for visit in of_pairs(visits) if alone[visit.span] == 1)
    copies.clock.now = FRIDAY + (visit.span.start - START)
    copies.exchange("office", *copies.visitors)
    before = shown_in(copies, visit.pair[0], visit)
    stays, leaves = visit.pair
    new = next(
        person_id(at)
        for at in range(PEOPLE)
        if person_id(at) not in visit.pair and week_in(copies, person_id(at), visit) is None
    )
    planner(copies.office).assign(visit.id, (stays, new))
    copies.exchange("office", *copies.visitors)
    shown = [shown_in(copies, person, visit) for person in (stays, new)]
    assert shown[0].moments == shown[1].moments
    assert shown[0].check_words != before.check_words
    assert week_in(copies, leaves, visit) is None
    week = week_in(copies, stays, visit)
    assert week is not None
    assert "what you saw before no longer holds" in week.words(copies.clock().date())
    assert "no longer holds" not in week_in(copies, new, visit).words(copies.clock().date())
    planner(copies.office).assign(visit.id, (stays,))
    taken = next(other for other in planned(copies.office) if other.id == visit.id)
    assert (taken.mode, taken.why_office) == (Mode.MANAGER_HELD, WhyOffice.BY_HAND)
    assert taken.day in visit.span
    copies.exchange("office", *copies.visitors)
    assert _frozen(copies.office) == []


def test_a_lost_laptop_leaves_the_draw_to_the_office_and_a_new_one_to_the_pair(
    copies: Copies,
) -> None:
    visits = pairs_of_office(copies)
    visit = next(visit for visit in of_pairs(visits) if visit.span.start == START)
    _friday(copies)
    before = shown_in(copies, visit.pair[0], visit)
    lost = visit.pair[1]
    copy = next(copy for copy in copies.office.exchange.copies() if copy.person_id == lost)
    copies.office.exchange.revoke(copy.id)
    copies.join(name_of(lost), lost)
    copies.exchange("office", *copies.visitors)
    shown = [shown_in(copies, person, visit) for person in visit.pair]
    assert shown[0].moments == shown[1].moments
    assert shown[0].check_words != before.check_words
    week = week_in(copies, visit.pair[0], visit)
    assert week is not None
    assert week.is_again
    copy = [copy for copy in copies.office.exchange.copies() if copy.person_id == lost][-1]
    copies.office.exchange.revoke(copy.id)
    copies.exchange("office", name_of(visit.pair[0]))
    taken = next(other for other in planned(copies.office) if other.id == visit.id)
    assert (taken.mode, taken.why_office) == (Mode.MANAGER_HELD, WhyOffice.NO_COPY)
    assert taken.day is not None
    assert taken.day > copies.clock().date()
    week = week_in(copies, visit.pair[0], visit)
    assert week is not None
    assert week.draw_id is None
    assert week.words(copies.clock().date()) == "Your manager tells you the day and time."
    assert planner(copies.office).reveal(visit.id).day == taken.day


def test_a_cancelled_visit_is_drawn_again_and_left_to_its_pair(copies: Copies) -> None:
    visits = pairs_of_office(copies)
    alone = Counter(visit.span for visit in visits)
    visit = next(v for v in of_pairs(visits) if alone[v.span] == 1 and v.span.start == START)
    _friday(copies)
    sentence, _ = planner(copies.office, seed=3).cancel(visit.id)
    assert "another visit was drawn" in sentence
    new = [v for v in planned(copies.office) if v.span == visit.span and not v.is_cancelled]
    assert new
    assert of_pairs(new) == new
    copies.exchange("office", *copies.visitors)
    shown = [shown_in(copies, person, new[0]) for person in new[0].pair]
    assert shown[0].moments == shown[1].moments


def test_who_is_away_for_the_whole_week_can_not_make_it(copies: Copies) -> None:
    visits = pairs_of_office(copies)
    visit = of_pairs(visits)[0]
    at = next(at for at in range(PEOPLE) if person_id(at) == visit.pair[0])
    say(copies.office, at, away=(visit.span,))
    broken = copies.office.availability.broken_visits(visit.pair[0])
    assert [(item.visit_id, item.why) for item in broken] == [(visit.id, "is away then")]
    copies.clock.now = FRIDAY + (visit.span.start - START)
    copies.exchange("office")
    taken = next(other for other in planned(copies.office) if other.id == visit.id)
    assert (taken.mode, taken.why_office) == (Mode.MANAGER_HELD, WhyOffice.NO_TIME)


def test_a_reported_visit_is_known_by_its_report_and_forgotten_in_the_copies(
    copies: Copies,
) -> None:
    visits = pairs_of_office(copies)
    alone = Counter(visit.span for visit in visits)
    visit = next(v for v in of_pairs(visits) if alone[v.span] == 1)
    copies.clock.now = FRIDAY + (visit.span.start - START)
    copies.exchange("office", *copies.visitors)
    (moment,) = shown_in(copies, visit.pair[0], visit).moments
    copies.clock.move(days=(moment.day - copies.clock().date()).days + 1)
    written(copies.office, moment.day, visitors=visit.pair)
    copies.exchange("office", *copies.visitors)
    row = planner(copies.office).sheet(QUARTER).row(visit.id)
    assert row is not None
    assert row.visited_on == moment.day
    # the visit may have been so late in the week that the next one is frozen too
    assert visit.span not in {draw.span for draw in _frozen(copies.office)}
    for person in visit.pair:
        with copies.of(name_of(person)).access.database.reading() as connection:
            assert visit.span not in {draw.span for draw, _ in assigned.draws(connection)}


def test_a_scheme_that_leaves_nothing_to_pairs_plans_as_before(copies: Copies) -> None:
    pairs_of_office(copies)
    leave_to_pairs(copies.office, on=False)
    period = planner(copies.office).weeks_from(START + timedelta(weeks=WEEKS), 2)
    planner(copies.office).make(period.start, 2)
    later = planned(copies.office, period)
    assert later
    assert of_pairs(later) == []
    assert {visit.why_office for visit in later} == {None}


@pytest.mark.parametrize(
    ("start", "friday"), [("2025-04-14", "2025-04-11"), ("2025-05-01", "2025-04-25"),
                          ("2025-08-01", "2025-07-25"), ("2025-11-01", "2025-10-31")],
)  # fmt: skip
def test_inputs_are_frozen_on_the_friday_before(start: str, friday: str) -> None:
    first = date.fromisoformat(start)
    assert freeze_day(Period(first, first + timedelta(days=6))) == date.fromisoformat(friday)


# -- the office's file ------------------------------------------------------------------------


class _Chance:
    """Bytes that look like chance, the same in each story."""

    def __init__(self) -> None:
        self._number = 0

    def __call__(self, length: int) -> bytes:
        self._number += 1
        return hashlib.shake_256(str(self._number).encode()).digest(length)


@pytest.fixture
def told_with_keys(
    tmp_path: Path, furnished_file: Path, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[dict[str, list[Any]], list[Any]]]:
    """Tells the same story with keys of visitors made of a word; what the office's file then
    holds, and what the first pair sees."""
    fresh = copy_keys.new_copy

    def tell(word: str) -> tuple[dict[str, list[Any]], list[Any]]:
        def new_copy(person: UUID | None = None, number: int = 0) -> OwnCopy:
            if person is None:
                return fresh(person, number)
            seeds = hashlib.shake_256(f"{word} {number}".encode()).digest(128)
            return OwnCopy(uuid4(), seeds[:96], seeds[96:], person, number)

        chance = _Chance()
        with monkeypatch.context() as patched:
            patched.setattr(os, "urandom", chance)
            patched.setattr(random, "_urandom", chance)
            patched.setattr(copy_keys, "new_copy", new_copy)
            patched.setattr(crews, "_WORKERS", 1)  # several find other pairs each time
            (tmp_path / word).mkdir()
            copies = make_copies(furnished_file, tmp_path / word / "folder", key)
            try:
                visit = next(v for v in of_pairs(pairs_of_office(copies)) if v.span.start == START)
                _friday(copies)
                copies.exchange("office")
                shown = [shown_in(copies, person, visit).moments for person in visit.pair]
                return _dumped(copies.office), shown
            finally:
                copies.close()

    return tell


def _dumped(office: Services) -> dict[str, list[Any]]:
    """Every row of every table, without public keys and what is sealed with them."""
    with office.access.database.reading() as connection:
        names = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ).scalars()
        dumped = {}
        for name in names:
            rows = connection.execute(select("*").select_from(table(name))).mappings()
            dumped[name] = sorted(
                repr({k: v for k, v in row.items() if (name, k) not in _OF_KEYS}) for row in rows
            )
        return dumped


_OF_KEYS = {
    ("other_copy", "sealing"),
    ("other_copy", "signing"),
    ("message_out", "file"),
    ("message_out", "digest"),
}
"""Public keys, what is sealed with them, and digests of messages that hold them."""


def test_the_same_story_with_other_keys_leaves_the_same_file_in_the_office(
    told_with_keys: Callable[[str], tuple[dict[str, list[Any]], list[Any]]],
) -> None:
    first, seen = told_with_keys("amber")
    second, seen_then = told_with_keys("otter")
    assert seen[0] == seen[1]
    assert seen_then[0] == seen_then[1]
    assert seen != seen_then
    assert first["pair_draw"]
    assert first["planned_visit"]
    for name, rows in first.items():
        for row, row_then in zip(rows, second[name], strict=True):
            assert row == row_then, name


def test_visits_of_pairs_have_no_room_for_a_moment() -> None:
    week = QUARTER.weeks()[0]
    ids = [uuid4() for _ in range(4)]
    with pytest.raises(BadInputError):
        PlannedVisit(
            *ids, week, day=week.start, minute=0, cell=0,
            pair=(person_id(0), person_id(1)), mode=Mode.PAIR_HELD,
        )  # fmt: skip
    with pytest.raises(BadInputError):
        PlannedVisit(*ids, week, pair=(person_id(0),), mode=Mode.PAIR_HELD)
    with pytest.raises(BadInputError):
        PlannedVisit(*ids, week)
