"""The detainees of a period, by what happened when visitors called."""

from collections.abc import Mapping
from dataclasses import field

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import Share, listed_shares, single_share, target_share
from visitapp.domain.year.attempts import Labelled

_PARTS_WITH_REASONS = ("not_available", "not_offered", "other")


@dataclass(frozen=True, slots=True)
class NotVisited:
    """How many people were not visited for a reason: `part` as in `PeopleFigures`; `reason` is
    empty where none was recorded. The share is of all who were not visited, and rounded by itself,
    as others publish it."""

    part: str
    reason: str
    number: int
    share: Share


@dataclass(frozen=True, slots=True)
class PeopleFigures:
    """Detainees in the cells at the times of visits, by what happened.

    `present` = offered + not_offered + not_available + asleep + other; offered = seen + refused.
    `throughput` is the force's own count for the period and never the whole of a share. `reasons`
    are by part (`not_offered`, `not_available`, `other`). For `uncounted_visits` the number in
    custody is missing.
    """

    present: int
    seen: int
    refused: int
    not_offered: int
    not_available: int
    asleep: int
    other: int
    throughput: int | None = None
    reasons: Mapping[str, Labelled] = field(default_factory=dict)
    seen_by: Mapping[str, Labelled] = field(default_factory=dict)
    uncounted_visits: int = 0

    @property
    def offered(self) -> int:
        """Those offered a visit."""
        return self.seen + self.refused

    @property
    def not_visited(self) -> int:
        """Those who neither spoke with visitors nor refused a visit. Other schemes publish
        reasons as shares of them."""
        return self.present - self.offered

    @property
    def why_not_visited(self) -> tuple[NotVisited, ...]:
        """The reasons of all who were not visited, in the order of the parts: `asleep` is one by
        itself, and those without a recorded reason stand last in their part."""
        rows: list[tuple[str, str, int]] = []
        for part in ("asleep", *_PARTS_WITH_REASONS):
            known = [(part, reason, n) for reason, n in self.reasons.get(part, ())]
            rest = getattr(self, part) - sum(number for _, _, number in known)
            rows += [*known, *([(part, "", rest)] if rest else [])]
        return tuple(
            NotVisited(part, reason, number, target_share(number, self.not_visited))
            for part, reason, number in rows
        )

    @property
    def observed_or_spoken(self) -> int:
        """Those who spoke with visitors, or were observed asleep. Other schemes publish this
        sum."""
        return self.seen + self.asleep

    @property
    def shares(self) -> dict[str, Share]:
        """By part: shares of those present; `seen` and `refused` are shares of those offered. For
        parts that are listed together."""
        names = ("offered", "not_offered", "not_available", "asleep", "other")
        shares = dict(
            zip(names, listed_shares([getattr(self, name) for name in names]), strict=True)
        )
        shares["seen"], shares["refused"] = listed_shares((self.seen, self.refused))
        return shares

    @property
    def accepted_share(self) -> Share:
        """Those who spoke to visitors as a share of those offered, if given without those who
        refused."""
        return single_share(self.seen, self.offered)
