"""How many volunteers a scheme had: at the start of a period, joined, left, at the end."""

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.group import GroupKind, SiteGroup

LONG_YEARS = 5
"""How many have served longer than this is published (the scheme's report of 2023/24)."""


@dataclass(frozen=True, slots=True)
class PanelVolunteers:
    """The register of one panel over the period; `group` is None for those in no panel. At the
    start + joined - left + moved = at the end: `moved` are those who came from another panel, less
    those who went to one."""

    group: SiteGroup | None
    at_start: int = 0
    joined: int = 0
    left: int = 0
    moved: int = 0
    at_end: int = 0

    @property
    def name(self) -> str:
        """The name of the line: `West`, `In no panel`."""
        return GroupKind.PANEL.none if self.group is None else self.group.name

    @property
    def is_empty(self) -> bool:
        """Whether nobody belonged to it on any day."""
        return not (self.at_start or self.joined or self.at_end or self.left)


@dataclass(frozen=True, slots=True)
class Volunteers:
    """One scheme's register over the period, counting each person once: start + joined - left =
    end.

    Applicants aren't counted; somebody who comes back within the period hasn't left. `so_far`: the
    same until today, if the period isn't over. `joined_unknown` people were added by an import, so
    we only know that they were in the scheme by a day within the period; for `unknown_later` people
    that day was after it. Of those at the end, `long_serving` have served more than `LONG_YEARS`
    years, and of `service_unknown` it isn't known how long. `by_panel` are the lines of panels with
    people, and of those in none; empty if nobody is in a panel.
    """

    at_start: int
    joined: int
    left: int
    at_end: int
    joined_unknown: int = 0
    unknown_later: int = 0
    long_serving: int = 0
    service_unknown: int = 0
    so_far: "Volunteers | None" = None
    by_panel: tuple[PanelVolunteers, ...] = ()

    def judged(self) -> "Volunteers":
        """The register until today, if the period isn't over."""
        return self.so_far or self

    @property
    def is_start_known(self) -> bool:
        """Whether we know how many there were at the start, and how many joined."""
        return not self.joined_unknown and self.is_end_known

    @property
    def is_service_known(self) -> bool:
        """Whether we know how long each of those at the end has served, if there are any."""
        return self.is_end_known and not self.service_unknown and self.at_end > 0

    @property
    def is_end_known(self) -> bool:
        """Whether we know how many there were at the end."""
        return not self.unknown_later
