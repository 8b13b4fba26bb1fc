"""How many volunteers a scheme had: at the start of a period, joined, left, at the end."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Volunteers:
    """One scheme's register over the period, counting each person once: start + joined - left =
    end.

    Applicants aren't counted; somebody who comes back within the period hasn't left. `so_far`: the
    same until today, if the period isn't over. `joined_unknown` people were added by an import, so
    we only know that their first visit was within the period; that of `unknown_later` people was
    after it.
    """

    at_start: int
    joined: int
    left: int
    at_end: int
    joined_unknown: int = 0
    unknown_later: int = 0
    so_far: "Volunteers | None" = None

    def judged(self) -> "Volunteers":
        """The register until today, if the period isn't over."""
        return self.so_far or self

    @property
    def is_start_known(self) -> bool:
        """Whether we know how many there were at the start, and how many joined."""
        return not self.joined_unknown and self.is_end_known

    @property
    def is_end_known(self) -> bool:
        """Whether we know how many there were at the end."""
        return not self.unknown_later
