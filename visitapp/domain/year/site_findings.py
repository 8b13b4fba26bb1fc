"""Answers at each site, as they may be published beside those of all sites.

Where rows are about people, a number under five is left out, and so is whatever would tell it: the
answers of a site add up to those who answered there, and the sites to the number of all of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from visitapp.domain.report.kinds import Measure
from visitapp.domain.year.findings import (
    AnswerFigures,
    NumberFigures,
    QuestionFigures,
    for_publication,
)
from visitapp.domain.year.small_numbers import SMALL, is_small

SiteFindings = Mapping[UUID, tuple[QuestionFigures, ...]]
"""The figures of each question that was asked, by site."""
_Cell = tuple[int, str]
"""The place of a number: that of its site in the list, and the code of its answer."""


def published_by_site(whole: Iterable[QuestionFigures], by_site: SiteFindings) -> SiteFindings:
    """What may be published of the findings at each site, if those of all sites are too."""
    listed: dict[UUID, list[QuestionFigures]] = {site_id: [] for site_id in by_site}
    for of_all in for_publication(whole):
        here = {
            site_id: figures
            for site_id, asked in by_site.items()
            for figures in asked
            if figures.key == of_all.key
        }
        shown = _published(of_all, list(here.values()))
        for site_id, figures in zip(here, shown, strict=True):
            listed[site_id].append(figures)
    return {site_id: tuple(figures) for site_id, figures in listed.items()}


def _published(of_all: QuestionFigures, sites: list[QuestionFigures]) -> list[QuestionFigures]:
    if not of_all.of_people:
        return sites
    if of_all.measure is Measure.NUMBER:
        return _numbers(of_all, sites)
    hidden = _hidden(of_all, [{a.code: a.number or 0 for a in site.answers} for site in sites])
    few = _few_answered(sites, is_hidden=of_all.hides_answered) if of_all.is_several else set()
    return [
        replace(
            site,
            answers=tuple(
                _left_out(answer) if (at, answer.code) in hidden else _alone(answer, at in few)
                for answer in site.answers
            ),
            hides_answered=at in few,
        )
        for at, site in enumerate(sites)
    ]


def _few_answered(sites: list[QuestionFigures], *, is_hidden: bool) -> set[int]:
    """The sites, by their place, of which it can't be published how many answered: all if that of
    all sites `is_hidden`, otherwise those with few, and one that would tell them."""
    counts = [site.answered for site in sites]
    line = [(row, "") for row in range(len(sites))]
    hidden = {cell for cell in line if is_hidden or is_small(counts[cell[0]])}
    while more := _needed(line, hidden, lambda cell: counts[cell[0]]):
        hidden |= set(more)
    return {row for row, _ in hidden}


def _alone(answer: AnswerFigures, is_few: bool) -> AnswerFigures:
    """The number without the share that would tell how many answered."""
    return replace(answer, share=None) if is_few else answer


def _left_out(answer: AnswerFigures) -> AnswerFigures:
    return replace(answer, number=None, share=None)


def _hidden(of_all: QuestionFigures, counts: Sequence[Mapping[str, int]]) -> set[_Cell]:
    """The numbers to leave out, so that no small one can be worked out from the others."""
    rows = range(len(counts))
    codes = [answer.code for answer in of_all.answers]
    hidden = {
        (row, answer.code)
        for row in rows
        for answer in of_all.answers
        if is_small(counts[row].get(answer.code, 0)) or answer.number is None
    }
    lines = [[(row, code) for row in rows] for code in codes]
    if of_all.measure is Measure.ONE_CODE:
        lines += [[(row, code) for code in codes] for row in rows]

    def count(cell: _Cell) -> int:
        return counts[cell[0]].get(cell[1], 0)

    while more := {cell for line in lines for cell in _needed(line, hidden, count)}:
        hidden |= more
    return hidden


def _needed(
    line: Sequence[_Cell], hidden: set[_Cell], count: Callable[[_Cell], int]
) -> list[_Cell]:
    """The number that has to go too where what is missing from a line would be known: a single
    number, or several that together are fewer than five."""
    gone = [cell for cell in line if cell in hidden]
    known = len(gone) == 1 or 0 < sum(map(count, gone)) < SMALL
    left = [cell for cell in line if cell not in hidden]
    if not gone or not known or not left:
        return []
    return [min(left, key=lambda cell: (count(cell) == 0, count(cell)))]


def _numbers(of_all: QuestionFigures, sites: list[QuestionFigures]) -> list[QuestionFigures]:
    """Sums and means of sites where few answered are left out, and the largest number of one
    person everywhere."""
    is_hidden = of_all.numbers is None or of_all.numbers.total is None
    hidden = _few_answered(sites, is_hidden=is_hidden)
    return [
        replace(site, numbers=_without_most(site.numbers, is_hidden=row in hidden))
        for row, site in enumerate(sites)
    ]


def _without_most(numbers: NumberFigures | None, *, is_hidden: bool) -> NumberFigures | None:
    if numbers is None or is_hidden:
        return NumberFigures(None, None, None)
    return replace(numbers, most=None)
