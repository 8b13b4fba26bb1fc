"""Calendar files against the rules of RFC 5545 that other programs hold them to."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from visitapp.exchange.calendar_file import CalendarEntry, calendar_text

MADE_AT = datetime(2025, 4, 10, 12, 0, 5, tzinfo=UTC)
WEEK = CalendarEntry("one@visitapp", date(2025, 4, 28), date(2025, 5, 4), "Visit")


def unfolded(text: str) -> list[str]:
    """The content lines, as a calendar reads them."""
    assert text.endswith("\r\n")
    return re.sub(r"\r\n[ \t]", "", text).split("\r\n")[:-1]


def value(text: str, name: str) -> str:
    """A text value, unescaped as a calendar does."""
    (line,) = [line for line in unfolded(text) if line.startswith(f"{name}:")]
    signs = {"\\n": "\n", "\\N": "\n"}
    return re.sub(r"\\(.)", lambda m: signs.get(m.group(0), m.group(1)), line[len(name) + 1 :])


def test_a_week_is_an_event_of_whole_days_that_ends_on_the_day_after_it() -> None:
    assert unfolded(calendar_text([WEEK], MADE_AT)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//visitapp//visits//EN",
        "BEGIN:VEVENT",
        "UID:one@visitapp",
        "DTSTAMP:20250410T120005Z",
        "DTSTART;VALUE=DATE:20250428",
        "DTEND;VALUE=DATE:20250505",
        "SUMMARY:Visit",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_signs_with_a_meaning_are_escaped() -> None:
    entry = CalendarEntry("x", WEEK.first, WEEK.last, "a,b;c\\d\r\ne", "North: gate")
    lines = unfolded(calendar_text([entry], MADE_AT))
    assert r"SUMMARY:a\,b\;c\\d\ne" in lines
    assert "LOCATION:North: gate" in lines


@example("\\N \\n \\\\N")
@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200))
def test_any_name_comes_back_whole_from_lines_of_75_bytes(name: str) -> None:
    entry = CalendarEntry("x", WEEK.first, WEEK.last, f"Visit with {name}", name)
    text = calendar_text([entry, WEEK], MADE_AT)
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines), "no letter is cut in two"
    assert b"\n" not in b"".join(lines)
    assert b"\r" not in b"".join(lines)
    assert value(calendar_text([entry], MADE_AT), "SUMMARY") == f"Visit with {name}"
    if name:
        assert value(calendar_text([entry], MADE_AT), "LOCATION") == name
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") == 2


@given(st.text(max_size=40))
def test_control_signs_never_reach_a_calendar(words: str) -> None:
    entry = CalendarEntry("x", WEEK.first, WEEK.last, words.encode("utf-8", "replace").decode())
    text = calendar_text([entry], MADE_AT)
    assert not re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", text)


def test_an_entry_that_is_taken_back_is_cancelled_under_the_same_uid() -> None:
    gone = replace(WEEK, sequence=1, is_cancelled=True)
    lines = unfolded(calendar_text([gone], MADE_AT))
    assert {"METHOD:CANCEL", "UID:one@visitapp", "SEQUENCE:1", "STATUS:CANCELLED"} <= set(lines)
    both = unfolded(calendar_text([gone, replace(WEEK, uid="two@visitapp")], MADE_AT))
    assert "METHOD:PUBLISH" in both
    assert both.count("STATUS:CANCELLED") == 1
