"""Dates and times of day as British people type them."""

import re
from datetime import date

from visitapp.domain.errors import BadInputError
from visitapp.domain.text.wording import MONTHS

EARLIEST_YEAR, LATEST_YEAR = 1980, 2099
"""Other years are typing errors: custody visiting began in the 1980s."""

_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:[:.](?P<minute>[0-9]{2})(?::[0-9]{2})?)?\s*(?P<half>[ap]\.?m\.?)?(?P<hours>h(?:rs?|ours?)?\.?)?"
)
_LENGTH = re.compile(r"(?P<hours>[0-9]{0,3})(?::(?P<minutes>[0-5][0-9])|[.,](?P<part>[0-9]{1,2}))?")
_DIGITS = re.compile(r"([0-9]{3,4})\s*((?:h(?:rs?|ours?)?\.?)?)")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[t ]00:00(?::00)?)?")
_BRITISH = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})(?:\s00:00(?::00)?)?")
_WORDS = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?([0-9]{1,2})(?:st|nd|rd|th)?(?:\s+|-)(?:of\s+)?"
    r"([a-z]{3,9})\.?,?(?:\s+|-)([0-9]{4}|[0-9]{2})"
)


def parse_time(text: str) -> int:
    """The minute of the day meant by `14:30`, `1430`, `14.30`, `1430hrs`, `2:30pm` or `2pm`.

    Raises BadInputError.
    """
    wanted = text.strip().casefold()
    if plain := _DIGITS.fullmatch(wanted):
        wanted = f"{plain[1][:-2]}:{plain[1][-2:]}{plain[2]}"
    match = _TIME.fullmatch(wanted)
    if (
        match is None
        or (match["minute"] is None and match["half"] is None)
        or (match["half"] is not None and match["hours"] is not None)
    ):
        raise BadInputError(f"“{text.strip()}” is not a time. Write it like 14:30.")
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"] is not None:
        hour = _in_24_hours(hour, match["half"], text)
    if hour > 23 or minute > 59:
        raise BadInputError(f"\u201c{text.strip()}\u201d is not a time of day.")
    return hour * 60 + minute


def _in_24_hours(hour: int, half: str, text: str) -> int:
    if not 1 <= hour <= 12:
        raise BadInputError(f"\u201c{text.strip()}\u201d is not a time of day.")
    return hour % 12 + (12 if half.startswith("p") else 0)


def parse_length(text: str) -> int:
    """The minutes of `1:30`, `1.5` or `2` hours; 0 for nothing. Raises BadInputError."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise BadInputError("Enter the time in hours, such as 1:30 or 1.5.")
    hours, minutes = int(match["hours"] or 0), int(match["minutes"] or 0)
    return hours * 60 + minutes + round(60 * float(f"0.{match['part'] or 0}"))


def parse_date(text: str) -> date:
    """The day meant by `2024-03-04`, `4/3/2024`, `4-Mar-24` or `Mon 4th March 2024`.

    A year with two digits is in this century. Raises BadInputError.
    """
    wanted = text.strip().casefold()
    try:
        day = _day_of(wanted)
    except ValueError:
        raise BadInputError(f"There is no such day as “{text.strip()}”.") from None
    if day is None:
        raise BadInputError(f"“{text.strip()}” is not a date. Write it like 4/3/2024.")
    if day.year < EARLIEST_YEAR:
        raise BadInputError(f"\u201c{text.strip()}\u201d is too long ago.")
    if day.year > LATEST_YEAR:
        raise BadInputError(f"\u201c{text.strip()}\u201d is too far ahead.")
    return day


def _day_of(wanted: str) -> date | None:
    if iso := _ISO.fullmatch(wanted):
        return date(int(iso[1]), int(iso[2]), int(iso[3]))
    if british := _BRITISH.fullmatch(wanted):
        return date(_year(british[4]), int(british[3]), int(british[1]))
    if words := _WORDS.fullmatch(wanted):
        months = [i for i, name in enumerate(MONTHS, 1) if _names(words[2], name)]
        return date(_year(words[3]), months[0], int(words[1])) if len(months) == 1 else None
    return None


def _year(figures: str) -> int:
    return int(figures) + (2000 if len(figures) < 3 else 0)


def _names(word: str, month: str) -> bool:
    """Whether `word` is the month or at least its first three letters: `mar`, `sept`."""
    return month.casefold().startswith(word)
