"""The figures of an animal welfare scheme: animals seen, on strength, injured, by species."""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import Share, single_share
from visitapp.domain.office.site import SiteKind
from visitapp.domain.text.animals import DOG, animals_of, counted_animals, noun_of
from visitapp.domain.text.wording import joined
from visitapp.domain.year.attempts import Labelled

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Strength:
    """The animals of the register over a period: `at_start` + `joined` - `retired` = `at_end`.

    `at_start` are those of the day before the period, so that a year begins with the number that
    the one before ended with. `at_end` are those of its last day, or of today if it isn't over.
    `seen_recently` of them were seen in the six months before that day; None if visitors saw
    animals then, but no report says which.
    """

    at_start: int = 0
    joined: int = 0
    retired: int = 0
    at_end: int = 0
    seen_recently: int | None = 0

    @property
    def ever(self) -> int:
        """Animals that were on strength on any day of the period, or on the day before."""
        return self.at_start + self.joined

    @property
    def seen_share(self) -> Share:
        """Those seen in the last six months, as a share of those at the end. Without a whole if it
        isn't known which were seen."""
        if self.seen_recently is None:
            return single_share(0, 0)
        return single_share(self.seen_recently, self.at_end)

    @classmethod
    def added(cls, parts: "Iterable[Strength]") -> "Strength":
        """The sum of several."""
        each = tuple(parts)
        recently = [part.seen_recently for part in each]
        return cls(
            sum(part.at_start for part in each),
            sum(part.joined for part in each),
            sum(part.retired for part in each),
            sum(part.at_end for part in each),
            None if None in recently else sum(filter(None, recently)),
        )


@dataclass(frozen=True, slots=True)
class Injuries:
    """Injuries that visitors recorded, by kind, of `checked` animals: those for which they
    answered whether there was one. An animal that is injured at two visits counts twice.
    `recovered`: of animals whose earlier injury had healed."""

    checked: int = 0
    by_kind: Labelled = ()
    recovered: int = 0

    @property
    def number(self) -> int:
        """All injuries."""
        return sum(number for _, number in self.by_kind)


@dataclass(frozen=True, slots=True)
class SpeciesFigures:
    """The animals of one species. `seen` counts an animal at each visit at which it was seen."""

    species: str
    label: str
    seen: int
    strength: Strength
    injuries: Injuries

    @property
    def visits_per_animal(self) -> Decimal | None:
        """How often an animal was seen, on average of those that were ever on strength in the
        period; one decimal, None without any."""
        return _each(self.seen, self.strength.ever)


@dataclass(frozen=True, slots=True)
class AnimalFigures:
    """Animals seen at all visits (an animal seen at two visits counts twice), and those on
    strength.

    `by_species` are the species seen or on strength, and add up to the whole; `homes` are the kinds
    of the sites.
    """

    seen: int
    by_outcome: Labelled = ()
    uncounted_visits: int = 0
    by_species: tuple[SpeciesFigures, ...] = ()
    homes: tuple[SiteKind, ...] = (SiteKind.KENNELS,)
    injuries: Injuries = Injuries()

    @property
    def strength(self) -> Strength:
        """All animals on strength."""
        return Strength.added(each.strength for each in self.by_species)

    @property
    def visits_per_animal(self) -> Decimal | None:
        """As in `SpeciesFigures`."""
        return _each(self.seen, self.strength.ever)

    @property
    def species(self) -> Sequence[str]:
        """The codes of the species; dogs if nothing is known of any animal."""
        return tuple(each.species for each in self.by_species) or (DOG,)

    @property
    def places(self) -> str:
        """Where they live: `kennels`, or `kennels and stables`."""
        return joined([home.several for home in self.homes])

    @property
    def each_place(self) -> str:
        """One of those places: `each kennels`, or `each site` if they are of several kinds."""
        return f"each {self.places if len(self.homes) == 1 else 'site'}"

    @property
    def nouns(self) -> str:
        """`dogs`, or `dogs and horses`."""
        return animals_of(self.species)

    @property
    def seen_words(self) -> str:
        """`9 dogs and 5 horses`."""
        return counted_animals([(s.species, s.seen) for s in self.by_species] or [(DOG, self.seen)])

    def noun(self, number: int) -> str:
        """`dog` or `dogs`; of several species `animal` or `animals`."""
        return noun_of(self.species, number)


def _each(seen: int, animals: int) -> Decimal | None:
    return (Decimal(seen) / animals).quantize(_TENTH, ROUND_HALF_UP) if animals else None
