"""What spare visits buy, and the bars that a plan of a suite is held to."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from visitapp.domain.plan.foresight import Foresight
from visitapp.domain.plan.weeks import WEEKS_A_YEAR
from visitapp.domain.text.wording import number_of

FEWEST_A_YEAR, MOST_A_YEAR = WEEKS_A_YEAR, 78


@dataclass(frozen=True, slots=True)
class Bought:
    """What so many visits a year buy a suite of 35 timeslots: the share of visits that one
    alert day a week catches, known-safe days, timeslots visited a year, and the share of
    years in which all are. `leaked`: caught where the rota is known."""

    visits_a_year: int
    caught: float
    leaked: float
    safe_days: float
    timeslots: float
    full: float

    @property
    def sentence(self) -> str:
        """The whole of it."""
        spare = self.visits_a_year - FEWEST_A_YEAR
        extra = {0: "no extra visits", 1: "1 extra visit"}.get(spare, f"{spare} extra visits")
        return (
            f"With {extra} a year, someone who studies the pattern could predict "
            f"{round(100 * self.caught)} in 100 visits ({round(100 * self.leaked)} if they know "
            f"how many visits each week has). They could rule out {round(100 * self.safe_days)} "
            f"days in 100. All 35 timeslots would be covered in {round(100 * self.full)} years "
            "out of 100."
        )


_MEASURED = (
    Bought(52, 0.495, 0.495, 0.429, 34.60, 0.65),
    Bought(56, 0.451, 0.487, 0.418, 34.79, 0.80),
    Bought(60, 0.417, 0.479, 0.112, 34.89, 0.89),
    Bought(65, 0.382, 0.470, 0.032, 34.94, 0.94),
    Bought(70, 0.349, 0.461, 0.023, 34.97, 0.97),
    Bought(75, 0.322, 0.450, 0.023, 34.99, 0.99),
    Bought(78, 0.309, 0.443, 0.000, 34.99, 0.99),
)
SOURCE = "Estimated from 1,000 simulated years."
"""At each of seven numbers of visits, by this program's own law; a straight line between them."""


def bought(visits_a_year: int) -> Bought:
    """What so many visits a year (52 to 78, else the nearest end) buy."""
    wanted = min(max(visits_a_year, FEWEST_A_YEAR), MOST_A_YEAR)
    for low, high in pairwise(_MEASURED):
        if wanted <= high.visits_a_year:
            part = (wanted - low.visits_a_year) / (high.visits_a_year - low.visits_a_year)
            return Bought(
                wanted,
                *(
                    getattr(low, name) + part * (getattr(high, name) - getattr(low, name))
                    for name in ("caught", "leaked", "safe_days", "timeslots", "full")
                ),
            )
    return _MEASURED[-1]


@dataclass(frozen=True, slots=True)
class Bars:
    """The most that an insider may catch by one alert day, by one alert timeslot, the
    likeliest that a timeslot may be, and the most days that may be known to be safe."""

    visits_a_year: int
    day: float
    shift: float
    cell: float
    safe_days: float


_BARS = (
    Bars(52, 0.505, 0.30, 0.1501, 0.435),
    Bars(60, 0.43, 0.25, 0.18, 0.15),
    Bars(65, 0.39, 0.225, 0.195, 0.05),
    Bars(75, 0.335, 0.19, 0.225, 0.04),
)


def bars(visits_a_year: float) -> Bars:
    """The bars at so many visits a year, straight lines between the four that are set."""
    wanted = min(max(visits_a_year, _BARS[0].visits_a_year), _BARS[-1].visits_a_year)
    for low, high in pairwise(_BARS):
        if wanted <= high.visits_a_year:
            part = (wanted - low.visits_a_year) / (high.visits_a_year - low.visits_a_year)
            return Bars(
                round(wanted),
                *(
                    getattr(low, name) + part * (getattr(high, name) - getattr(low, name))
                    for name in ("day", "shift", "cell", "safe_days")
                ),
            )
    return _BARS[-1]


@dataclass(frozen=True, slots=True)
class Audit:
    """How one site's plan stands; `broken` says which bars are broken, and why."""

    site_id: UUID
    is_suite: bool
    foresight: Foresight
    broken: tuple[str, ...]


def caught_together(audits: Sequence[Audit], *, leaked: bool = False) -> float | None:
    """The share of all suites' planned visits that one alert day a week catches; `leaked`: where
    it is known how many visits each week gets. None while no suite has a visit."""
    suites = [audit.foresight for audit in audits if audit.is_suite]
    shares = [foresight.leaked_day if leaked else foresight.day.caught for foresight in suites]
    visits = sum(caught.visits for caught in shares)
    return sum(caught.share * caught.visits for caught in shares) / visits if visits else None


def sentence_together(audits: Sequence[Audit]) -> str:
    """Both cases in one sentence: the rota unknown, and the rota leaked."""
    share, leaked = caught_together(audits), caught_together(audits, leaked=True)
    if share is None or leaked is None:
        return "Working out how predictable the visits are."
    return (
        f"Someone who studied past visits could predict about {round(100 * share)} in 100 of "
        "these visits. Pure luck would be 14. If they also knew how many visits each week has, "
        f"it would be {round(100 * leaked)}."
    )


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What is known of a planned span beside the figures: its words, whether it has a visit,
    the likeliest timeslot, and whether a visit chosen by hand fell on a day that one alert
    day a week would have caught."""

    where: str
    has_visit: bool
    likeliest: float
    timeslots: int
    is_by_hand: bool
    is_caught: bool


def _timeslots(number: int) -> str:
    return number_of(number, "timeslot")


def broken(foresight: Foresight, spans: Sequence[Standpoint], bar: Bars) -> tuple[str, ...]:
    """Which bars a plan breaks and why, in sentences; no day and no time is told.

    A few drawn visits on likely days are chance and no reason to warn: how many are caught is
    held against the bar only where moments were chosen by hand.
    """
    sentences = [
        f"{span.where} has no visit: anyone who knows that can rule out the whole week."
        for span in spans
        if not span.has_visit
    ]
    sentences += [
        f"{span.where}: only {_timeslots(span.timeslots)} can be reached, so one of them is "
        f"as likely as {round(100 * span.likeliest)} in 100. The limit is {round(100 * bar.cell)}."
        for span in spans
        if span.has_visit and span.likeliest > bar.cell + 1e-9
    ]
    by_hand = [span.where for span in spans if span.is_by_hand and span.is_caught]
    if by_hand and foresight.day.caught.share > bar.day:
        sentences.append(
            f"Someone who studied past visits could predict {foresight.day.caught.words}. The "
            f"limit is {round(100 * bar.day)}. Visits chosen by hand are on a likely day: "
            f"{', '.join(dict.fromkeys(by_hand))}. Draw them again."
        )
    elif by_hand:
        sentences.append(
            "A visit chosen by hand is on a day that someone could predict: "
            f"{', '.join(dict.fromkeys(by_hand))}. Draw it again."
        )
    return tuple(sentences)
