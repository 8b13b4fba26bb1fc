"""What an assignment breaks, rule by rule and at each rule's edge."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from visitapp.domain.period import Period
from visitapp.domain.plan.rota import FreeTime, VisitSlot, Volunteer
from visitapp.domain.plan.rota_breaks import BrokenRule, Rule, breaks_of

SCHEME, SITE = uuid4(), uuid4()
MONDAY = date(2025, 5, 5)
ALL_DAY = tuple(FreeTime(day, 0, 1440) for day in range(7))


def volunteer(name: str) -> Volunteer:
    vetted = date(2030, 1, 1)
    return Volunteer(uuid4(), name, frozenset({SCHEME}), ALL_DAY, vetted_until=vetted)


ANN, BEA = volunteer("Ann"), volunteer("Bea")


def slot(day: date = MONDAY) -> VisitSlot:
    return VisitSlot(uuid4(), SCHEME, SITE, "Northgate", day, 600)


def breaks(
    days: Sequence[date], ann: Volunteer = ANN, bea: Volunteer | None = BEA
) -> tuple[str, ...]:
    """What breaks if both also make a visit on Monday, where Ann has those of `days`."""
    wanted, others = slot(), [slot(day) for day in days]
    pair = [ann.id] if bea is None else [ann.id, bea.id]
    pairs: dict[UUID, Sequence[UUID]] = {one.id: (ann.id, uuid4()) for one in others}
    people = {one.id: one for one in (ann, bea) if one is not None}
    broken = breaks_of(wanted, pair, [wanted, *others], {**pairs, wanted.id: pair}, people)
    return tuple(rule.sentence for rule in broken)


def test_a_second_visit_of_a_week_is_allowed_and_a_third_is_not() -> None:
    after = [MONDAY + timedelta(days=at) for at in range(1, 8)]
    assert breaks(after[:1]) == ()
    assert breaks(after[:2]) == ("Ann has two other visits that week.",)
    assert breaks([after[0], after[-1]]) == (), "the next Monday belongs to another week"


def test_a_second_visit_of_a_day_is_not_allowed() -> None:
    assert breaks([MONDAY]) == ("Ann has another visit that day.",)


def test_the_last_visit_of_a_quarter_that_somebody_offered_is_allowed_and_no_more() -> None:
    weeks = [MONDAY + timedelta(weeks=at) for at in (1, 2, 3)]
    ann = replace(ANN, most=3)
    assert breaks(weeks[:2], ann) == ()
    assert breaks(weeks, ann) == ("Ann has all 3 visits of the quarter already.",)


def test_a_wish_is_told_on_its_days_only() -> None:
    said = ("Ann asked for no visit then.",)
    for first, last, found in ((-3, 0, said), (0, 3, said), (1, 3, ()), (-3, -1, ())):
        wish = Period(MONDAY + timedelta(days=first), MONDAY + timedelta(days=last))
        assert breaks([], replace(ANN, wishes=(wish,))) == found


def test_nobody_on_probation_goes_without_someone_experienced() -> None:
    new_ann = replace(ANN, probation_until=MONDAY)
    new_bea = replace(BEA, probation_until=MONDAY)
    assert breaks([], new_ann) == ()
    assert breaks([], new_ann, new_bea) == ("Both are on probation.",)
    alone = ("Ann is on probation and needs to go with someone experienced.",)
    assert breaks([], new_ann, replace(BEA, may_buddy=False)) == alone
    over = MONDAY - timedelta(days=1)
    assert breaks([], replace(ANN, probation_until=over), replace(BEA, probation_until=over)) == ()


def test_a_missing_visitor_is_told() -> None:
    assert breaks([], bea=None) == ("One visitor is missing.",)
    wanted = slot()
    (missing,) = breaks_of(wanted, [], [wanted], {}, {})
    assert missing == BrokenRule(Rule.TWO_VISITORS, "Two visitors are missing.")


def test_an_obstacle_is_told_with_the_name() -> None:
    away = Period(MONDAY, MONDAY)
    assert breaks([], replace(ANN, away=(away,))) == ("Ann is away then.",)
