"""A whole and its parts: detainees in custody, or animals on site, by what happened.

A part may be broken down further (why somebody wasn't available; where a dog was). What isn't
broken down stays in the part, so the parts always add up to what the visitors counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.text.wording import lowered

UNEXPLAINED = ("OTHER", "NOTSEEN")
"""Outcomes for those not broken down: nobody recorded which it was."""
GENERIC_SEEN = "SEEN"
"""Animals seen, without saying where: only imported records have it."""

_WORDS = {
    "refused": "Refused",
    "not_offered": "Not offered",
    "not_available": "Not available",
    "asleep": "Asleep",
    "other": "Other",
    "not_seen": "Not seen",
}
_TONES = {
    "refused": 2,
    "not_offered": 3,
    "not_available": 4,
    "asleep": 5,
    "other": 6,
    "not_seen": 5,
}
_SEEN_TONES = (1, 4, 2, 3, 6)


@dataclass(frozen=True, slots=True)
class Choice:
    """A reason, or one of several outcomes, that a part is broken down by."""

    outcome: str
    reason: str | None
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole, such as everybody who wasn't available. `tone` (1 to 6) is its colour
    and pattern. A number typed for the whole part counts as the outcome `first`."""

    key: str
    label: str
    tone: int
    first: str
    outcomes: tuple[str, ...]
    number: int
    choices: tuple[Choice, ...] = ()

    @property
    def word(self) -> str:
        """As in a sentence: `3 not available`."""
        return lowered(self.label)

    @property
    def unexplained(self) -> int:
        """How many in the part aren't broken down."""
        return self.number - sum(choice.number for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Sum:
    """The whole (None: nobody counted it) and its parts, in words."""

    kind: Kind
    whole: int | None
    parts: tuple[Part, ...]

    @property
    def accounted(self) -> int:
        """What the parts add up to."""
        return sum(part.number for part in self.parts)

    @property
    def remainder(self) -> int:
        """Still to be accounted for; negative if there are too many; 0 if the whole isn't known."""
        return 0 if self.whole is None else self.whole - self.accounted

    @property
    def adds_up(self) -> bool:
        """Whether the whole is known and the parts add up to it."""
        return self.whole is not None and self.remainder == 0

    @property
    def whole_label(self) -> str:
        """`In custody` or `On site`."""
        return "In custody" if self.kind is Kind.CUSTODY else "On site"

    @property
    def whole_text(self) -> str:
        """`11 in custody`."""
        if self.whole is None:
            return f"{self.whole_label}: not counted"
        return f"{self.whole} {lowered(self.whole_label)}"

    @property
    def parts_text(self) -> str:
        """`3 seen + 1 refused`; empty without parts."""
        return " + ".join(f"{part.number} {part.word}" for part in self.parts if part.number)

    @property
    def verdict(self) -> str:
        """`2 still to account for`, `Adds up` or `1 too many`; empty if the whole isn't known."""
        if self.whole is None:
            return ""
        if self.remainder == 0:
            return "Adds up"
        if self.remainder > 0:
            return f"{self.remainder} still to account for"
        return f"{-self.remainder} too many"

    @property
    def sentence(self) -> str:
        """All of it, as read out by a screen reader."""
        sum_text = self.whole_text
        if self.parts_text:
            sum_text += (
                f" = {self.parts_text}" if self.whole is not None else f"; {self.parts_text}"
            )
        return f"{sum_text}; {lowered(self.verdict)}" if self.verdict else sum_text


def sum_of(
    kind: Kind,
    whole: int | None,
    counts: Sequence[OutcomeCount],
    book: CodeBook,
    day: date | None = None,
) -> Sum:
    """The parts of a whole by the scheme's outcomes: each way of being seen is a part, and so is
    each group of other outcomes. Outcomes retired before `day` are included only if they are
    used."""
    outcomes = _offered(book, "outcome", {count.outcome for count in counts}, day)
    seen = [code for code in outcomes if code.group == "seen"]
    if len(seen) > 1 and not any(count.outcome == GENERIC_SEEN for count in counts):
        seen = [code for code in seen if code.code != GENERIC_SEEN]
    parts = [
        _part(code.code, code.label, _SEEN_TONES[i % len(_SEEN_TONES)], [code], counts, book, day)
        for i, code in enumerate(seen)
    ]
    groups = dict.fromkeys(code.group for code in outcomes if code.group != "seen")
    for group in groups:
        members = [code for code in outcomes if code.group == group]
        label = _WORDS.get(group, members[0].label)
        tone = _TONES.get(group, len(parts) % 6 + 1)
        parts.append(_part(group, label, tone, members, counts, book, day))
    return Sum(kind, whole, tuple(parts))


def _offered(
    book: CodeBook, list_name: str, used: Iterable[str | None], day: date | None
) -> list[Code]:
    wanted = set(used)
    return [
        code
        for code in book[list_name]
        if code.code in wanted
        or (code.active_to is None if day is None else code.is_active_on(day))
    ]


def _part(
    key: str,
    label: str,
    tone: int,
    members: Sequence[Code],
    counts: Sequence[OutcomeCount],
    book: CodeBook,
    day: date | None,
) -> Part:
    codes = tuple(code.code for code in members)
    first = next((code for code in codes if code in UNEXPLAINED), codes[-1])
    own = [count for count in counts if count.outcome in codes]
    reasons = _offered(book, "outcome_reason", {count.reason for count in own}, day)
    choices = []
    for member in members:
        if member.code != first:
            choices.append(_choice(member.code, None, member.label, own))
        for reason in reasons:
            if reason.group == member.code:
                named = reason.label if len(members) == 1 else f"{member.label}: {reason.label}"
                choices.append(_choice(member.code, reason.code, named, own))
    number = sum(count.number for count in own)
    return Part(key, label, tone, first, codes, number, tuple(choices))


def _choice(outcome: str, reason: str | None, label: str, counts: Sequence[OutcomeCount]) -> Choice:
    number = sum(c.number for c in counts if (c.outcome, c.reason) == (outcome, reason))
    return Choice(outcome, reason, label, number)


def with_part(counts: Sequence[OutcomeCount], part: Part, number: int) -> tuple[OutcomeCount, ...]:
    """The counts with `number` for a part. Those not broken down are reduced first."""
    more = number - part.number
    if more >= 0:
        return _added(counts, part.first, None, more)
    order = [(choice.outcome, choice.reason) for choice in part.choices]
    own = [(row.outcome, row.reason) for row in counts if row.outcome in part.outcomes]
    others = [pair for pair in dict.fromkeys(own) if pair not in order]
    rows, less = tuple(counts), -more
    for outcome, reason in (*others, *reversed(order)):
        rows, less = _taken(rows, outcome, reason, less)
    return rows


def with_choice(
    counts: Sequence[OutcomeCount], part: Part, choice: Choice, number: int
) -> tuple[OutcomeCount, ...]:
    """The counts with `number` for one reason or outcome of a part. The difference is taken from
    those not broken down, or returned to them; if there are too few, the part grows."""
    more = number - choice.number
    if more >= 0:
        rows, _ = _taken(counts, part.first, None, more)
        return _added(rows, choice.outcome, choice.reason, more)
    rows, _ = _taken(counts, choice.outcome, choice.reason, -more)
    return _added(rows, part.first, None, -more)


def _added(
    counts: Sequence[OutcomeCount], outcome: str, reason: str | None, more: int
) -> tuple[OutcomeCount, ...]:
    if more == 0:
        return tuple(counts)
    plain = OutcomeCount(outcome, more, reason)
    rows = list(counts)
    for index, row in enumerate(rows):
        if replace(row, number=more) == plain:
            rows[index] = replace(row, number=row.number + more)
            return tuple(rows)
    return (*rows, plain)


def _taken(
    counts: Sequence[OutcomeCount], outcome: str, reason: str | None, less: int
) -> tuple[tuple[OutcomeCount, ...], int]:
    """The remaining rows, and how many could not be taken away. Rows without details about the
    people are reduced first."""
    rows = list(counts)
    own = [i for i, row in enumerate(rows) if (row.outcome, row.reason) == (outcome, reason)]
    for index in sorted(own, key=lambda i: (_is_detailed(rows[i]), -i)):
        step = min(less, rows[index].number)
        rows[index] = replace(rows[index], number=rows[index].number - step)
        less -= step
    return tuple(row for row in rows if row.number), less


def _is_detailed(row: OutcomeCount) -> bool:
    return any((row.gender, row.age_group, row.ethnicity))
