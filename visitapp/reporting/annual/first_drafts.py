"""First drafts of texts of the year: what the figures say, and nothing that somebody has to judge.

They are made of the figures that the report prints, once the period is over. Where a figure isn't
known there is no draft, and numbers of people under five are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from visitapp.domain.office.meeting import Meeting, MeetingKind
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import (
    count_text,
    counted,
    joined,
    long_date,
    lowered,
    none_or,
    number,
    opening_number,
    plural,
    were,
)
from visitapp.domain.year.small_numbers import is_small, not_to_be_shown
from visitapp.domain.year.summary import AnnualSummary, SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.targets import made_at
from visitapp.reporting.wording import gaps_text, rate_text


@dataclass(frozen=True, slots=True)
class DraftedFrom:
    """What the figures of a report don't hold: all `meetings`; the name of each course, once for
    each volunteer who took it in the period; how many issues of the custody scheme wait for the
    force's answer on a day."""

    meetings: Sequence[Meeting]
    courses: Sequence[str]
    unanswered: int
    on: date


def first_drafts(summary: AnnualSummary, beside: DraftedFrom) -> Mapping[str, str]:
    """A draft of each text for which there are figures, by key. None while the period goes on: what
    it would say could be out of date before anybody reads it."""
    author = Author(summary)
    if author.goes_on or author.is_empty or summary.chosen is not None:
        return {}
    drafts: dict[str, str] = {}
    if figures := author.scheme(Kind.CUSTODY):
        drafts = {
            "meetings": _meetings(author, beside.meetings),
            "sites": _sites(figures),
            "hours": _hours(figures),
            "coverage": _coverage(figures),
            "access": _access(figures),
            "people": _people(figures),
            "issues": _issues(author, figures),
            "response": _response(author, figures, beside),
            "recruitment": _recruitment(author, beside.courses),
        }
    for each in author.of_animals():
        drafts[each.key("animals_seen")] = _animals(each)
    return {key: words for key, words in drafts.items() if words}


def _meetings(author: Author, meetings: Sequence[Meeting]) -> str:
    sentences = []
    for kind in MeetingKind:
        days = sorted(
            meeting.held_on
            for meeting in meetings
            if meeting.counts and meeting.kind is kind and meeting.held_on in author.period
        )
        if days:
            held = plural(len(days), lowered(kind.label))
            on = joined([long_date(day) for day in days])
            sentences.append(f"{opening_number(len(days))} {held} {were(len(days))} held, on {on}.")
    return " ".join(sentences)


def _sites(figures: SchemeFigures) -> str:
    lines = []
    for site in figures.sites:
        if site.is_counted:
            due = site.target.expected
            words = f"{none_or(due)} {were(due)} due"
            lines.append(f"{site.name}: {counted(made_at(site), 'visit')}; {words}")
    return _listed("Visits to each suite", lines)


def _hours(figures: SchemeFigures) -> str:
    if not figures.hours_known or figures.value is None or not figures.rates:
        return ""
    rates = joined([rate_text(rate) for rate in figures.rates])
    return f"The value is the hours of visitors, multiplied by {rates} an hour."


def _coverage(figures: SchemeFigures) -> str:
    visited, cells = figures.timeslots
    if cells and visited == cells:
        return f"All {count_text(cells)} timeslots were visited."
    gaps = ((coverage.site_name, gaps_text(coverage)) for coverage in figures.coverage_in_use)
    return _listed("Timeslots without a visit", [f"{name}: {gap}" for name, gap in gaps if gap])


def _access(figures: SchemeFigures) -> str:
    access = figures.access
    waited = access.delay + access.long
    if not waited:
        return ""
    words = f"On {counted(waited, 'visit')}, visitors waited more than {access.immediate_limit} "
    lines = [f"{label}: {counted(visits, 'visit')}" for label, visits in access.reasons if visits]
    reasons = _listed("Reasons that were recorded", lines)
    return f"{words}minutes to be let in." + (f"\n\n{reasons}" if reasons else "")


def _people(figures: SchemeFigures) -> str:
    people = figures.people
    rest = people.present - people.offered
    is_known = people.present and figures.people_known
    if not is_known or any(map(is_small, (people.present, people.offered, rest))):
        return ""
    offered = number(people.offered)
    sentences = [
        f"{opening_number(people.present)} people were in the cells when visitors called, and "
        f"{offered} of them {were(people.offered)} offered a visit."
    ]
    if people.offered and not any(map(is_small, (people.seen, people.refused))):
        accepted = f"{opening_number(people.seen)} spoke with visitors"
        sentences.append(f"{accepted}, and {none_or(people.refused)} refused.")
    others = [
        (people.asleep, "asleep"),
        (people.not_available, "not available"),
        (people.not_offered, "not offered a visit on the custody officer\u2019s advice"),
        (people.other, "not seen for another reason"),
    ]
    if rest and not any(is_small(count) for count, _ in others):
        parts = [f"{number(count)} {were(count)} {words}" for count, words in others if count]
        sentences.append(f"Of the others, {joined(parts)}.")
    return " ".join(sentences)


def _issues(author: Author, figures: SchemeFigures) -> str:
    """By category, the most first; beside the year before where all of that is known."""
    issues, earlier = figures.issues, author.before(figures.scheme.kind)
    if issues.unknown_visits or not issues.total:
        return ""
    before: dict[str, int] | None = None
    if earlier is not None and not earlier.issues.unknown_visits:
        before = {each.code: each.total for each in earlier.issues.by_category}
    lines = []
    for each in sorted(issues.by_category, key=lambda category: -category.total):
        was = 0 if before is None else before.get(each.code, 0)
        if each.total or was:
            then = "" if before is None else f" ({none_or(was)} {author.in_year_before})"
            words = counted(each.total, "issue") if each.total else none_or(0)
            lines.append(f"{each.label}: {words}{then}")
    return _listed("Issues by category", lines)


def _response(author: Author, figures: SchemeFigures, beside: DraftedFrom) -> str:
    issues = figures.issues
    if issues.unknown_visits or not issues.total:
        return ""
    later = sum(category.later for category in issues.by_category)
    words = (
        f"Of {counted(issues.total, 'issue')}, {none_or(issues.at_visit)} {were(issues.at_visit)} "
        f"put right during the visit and {none_or(later)} later; {none_or(issues.open)} "
        f"{were(issues.open)} open {author.at_end}."
    )
    if beside.unanswered:
        waiting = f"{counted(beside.unanswered, 'issue')} {were(beside.unanswered)}"
        words += f" On {long_date(beside.on)}, {waiting} without an answer of the force."
    return words


def _recruitment(author: Author, courses: Sequence[str]) -> str:
    parts = []
    register = author.register(Kind.CUSTODY)
    if register and register.is_start_known and not _tells_of_few(register.joined, register.left):
        moves = f"{counted(register.joined, 'visitor')} joined and {none_or(register.left)} left"
        parts.append(f"In this {author.span}, {moves}.")
    taken = sorted(Counter(courses).items(), key=lambda course: (-course[1], course[0]))
    hidden = not_to_be_shown([count for _, count in taken])
    lines = [
        f"{name}: {counted(count, 'volunteer')}"
        for at, (name, count) in enumerate(taken)
        if at not in hidden
    ]
    return "\n\n".join([*parts, *filter(None, [_listed("Training taken", lines)])])


def _tells_of_few(*numbers: int) -> bool:
    return any(map(is_small, numbers)) or not any(numbers)


def _animals(author: Author) -> str:
    figures = author.scheme(Kind.ANIMAL_WELFARE)
    if figures is None or not figures.animals.seen or figures.animals.uncounted_visits:
        return ""
    return f"Visitors saw {figures.animals.seen_words} on {counted(figures.visits, 'visit')}."


def _listed(title: str, lines: Sequence[str]) -> str:
    """A list under its title; empty without lines."""
    return "\n".join((f"{title}:", *(f"- {line}" for line in lines))) if lines else ""
