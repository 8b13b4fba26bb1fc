"""Nobody who knows everything published, and the rule itself, learns how many a small group has."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.office.monitoring import AreaPopulation, Characteristic
from visitapp.domain.year.small_numbers import SMALL, hidden_groups
from visitapp.domain.year.volunteer_profile import OTHERS, VolunteerProfile, profile_of

GENDER, AGE = Characteristic.GENDER, Characteristic.AGE
Published = tuple[int | None, ...]


def published(counts: tuple[int, ...]) -> Published:
    """What everybody sees of groups, beside their sum."""
    hidden = hidden_groups(counts)
    return tuple(None if at in hidden else count for at, count in enumerate(counts))


def every_way(groups: int, total: int) -> Iterator[tuple[int, ...]]:
    """All ways in which so many people can be in so many groups."""
    if groups == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for others in every_way(groups - 1, total - first):
            yield (first, *others)


@cache
def possible(groups: int, total: int) -> dict[Published, list[tuple[int, ...]]]:
    """By what is published, everything that may be behind it."""
    ways = defaultdict(list)
    for way in every_way(groups, total):
        ways[published(way)].append(way)
    return ways


SIZES = [(groups, total) for groups in (2, 3, 4) for total in (5, 9, 13, 16)]


@pytest.mark.parametrize(
    ("groups", "total"),
    [
        *SIZES,
        pytest.param(5, 20, marks=pytest.mark.long),
        pytest.param(4, 31, marks=pytest.mark.long),
    ],
)
def test_an_attacker_who_knows_all_that_is_published_learns_no_small_number(
    groups: int, total: int
) -> None:
    for seen, ways in possible(groups, total).items():
        for at, count in enumerate(seen):
            if count is None:
                assert len({way[at] for way in ways}) > 1, (seen, ways)


@given(st.lists(st.integers(0, 12), min_size=2, max_size=8))
def test_what_is_shown_is_five_or_more_and_so_are_the_others_together(counts: list[int]) -> None:
    hidden = hidden_groups(counts)
    assert all(counts[at] >= SMALL for at in range(len(counts)) if at not in hidden)
    if 0 < len(hidden) < len(counts):
        assert len(hidden) > 1
        assert sum(counts[at] for at in hidden) >= SMALL


@given(st.lists(st.integers(0, 8), min_size=2, max_size=4).map(tuple))
def test_no_number_below_five_follows_from_the_others_and_the_sum(counts: tuple[int, ...]) -> None:
    if sum(counts) >= SMALL:
        ways = possible(len(counts), sum(counts))[published(counts)]
        for at, count in enumerate(counts):
            assert count >= SMALL or {way[at] for way in ways} != {count}


def told(**numbers: int) -> list[dict[Characteristic, str]]:
    return [{GENDER: code} for code, number in numbers.items() for _ in range(number)]


def test_groups_of_five_stand_beside_the_people_of_the_area() -> None:
    people = AreaPopulation(GENDER, {"FEMALE": 510, "MALE": 480, "OTHER": 10}, "Census 2021")
    (figures,) = profile_of(told(FEMALE=9, MALE=6, OTHER=1), {GENDER: people}).shown
    assert [(g.label, g.number, g.share.text) for g in figures.groups] == [
        ("Female", 9, "56%"), (OTHERS, 7, "44%"),
    ]  # fmt: skip
    areas = [group.area_share for group in figures.groups]
    assert [share.text for share in areas if share is not None] == ["51%", "49%"]
    assert (figures.source, figures.has_others) == ("Census 2021", True)


def test_whoever_the_area_has_no_number_of_is_no_share_of_its_people() -> None:
    """The census counts no one who left a question of the volunteers open."""
    answers = [*told(FEMALE=9, MALE=6, OTHER=5), *[{}] * 5]
    for numbers, of_area in (
        ({"FEMALE": 60, "MALE": 40}, ["60%", "40%", None, None]),
        ({"FEMALE": 60, "MALE": 40, "OTHER": 0}, ["60%", "40%", "0%", None]),
        ({"FEMALE": 60}, [None] * 4),
        ({}, [None] * 4),
    ):
        people = AreaPopulation(GENDER, numbers, "Census 2021")
        (figures,) = profile_of(answers, {GENDER: people}).shown
        areas = [group.area_share for group in figures.groups]
        assert [share and share.text for share in areas] == of_area
        assert figures.source == ("Census 2021" if any(of_area) else "")


def test_without_numbers_of_the_area_the_volunteers_stand_alone() -> None:
    (figures,) = profile_of(told(FEMALE=9, MALE=6, OTHER=5), {}).shown
    assert [group.area_share for group in figures.groups] == [None] * 3
    assert not figures.has_others


def test_who_left_a_question_open_is_a_group_too() -> None:
    answers = [*told(FEMALE=9, MALE=7, OTHER=6), *[{}] * 5]
    (figures,) = profile_of(answers, {}).shown
    assert [group.label for group in figures.groups][-1] == "Not known"


def test_what_has_only_small_groups_is_left_out_and_named() -> None:
    assert profile_of(told(FEMALE=3, MALE=2), {}) == VolunteerProfile((), ("Gender",))
    assert profile_of([{}] * 9, {}) == VolunteerProfile()


def test_home_areas_are_shown_as_they_were_published() -> None:
    """6 and 10 of 16: 38% and 62% (the scheme's published report of 2023/24)."""
    areas = ["Leicester"] * 6 + ["Leicestershire"] * 10
    (figures,) = profile_of([{}] * 16, {}, areas).shown
    assert figures.label == "Home area"
    assert [(g.label, g.number, g.share.text) for g in figures.groups] == [
        ("Leicester", 6, "38%"), ("Leicestershire", 10, "62%"),
    ]  # fmt: skip


def test_places_where_few_live_are_not_named() -> None:
    areas = [*["Oadby"] * 9, "Rutland", "Wigston", "Wigston", "", ""]
    (figures,) = profile_of([{}] * 14, {}, areas).shown
    assert [(group.label, group.number) for group in figures.groups] == [("Oadby", 9), (OTHERS, 5)]
    assert profile_of([{}] * 3, {}, ["Oadby", "Rutland", ""]) == VolunteerProfile(
        (), ("Home area",)
    )
