"""Whether there are enough people for what a plan draws, in words."""

from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.period import Period, spans_words
from visitapp.domain.text.wording import number_of, out_of, plural

FEW = 0.05
"""Up to this share of weeks that are drawn again, there are enough people."""


@dataclass(frozen=True, slots=True)
class ShortWeeks:
    """The weeks `spans` of a plan in which fewer people can go than usual, or on fewer days: in
    which `share` of draws there are no pairs for all visits, so that the week is drawn again, and
    in which at most the chances shown don't allow for that (`beyond`)."""

    spans: tuple[Period, ...]
    share: float
    beyond: float

    @property
    def higher(self) -> float | None:
        """As that of `PeopleNeeded`, in each of these weeks."""
        return _higher(self.beyond)

    def sentence(self, share: float) -> str:
        """What that means for a share of visits that is shown; empty if nothing."""
        if _is_exact(share, self.higher):
            return ""
        by = "" if self.higher is None else f"by up to {max(1, round(100 * self.higher))}%"
        return (
            f"Fewer people than usual can go in {spans_words(self.spans)}, or on fewer days: in "
            f"about {max(1, round(100 * self.share))} of 100 draws nobody can make all visits of "
            f"such a week, and it is drawn again. The chances shown here are not exact: in "
            f"{plural(len(self.spans), 'this week', 'these weeks')} each may be higher{by and ' '}"
            f"{by}."
        )


@dataclass(frozen=True, slots=True)
class PeopleNeeded:
    """In which `share` of weeks there are no pairs for the visits that the laws draw for a scheme's
    suites, so that the whole week is drawn again; of how many `people` there are, and how many like
    them are `needed` (None if even eight times as many aren't enough). Of the visits `wanted` in a
    year so many `come`. `beyond`: the share of weeks drawn again that the chances shown leave out,
    at most; None if that can't be bounded."""

    scheme_id: UUID
    share: float
    people: int
    suites: int
    needed: int | None
    wanted: int
    come: float
    beyond: float | None
    short: ShortWeeks | None = None
    """The weeks of the plan in which not all of them can go; None if all are usual."""

    @property
    def are_too_few(self) -> bool:
        """Whether weeks have to be drawn again too often."""
        return self.share > FEW

    @property
    def higher(self) -> float | None:
        """By which part of itself a chance may be higher than it is shown, in usual weeks."""
        return None if self.beyond is None else _higher(self.beyond)

    @property
    def highest(self) -> float | None:
        """The same in any week of the plan."""
        each = [self.higher, *([self.short.higher] if self.short else [])]
        known = [higher for higher in each if higher is not None]
        return max(known) if len(known) == len(each) else None

    def is_exact(self, share: float) -> bool:
        """Whether a share of visits that is shown is exact, to half a visit in 100."""
        return _is_exact(share, self.highest)

    def sentences(self, share: float) -> tuple[str, ...]:
        """What is to be said of usual weeks, and of those of the plan in which not all can go."""
        both = (self.sentence(share), self.short.sentence(share) if self.short else "")
        return tuple(words for words in both if words)

    def sentence(self, share: float = 0.0) -> str:
        """That, and what follows from it for the chances shown, of which this is the highest; empty
        if there are enough people, and the chances are exact."""
        again = (
            f"in about {max(1, round(100 * self.share))} of 100 weeks nobody can make all visits "
            "that are drawn, and the week is drawn again. About "
            f"{out_of(round(self.come), self.wanted, 'visit')} a year will come. "
            f"{self._exactness(share)}"
        )
        people, suites = number_of(self.people, "person", "people"), number_of(self.suites, "suite")
        if not self.are_too_few:
            is_all = _is_exact(share, self.higher)
            return "" if is_all else f"With {people} for {suites}, {again}"
        would = (
            "More people like them are not enough: somebody has to be able to go at more times."
            if self.needed is None
            else f"It takes about {number_of(self.needed, 'person', 'people')} like them."
        )
        return f"{people} are too few for {suites}: {again} {would}"

    def _exactness(self, share: float) -> str:
        """Whether the chances shown allow for weeks that are drawn again."""
        if _is_exact(share, self.higher):
            return "The chances shown here allow for that."
        if self.higher is None:
            return "The chances shown here are not exact: they may be higher."
        return (
            "The chances shown here are not exact: each may be up to "
            f"{max(1, round(100 * self.higher))}% higher."
        )


def _higher(beyond: float) -> float | None:
    """If only a part of all draws is kept, nothing is likelier than its chance divided by that
    part."""
    return beyond / (1 - beyond) if beyond < 1 else None


def _is_exact(share: float, higher: float | None) -> bool:
    return higher is not None and share * higher < 0.005
