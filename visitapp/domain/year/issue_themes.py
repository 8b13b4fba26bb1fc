"""What issues of a period have in common: a category at a site or in a quarter, and one facility
that fails again. What may be chance is left out.

Each share is compared with the rest by `mid_p`; the value is multiplied by the number of
comparisons (Bonferroni, 1936), since of twenty shares that are alike one differs by chance. Schemes
are never compared with each other: they ask other questions.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.following.issue_log import LoggedIssue
from visitapp.domain.text.folding import folded
from visitapp.domain.year.chance import SIGNIFICANT, mid_p

FEWEST = 5
"""Fewer issues of a category are no theme."""


class ThemeOf(StrEnum):
    """By what a category is told apart."""

    SITE = "site"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class IssueTheme:
    """`part` of the `whole` issues at a site or in a quarter are of a category, and `other_part` of
    `other_whole` elsewhere in its scheme or in other quarters."""

    scheme_id: UUID
    kind: ThemeOf
    where: str
    category: str
    part: int
    whole: int
    other_part: int
    other_whole: int


@dataclass(frozen=True, slots=True)
class RepeatedFault:
    """One place of a site about which issues of a category came more than once; `last` is the day
    of the latest."""

    site_name: str
    place: str
    category: str
    times: int
    last: date


def themes(issues: Sequence[LoggedIssue], quarters: Sequence[tuple[date, str]]) -> list[IssueTheme]:
    """Categories with a larger share at a site, or in a quarter, than in the rest of the scheme
    where that is hardly chance, the largest first. `quarters` are the last days of quarters with
    their names, in order."""
    by_scheme: dict[UUID, list[LoggedIssue]] = {}
    for issue in issues:
        by_scheme.setdefault(issue.line.scheme_id, []).append(issue)
    compared = [theme for mine in by_scheme.values() for theme in _comparisons(mine, quarters)]
    stand_out = [
        theme
        for theme in compared
        if theme.part >= FEWEST
        and theme.part * theme.other_whole > theme.other_part * theme.whole
        and not _may_be_chance(theme, len(compared))
    ]
    return sorted(stand_out, key=lambda theme: -theme.part)


def _comparisons(
    issues: Sequence[LoggedIssue], quarters: Sequence[tuple[date, str]]
) -> Iterator[IssueTheme]:
    """Each common category of a scheme at each of its sites, and in each quarter."""
    common = {name for name, n in Counter(i.line.category for i in issues).items() if n >= FEWEST}
    by_kind = {
        ThemeOf.SITE: [(issue.line.site_name, issue.line.category) for issue in issues],
        ThemeOf.QUARTER: [
            (next((name for end, name in quarters if issue.line.raised_on <= end), ""),
             issue.line.category)
            for issue in issues
        ],
    }  # fmt: skip
    for kind, pairs in by_kind.items():
        for where in dict.fromkeys(where for where, _ in pairs):
            here = [of for place, of in pairs if place == where]
            rest = [of for place, of in pairs if place != where]
            for category in sorted(common) if rest else ():
                parts = here.count(category), len(here), rest.count(category), len(rest)
                yield IssueTheme(issues[0].line.scheme_id, kind, where, category, *parts)


def _may_be_chance(theme: IssueTheme, comparisons: int) -> bool:
    value = mid_p(theme.part, theme.whole, theme.other_part, theme.other_whole)
    return value * comparisons >= SIGNIFICANT


def repeated_faults(issues: Sequence[LoggedIssue]) -> list[RepeatedFault]:
    """Places with more than one issue of a category, the most often first."""
    by_place: dict[tuple[str, str, str], list[LoggedIssue]] = {}
    for issue in issues:
        place = issue.line.issue.place.strip()
        if place:
            key = (issue.line.site_name, folded(place), issue.line.category)
            by_place.setdefault(key, []).append(issue)
    faults = [
        RepeatedFault(
            site_name,
            mine[-1].line.issue.place.strip(),
            category,
            len(mine),
            max(issue.line.raised_on for issue in mine),
        )
        for (site_name, _, category), mine in by_place.items()
        if len(mine) > 1
    ]
    return sorted(faults, key=lambda fault: (-fault.times, fault.site_name, fault.place))
