"""What happens to the demonstration's issues: referred, answered, closed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from visitapp.demonstration.full_reports import Notes, added_issue, full_report
from visitapp.demonstration.source import day_of, demonstration_id
from visitapp.domain.following.issue_steps import (
    CLOSED,
    NO_ACTION,
    REFERRED,
    RESPONSE,
    VERIFIED,
    Step,
)
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import Site
from visitapp.domain.report.form import Form
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import answer_place
from visitapp.domain.report.visit import Visit

_CLOSES = (CLOSED, VERIFIED, NO_ACTION)
Steps = Mapping[UUID, tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """Visits with the reports and issues from the files, and the steps of each issue."""

    visits: tuple[Visit, ...]
    steps: Steps


def animals_of(content: Mapping[str, Any], sites: Mapping[str, Site]) -> tuple[Animal, ...]:
    """The unit's dogs, including those that have left."""
    site = sites[content["animals"]["site"]]
    return tuple(
        Animal(
            id=demonstration_id("animal", name),
            scheme_id=site.scheme_id,
            site_id=site.id,
            name=name,
            species="DOG",
            work=work,
            handler=handler,
            from_on=day_of(start),
            to_on=day_of(end) if end else None,
        )
        for name, work, handler, start, end in content["animals"]["dogs"]
    )


def followed_up(
    visits: Sequence[Visit],
    content: Mapping[str, Any],
    kinds: Mapping[UUID, Kind],
    forms: Mapping[Kind, Form],
    animals: Sequence[Animal],
    manager: str,
) -> FollowedUp:
    """The same visits, the latest ones as full reports, and what happened to every concern."""
    more: dict[str, list[Mapping[str, Any]]] = {}
    for entry in content["raised"]:
        more.setdefault(entry["ref"], []).append(entry)
    steps: dict[UUID, tuple[Step, ...]] = {}
    answers = _Answers(content, manager)
    visits_after = []
    for before in visits:
        raised_at, own = _with_issues(before, more.get(before.ref, ()), manager)
        steps |= own
        kind = kinds[before.scheme_id]
        has_form = before.arrived.day >= day_of(content["written_from"][kind.value])
        notes = Notes(content, animals)
        visit = full_report(raised_at, forms[kind], notes) if has_form else raised_at
        for issue in visit.issues:
            if issue.status == CLOSED and issue.id not in steps:
                steps[issue.id] = tuple(answers.to(issue, visit.arrived.day, kind))
        visits_after.append(visit)
    return FollowedUp(tuple(visits_after), steps)


def _with_issues(
    visit: Visit, entries: Sequence[Mapping[str, Any]], manager: str
) -> tuple[Visit, dict[UUID, tuple[Step, ...]]]:
    issues = list(visit.issues)
    steps: dict[UUID, tuple[Step, ...]] = {}
    for entry in entries:
        at = _place_of(entry, issues)
        issue = issues[at] if at < len(issues) else added_issue(entry, visit)
        issue = replace(issue, place=entry["place"], question=answer_place(entry["question"]))
        own = tuple(
            _step(status, day_of(day), words, said_by, manager)
            for status, day, words, said_by in entry["steps"]
        )
        if own:
            last = own[-1]
            closed_on = last.on if last.status in _CLOSES else None
            issue = replace(issue, status=last.status, closed_on=closed_on)
            steps[issue.id] = own
        issues[at : at + 1] = [issue]
    return replace(visit, issues=tuple(issues)), steps


def _place_of(entry: Mapping[str, Any], issues: Sequence[Issue]) -> int:
    if entry.get("existing"):
        return next(at for at, i in enumerate(issues) if i.category == entry["category"])
    return len(issues)


def _step(status: str, day: date, words: str, said_by: str, manager: str) -> Step:
    return Step(status, day, words, said_by, datetime.combine(day, time(10, 30), UTC), manager)


class _Answers:
    """The force's answers to issues of earlier years, in turn by category."""

    def __init__(self, content: Mapping[str, Any], manager: str) -> None:
        self._content, self._manager = content, manager
        self._used: Counter[str] = Counter()

    def to(self, issue: Issue, day: date, kind: Kind) -> Iterator[Step]:
        """How an issue was closed, on its closing day."""
        assert issue.closed_on is not None
        words = self._content["responses"][issue.category]
        answer = words[self._used[issue.category] % len(words)]
        self._used[issue.category] += 1
        role = self._content["answered_by"][kind.value]
        yield _step(
            REFERRED, min(day + timedelta(days=1), issue.closed_on), "", role, self._manager
        )
        answered = max(issue.closed_on - timedelta(days=2), day + timedelta(days=1))
        yield _step(RESPONSE, min(answered, issue.closed_on), answer, role, self._manager)
        yield _step(CLOSED, issue.closed_on, "", "", self._manager)
