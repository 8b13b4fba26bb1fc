"""The parts always add up to what visitors counted."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANIMALS, CUSTODY
from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.adding_up import Part, Sum, sum_of, with_choice, with_part
from visitapp.domain.report.visit import OutcomeCount
from visitapp.services.office.reference import reference_codes

BOOKS = {
    Kind.CUSTODY: CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY)),
    Kind.ANIMAL_WELFARE: CodeBook.of(reference_codes(Kind.ANIMAL_WELFARE, ANIMALS)),
}
Counts = tuple[OutcomeCount, ...]


def custody(whole: int | None, *counts: OutcomeCount) -> Sum:
    return sum_of(Kind.CUSTODY, whole, counts, BOOKS[Kind.CUSTODY], date(2025, 3, 5))


def kennels(whole: int | None, *counts: OutcomeCount) -> Sum:
    return sum_of(Kind.ANIMAL_WELFARE, whole, counts, BOOKS[Kind.ANIMAL_WELFARE])


def part(of: Sum, key: str) -> Part:
    return next(one for one in of.parts if one.key == key)


def number_of(of: Sum, key: str) -> int:
    """A generic part that is empty is not listed."""
    return sum(one.number for one in of.parts if one.key == key)


def test_a_suite_has_six_parts_and_kennels_one_for_each_place_of_being_seen() -> None:
    assert [(p.label, p.tone) for p in custody(0).parts] == [
        ("Seen", 1), ("Refused", 2), ("Not offered", 3), ("Not available", 4), ("Asleep", 5),
        ("Other", 6),
    ]  # fmt: skip
    assert [(p.label, p.tone) for p in kennels(0).parts] == [
        ("Seen in kennel", 1), ("Seen in vehicle", 4), ("Seen in training", 2), ("Not seen", 5),
    ]  # fmt: skip
    assert kennels(3, OutcomeCount("SEEN", 3)).parts[0].label == "Seen"


def test_the_sum_reads_as_a_sentence() -> None:
    counts = [OutcomeCount("SEEN", 3), OutcomeCount("REFUSED", 1), OutcomeCount("UNAVAIL", 3),
              OutcomeCount("ASLEEP", 2)]  # fmt: skip
    parts = "3 seen + 1 refused + 3 not available + 2 asleep"
    assert custody(11, *counts).sentence == f"11 in custody = {parts}; 2 still to account for"
    assert custody(9, *counts).sentence == f"9 in custody = {parts}; adds up"
    assert custody(8, *counts).sentence == f"8 in custody = {parts}; 1 too many"
    assert custody(None, *counts).sentence == f"In custody: not counted; {parts}"
    assert custody(0).sentence == "0 in custody; adds up"
    assert kennels(2, OutcomeCount("KENNEL", 2)).sentence == (
        "2 on site = 2 seen in kennel; adds up"
    )


def test_access_refused_by_an_inspector_is_kept_apart_from_not_selected() -> None:
    labels = [choice.label for choice in part(custody(0), "other").choices]
    assert labels == ["Access refused by Inspector", "Not selected"]


def test_a_reason_is_taken_from_those_without_one_and_goes_back_there() -> None:
    counts: Counts = with_part((), part(custody(9), "not_available"), 3)
    of = part(custody(9, *counts), "not_available")
    counts = with_choice(counts, of, of.choices[0], 2)
    assert counts == (OutcomeCount("UNAVAIL", 1), OutcomeCount("UNAVAIL", 2, "INTERVIEW"))
    of = part(custody(9, *counts), "not_available")
    assert (of.number, of.unexplained) == (3, 1)
    counts = with_choice(counts, of, of.choices[0], 0)
    assert counts == (OutcomeCount("UNAVAIL", 3),)


def test_details_that_came_with_an_old_report_stay_as_long_as_they_can() -> None:
    detailed = OutcomeCount("SEEN", 1, gender="FEMALE")
    counts = (detailed, OutcomeCount("SEEN", 2))
    seen = part(custody(3, *counts), "SEEN")
    assert with_part(counts, seen, 1) == (detailed,)
    assert with_part(counts, seen, 4) == (detailed, OutcomeCount("SEEN", 3))


@pytest.mark.parametrize("kind", list(Kind))
@given(data=st.data())
def test_any_change_gives_the_number_asked_for_and_leaves_other_parts_alone(
    kind: Kind, data: st.DataObject
) -> None:
    book = BOOKS[kind]
    pairs = [(code.code, None) for code in book["outcome"]]
    pairs += [(reason.group, reason.code) for reason in book["outcome_reason"]]
    numbers, genders = st.integers(1, 9), st.none() | st.sampled_from(["FEMALE", "MALE"])
    drawn = data.draw(st.lists(st.tuples(st.sampled_from(pairs), numbers, genders), max_size=6))
    counts: Counts = tuple(OutcomeCount(o, n, r, gender=g) for (o, r), n, g in drawn)
    before = sum_of(kind, 20, counts, book)
    one = data.draw(st.sampled_from(before.parts))
    number = data.draw(st.integers(0, 20))
    choice = data.draw(st.none() | st.sampled_from(one.choices)) if one.choices else None
    if choice is None:
        after = sum_of(kind, 20, with_part(counts, one, number), book)
        assert number_of(after, one.key) == number
    else:
        after = sum_of(kind, 20, with_choice(counts, one, choice, number), book)
        changed = part(after, one.key)
        key = (choice.outcome, choice.reason)
        assert [c.number for c in changed.choices if (c.outcome, c.reason) == key] == [number]
        assert changed.number >= min(one.number, number)
        if number - choice.number <= max(one.unexplained, 0):
            assert changed.number == one.number
    for other in before.parts:
        if other.key != one.key and other.number:
            assert part(after, other.key).number == other.number


def test_what_nobody_counted_leaves_nothing_to_account_for() -> None:
    unknown = custody(None, OutcomeCount("SEEN", 3))
    assert (unknown.remainder, unknown.verdict, unknown.adds_up) == (0, "", False)
    assert custody(4, OutcomeCount("SEEN", 3)).verdict == "1 still to account for"
    assert not custody(4, OutcomeCount("SEEN", 3)).adds_up
    assert not custody(2, OutcomeCount("SEEN", 3)).adds_up
    assert custody(3, OutcomeCount("SEEN", 3)).adds_up
    assert custody(3, OutcomeCount("SEEN", 3)).verdict == "Adds up"


def coded(code: str, group: str, **changed: Any) -> Code:
    return Code(uuid4(), CUSTODY, "outcome", code, code.title(), 99, group, **changed)


def with_codes(*codes: Code) -> CodeBook:
    return CodeBook.of([*reference_codes(Kind.CUSTODY, CUSTODY), *codes])


def test_a_way_of_being_seen_that_the_scheme_adds_replaces_the_general_one_until_that_is_used():
    book = with_codes(coded("BYPHONE", "seen"))
    assert next(p.key for p in sum_of(Kind.CUSTODY, 0, (), book).parts) == "BYPHONE"
    used = sum_of(Kind.CUSTODY, 1, (OutcomeCount("SEEN", 1),), book)
    assert [p.key for p in used.parts][:2] == ["SEEN", "BYPHONE"]
    assert next(p.key for p in custody(0).parts) == "SEEN", "alone it stands for all"


def test_a_group_that_the_scheme_adds_has_one_of_six_tones() -> None:
    groups = [f"own{number}" for number in range(8)]
    book = with_codes(*(coded(f"OWN{number}", group) for number, group in enumerate(groups)))
    tones = {p.key: p.tone for p in sum_of(Kind.CUSTODY, 0, (), book).parts}
    assert [tones[group] for group in groups] == [1, 2, 3, 4, 5, 6, 1, 2]


def test_an_outcome_that_was_retired_is_offered_only_where_it_is_used() -> None:
    """Whichever day it is about: none, one while it was chosen, and one after."""
    last = date(2024, 12, 31)
    book = with_codes(coded("GONE", "gone", active_to=last))

    def is_part(day: date | None, *counts: OutcomeCount) -> bool:
        return "gone" in {p.key for p in sum_of(Kind.CUSTODY, 1, counts, book, day).parts}

    assert not is_part(None)
    assert is_part(last)
    assert not is_part(last + timedelta(days=1))
    used = OutcomeCount("GONE", 1)
    assert is_part(None, used)
    assert is_part(last + timedelta(days=1), used)


def test_the_same_number_again_changes_nothing_and_one_more_is_one_more() -> None:
    counts = (OutcomeCount("SEEN", 2), OutcomeCount("UNAVAIL", 2, "INTERVIEW"))
    added = custody(4, *counts)
    seen, away = part(added, "SEEN"), part(added, "not_available")
    assert with_part(counts, seen, 2) == counts
    assert with_part(counts, seen, 3) == (OutcomeCount("SEEN", 3), counts[1])
    interview = next(choice for choice in away.choices if choice.reason == "INTERVIEW")
    assert with_choice(counts, away, interview, 2) == counts
    assert with_choice(counts, away, interview, 3) == (
        counts[0], OutcomeCount("UNAVAIL", 3, "INTERVIEW"),
    )  # fmt: skip
    assert with_choice(counts, away, interview, 1) == (
        counts[0], OutcomeCount("UNAVAIL", 1, "INTERVIEW"), OutcomeCount("UNAVAIL", 1),
    )  # fmt: skip


def test_people_whose_details_are_known_are_taken_away_last() -> None:
    for details in ({"gender": "FEMALE"}, {"age_group": "A18_25"}, {"ethnicity": "W1"}):
        known = OutcomeCount("SEEN", 1, **details)
        counts = (OutcomeCount("SEEN", 1), known)
        assert with_part(counts, part(custody(2, *counts), "SEEN"), 1) == (known,)
        other_way = (known, OutcomeCount("SEEN", 1))
        assert with_part(other_way, part(custody(2, *other_way), "SEEN"), 1) == (known,)
