"""Two versions of a report, answer by answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid5

from visitapp.domain.reading.core_lines import AnswerLine
from visitapp.domain.reading.report_cards import Card, cards
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report.place import ISSUES, ROWS
from visitapp.domain.report.visit import Visit

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer in both versions; empty where a version has none."""

    section: str
    label: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the answer was changed."""
        return self.before != self.after


def issue_after(visit_id: UUID, issue_id: UUID) -> UUID:
    """The id that an issue gets in the report `visit_id` when it is taken over from an earlier
    version."""
    return uuid5(visit_id, f"issue {issue_id}")


def compared(
    before: Visit, about_before: ReportContext, after: Visit, about_after: ReportContext
) -> tuple[Pair, ...]:
    """All answers of two versions, in the order of the later one, without what is calculated from
    other answers. Rows and issues are matched by what they are, not by their position."""
    same_issues = {issue_after(after.id, issue.id): issue.id for issue in before.issues}
    first = _lines(before, about_before, {})
    second = _lines(after, about_after, same_issues)
    pairs: dict[_Key, Pair] = {}
    for key in _in_order(first, second):
        card, line = second.get(key) or first[key]
        pairs[key] = Pair(card.title, line.label, _value(first, key), _value(second, key))
    return tuple(pairs.values())


def _value(lines: Mapping[_Key, tuple[Card, AnswerLine]], key: _Key) -> str:
    return lines[key][1].value if key in lines else ""


def _in_order(
    first: Mapping[_Key, tuple[Card, AnswerLine]], second: Mapping[_Key, tuple[Card, AnswerLine]]
) -> list[_Key]:
    """The keys of the second; keys that only the first has come after the key they followed
    there."""
    order = list(second)
    previous: _Key | None = None
    for key in first:
        if key not in second:
            at = order.index(previous) + 1 if previous in order else 0
            order.insert(at, key)
        previous = key
    return order


def _lines(
    visit: Visit, about: ReportContext, same: Mapping[UUID, UUID]
) -> dict[_Key, tuple[Card, AnswerLine]]:
    lines: dict[_Key, tuple[Card, AnswerLine]] = {}
    for card in cards(visit, about, whole=True):
        for line in card.lines:
            if line.place or line.note != "calculated":
                key = _key(card, line, visit, same)
                while key in lines:  # two rows may have the same custody number
                    key = (*key, "and")
                lines[key] = (card, line)
    return lines


def _key(card: Card, line: AnswerLine, visit: Visit, same: Mapping[UUID, UUID]) -> _Key:
    place = line.place
    if place.part == ISSUES and place.row:
        issue = visit.issues[place.number]
        return ("issue", str(same.get(issue.id, issue.id)))
    if place.part == ROWS:
        return ("row", card.row, place.key)
    if place.part in ("", "counts"):
        return (place.part, card.section, line.label)
    return (place.part, place.key)
