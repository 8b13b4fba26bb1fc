"""What spare visits buy, and the bars of a plan."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from uuid import uuid4

import pytest

from visitapp.domain.office.visit_law import NO_EVEN_DAYS, VisitLaw
from visitapp.domain.period import week_of
from visitapp.domain.plan.foresight import Caught, Foresight, Guess
from visitapp.domain.plan.law_choice import LawChoice, Weighed, best_law
from visitapp.domain.plan.plan_limits import (
    Audit,
    Readers,
    Standpoint,
    caught_together,
    chosen_by_hand,
    exceeded_limits,
    limits_for,
    names_together,
    sentence_together,
)
from visitapp.domain.plan.visit_benefit import MOST_A_YEAR, benefit_of
from visitapp.planning.law import suite_policy
from visitapp.planning.scores import scores
from visitapp.planning.simulation import simulate

TIMESLOTS, DAYS = VisitLaw
_GUESS = Guess(Caught(0.3, 100), "the law", 1 / 7)
FORESIGHT = Foresight(
    "Northgate", 16, 91, 65, _GUESS, _GUESS, _GUESS, 0.0, 0.323, True, Caught(0.4, 16), 0.3
)
GOOD = Standpoint(
    "Northgate", week_of(date(2025, 5, 5)), has_visit=True, likeliest=0.15, timeslots=35,
    likeliest_day=1 / 7, days=7, is_by_hand=False, is_caught=False,
)  # fmt: skip


def test_each_spare_visit_buys_something() -> None:
    for fewer, more in pairwise(benefit_of(number) for number in range(52, 79)):
        assert more.caught < fewer.caught
        assert more.full >= fewer.full
        assert more.safe_days <= fewer.safe_days
    assert benefit_of(40) == benefit_of(52)
    assert benefit_of(99) == benefit_of(78)
    assert "With 13 extra visits a year" in benefit_of(65).sentence
    assert "38 in 100 visits (47 if" in benefit_of(65, TIMESLOTS).sentence


@pytest.mark.parametrize(
    ("visits", "law"), [(52, TIMESLOTS), (65, TIMESLOTS), (65, DAYS), (75, TIMESLOTS)]
)
def test_what_was_measured_is_measured_again(visits: int, law: VisitLaw) -> None:
    """60 years each: within what chance allows."""
    policy = replace(suite_policy(visits), law=law)
    found = scores(simulate(policy, 60, Random(visits))[1], 35)
    said = benefit_of(visits, law)
    assert found.c_day == pytest.approx(said.caught, abs=0.03)
    assert found.c_day_leaked == pytest.approx(said.leaked, abs=0.03)
    assert found.safe_days == pytest.approx(said.safe_days, abs=0.02)
    assert found.coverage == pytest.approx(said.timeslots, abs=0.3)
    assert abs(found.full - said.full) <= 4 * (said.full * (1 - said.full) / 60) ** 0.5


def test_the_bars_are_those_that_were_set() -> None:
    limits = limits_for(65)
    assert (limits.day, limits.shift, limits.cell, limits.safe_days) == (0.39, 0.225, 0.195, 0.05)
    assert limits_for(70).day == pytest.approx((0.39 + 0.335) / 2)
    assert limits_for(52).day == 0.505
    assert limits_for(90) == limits_for(75)


def test_a_drawn_plan_that_is_caught_by_chance_breaks_no_bar() -> None:
    unlucky = replace(FORESIGHT, day=Guess(Caught(0.9, 16), "the law", 1 / 7))
    assert exceeded_limits(unlucky, [GOOD], limits_for(65)) == ()


def test_each_bar_is_named_with_what_breaks_it() -> None:
    empty = replace(GOOD, has_visit=False)
    assert exceeded_limits(FORESIGHT, [empty], limits_for(65)) == (
        "Northgate, 5–11 May 2025 has no visit: anyone who knows that can rule out the whole week.",
    )
    narrow = replace(GOOD, likeliest=0.5, timeslots=2)
    (said,) = exceeded_limits(FORESIGHT, [narrow], limits_for(65))
    assert "only 2 timeslots" in said
    assert "50 in 100. The limit is 20" in said
    chosen = replace(GOOD, is_by_hand=True, is_caught=True)
    (said,) = chosen_by_hand(
        replace(FORESIGHT, day=Guess(Caught(0.5, 16), "", 1 / 7)), [chosen], limits_for(65)
    )
    assert "50 of 100 visits. The limit is 39" in said
    assert "5–11 May 2025" in said
    (said,) = chosen_by_hand(FORESIGHT, [chosen], limits_for(65))
    assert "Draw it again." in said


def test_spare_visits_are_counted_in_words_and_shares_in_hundreds() -> None:
    assert benefit_of(52).sentence.startswith("With no extra visits a year, someone")
    assert benefit_of(53).sentence.startswith("With 1 extra visit a year, someone")
    assert benefit_of(54).sentence.startswith("With 2 extra visits a year, someone")
    assert benefit_of(65, TIMESLOTS).sentence == (
        "With 13 extra visits a year, someone who studies the pattern could predict 38 in 100 "
        "visits (47 if they know how many visits each week has). They could rule out 3 days in "
        "100. All 35 timeslots would be covered in 94 years out of 100. This is for visits "
        "drawn by even timeslots."
    )
    assert "predict 50 in 100 visits (50 if" in replace(benefit_of(52), caught=0.496).sentence
    assert "(100 if" in replace(benefit_of(52), leaked=1.0).sentence
    assert "rule out 90 days" in replace(benefit_of(52), safe_days=0.9).sentence


def test_what_was_measured_stands_at_its_own_number_and_half_way_between_two() -> None:
    shares = {52: 0.495, 56: 0.451, 60: 0.417, 65: 0.382, 70: 0.349, 75: 0.322, 78: 0.309}
    for visits, caught in shares.items():
        assert benefit_of(visits, TIMESLOTS).caught == pytest.approx(caught)
        assert benefit_of(visits).visits_a_year == visits
    assert benefit_of(54).leaked == pytest.approx((0.495 + 0.487) / 2)
    assert benefit_of(58, TIMESLOTS).full == pytest.approx((0.80 + 0.89) / 2)
    assert benefit_of(200).visits_a_year == MOST_A_YEAR == 78


def test_even_days_are_weighed_where_they_can_draw_unless_the_scheme_chose_otherwise() -> None:
    assert [benefit_of(visits).law for visits in (52, 59, 60, 78)] == [TIMESLOTS] * 2 + [DAYS] * 2
    assert benefit_of(65, TIMESLOTS).caught - benefit_of(65).caught > 0.025
    assert benefit_of(55, DAYS) == benefit_of(55, TIMESLOTS)
    assert benefit_of(65).sentence.endswith("This is for visits drawn by even days.")
    assert limits_for(65, DAYS).day < limits_for(65).day
    assert limits_for(70, DAYS).day == pytest.approx((0.36 + 0.305) / 2)


def test_the_better_law_is_in_force_and_its_sentence_says_why() -> None:
    scores_of = Weighed(TIMESLOTS, 0.38, 34.9), Weighed(DAYS, 0.35, 34.8)
    assert best_law(scores_of) is DAYS
    assert best_law((scores_of[0], replace(scores_of[1], caught=0.378))) is TIMESLOTS
    assert best_law((scores_of[0], replace(scores_of[1], timeslots=34.5))) is TIMESLOTS
    assert LawChoice("Northgate", DAYS, scores_of, is_own=False).sentence == (
        "Northgate: visits are drawn by even days, which makes them harder to predict. Someone on "
        "the alert one day a week could predict about 35 in 100, and 38 by even timeslots."
    )
    own = LawChoice("Northgate", TIMESLOTS, scores_of, is_own=True).sentence
    assert "by even timeslots, as the scheme chose." in own
    none = LawChoice("Dogs", TIMESLOTS, (), is_own=False).sentence
    assert none == f"Dogs: visits are drawn by even timeslots. {NO_EVEN_DAYS}"


def test_bars_between_two_that_are_set_lie_between_them() -> None:
    assert (limits_for(40), limits_for(52).visits_a_year) == (limits_for(52), 52)
    assert (limits_for(60).day, limits_for(65).visits_a_year) == (0.43, 65)
    assert limits_for(56).cell == pytest.approx((0.1501 + 0.18) / 2)
    assert limits_for(58).day == pytest.approx(0.505 - 0.75 * (0.505 - 0.43))


def audit(visits: int, caught: float, leaked: float, *, is_suite: bool = True) -> Audit:
    foresight = replace(
        FORESIGHT,
        day=Guess(Caught(caught, visits), "the law", 1 / 7),
        leaked_day=Caught(leaked, visits),
    )
    return Audit(uuid4(), is_suite, foresight, ())


def test_suites_weigh_by_their_visits_and_kennels_are_left_out() -> None:
    audits = [audit(10, 0.2, 0.4), audit(30, 0.6, 0.8), audit(50, 1.0, 1.0, is_suite=False)]
    assert caught_together(audits) == pytest.approx((2 + 18) / 40)
    leaked = caught_together(audits, lambda audit: audit.foresight.leaked_day)
    assert leaked == pytest.approx((4 + 24) / 40)
    assert sentence_together(audits) == (
        "Someone who studied past visits could predict about 50 in 100 of these visits. Pure luck "
        "would be 14. If they also knew how many visits each week has, it would be 70."
    )
    assert sentence_together([audit(10, 1.0, 1.0)]).endswith("it would be 100.")
    assert "about 100 in 100" in sentence_together([audit(10, 1.0, 1.0)])


def test_nothing_is_said_together_while_no_suite_has_a_visit() -> None:
    for audits in ([], [audit(0, 0.0, 0.0)], [audit(9, 0.5, 0.5, is_suite=False)]):
        assert caught_together(audits) is None
        assert sentence_together(audits) == "Working out how predictable the visits are."
    no_leak = replace(FORESIGHT, leaked_day=Caught(0.0, 0))
    assert sentence_together([Audit(uuid4(), True, no_leak, ())]).startswith("Working out")


def test_what_readers_of_papers_predict_is_worded_each_on_a_line_of_its_own() -> None:
    readers = Readers(Caught(0.4, 16), Caught(0.36, 16), Caught(0.52, 16))
    rota, page, names = readers.lines
    assert rota == "If they had seen the rota, and knew the visitors by sight: 40 of 100 visits"
    assert page.endswith("36 of 100 visits in its weeks")
    assert names.endswith("saw day by day who had been there: 52 of 100 visits")
    (page,) = Readers(None, Caught(0.36, 16), None).lines
    assert "page or calendar file" in page
    judged = replace(audit(16, 0.3, 0.4), by_names=Caught(0.31, 16))
    assert names_together([judged]).endswith("for about 31 in 100.")
    assert names_together([replace(judged, readers=readers)]).endswith("day by day: 52.")
    assert names_together([audit(16, 0.3, 0.4)]) == ""


def test_a_bar_that_is_just_met_is_not_broken() -> None:
    bar = limits_for(65)
    assert exceeded_limits(FORESIGHT, [replace(GOOD, likeliest=bar.cell)], bar) == ()
    (cell,) = exceeded_limits(
        FORESIGHT, [replace(GOOD, likeliest=1.0, timeslots=1)], replace(bar, cell=0.9)
    )
    assert "only 1 timeslot can be" in cell
    assert cell.endswith("as likely as 100 in 100. The limit is 90.")
    chosen = replace(GOOD, is_by_hand=True, is_caught=True)
    met = replace(FORESIGHT, day=Guess(Caught(bar.day, 16), "", 1 / 7))
    (by_hand,) = chosen_by_hand(met, [chosen], bar)
    assert by_hand.endswith("Draw it again.")
    (by_hand,) = chosen_by_hand(met, [chosen], replace(bar, day=0.0))
    assert "The limit is 0." in by_hand
    worse = replace(FORESIGHT, day=Guess(Caught(1.0, 16), "", 1 / 7))
    (by_hand,) = chosen_by_hand(worse, [chosen], replace(bar, day=0.9))
    assert "predict 100 of 100 visits. The limit is 90." in by_hand


def test_visits_on_few_days_of_the_week_are_said_to_be_foreseen() -> None:
    tuesdays = replace(GOOD, likeliest=0.2, timeslots=5, likeliest_day=1.0, days=1)
    (words,) = exceeded_limits(FORESIGHT, [tuesdays], limits_for(75), [1])
    assert words == (
        "Northgate, 5–11 May 2025: visits are possible on only 1 day of the week, so one of them "
        "is as likely as 100 in 100. The limit is 25."
    )
    four = replace(GOOD, likeliest_day=0.25, days=4, timeslots=20)
    assert exceeded_limits(FORESIGHT, [four], limits_for(65)) == ()
    (words,) = exceeded_limits(FORESIGHT, [replace(four, likeliest_day=1 / 3)], limits_for(65))
    assert "33 in 100" in words


@pytest.mark.parametrize(("same", "others", "number"), [(8, 5, 1), (7, 6, 0), (4, 0, 0), (5, 0, 1)])
def test_more_visits_on_one_weekday_than_chance_explains_are_pointed_out(
    same: int, others: int, number: int
) -> None:
    weekdays = [1] * same + [2, 3, 4, 5, 6, 0][:others]
    sentences = exceeded_limits(FORESIGHT, [GOOD], limits_for(65), weekdays)
    assert len(sentences) == number
    if sentences:
        assert f"{same} of {same + others} visits are on the same day of the week" in sentences[0]
        assert "Tuesday" not in sentences[0]


def test_what_holds_for_several_weeks_is_said_once() -> None:
    weeks = [week_of(date(2025, 5, 5) + timedelta(days=7 * at)) for at in range(5)]
    for change, words in (
        ({"likeliest": 0.5, "timeslots": 2}, "only 2 timeslots can be reached"),
        ({"likeliest_day": 0.5, "days": 2}, "only 2 days of the week"),
        ({"has_visit": False}, "have no visit: anyone who knows that can rule out all of them."),
        ({"is_by_hand": True, "is_caught": True}, "Draw them again."),
    ):
        places = [replace(GOOD, span=week, **change) for week in weeks]
        limits = chosen_by_hand if "is_by_hand" in change else exceeded_limits
        (sentence,) = limits(FORESIGHT, places, limits_for(65))
        assert words in sentence
        assert "5 weeks from 5–11 May 2025 to 2–8 Jun 2025" in sentence
        (sentence,) = limits(FORESIGHT, places[:2], limits_for(65))
        assert "Northgate, 5–11 May 2025 and 12–18 May 2025" in sentence


def test_only_a_visit_by_hand_on_a_likely_day_is_held_against_the_plan() -> None:
    worse = replace(FORESIGHT, day=Guess(Caught(0.9, 16), "", 1 / 7))
    for by_hand, caught in ((True, False), (False, True), (False, False)):
        span = replace(GOOD, is_by_hand=by_hand, is_caught=caught)
        assert chosen_by_hand(worse, [span], limits_for(65)) == ()
        assert exceeded_limits(worse, [span], limits_for(65)) == ()
    empty = replace(GOOD, has_visit=False, likeliest=1.0)
    assert len(exceeded_limits(worse, [empty], limits_for(65))) == 1, (
        "no timeslot of a week without a visit"
    )
