"""Who the volunteers are, beside the people of the area: as it may be published."""

from collections.abc import Mapping, Sequence

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import Share, listed_shares
from visitapp.domain.office.monitoring import AreaPopulation, Characteristic
from visitapp.domain.year.small_numbers import hidden_groups

OTHERS, NOT_KNOWN, HOME_AREA = "All others", "Not known", "Home area"


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    """A group of at least five volunteers, their share of all, and their share of the area's people
    whose number is known, if that of the group is."""

    label: str
    number: int
    share: Share
    area_share: Share | None = None


@dataclass(frozen=True, slots=True)
class ProfileFigures:
    """The groups of one characteristic, or the home areas, and where the numbers of the area are
    from."""

    label: str
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
    hidden: tuple[str, ...] = ()


def profile_of(
    answers: Sequence[Mapping[Characteristic, str]],
    populations: Mapping[Characteristic, AreaPopulation],
    home_areas: Sequence[str] = (),
) -> VolunteerProfile:
    """The profile of volunteers of whom each answered something or nothing, and lives somewhere
    (empty: not known).

    The answers to each question are counted by themselves and never crossed, so that their sum is
    all that two of them have in common.
    """
    by_label = {
        characteristic.label: _figures(
            characteristic.label,
            characteristic.choices,
            [item.get(characteristic, "") for item in answers],
            populations.get(characteristic, AreaPopulation(characteristic)),
        )
        for characteristic in Characteristic
        if any(characteristic in item for item in answers)
    }
    if any(home_areas):
        areas = [(area, area) for area in sorted({*home_areas} - {""})]
        by_label[HOME_AREA] = _figures(HOME_AREA, areas, home_areas)
    return VolunteerProfile(
        tuple(figures for figures in by_label.values() if figures),
        tuple(label for label, figures in by_label.items() if not figures),
    )


def _figures(
    label: str,
    choices: Sequence[tuple[str, str]],
    codes: Sequence[str],
    population: AreaPopulation | None = None,
) -> ProfileFigures | None:
    """None where no group may be shown."""
    listed = [*choices, *([("", NOT_KNOWN)] if "" in codes else [])]
    counts = [codes.count(code) for code, _ in listed]
    apart = hidden_groups(counts)
    if len(apart) == len(counts):
        return None
    people = {} if population is None else population.numbers
    rows = [
        (words, counts[at], [code]) for at, (code, words) in enumerate(listed) if at not in apart
    ]
    if apart:
        rows.append((OTHERS, sum(counts[at] for at in apart), [listed[at][0] for at in apart]))
    shares = listed_shares([number for _, number, _ in rows])
    of_area = [[people[code] for code in codes_of if code in people] for *_, codes_of in rows]
    is_known = sum(map(any, of_area)) > 1  # nothing else makes a share
    area_shares = listed_shares([sum(numbers) for numbers in of_area])
    groups = (
        ProfileGroup(words, number, share, of_people if is_known and numbers else None)
        for (words, number, _), share, numbers, of_people in zip(
            rows, shares, of_area, area_shares, strict=True
        )
    )
    source = population.source if population is not None and is_known else ""
    return ProfileFigures(label, tuple(groups), source)
