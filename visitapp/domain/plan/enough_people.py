"""Whether there are enough people for what a plan draws, in words."""

from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.text.wording import number_of, out_of

FEW = 0.05
"""Up to this share of weeks that are drawn again, there are enough people."""


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

    @property
    def are_too_few(self) -> bool:
        """Whether weeks have to be drawn again too often."""
        return self.share > FEW

    @property
    def higher(self) -> float | None:
        """By which part of itself a chance may be higher than it is shown: if only a part of all
        draws is kept, nothing is likelier than its chance divided by that part."""
        if self.beyond is None or self.beyond >= 1:
            return None
        return self.beyond / (1 - self.beyond)

    def is_exact(self, share: float) -> bool:
        """Whether a share of visits that is shown is exact, to half a visit in 100."""
        return self.higher is not None and share * self.higher < 0.005

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
            is_all = self.is_exact(share)
            return "" if is_all else f"With {people} for {suites}, {again}"
        would = (
            "More people like them are not enough: somebody has to be able to go at more times."
            if self.needed is None
            else f"It takes about {number_of(self.needed, 'person', 'people')} like them."
        )
        return f"{people} are too few for {suites}: {again} {would}"

    def _exactness(self, share: float) -> str:
        """Whether the chances shown allow for weeks that are drawn again."""
        if self.is_exact(share):
            return "The chances shown here allow for that."
        if self.higher is None:
            return "The chances shown here are not exact: they may be higher."
        return (
            "The chances shown here are not exact: each may be up to "
            f"{max(1, round(100 * self.higher))}% higher."
        )
