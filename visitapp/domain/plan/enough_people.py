"""Whether there are enough people for what a plan draws, in words."""

from visitapp.domain.dataclass import dataclass
from visitapp.domain.text.wording import number_of


@dataclass(frozen=True, slots=True)
class Shortage:
    """In which `share` of weeks a visit that the law draws gets no pair, of how many `people` there
    are, and how many like them are `needed`; None if even three times as many aren't enough."""

    share: float
    people: int
    suites: int
    needed: int | None

    @property
    def sentence(self) -> str:
        """That, and what follows from it."""
        would = (
            "More people like them are not enough: somebody has to be able to go at more times."
            if self.needed is None
            else f"It takes about {number_of(self.needed, 'person', 'people')} like them."
        )
        return (
            f"{number_of(self.people, 'person', 'people')} are too few for "
            f"{number_of(self.suites, 'suite')}: in about {max(1, round(100 * self.share))} of 100 "
            "weeks there is a visit that nobody can make, and another time is drawn. There will be "
            "fewer visits than you want for the year, and the chances shown here are not "
            f"exact. {would}"
        )
