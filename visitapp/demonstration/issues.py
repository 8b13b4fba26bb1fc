"""The issues and summaries of the demonstration's reports, spread over the calls."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from visitapp.demonstration.calls import Call
from visitapp.demonstration.seeded_draws import SeededDraws
from visitapp.demonstration.source import day_of, demonstration_id
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import OutcomeCount

_ORIGINS = {"CELL": "VISITOR", "MAINT": "VISITOR", "LIGHT": "DETAINEE", "FEMALE": "RECORD"}
_BY_DETAINEES = ("FOOD", "HYG", "HEALTH", "RIGHTS", "INFORM", "LIGHT")
_BUSY, _CALM = 14, 7
"""With how many people in the cells a summary calls the suite busy, or calm."""


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What a summary is about: people in the cells and seen, a wait, a concern raised."""

    present: int
    seen: int
    waited: bool
    concern: bool


class Issues:
    """Spreads issues over calls, few at each call, and takes their words in turn."""

    def __init__(
        self,
        texts: Mapping[str, Sequence[str]],
        raised_with: Sequence[str],
        today: date,
        draws: SeededDraws,
    ) -> None:
        self._texts, self._raised_with, self._today, self._lots = texts, raised_with, today, draws
        self._used: Counter[str] = Counter()

    def spread(
        self,
        listed: Sequence[Mapping[str, Any]],
        calls: Sequence[Call],
        counts: Sequence[tuple[OutcomeCount, ...]],
    ) -> list[tuple[Issue, ...]]:
        """The issues of each call, in the order of `calls`."""
        placed: list[list[Issue]] = [[] for _ in calls]
        for entry in listed:
            for end in ("at_visit", "later", "open", "noted"):
                for _ in range(entry.get(end, 0)):
                    i = self._place(entry, calls, counts, placed)
                    placed[i].append(self._issue(entry, end, calls[i]))
        return [tuple(issues) for issues in placed]

    def _place(
        self,
        entry: Mapping[str, Any],
        calls: Sequence[Call],
        counts: Sequence[tuple[OutcomeCount, ...]],
        placed: Sequence[list[Issue]],
    ) -> int:
        start, end = (
            day_of(entry.get("from", "2000-01-01")),
            day_of(entry.get("until", "2999-12-31")),
        )
        by_detainees = entry["category"] in _BY_DETAINEES
        fit = [
            i
            for i, call in enumerate(calls)
            if entry.get("site", call.site.name) == call.site.name
            and start <= call.arrived.day <= end
            and (not by_detainees or any(count.outcome == "SEEN" for count in counts[i]))
            and all(issue.category != entry["category"] for issue in placed[i])
        ]
        return min(self._lots.shuffled(fit)[:4], key=lambda i: len(placed[i]))

    def _issue(self, entry: Mapping[str, Any], end: str, call: Call) -> Issue:
        category = entry["category"]
        texts = self._texts[category]
        number = self._used[category]
        self._used[category] += 1
        day = call.arrived.day
        status, closed = {
            "at_visit": ("RESOLVED", day),
            "later": ("CLOSED", min(day + timedelta(days=3 + self._lots.below(18)), self._today)),
            "open": ("REFERRED", None),
            "noted": ("NFA", day),
        }[end]
        origin = "DETAINEE" if category in _BY_DETAINEES else _ORIGINS.get(category, "VISITOR")
        raised_with = self._lots.pick(self._raised_with)
        return Issue(
            id=demonstration_id("issue", call.site.name, str(call.arrived.utc_minute), category),
            category=category,
            severity=2 if end in ("later", "open") else 1,
            origin=origin,
            status=status,
            resolved_during_visit=end == "at_visit",
            description=texts[number % len(texts)],
            raised_with="" if end == "noted" else entry.get("raised_with", raised_with),
            closed_on=closed,
        )


def custody_summary(
    words: Mapping[str, Any], call: Call, situation: SummaryFacts, draws: SeededDraws
) -> str:
    """A few general sentences."""
    sentences = [draws.pick(words["welcome_late" if situation.waited else "welcome"])]
    if call.column in (0, 4):
        sentences.append(draws.pick(words["night"]))
    elif situation.present >= _BUSY:
        sentences.append(draws.pick(words["busy"]))
    elif situation.present <= _CALM and not situation.waited:
        sentences.append(draws.pick(words["calm"]))
    sentences += draws.shuffled(words["place"])[: 1 + draws.below(2)]
    if situation.seen:
        sentences.append(draws.pick(words["talk"]))
    sentences.append(draws.pick(words["closing_with_issue" if situation.concern else "closing"]))
    return " ".join(sentence for sentence in sentences if sentence)


def kennel_summary(words: Mapping[str, Any], draws: SeededDraws) -> str:
    """The same for the kennels."""
    return " ".join(draws.shuffled(words["kennel_summary"])[: 3 + draws.below(2)])
