"""The animals at a site, and how many of them were seen in the last six months.

This is the measure Hertfordshire's scheme uses: animals seen within six months, as a share of the
animals on strength.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.figures import Share, single_share
from visitapp.domain.text.animals import noun_of
from visitapp.domain.text.folding import sort_key
from visitapp.domain.text.wording import long_date, plural

SEEN_WITHIN_MONTHS = 6


@dataclass(frozen=True, slots=True)
class Animal:
    """A dog, a horse or another animal; without a species, one of those that usually live at such a
    site. `species` and `work` are codes from the report form's own questions;
    `handler` is a collar number, never a name. It is on strength from `from_on` to `to_on`, both
    days included; None means always or until further notice."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    name: str
    species: str = ""
    work: str = ""
    handler: str = ""
    from_on: date | None = None
    to_on: date | None = None
    version: int = 0

    def __post_init__(self) -> None:
        if self.from_on and self.to_on and self.to_on < self.from_on:
            raise BadInputError("The animal’s last day is earlier than its first day.")

    def is_on_strength(self, day: date) -> bool:
        """Whether it belongs to the site that day."""
        return (self.from_on is None or self.from_on <= day) and (
            self.to_on is None or day <= self.to_on
        )


@dataclass(frozen=True, slots=True)
class Sighting:
    """An animal on strength, and when visitors last saw it (None: never)."""

    animal: Animal
    last_seen: date | None

    def is_recent(self, since: date) -> bool:
        """Whether it was seen on or after that day."""
        return self.last_seen is not None and self.last_seen >= since


@dataclass(frozen=True, slots=True)
class AnimalCoverage:
    """The animals on strength on a day; those seen on or after `since` count as seen."""

    since: date
    sightings: tuple[Sighting, ...]

    @property
    def seen(self) -> Share:
        """Animals seen, as a share of those on strength."""
        return single_share(len(self.sightings) - len(self.unseen), len(self.sightings))

    @property
    def unseen(self) -> tuple[Sighting, ...]:
        """Animals to look for: never seen first, then those not seen for longest."""
        waiting = [s for s in self.sightings if not s.is_recent(self.since)]
        return tuple(
            sorted(waiting, key=lambda s: (s.last_seen or date.min, sort_key(s.animal.name)))
        )

    def about(self, sighting: Sighting) -> str:
        """`last seen 3 September 2024`, with the species before it if there are several."""
        day = sighting.last_seen
        seen = "never seen" if day is None else f"last seen {long_date(day)}"
        species = {each.animal.species for each in self.sightings}
        return f"{noun_of((sighting.animal.species,), 1)}, {seen}" if len(species) > 1 else seen

    @property
    def sentence(self) -> str:
        """`9 of 11 animals on strength were seen in the last six months (82%)`."""
        share = self.seen
        if share.whole == 0:
            return "The unit has no animals."
        what = plural(share.whole, "animal")
        were = plural(share.part, "was", "were")
        return (
            f"{share.part} of the unit’s {share.whole} {what} {were} seen in the last six months "
            f"({share.text})."
        )


def coverage_of(
    animals: Iterable[Animal], last_seen: Mapping[UUID, date], day: date
) -> AnimalCoverage:
    """The measure for a day."""
    on_strength = [animal for animal in animals if animal.is_on_strength(day)]
    return AnimalCoverage(
        since=months_before(day, SEEN_WITHIN_MONTHS),
        sightings=tuple(Sighting(animal, last_seen.get(animal.id)) for animal in on_strength),
    )


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
