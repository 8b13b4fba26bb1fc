"""The day and the times of a visit, read from what was typed for them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import Moment, following
from visitapp.domain.report.place import Place
from visitapp.domain.report.rules import Finding
from visitapp.domain.text.clock_text import parse_date, parse_time

TIMES = ("arrived", "admitted", "left")
"""In the order in which they happen."""


@dataclass(frozen=True, slots=True)
class TypedTimes:
    """`day` and `moments` (by the names of `TIMES`) as far as they can be read; `unread` are the
    times that were typed and can't be placed, `problems` say why."""

    day: date | None
    moments: Mapping[str, Moment | None]
    unread: frozenset[str]
    problems: tuple[Finding, ...]


def typed_times(
    day_text: str, time_texts: Mapping[str, str], second: Collection[str], *, in_person: bool
) -> TypedTimes:
    """Read the day and the times, typed by the names of `TIMES`.

    Each time follows the one before it, over midnight where it must; none comes before an
    arrival that can be read. `second` names the times that mean the second of an hour that
    happens twice. Nobody arrives at a visit that isn't `in_person`: the call begins.
    """
    day, problem = _day_of(day_text)
    problems = [Finding(Place("date"), problem, True)] if problem else []
    moments: dict[str, Moment | None] = dict.fromkeys(TIMES)
    typed = {name: text for name, text in time_texts.items() if text.strip()}
    previous: Moment | None = None
    for name, text in typed.items():
        minute, problem = minute_of(text)
        if minute is None:
            problems.append(Finding(Place(name), problem, True))
        elif day is not None and (previous is not None or name == "arrived"):
            moments[name] = previous = _moment(day, previous, minute, name in second)
    if "arrived" not in typed:
        sentence = "Enter when you arrived." if in_person else "Enter when the call began."
        problems.append(Finding(Place("arrived"), sentence, True))
    unread = frozenset(name for name in typed if moments[name] is None)
    return TypedTimes(day, moments, unread, tuple(problems))


def minute_of(text: str) -> tuple[int | None, str]:
    """The minute of the day that a text means, or None and why it can't be read."""
    try:
        return parse_time(text), ""
    except BadInputError as error:
        return None, str(error)


def _day_of(text: str) -> tuple[date | None, str]:
    """The day that a text means, or None and why it can't be taken."""
    if not text.strip():
        return None, "Enter the date of the visit."
    try:
        return parse_date(text), ""
    except BadInputError as error:
        return None, str(error)


def _moment(day: date, previous: Moment | None, minute: int, second: bool) -> Moment:
    moment = Moment.at(day, minute) if previous is None else following(previous, minute)
    later = Moment.at(moment.day, minute, fold=1)
    return later if second and later.utc_minute > moment.utc_minute else moment
