"""The parts always add up to what visitors counted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANIMALS, CUSTODY
from visitapp.domain.office.codes import CodeBook
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
