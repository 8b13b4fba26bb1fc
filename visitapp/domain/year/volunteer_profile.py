"""Who the volunteers are, beside the people of the area: as it may be published."""

from collections.abc import Mapping, Sequence

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import Share, listed_shares
from visitapp.domain.office.monitoring import AreaPopulation, Characteristic
from visitapp.domain.year.small_numbers import hidden_groups

OTHERS, NOT_KNOWN = "All others", "Not known"


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    """A group of at least five volunteers, their share of all, and the share of the area's people
    if it is known."""

    label: str
    number: int
    share: Share
    area_share: Share | None = None


@dataclass(frozen=True, slots=True)
class ProfileFigures:
    """The groups of one characteristic, and where the numbers of the area are from."""

    characteristic: Characteristic
    groups: tuple[ProfileGroup, ...]
    source: str = ""

    @property
    def has_others(self) -> bool:
        """Whether groups are shown together."""
        return self.groups[-1].label == OTHERS


@dataclass(frozen=True, slots=True)
class VolunteerProfile:
    """What volunteers at the end of a year answered. `hidden`: answered, but in groups too small to
    show any."""

    shown: tuple[ProfileFigures, ...] = ()
    hidden: tuple[Characteristic, ...] = ()


def profile_of(
    answers: Sequence[Mapping[Characteristic, str]],
    populations: Mapping[Characteristic, AreaPopulation],
) -> VolunteerProfile:
    """The profile of volunteers of whom each answered something or nothing.

    The answers to each question are counted by themselves and never crossed, so that their sum is
    all that two of them have in common.
    """
    shown, hidden = [], []
    for characteristic in Characteristic:
        if any(characteristic in item for item in answers):
            population = populations.get(characteristic, AreaPopulation(characteristic))
            figures = _figures(characteristic, answers, population)
            if figures is None:
                hidden.append(characteristic)
            else:
                shown.append(figures)
    return VolunteerProfile(tuple(shown), tuple(hidden))


def _figures(
    characteristic: Characteristic,
    answers: Sequence[Mapping[Characteristic, str]],
    population: AreaPopulation,
) -> ProfileFigures | None:
    codes = [item.get(characteristic) for item in answers]
    choices: list[tuple[str | None, str]] = [*characteristic.choices]
    if None in codes:
        choices.append((None, NOT_KNOWN))
    counts = [codes.count(code) for code, _ in choices]
    apart = hidden_groups(counts)
    if len(apart) == len(counts):
        return None
    rows = [
        (label, counts[at], population.numbers.get(code or "", 0))
        for at, (code, label) in enumerate(choices)
        if at not in apart
    ]
    if apart:
        of_area = sum(population.numbers.get(choices[at][0] or "", 0) for at in apart)
        rows.append((OTHERS, sum(counts[at] for at in apart), of_area))
    shares = listed_shares([number for _, number, _ in rows])
    of_areas = listed_shares([people for _, _, people in rows])
    groups = (
        ProfileGroup(label, number, share, of_area if population.numbers else None)
        for (label, number, _), share, of_area in zip(rows, shares, of_areas, strict=True)
    )
    return ProfileFigures(characteristic, tuple(groups), population.source)
