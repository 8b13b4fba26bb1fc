"""The visit report as it is written: a draft's content read into a visit, and back.

Content is JSON, with the names of `Visit`'s attributes as keys, plus `date` (the day of
arrival). Dates, times and minutes are kept as they were typed; `second_time` names the times
that are the second of an hour that happens twice, and `nothing_raised` says that the writer
looked at the issues and had none. Whatever else stands in the content is left alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from visitapp.domain.clock_text import parse_date, parse_time
from visitapp.domain.errors import BadInputError
from visitapp.domain.grid import clock
from visitapp.domain.issue import Issue
from visitapp.domain.moment import Moment, following, happens_twice
from visitapp.domain.period import short_date
from visitapp.domain.rules import Finding
from visitapp.domain.visit import COMPLETED, FACE_TO_FACE, Confirmation, OutcomeCount, Visit

Content = Mapping[str, Any]

TIMES = ("arrived", "admitted", "left")
LATEST_YEAR = 2100
"""Later days are slips of the pen."""
LARGEST_NUMBER = 99_999
"""A longer count of people, animals or minutes is a slip of the pen."""

_NOWHERE = UUID(int=0)
_UNKNOWN_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a draft's content says so far.

    `visit` holds all that could be read; where the site, the day or the arrival can't be
    known yet, it holds a placeholder (`has_site`, `has_day`, `has_arrival` say so) and must
    not be signed. `problems` are about single fields; besides attributes of Visit, a field
    is `date` or `issues:INDEX:KEY`. `unread` are attributes whose answer can't be taken yet.
    """

    visit: Visit
    problems: tuple[Finding, ...]
    unread: frozenset[str]
    has_site: bool
    has_day: bool
    has_arrival: bool

    @property
    def day(self) -> date | None:
        """The day of arrival, if it can be read."""
        return self.visit.arrived.day if self.has_day else None


def read(content: Content, *, visit_id: UUID, scheme_id: UUID) -> Reading:
    """Read a draft. Never raises, whatever JSON values stand in it."""
    day, problems = _day(content)
    moments, time_problems = _moments(content, day)
    extra, extra_problems = _minutes(content)
    issues, issue_problems = _issues(content, visit_id)
    arrived = moments["arrived"]
    site_id = _id(content.get("site_id"))
    visitors = ids_of(content, "visitors")
    visit = Visit(
        id=visit_id,
        scheme_id=scheme_id,
        site_id=site_id or _NOWHERE,
        arrived=arrived or Moment.at(day or _UNKNOWN_DAY, 12 * 60),
        admitted=moments["admitted"],
        left=moments["left"],
        type=text_of(content, "type") or "ROUTINE",
        mode=text_of(content, "mode") or FACE_TO_FACE,
        status=text_of(content, "status") or COMPLETED,
        visitors=visitors,
        observers=ids_of(content, "observers"),
        delay_reason=text_of(content, "delay_reason") or None,
        delay_explanation=text_of(content, "delay_explanation"),
        present=_number(content.get("present")),
        counts=counts_of(content),
        extra_minutes=extra,
        summary=text_of(content, "summary"),
        issues=issues,
        confirmations=tuple(c for c in confirmations_of(content) if c.person_id in visitors),
    )
    found = (*problems, *time_problems, *extra_problems, *_names(content), *issue_problems)
    unread = {problem.field.split(":")[0] for problem in found if problem.blocks}
    unread |= {name for name in TIMES if text_of(content, name).strip() and not moments[name]}
    return Reading(
        visit=visit,
        problems=found,
        unread=frozenset(unread),
        has_site=site_id is not None,
        has_day=day is not None,
        has_arrival=arrived is not None,
    )


def judged(reading: Reading, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What is to be said about a draft: its own problems, and those `findings` of the rules
    that hold although parts of it could not be read."""
    kept = [
        finding
        for finding in map(_at_its_field, findings)
        if finding.field not in reading.unread and (reading.has_day or not _needs_day(finding))
    ]
    return (*reading.problems, *kept)


def _at_its_field(finding: Finding) -> Finding:
    """A day in the future stops a report; the form asks for the day apart from the time."""
    is_about_day = finding.field == "arrived" and finding.blocks
    return replace(finding, field="date") if is_about_day else finding


def _needs_day(finding: Finding) -> bool:
    return not finding.blocks and finding.field in ("site_id", "visitors", "observers")


def content_of(visit: Visit) -> dict[str, Any]:
    """The content that reads as `visit` again, as far as the form reports it: not its
    state, reference, history and import, which are the office's."""
    moments = {"arrived": visit.arrived, "admitted": visit.admitted, "left": visit.left}
    return {
        "site_id": str(visit.site_id),
        "date": short_date(visit.arrived.day),
        "type": visit.type,
        "mode": visit.mode,
        "status": visit.status,
        "visitors": [str(person_id) for person_id in visit.visitors],
        "observers": [str(person_id) for person_id in visit.observers],
        **{name: "" if at is None else clock(at.minute) for name, at in moments.items()},
        "second_time": [name for name, at in moments.items() if at is not None and _is_second(at)],
        "delay_reason": visit.delay_reason or "",
        "delay_explanation": visit.delay_explanation,
        "extra_minutes": str(visit.extra_minutes) if visit.extra_minutes else "",
        "present": visit.present,
        "counts": count_rows(visit.counts),
        "issues": [_issue_row(issue) for issue in visit.issues],
        "nothing_raised": not visit.issues,
        "summary": visit.summary,
        "confirmations": confirmation_rows(visit.confirmations),
    }


def _is_second(moment: Moment) -> bool:
    return Moment.at(moment.day, moment.minute) != moment and happens_twice(
        moment.day, moment.minute
    )


def count_rows(counts: Sequence[OutcomeCount]) -> list[dict[str, Any]]:
    """Counts as content."""
    return [
        {
            "outcome": count.outcome,
            "number": count.number,
            "reason": count.reason,
            "gender": count.gender,
            "age_group": count.age_group,
            "ethnicity": count.ethnicity,
        }
        for count in counts
    ]


def confirmation_rows(confirmations: Sequence[Confirmation]) -> list[dict[str, Any]]:
    """Confirmations as content."""
    return [
        {
            "person_id": str(one.person_id),
            "typed_name": one.typed_name,
            "confirmed_at": one.confirmed_at.isoformat(),
        }
        for one in confirmations
    ]


def _issue_row(issue: Issue) -> dict[str, Any]:
    return {
        "id": str(issue.id),
        "category": issue.category,
        "severity": issue.severity,
        "origin": issue.origin,
        "status": issue.status,
        "resolved_during_visit": issue.resolved_during_visit,
        "description": issue.description,
        "raised_with": issue.raised_with,
        "closed_on": issue.closed_on and issue.closed_on.isoformat(),
        "place": issue.place,
        "question": issue.question,
        "raised_minute": issue.raised_minute,
        "version": issue.version,
    }


def text_of(content: Content, key: str) -> str:
    """A text of the content; empty where there is none."""
    found = content.get(key)
    return found if isinstance(found, str) else ""


def ids_of(content: Content, key: str) -> tuple[UUID, ...]:
    """The people chosen under `key`, places left empty apart."""
    return tuple(found for one in _list(content.get(key)) if (found := _id(one)) is not None)


def counts_of(content: Content) -> tuple[OutcomeCount, ...]:
    """The counts by outcome."""
    found = []
    for row in rows_of(content, "counts"):
        number = _number(row.get("number"))
        if number is not None and text_of(row, "outcome"):
            reason, gender, age_group, ethnicity = (
                text_of(row, key) or None for key in ("reason", "gender", "age_group", "ethnicity")
            )
            found.append(
                OutcomeCount(text_of(row, "outcome"), number, reason, gender, age_group, ethnicity)
            )
    return tuple(found)


def confirmations_of(content: Content) -> tuple[Confirmation, ...]:
    """The names typed so far."""
    found = []
    for row in rows_of(content, "confirmations"):
        person_id, at = _id(row.get("person_id")), _moment_in_utc(row.get("confirmed_at"))
        if person_id is not None and at is not None:
            found.append(Confirmation(person_id, text_of(row, "typed_name"), at))
    return tuple(found)


def rows_of(content: Content, key: str) -> list[dict[str, Any]]:
    """The rows of a list in the content, e.g. of `issues`."""
    return [row for row in _list(content.get(key)) if isinstance(row, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _id(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _number(value: Any) -> int | None:
    good = isinstance(value, int) and not isinstance(value, bool)
    return value if good and 0 <= value <= LARGEST_NUMBER else None


def _moment_in_utc(value: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _day(content: Content) -> tuple[date | None, list[Finding]]:
    typed = text_of(content, "date").strip()
    if not typed:
        return None, [Finding("date", "Say on which day the visit was.", True)]
    try:
        day = parse_date(typed)
    except BadInputError as error:
        return None, [Finding("date", str(error), True)]
    if day.year > LATEST_YEAR:
        return None, [Finding("date", f"\u201c{typed}\u201d is too far ahead.", True)]
    return day, []


def _moments(content: Content, day: date | None) -> tuple[dict[str, Moment | None], list[Finding]]:
    """Each time follows the one before it, over midnight where it must; none comes before
    an arrival that can be read."""
    moments: dict[str, Moment | None] = dict.fromkeys(TIMES)
    problems: list[Finding] = []
    previous: Moment | None = None
    for name in TIMES:
        typed = text_of(content, name).strip()
        if not typed:
            continue
        try:
            minute = parse_time(typed)
        except BadInputError as error:
            problems.append(Finding(name, str(error), True))
            continue
        if day is not None and (previous is not None or name == "arrived"):
            second = name in _list(content.get("second_time"))
            moments[name] = previous = _moment(day, previous, minute, second)
    if not text_of(content, "arrived").strip():
        problems.append(Finding("arrived", "Say when you arrived at the station.", True))
    return moments, problems


def _moment(day: date, previous: Moment | None, minute: int, second: bool) -> Moment:
    moment = Moment.at(day, minute) if previous is None else following(previous, minute)
    later = Moment.at(moment.day, minute, fold=1)
    return later if second and later.utc_minute > moment.utc_minute else moment


def _minutes(content: Content) -> tuple[int, list[Finding]]:
    typed = text_of(content, "extra_minutes").strip()
    if not typed:
        return 0, []
    if not re.fullmatch(r"[0-9]{1,5}", typed):
        return 0, [
            Finding("extra_minutes", f"\u201c{typed}\u201d is not a number of minutes.", True)
        ]
    return int(typed), []


def _names(content: Content) -> list[Finding]:
    """Names that were typed and are nobody's in the register are kept as they are."""
    return [
        Finding(key, f"\u201c{one.strip()}\u201d is not in the register of people.", True)
        for key in ("visitors", "observers")
        for one in _list(content.get(key))
        if isinstance(one, str) and one.strip() and _id(one) is None
    ]


def _issues(content: Content, visit_id: UUID) -> tuple[tuple[Issue, ...], list[Finding]]:
    issues, problems = [], []
    for index, row in enumerate(rows_of(content, "issues")):
        severity = _number(row.get("severity"))
        known = severity is not None and 1 <= severity <= 4
        issue = Issue(
            id=_id(row.get("id")) or uuid5(visit_id, f"issue {index}"),
            category=text_of(row, "category"),
            severity=severity if known and severity is not None else 1,
            origin=text_of(row, "origin") or "VISITOR",
            status=text_of(row, "status") or "RAISED",
            resolved_during_visit=row.get("resolved_during_visit") is True,
            description=text_of(row, "description"),
            raised_with=text_of(row, "raised_with"),
            closed_on=_date(row.get("closed_on")),
            place=text_of(row, "place"),
            question=text_of(row, "question"),
            raised_minute=_number(row.get("raised_minute")),
            version=_number(row.get("version")) or 1,
        )
        issues.append(issue)
        problems.extend(_issue_problems(index, issue, known))
    return tuple(issues), problems


def _issue_problems(index: int, issue: Issue, has_severity: bool) -> list[Finding]:
    named = f"issue {index + 1}"
    found = []
    if not issue.category:
        found.append(Finding(f"issues:{index}:category", f"Say what {named} is about.", True))
    if not has_severity:
        found.append(Finding(f"issues:{index}:severity", f"Say how serious {named} is.", True))
    if not issue.description.strip():
        sentence = f"Say in a few words what you found, under {named}."
        found.append(Finding(f"issues:{index}:description", sentence, False))
    return found


def answered(content: Content, key: str, value: Any) -> dict[str, Any]:
    """The content with one answer changed. Names typed to confirm it hold no longer."""
    changed = {**content, key: value}
    if content.get("confirmations") and content.get(key) != value:
        changed["confirmations"] = []
    return changed


def confirmed(content: Content, confirmation: Confirmation) -> dict[str, Any]:
    """The content with one visitor's typed name, in the place of an earlier one of theirs."""
    others = [c for c in confirmations_of(content) if c.person_id != confirmation.person_id]
    return {**content, "confirmations": confirmation_rows([*others, confirmation])}


def for_replacement(visit: Visit) -> dict[str, Any]:
    """What a draft that is to replace `visit` begins with: all of it, to be confirmed anew."""
    return content_of(replace(visit, confirmations=()))
