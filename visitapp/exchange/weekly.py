"""How people write when they can come in a week: `Mon AM`, `Tue/Thu 18:00-21:00`, `any time`."""

import re
from collections.abc import Iterator, Mapping, Sequence

from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import MINUTES_PER_DAY
from visitapp.domain.office.grid import WEEKDAYS, Band, clock
from visitapp.domain.text.clock_text import parse_time
from visitapp.domain.text.folding import folded
from visitapp.exchange.cells import Cell, as_minute, as_text, as_yes_no

WEEK = {day.casefold(): (at,) for at, day in enumerate(WEEKDAYS)}
"""Our column for a weekday, and its number (0 = Monday)."""
DAYS = {**WEEK, "weekdays": (0, 1, 2, 3, 4), "weekend": (5, 6), "every_day": tuple(range(7))}
"""Our columns for days, and their numbers."""
ALL_DAY = "all day"
_NAME = r"(?:mon|tues?|wed(?:nes|s)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:days?)?\b\.?"
_TO = r"\s*(?:[-\u2013\u2014]|\bto\b|\buntil\b|\btill\b)\s*"
_MANY = r"weekdays?\b|weekends?\b|every[\s_]*day\b|daily\b|all\s+days\b|any\s*day\b"
_DAYS_NAMED = re.compile(rf"\b(?:({_NAME})(?:{_TO}({_NAME}))?|({_MANY}))", re.IGNORECASE)
"""A day, days from one to another, or a word for several."""
_ANY_DAYS = rf"\b(?:{_NAME}(?:{_TO}{_NAME})?|{_MANY})"
_LIST_OF_DAYS = re.compile(
    rf"{_ANY_DAYS}(?:\s*(?:[/,;&+]|\band\b|\bor\b)\s*{_ANY_DAYS})*", re.IGNORECASE
)
_OTHER_DAYS = re.compile(r"\b(?:not?|never|except|excluding|but|bar|apart|other)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(\d+\)$")
_AROUND = " .:,;-\u2013\u2014/()[]"
_APART = re.compile(r"\s*(?:;|\n|,|&|\+|/|\band\b|\bor\b)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:-|\u2013|\u2014|\bto\b|\buntil\b|\btill\b)\s*", re.IGNORECASE)
_OPEN = re.compile(
    r"(?P<which>after|from|since|before|until|till|up to)\s+(?P<time>.+)", re.IGNORECASE
)
_YES = frozenset(
    ("available", "avail", "free", "ok", "okay", "can", "cando", "tick", "ticked", "\u2713",
     "\u2714", "qualified", "trained", "kenneltrained", "kennelqualified", "done", "completed",
     "current")
)  # fmt: skip
_NO = frozenset(
    ("", "-", "\u2013", "na", "n/a", "nil", "none", "not", "notavailable", "unavailable", "unable",
     "busy", "cannot", "cant", "never", "\u2717", "\u2718", "notyet", "notqualified", "nottrained")
)  # fmt: skip
_HALF_OF_DAY = re.compile(r"[ap]m$", re.IGNORECASE)
_SAYS_HALF = re.compile(r"[ap]\.?m|[:.]|noon|mid|\b(?:0[0-9]|1[3-9]|2[0-4])", re.IGNORECASE)
"""In hours of 12 that are said to be before or after noon, or in hours of 24."""
_PARTS = {
    "am": (480, 720), "morning": (480, 720), "mornings": (480, 720), "mor": (480, 720),
    "lunch": (720, 840), "lunchtime": (720, 840), "midday": (720, 840),
    "pm": (720, 1080), "afternoon": (720, 1080), "afternoons": (720, 1080), "aft": (720, 1080),
    "day": (540, 1020), "daytime": (540, 1020), "days": (540, 1020), "officehours": (540, 1020),
    "evening": (1080, 1440), "evenings": (1080, 1440), "eve": (1080, 1440), "eves": (1080, 1440),
    "late": (1200, 1440), "lateevening": (1200, 1440), "early": (360, 540),
    "night": (0, 420), "nights": (0, 420), "overnight": (0, 420), "earlymorning": (0, 420),
}  # fmt: skip
"""Likely minutes of the day of words for parts of it; somebody has to confirm them."""
_WHOLE_DAY = frozenset(
    ("allday", "anytime", "any", "all", "always", "wholeday", "fullday", "24hours", "24h", "24hrs",
     "flexible", "anyday")
)  # fmt: skip
_HALF = 0.5
"""More than this share of a timeslot lies in somebody's hours if it is likely that they mean it."""


def day_column(heading: str) -> str:
    """Our column for a heading with a day: `Mon AM` is monday, `Mon to Fri` weekdays; empty if it
    has none, or days that are no column of ours."""
    days = () if _OTHER_DAYS.search(heading) else _named_in(heading)
    return next((column for column, own in DAYS.items() if own == days), "")


def time_in_heading(heading: str) -> str:
    """What a heading says of the time, `AM` of `Mon AM`; empty if nothing."""
    return _LIST_OF_DAYS.sub("", _NUMBERED.sub("", heading)).strip(_AROUND)


def days_in(text: str) -> tuple[int, ...]:
    """The weekdays that a cell names: `Mon, Wed`, `Mon to Thu` or `weekdays`. Raises BadInputError
    for none, and for days that are left out."""
    if _OTHER_DAYS.search(text):
        raise BadInputError(f"\u201c{text[:60]}\u201d: write the days on which they can visit.")
    days = _named_in(text)
    if not days:
        raise BadInputError(f"\u201c{text[:60]}\u201d is not a day of the week.")
    return days


def _named_in(text: str) -> tuple[int, ...]:
    days: set[int] = set()
    for first, last, many in _DAYS_NAMED.findall(text):
        if many:
            start = many[:5].casefold()
            days |= {*DAYS[{"weekd": "weekdays", "weeke": "weekend"}.get(start, "every_day")]}
        else:
            begins = _number_of(first)
            length = (_number_of(last) - begins) % len(WEEKDAYS) if last else 0
            days |= {(begins + at) % len(WEEKDAYS) for at in range(length + 1)}
    return tuple(sorted(days))


def _number_of(day: str) -> int:
    return next(at for at, name in enumerate(WEEKDAYS) if name[:3].casefold() == day[:3].casefold())


def times_of_cell(heading: str, cell: Cell, *, is_x_clear: bool = True) -> tuple[str, ...]:
    """The times that a cell under a heading with a day says, in words; none if it says no. A
    heading with a time is only ticked. An x is a tick, unless other ticks make it unclear."""
    text, of_heading = " ".join(as_text(cell).split()), time_in_heading(heading)
    answer = answer_in(cell) if is_x_clear or text.casefold() != "x" else None
    if answer is False or not text:
        return ()
    if answer is True or folded(text) == folded(of_heading):
        return (of_heading or ALL_DAY,)
    if of_heading:
        return (f"{of_heading} ({text})",)
    return tuple(part for part in _APART.split(text) if part)


def answer_in(cell: Cell) -> bool | None:
    """Whether a cell is a tick, or says yes or no; None if it is neither."""
    plain = folded(as_text(cell)).strip(".")
    if plain in _NO:
        return False
    if plain in _YES:
        return True
    try:
        return as_yes_no(cell)
    except BadInputError:
        return None


def hours_between(first: Cell, last: Cell | None) -> str:
    """`18:00-21:00` of two cells; until midnight without the second. Raises BadInputError."""
    end = MINUTES_PER_DAY if last is None else _minute_of(last) or MINUTES_PER_DAY
    return f"{clock(_minute_of(first))}-{clock(end)}"


def _minute_of(cell: Cell) -> int:
    """As `as_minute`, and of `midnight` or 9. Raises BadInputError."""
    at = _minute(cell) if isinstance(cell, str) else None
    return as_minute(cell) if at is None else at


def span_in(word: str) -> tuple[int, int] | None:
    """The minutes of the day that hours say: `9-12`, `6pm to 9pm`, `after 18:00`; None if it is not
    hours."""
    parts = _BETWEEN.split(word.strip())
    if len(parts) == 2 and all(parts):
        first, last = parts
        half = _HALF_OF_DAY.search(last)
        says_half = half is None or re.search(r"[ap]m|:|\.", first, re.IGNORECASE)
        begins = _minute(first if says_half or half is None else f"{first}{half[0]}")
        ends = _minute(last)
        if begins is None or ends is None:
            return None
        ends = ends or MINUTES_PER_DAY
        return (begins, ends) if begins < ends else None
    if match := _OPEN.fullmatch(word.strip()):
        at = _minute(match["time"])
        if at is None or not 0 < at < MINUTES_PER_DAY:
            return None
        is_after = match["which"].casefold() in ("after", "from", "since")
        return (at, MINUTES_PER_DAY) if is_after else (0, at)
    return None


def _minute(text: str) -> int | None:
    plain = text.strip().casefold()
    if plain in ("midnight", "24:00", "24.00", "24"):
        return MINUTES_PER_DAY
    if plain in ("noon", "midday"):
        return MINUTES_PER_DAY // 2
    try:
        return parse_time(f"{plain}:00" if plain.isdecimal() and len(plain) < 3 else plain)
    except BadInputError:
        return None


def is_time(word: str) -> bool:
    """Whether a word says a time or a part of the day."""
    plain = folded(word)
    return plain in _PARTS or plain in _WHOLE_DAY or span_in(word) is not None


def is_open_to_doubt(word: str) -> bool:
    """Whether hours can be read in several ways: `until 12` doesn't say from when, `6-9` not in
    which half of the day."""
    if span_in(word) is None:
        return False
    return _OPEN.fullmatch(word.strip()) is not None or _SAYS_HALF.search(word) is None


def exact_bands(word: str, bands: Sequence[Band]) -> str | None:
    """The key of the timeslots that a word means without doubt; None if somebody has to decide."""
    if folded(word) in _WHOLE_DAY:
        return key_of(bands)
    span = span_in(word)
    own = [band for band in bands if span and span[0] <= band.start and band.end <= span[1]]
    if own and (own[0].start, own[-1].end) == span:
        return key_of(own)
    return None


def likely_bands(word: str, bands: Sequence[Band]) -> str:
    """The key of the timeslots that a word may mean; empty if nothing is likely."""
    span = span_in(word) or _PARTS.get(folded(_NUMBERED.sub("", word)))
    if span is None:
        return ""
    own = [
        band
        for band in bands
        if min(band.end, span[1]) - max(band.start, span[0]) > _HALF * (band.end - band.start)
    ]
    return key_of(own) if own else ""


def key_of(bands: Sequence[Band]) -> str:
    """`08:00-12:00` of timeslots that follow each other: the key of a choice."""
    return f"{clock(bands[0].start)}-{clock(bands[-1].end)}"


def band_choices(bands: Sequence[Band]) -> tuple[tuple[str, str], ...]:
    """Every run of timeslots as (key, words), the single ones first."""
    runs = [
        bands[first : first + length]
        for length in range(1, len(bands) + 1)
        for first in range(len(bands) - length + 1)
    ]
    return tuple((key_of(run), f"{clock(run[0].start)} to {clock(run[-1].end)}") for run in runs)


def bands_of_key(key: str, bands: Sequence[Band]) -> tuple[Band, ...]:
    """The timeslots of a key; none for one that isn't of this grid."""
    for first in range(len(bands)):
        for last in range(first, len(bands)):
            if key_of(bands[first : last + 1]) == key:
                return tuple(bands[first : last + 1])
    return ()


def times_of_row(cells: Mapping[str, Cell]) -> Iterator[tuple[int, str]]:
    """The weekdays and times in words that a row in our columns has. Raises BadInputError."""
    for column, days in DAYS.items():
        for word in filter(None, as_text(cells.get(column, "")).split("\n")):
            yield from ((day, word) for day in days)
    if "day" not in cells or ("available" in cells and answer_in(cells["available"]) is False):
        return
    if "from" in cells:
        words = [hours_between(cells["from"], cells.get("to"))]
    else:
        words = [w for w in _APART.split(as_text(cells.get("time", ALL_DAY))) if w]
    for day in days_in(as_text(cells["day"])):
        yield from ((day, word) for word in words)
