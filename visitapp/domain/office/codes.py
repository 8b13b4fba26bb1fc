"""Coded values: lists that a scheme can extend. A code that has been used is never deleted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date
from enum import StrEnum
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.text.folding import folded

_EXPLAINED_AFTER = {"issue_severity": ":", "outcome": ","}
"""What parts the name of a value from its explanation in the labels of these lists, which
people may reword: `Serious: same day to the manager`, `Not offered, on the sergeant's advice`."""

IN_PERSON = "in_person"
"""The group of visits made in person, the only ones with a wait."""


class Ending(StrEnum):
    """The groups of `visit_status`: what became of a visit that was attempted."""

    COMPLETED = "completed"
    ABANDONED = "abandoned"
    REFUSED_ENTRY = "refused_entry"
    SITE_CLOSED = "site_closed"


class Matter(StrEnum):
    """The groups of `issue_category` that are concerns; one more group has good findings."""

    WELFARE = "welfare"
    CONDITIONS = "conditions"
    OTHER = "concern"

    @property
    def label(self) -> str:
        """`Conditions`, as figures print it."""
        return _MATTERS[self]


_MATTERS = {
    Matter.WELFARE: "Welfare",
    Matter.CONDITIONS: "Conditions",
    Matter.OTHER: "Other matters",
}


TRAINING = "training"
"""The group of types of visit that no figure counts."""
NOT_MADE = tuple(ending.value for ending in Ending if ending is not Ending.COMPLETED)
"""The groups of statuses of visits that were attempted and not made."""


@dataclass(frozen=True, slots=True)
class CountingCodes:
    """The codes of a scheme that decide which visits count: types of training visits, which no
    figure counts, and statuses of visits that were not made. A code that the lists no longer have
    is neither."""

    training: tuple[str, ...] = ()
    not_made: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Code:
    """One value of a list. Records made before `active_to` keep it."""

    id: UUID
    scheme_id: UUID
    list_name: str
    code: str
    label: str
    position: int
    group: str = ""
    active_from: date | None = None
    active_to: date | None = None
    version: int = 1

    @property
    def name(self) -> str:
        """The label without an explanation: `Serious`, `Not offered`."""
        mark = _EXPLAINED_AFTER.get(self.list_name)
        return self.label.partition(mark)[0] if mark else self.label

    def is_active_on(self, day: date) -> bool:
        """Whether it can be chosen for a record of that day."""
        return (self.active_from is None or self.active_from <= day) and (
            self.active_to is None or day <= self.active_to
        )


def find_choice(typed: str, choices: Sequence[tuple[str, ...]]) -> int:
    """The index of the only choice that a typed text can mean, or -1.

    A choice is its label followed by other words for it, such as its code. An exact match wins,
    then a label or code that begins with the text, then any that contains it.
    """
    wanted = folded(typed)
    if not wanted:
        return -1
    words = [[folded(word) for word in choice] for choice in choices]
    for fits in (
        [at for at, known in enumerate(words) if wanted in known],
        [
            at
            for at, known in enumerate(words)
            if any(option.startswith(wanted) for option in known)
        ],
        [at for at, known in enumerate(words) if any(wanted in option for option in known)],
    ):
        if len(fits) == 1:
            return fits[0]
    return -1


@dataclass(frozen=True, slots=True)
class CodeBook:
    """All codes of one scheme: `book["outcome"]` is a list in its order."""

    lists: Mapping[str, tuple[Code, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: Iterable[Code]) -> "CodeBook":
        """Codes grouped into their lists, ordered by position."""
        lists: dict[str, list[Code]] = {}
        for code in sorted(codes, key=lambda c: (c.list_name, c.position, c.code)):
            lists.setdefault(code.list_name, []).append(code)
        return cls({name: tuple(values) for name, values in lists.items()})

    def __getitem__(self, list_name: str) -> tuple[Code, ...]:
        return self.lists.get(list_name, ())

    def has(self, list_name: str, code: str) -> bool:
        """Whether a code is in the list, active or not."""
        return any(entry.code == code for entry in self[list_name])

    def offered(self, list_name: str, day: date) -> tuple[Code, ...]:
        """The codes a person may choose for a record of that day."""
        return tuple(code for code in self[list_name] if code.is_active_on(day))

    def find(self, list_name: str, text: str) -> Code | None:
        """The code whose code or label matches `text`, ignoring case, spaces and hyphens."""
        wanted = folded(text)
        for by_label in (False, True):
            for code in self[list_name]:
                if folded(code.label if by_label else code.code) == wanted:
                    return code
        return None

    def label(self, list_name: str, code: str | None) -> str:
        """How a stored code is printed: empty for None, the code itself if it is unknown."""
        if code is None:
            return ""
        return next((c.label for c in self[list_name] if c.code == code), code)

    def name(self, list_name: str, code: str) -> str:
        """A stored code's label without an explanation; the code itself when unknown."""
        return next((c.name for c in self[list_name] if c.code == code), code)

    def of_group(self, list_name: str, group: str) -> tuple[str, ...]:
        """The codes that count under a group, in the list's order."""
        return tuple(code.code for code in self[list_name] if code.group == group)

    @property
    def counting(self) -> CountingCodes:
        """The codes that decide which visits count."""
        return CountingCodes(
            self.of_group("visit_type", TRAINING),
            tuple(code.code for code in self["visit_status"] if code.group in NOT_MADE),
        )

    def labelled(self, list_name: str, counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
        """Counts by code, labelled and in the list's order, without zeros; unknown codes come
        last."""
        codes = self.in_order(list_name, counts)
        return tuple((self.label(list_name, code), counts[code]) for code in codes)

    def in_order(self, list_name: str, counts: Mapping[str, int]) -> tuple[str, ...]:
        """The codes of `labelled`."""
        order = {code.code: at for at, code in enumerate(self[list_name])}
        codes = sorted(counts, key=lambda code: (order.get(code, len(order)), code))
        return tuple(code for code in codes if counts[code])

    @property
    def concerns(self) -> tuple[str, ...]:
        """The categories of issues that are concerns, in the list's order."""
        return tuple(code.code for code in self["issue_category"] if code.group in tuple(Matter))

    def matter(self, category: str) -> Matter:
        """What a concern of this category is about."""
        group = self.group("issue_category", category)
        return Matter(group) if group in tuple(Matter) else Matter.OTHER

    def ending(self, status: str) -> Ending:
        """What became of a visit with this status."""
        group = self.group("visit_status", status)
        return Ending(group) if group in NOT_MADE else Ending.COMPLETED

    def groups(self, list_name: str) -> list[str]:
        """What the values of a list count as, in the list's order."""
        return list(dict.fromkeys(code.group for code in self[list_name]))

    def groups_to_add(self, list_name: str) -> list[str]:
        """What a new value may count as. Face to face stays the only mode with a wait."""
        return [group for group in self.groups(list_name) if group != IN_PERSON]

    def group(self, list_name: str, code: str) -> str:
        """The group a stored code counts under; empty if unknown."""
        return next((c.group for c in self[list_name] if c.code == code), "")
