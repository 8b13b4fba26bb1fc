"""The answers that every report has, as lines: site, times, visitors, numbers, issues, summary."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from visitapp.domain.moment import Moment
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.grid import Grid, clock
from visitapp.domain.reading.report_lines import (
    ReportContext,
    day_text,
    handover_text,
    hours_text,
    minutes_text,
    outside_sentence,
    timeslot_text,
)
from visitapp.domain.report.adding_up import Part, sum_of
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import NOWHERE, Place, of_issue
from visitapp.domain.report.visit import Visit, guests_of
from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE
from visitapp.domain.text.wording import joined, lowered


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One answer. `place` is where to change it; if that is nowhere, `note` says where the value
    comes from. An empty `value` means not answered. If it `is_in_sum`, the bar that shows what the
    parts add up to says all of it."""

    label: str
    value: str
    place: Place = NOWHERE
    note: str = "calculated"
    is_in_sum: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A report to be shown. For a draft, `has_day` and `has_arrival` say whether they can be read,
    and `typed_arrival` is what was typed as the arrival."""

    visit: Visit
    about: ReportContext
    has_day: bool = True
    has_arrival: bool = True
    typed_arrival: str = ""


Lines = Callable[[Shown, Question], Iterator[AnswerLine]]


def _site(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    site = shown.about.site
    yield AnswerLine(question.ask, "" if site is None else site.name, Place("site_id"))


def _date(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    yield AnswerLine(
        question.ask, day_text(shown.visit.arrived) if shown.has_day else "", Place("date")
    )


def _kind(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    """Kind of visit, how it was made and, if it wasn't completed, how it ended."""
    visit, book = shown.visit, shown.about.book
    words = [book.label("visit_type", visit.type), lowered(book.label("visit_mode", visit.mode))]
    if visit.status != COMPLETED:
        words.append(lowered(book.label("visit_status", visit.status)))
    yield AnswerLine(question.ask, ", ".join(words), Place("type"))


def _visitors(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    names = joined([shown.about.name(person) for person in shown.visit.visitors])
    yield AnswerLine(question.ask, names, Place("visitors"))


def _observers(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    known = [shown.about.name(person) for person in shown.visit.observers]
    if names := [*known, *(f"{name} (guest)" for name in guests_of(shown.visit))]:
        yield AnswerLine(question.ask, joined(names), Place("observers"))


def _arrived(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    arrived = shown.visit.arrived_at if shown.has_arrival else shown.typed_arrival
    yield AnswerLine(question.ask if _in_person(shown) else "Call began", arrived, Place("arrived"))


def _in_person(shown: Shown) -> bool:
    return shown.visit.mode == FACE_TO_FACE


def _admitted(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    visit = shown.visit
    wait, at = visit.plausible_wait, _later(visit.admitted, visit.arrived)
    if wait is not None and visit.mode == FACE_TO_FACE:
        at = f"{at}, after {minutes_text(wait)}"
    yield AnswerLine(question.ask, at, Place("admitted"))


def _later(moment: Moment | None, arrived: Moment) -> str:
    if moment is None:
        return ""
    next_day = ", the next day" if moment.day > arrived.day else ""
    return f"{clock(moment.minute)}{next_day}"


def _left(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    """When they left, and what is calculated from the times."""
    visit, grid = shown.visit, shown.about.grid
    asked = question.ask if _in_person(shown) else "Call ended"
    yield AnswerLine(asked, _later(visit.left, visit.arrived), Place("left"))
    if shown.has_arrival and grid is not None:
        yield AnswerLine("Timeslot", _timeslot(visit, grid))
    if shown.has_arrival and (handover := handover_text(visit, shown.about.scheme)):
        yield AnswerLine("Handover", handover)
    if hours := hours_text(visit):
        yield AnswerLine("Hours", hours)


def _timeslot(visit: Visit, grid: Grid) -> str:
    if not visit.has_time:
        return "The time is not known, so the visit counts but not in any timeslot."
    return timeslot_text(visit.arrived, grid) or outside_sentence(visit.arrived, grid)


def _why(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    visit, limit = shown.visit, shown.about.scheme.immediate_limit
    explanation = visit.delay_explanation.strip()
    if not (visit.waited_beyond(limit) or visit.delay_reason or explanation):
        return
    reason = shown.about.book.label("delay_reason", visit.delay_reason)
    words = [reason and f"{reason}.", f"\u201c{explanation}\u201d" if explanation else ""]
    yield AnswerLine(question.ask, " ".join(filter(None, words)), Place("delay_reason"))


def _extra(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    if shown.visit.extra_minutes:
        extra = f"{minutes_text(shown.visit.extra_minutes)} per person, for travel and other time"
        yield AnswerLine(question.ask, extra, Place("extra_minutes"))


def _present(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    present = shown.visit.present
    yield AnswerLine(question.ask, "" if present is None else str(present), Place("present"))


def _counts(shown: Shown, _question: Question) -> Iterator[AnswerLine]:
    """Each part, and what is known about the people in it."""
    visit, about = shown.visit, shown.about
    day = visit.arrived.day if shown.has_day else None
    whole = sum_of(about.scheme.kind, visit.present, visit.counts, about.book, day)
    for part in whole.parts:
        if part.number:
            reasons = [c for c in part.choices if c.number]
            yield AnswerLine(part.label, _part_text(part), Place("counts"), is_in_sum=not reasons)
    for list_name, label in (
        ("gender", "Gender"),
        ("age_group", "Age"),
        ("ethnicity", "Ethnicity"),
    ):
        if details := _details(visit, about.book, list_name):
            yield AnswerLine(label, details, note="as reported")


def _part_text(part: Part) -> str:
    reasons = [f"{c.number} {lowered(c.label)}" for c in part.choices if c.number]
    return f"{part.number}: {', '.join(reasons)}" if reasons else str(part.number)


def _details(visit: Visit, book: CodeBook, list_name: str) -> str:
    numbers: dict[str, int] = {}
    for count in visit.counts:
        code = getattr(count, list_name)
        if code is not None and count.number:
            numbers[code] = numbers.get(code, 0) + count.number
    order = [entry.code for entry in book[list_name]]
    named = sorted(numbers, key=lambda code: order.index(code) if code in order else len(order))
    return "; ".join(f"{numbers[code]} {book.label(list_name, code)}" for code in named)


def _issues(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    if not shown.visit.issues:
        yield AnswerLine(question.ask, "None", Place("issues"))
    for number, issue in enumerate(shown.visit.issues, 1):
        place = of_issue(number - 1, "category")
        yield AnswerLine(f"Issue {number}", issue_text(issue, shown.about.book), place)


def issue_text(issue: Issue, book: CodeBook) -> str:
    """An issue in a line or two."""
    is_positive = book.group("issue_category", issue.category) == "positive"
    category = book.label("issue_category", issue.category) or "No subject given"
    severity = book.label("issue_severity", str(issue.severity))
    about = category if is_positive else f"{category}: {lowered(severity)}"
    parts = [f"{about}."]
    if issue.place:
        parts.append(f"Where: {issue.place.rstrip('.')}.")
    if issue.description.strip():
        parts.append(f"\u201c{issue.description.strip()}\u201d")
    if issue.raised_with.strip():
        at = "" if issue.raised_minute is None else f", at {clock(issue.raised_minute)}"
        parts.append(f"Raised with: {issue.raised_with.strip().rstrip('.')}{at}.")
    status = book.label("issue_status", issue.status)
    parts.append("Put right during the visit." if issue.resolved_during_visit else f"{status}.")
    return " ".join(parts)


def _summary(shown: Shown, question: Question) -> Iterator[AnswerLine]:
    yield AnswerLine(question.ask, shown.visit.summary.strip(), Place("summary"))


CORE: Mapping[str, Lines] = {
    "site_id": _site,
    "date": _date,
    "type": _kind,
    "visitors": _visitors,
    "observers": _observers,
    "arrived": _arrived,
    "admitted": _admitted,
    "left": _left,
    "delay_reason": _why,
    "extra_minutes": _extra,
    "present": _present,
    "counts": _counts,
    "issues": _issues,
    "summary": _summary,
}
"""By the key of the core question. How a visit was made and how it ended are shown with its
kind."""
