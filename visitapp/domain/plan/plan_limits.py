"""The limits that a suite's plan is checked against."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb
from uuid import UUID

from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period, spans_words
from visitapp.domain.plan.enough_people import PeopleNeeded
from visitapp.domain.plan.foresight import Caught, Foresight
from visitapp.domain.plan.other_suites import OtherSuites
from visitapp.domain.text.wording import number_of, out_of, plural


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """The most that is acceptable: the share of visits predicted with one alert day, or one alert
    timeslot, the highest likelihood of a timeslot, and the share of days that can be ruled out."""

    visits_a_year: int
    day: float
    shift: float
    cell: float
    safe_days: float


_BARS = {
    VisitLaw.TIMESLOTS: (
        PlanLimits(52, 0.505, 0.30, 0.1501, 0.435),
        PlanLimits(60, 0.43, 0.25, 0.18, 0.15),
        PlanLimits(65, 0.39, 0.225, 0.195, 0.05),
        PlanLimits(75, 0.335, 0.19, 0.225, 0.04),
    ),
    VisitLaw.DAYS: (
        PlanLimits(60, 0.415, 0.26, 0.20, 0.01),
        PlanLimits(65, 0.36, 0.225, 0.20, 0.01),
        PlanLimits(75, 0.305, 0.195, 0.225, 0.01),
        PlanLimits(78, 0.295, 0.185, 0.245, 0.01),
    ),
}


def limits_for(visits_a_year: float, law: VisitLaw = VisitLaw.TIMESLOTS) -> PlanLimits:
    """The limits for a number of visits a year drawn by a law, interpolated linearly between those
    that are set."""
    bars = _BARS[law]
    wanted = min(max(visits_a_year, bars[0].visits_a_year), bars[-1].visits_a_year)
    for low, high in pairwise(bars):
        if wanted <= high.visits_a_year:
            part = (wanted - low.visits_a_year) / (high.visits_a_year - low.visits_a_year)
            return PlanLimits(
                round(wanted),
                *(
                    getattr(low, name) + part * (getattr(high, name) - getattr(low, name))
                    for name in ("day", "shift", "cell", "safe_days")
                ),
            )
    return bars[-1]


@dataclass(frozen=True, slots=True)
class Readers:
    """The visits to come that somebody expects, on the alert on one day a week, who knows the
    visitors by sight and has read the `rota` (None where it doesn't list the site), a visitor's
    `page` or calendar file (of visits in its weeks), or all `names` and when everybody can go."""

    rota: Caught | None
    page: Caught
    names: Caught | None

    @property
    def lines(self) -> tuple[str, ...]:
        """Such as `If they had seen the rota, and knew the visitors by sight: 40 of 100 visits`."""
        lines = []
        if self.rota is not None:
            lines.append(
                f"If they had seen the rota, and knew the visitors by sight: {self.rota.words}"
            )
        lines.append(
            "If they had seen a visitor\u2019s page or calendar file, and knew the visitors by "
            f"sight: {self.page.words} in its weeks"
        )
        if self.names is not None:
            lines.append(
                "If they knew all pairs and when everybody can go, and saw day by day who had been "
                f"there: {self.names.words}"
            )
        return tuple(lines)


@dataclass(frozen=True, slots=True)
class Audit:
    """How one site's plan does; `broken` says which limits it exceeds, and why. `by_hand` says the
    same of visits whose day was chosen: it follows from those days. `by_names`: the visits to come
    whose day is expected by somebody who knows who goes, and when everybody can."""

    site_id: UUID
    is_suite: bool
    foresight: Foresight
    broken: tuple[str, ...]
    by_hand: tuple[str, ...] = ()
    by_names: Caught | None = None
    law_words: str = ""
    """Which law draws its visits, and why."""
    readers: Readers | None = None
    others: OtherSuites | None = None
    """What visits to other suites say of its visits; None if nothing."""
    people: PeopleNeeded | None = None
    """How far the people of its scheme are enough; None if that isn't known."""


def caught_together(
    audits: Sequence[Audit], of: Callable[[Audit], Caught | None] = lambda a: a.foresight.day.caught
) -> float | None:
    """The share of all suites' planned visits predicted by a watcher with one alert day a week, or
    by another. None without a visit to a suite."""
    shares = [caught for audit in audits if audit.is_suite and (caught := of(audit)) is not None]
    visits = sum(caught.visits for caught in shares)
    return sum(caught.share * caught.visits for caught in shares) / visits if visits else None


def sentence_together(audits: Sequence[Audit]) -> str:
    """Both cases in one sentence: the watcher doesn't know the rota, or does."""
    share = caught_together(audits)
    leaked = caught_together(audits, lambda audit: audit.foresight.leaked_day)
    if share is None or leaked is None:
        return "Working out how predictable the visits are."
    return (
        f"Someone who studied past visits could predict about {round(100 * share)} in 100 of "
        "these visits. Pure luck would be 14. If they also knew how many visits each week has, "
        f"it would be {round(100 * leaked)}."
    )


def names_together(audits: Sequence[Audit]) -> str:
    """The same for somebody who knows the names; empty without a visit to come."""
    share = caught_together(audits, lambda audit: audit.by_names)
    if share is None:
        return ""
    words = (
        "Someone who knew who makes a visit, and when everybody can go, could name its day for "
        f"about {round(100 * share)} in 100."
    )
    seen = caught_together(audits, lambda audit: audit.readers.names if audit.readers else None)
    if seen is not None:
        words += f" If they also saw who has been there, day by day: {round(100 * seen)}."
    return words


BY_NAMES = 0.40
"""The most of all visits whose day may be named by somebody who knows the pair."""
LIKELIEST_DAY = 0.25
"""The most likely that one day of a week should be because visits are possible on few days."""
_BY_CHANCE = 0.001
"""Less often than this, so many visits fall on the same weekday by chance."""


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What else is known about a planned span of a site: whether it has a visit, how many timeslots
    and days can be reached, the likelihood of the likeliest timeslot and, if all timeslots were
    equal, of the likeliest day, and whether a visit chosen by hand fell on a day that a watcher
    with one alert day a week would have predicted."""

    site_name: str
    span: Period
    has_visit: bool
    likeliest: float
    timeslots: int
    likeliest_day: float
    days: int
    is_by_hand: bool
    is_caught: bool


def exceeded_limits(
    foresight: Foresight,
    spans: Sequence[Standpoint],
    bar: PlanLimits,
    weekdays: Sequence[int] = (),
) -> tuple[str, ...]:
    """Which limits a plan exceeds and why, in sentences that reveal no day or time. What holds for
    several weeks is said once. `weekdays` are those of the visits, 0 = Monday.

    Some drawn visits fall on likely days by chance, which is no reason to warn: the share that is
    predicted is checked only where somebody chose days by hand (`chosen_by_hand`).
    """
    visited = [place for place in spans if place.has_visit]
    narrow = [place for place in visited if _is_narrow_in_days(place)]
    cells = [p for p in visited if p not in narrow and p.likeliest > bar.cell + 1e-9]
    sentences = [*no_visit_sentences(spans, "anyone who knows that can rule out {}.")]
    sentences += [
        f"{_where(alike)}: visits are possible on only {number_of(alike[0].days, 'day')} of the "
        f"week, so one of them is as likely as {round(100 * alike[0].likeliest_day)} in 100. "
        f"The limit is {round(100 * LIKELIEST_DAY)}."
        for alike in _alike(narrow, lambda place: (place.days, place.likeliest_day))
    ]
    sentences += [
        f"{_where(alike)}: only {_timeslots(alike[0].timeslots)} can be reached, so one of them is "
        f"as likely as {round(100 * alike[0].likeliest)} in 100. The limit is "
        f"{round(100 * bar.cell)}."
        for alike in _alike(cells, lambda place: (place.timeslots, place.likeliest))
    ]
    if not narrow:
        sentences += _same_weekday(foresight.site_name, weekdays)
    return tuple(sentences)


def telling_names(site_name: str, by_names: Caught) -> tuple[str, ...]:
    """A sentence if the names of pairs say too much of the day."""
    if by_names.share <= BY_NAMES:
        return ()
    return (
        f"{site_name}: someone who knew who makes a visit, and when everybody can go, could name "
        f"the day of {by_names.words}. The limit is {round(100 * BY_NAMES)}. More people would "
        "help, or people who can go on more days.",
    )


def no_visit_sentences(spans: Sequence[Standpoint], meaning: str = "") -> Iterator[str]:
    """A sentence about all weeks or months of a site without a visit; `meaning` says what follows
    for the time that it names by `{}`."""
    empty = [place for place in spans if not place.has_visit]
    if not empty:
        return
    follows = f": {meaning.format(plural(len(empty), 'the whole week', 'all of them'))}"
    has = plural(len(empty), "has", "have")
    yield f"{_where(empty)} {has} no visit{follows if meaning else '.'}"


def _is_narrow_in_days(place: Standpoint) -> bool:
    """Whether visits are possible on too few days, and that says more than the few timeslots."""
    return place.likeliest_day > max(LIKELIEST_DAY, place.likeliest) + 1e-9


def _same_weekday(site_name: str, weekdays: Sequence[int]) -> Iterator[str]:
    """A sentence if more visits are on one weekday than chance explains."""
    number = len(weekdays)
    most = max(Counter(weekdays).values(), default=0)
    ways = (comb(number, k) * 6 ** (number - k) for k in range(most, number + 1))
    if 7 * sum(ways) / 7**number < _BY_CHANCE:
        yield (
            f"{site_name}: {out_of(most, number, 'visit')} are on the same day of the week, which "
            "is unlikely to be chance. Anyone who has seen them expects the next one on that day. "
            "Choose other days, or draw them again."
        )


def chosen_by_hand(
    foresight: Foresight, spans: Sequence[Standpoint], bar: PlanLimits
) -> tuple[str, ...]:
    """A sentence about visits chosen by hand that a watcher would have predicted. It follows from
    the days that were chosen."""
    places = [place for place in spans if place.is_by_hand and place.is_caught]
    if not places:
        return ()
    if foresight.day.caught.share > bar.day:
        return (
            f"Someone who studied past visits could predict {foresight.day.caught.words}. The "
            f"limit is {round(100 * bar.day)}. Visits chosen by hand are on a likely day: "
            f"{_where(places)}. Draw them again.",
        )
    which, it = "A visit chosen by hand is on a day", "it"
    if len(places) > 1:
        which, it = "Visits chosen by hand are on days", "them"
    return (f"{which} that someone could predict: {_where(places)}. Draw {it} again.",)


def _timeslots(number: int) -> str:
    return number_of(number, "timeslot")


def _alike(
    places: Sequence[Standpoint], by: Callable[[Standpoint], tuple[int, float]]
) -> list[list[Standpoint]]:
    """The places for which the same is to be said, as it is rounded, together."""
    groups: dict[tuple[int, int], list[Standpoint]] = {}
    for place in places:
        number, share = by(place)
        groups.setdefault((number, round(100 * share)), []).append(place)
    return list(groups.values())


def _where(places: Sequence[Standpoint]) -> str:
    return f"{places[0].site_name}, {spans_words([place.span for place in places])}"
