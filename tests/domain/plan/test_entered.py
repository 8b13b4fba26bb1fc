"""Availability that both the person and the manager may enter: the later entry is used in both
copies, whatever came first, and each is told what the other entered."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, KENNELS, SUITE
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.entered import (
    BEFORE_ALL,
    AvailabilityEntry,
    EnteredAvailability,
    EntryStanding,
    changes_between,
    entered_here,
    entry_words,
    merged,
)
from visitapp.domain.plan.rota import FreeTime

NOW = datetime(2025, 7, 4, 13, 30, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
FREE = Availability(ANNE, free=(FreeTime(0, 600, 720),))
MORE = replace(FREE, free=(FreeTime(0, 600, 720), FreeTime(2, 600, 690)))
MAY = Period(date(2025, 5, 1), date(2025, 5, 7))
JUNE = Period(date(2025, 6, 1), date(2025, 6, 7))

entries = st.builds(
    EnteredAvailability,
    st.sampled_from([FREE, MORE]),
    st.integers(0, 5).map(lambda hours: NOW + hours * HOUR),
    st.booleans(),
    st.none() | st.integers(0, 5).map(lambda hours: NOW + hours * HOUR),
)


def of_person(
    at: datetime, seen_at: datetime | None = None, what: Availability = FREE
) -> EnteredAvailability:
    return EnteredAvailability(what, at, True, seen_at)


def of_manager(
    at: datetime, seen_at: datetime | None = None, what: Availability = MORE
) -> EnteredAvailability:
    return EnteredAvailability(what, at, False, seen_at)


def kept(entered: EnteredAvailability) -> AvailabilityEntry:
    return AvailabilityEntry(entered.at, entered.by_self, entered.seen_at)


@given(entries, entries)
def test_both_copies_use_the_same_entry_whichever_came_first(
    first: EnteredAvailability, second: EnteredAvailability
) -> None:
    if first.order == second.order:
        second = replace(second, by_self=not second.by_self)
    used = max(first, second, key=lambda entry: entry.order)
    for here, came in ((first, second), (second, first)):
        outcome = merged(here, came)
        in_use = (here.availability, kept(here)) if outcome is None else outcome
        assert in_use[0] == used.availability
        assert (in_use[1].at, in_use[1].by_self) == (used.at, used.by_self)


@given(entries)
def test_the_same_entry_again_changes_nothing(entry: EnteredAvailability) -> None:
    assert merged(entry, entry) is None
    assert merged(None, entry) == (entry.availability, kept(entry))


def test_of_two_entries_at_the_same_time_the_person_s_is_used() -> None:
    person, manager = of_person(NOW), of_manager(NOW)
    outcome = merged(manager, person)
    assert outcome is not None
    assert outcome[0] == FREE
    stays = merged(person, manager)
    assert stays is not None
    assert (stays[0], stays[1].standing) == (FREE, EntryStanding.USED)


@pytest.mark.parametrize(
    ("here", "came", "standing"),
    [
        (of_person(NOW), of_manager(NOW + HOUR, NOW), EntryStanding.CHANGED),
        (of_person(NOW), of_manager(NOW + HOUR), EntryStanding.REPLACED),
        (of_person(NOW), of_manager(NOW + HOUR, NOW - HOUR), EntryStanding.REPLACED),
        (of_person(BEFORE_ALL), of_manager(NOW), EntryStanding.CHANGED),
        (of_person(NOW), of_person(NOW + HOUR, what=MORE), EntryStanding.CHANGED),
        (of_manager(NOW + HOUR), of_person(NOW), EntryStanding.USED),
        (of_manager(NOW + HOUR, NOW - HOUR), of_person(NOW), EntryStanding.USED),
    ],
)
def test_an_entry_that_its_author_s_other_had_not_seen_is_told_from_one_that_followed(
    here: EnteredAvailability, came: EnteredAvailability, standing: EntryStanding
) -> None:
    outcome = merged(here, came)
    assert outcome is not None
    entry, used = outcome[1], max(here, came, key=lambda item: item.at)
    other = here if used is came else came
    assert entry.standing is standing
    assert (entry.at, entry.by_self, entry.seen_at) == (used.at, used.by_self, used.seen_at)
    assert (entry.other, entry.other_at) == (other.availability, other.at)


@pytest.mark.parametrize(
    ("here", "came"),
    [
        (of_manager(NOW + HOUR, NOW), of_person(NOW)),
        (of_manager(NOW + HOUR), of_manager(NOW)),
        (of_manager(NOW), of_person(BEFORE_ALL)),
    ],
)
def test_an_earlier_entry_that_was_known_changes_nothing(
    here: EnteredAvailability, came: EnteredAvailability
) -> None:
    assert merged(here, came) is None


def test_an_entry_here_is_later_than_all_that_was_known_whatever_the_clock_says() -> None:
    first = entered_here(None, NOW, by_self=True)
    assert first == AvailabilityEntry(NOW, True)
    assert entered_here(first, NOW + HOUR, by_self=True).at == NOW + HOUR
    assert entered_here(first, NOW - HOUR, by_self=True).at == NOW + SECOND


def test_an_entry_here_has_seen_the_last_one_of_the_other() -> None:
    manager = AvailabilityEntry(NOW, False)
    person = entered_here(manager, NOW + HOUR, by_self=True)
    assert person.seen_at == NOW
    assert entered_here(person, NOW + 2 * HOUR, by_self=True).seen_at == NOW
    assert entered_here(person, NOW + 2 * HOUR, by_self=False).seen_at == NOW + HOUR
    assert person.standing is EntryStanding.HERE


def entry(standing: EntryStanding, *, by_self: bool, other: Availability | None = FREE):
    return AvailabilityEntry(NOW, by_self, None, standing, other, other and NOW - 2 * HOUR)


LATER, EARLIER = "Fri 4 Jul 2025, 14:30", "Fri 4 Jul 2025, 12:30"
CHANGE = "free 3 h 30 min a week instead of 2 h"


@pytest.mark.parametrize(
    ("standing", "by_self", "name", "words"),
    [
        (EntryStanding.HERE, False, "Anne", ""),
        (EntryStanding.HERE, True, "", ""),
        (EntryStanding.CHANGED, False, "Anne", ""),
        (
            EntryStanding.CHANGED,
            True,
            "Anne",
            f"Anne entered this on their own copy on {LATER}: {CHANGE}.",
        ),
        (EntryStanding.CHANGED, False, "", f"Your manager changed this on {LATER}: {CHANGE}."),
        (
            EntryStanding.REPLACED,
            True,
            "Anne",
            f"Anne entered this on their own copy on {LATER}, after your change of {EARLIER}, "
            f"which is no longer used: {CHANGE}.",
        ),
        (
            EntryStanding.REPLACED,
            False,
            "",
            f"Your manager changed this on {LATER}, after what you entered on {EARLIER}, which "
            f"is no longer used: {CHANGE}.",
        ),
        (
            EntryStanding.USED,
            True,
            "",
            f"Your manager entered something else on {EARLIER}. What was entered here on {LATER} "
            "is later, so it is used. Theirs was: free 2 h a week instead of 3 h 30 min.",
        ),
        (
            EntryStanding.USED,
            False,
            "Anne",
            f"Anne entered something else on {EARLIER}. What was entered here on {LATER} is "
            "later, so it is used. Theirs was: free 2 h a week instead of 3 h 30 min.",
        ),
    ],
)
def test_each_is_told_who_entered_what_when(
    standing: EntryStanding, by_self: bool, name: str, words: str
) -> None:
    assert entry_words(entry(standing, by_self=by_self), MORE, name) == words


def test_an_entry_that_differs_in_nothing_names_no_change() -> None:
    assert entry_words(entry(EntryStanding.USED, by_self=True), FREE, "").endswith(
        "Theirs was the same."
    )
    for other in (None, MORE):
        came = entry(EntryStanding.CHANGED, by_self=True, other=other)
        assert entry_words(came, MORE, "Anne") == f"Anne entered this on their own copy on {LATER}."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"free": MORE.free}, [CHANGE]),
        ({"away": (JUNE, MAY)}, ["away 1–7 May", "away 1–7 Jun"]),
        ({"wishes": (MAY,)}, ["rather not 1–7 May"]),
        ({"least": 2}, ["2 to 13 visits a quarter instead of 0 to 13"]),
        ({"most": 12}, ["0 to 12 visits a quarter instead of 0 to 13"]),
        ({"travel": {SUITE: 2}}, ["how far sites are"]),
        ({"not_at": frozenset({KENNELS})}, ["how far sites are"]),
        ({"may_buddy": False, "version": 9}, []),
    ],
)
def test_each_difference_is_in_the_words_and_nothing_else(
    changed: dict[str, object], words: list[str]
) -> None:
    assert list(changes_between(FREE, replace(FREE, **changed))) == words


def test_days_that_are_no_longer_entered_are_in_the_words() -> None:
    before = replace(FREE, away=(JUNE, MAY), wishes=(JUNE,))
    after = replace(FREE, away=(MAY,), wishes=())
    assert list(changes_between(before, after)) == [
        "no longer away 1–7 Jun", "no longer rather not 1–7 Jun",
    ]  # fmt: skip
