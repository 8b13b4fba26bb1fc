"""The visits of one year: calls, counts, waits, lengths and issues put together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from visitapp.demonstration.calls import Call
from visitapp.demonstration.counts import animal_counts, custody_counts
from visitapp.demonstration.issues import Issues, SummaryFacts, custody_summary, kennel_summary
from visitapp.demonstration.seeded_draws import SeededDraws
from visitapp.demonstration.source import demonstration_id
from visitapp.domain.moment import Moment
from visitapp.domain.office.people import Person
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.services.reports.visits import ref_prefix

_SOON = (0, 1, 1, 2, 2, 2, 3, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class CallReport:
    """A call with what visitors found, before it is decided who went."""

    call: Call
    counts: tuple[OutcomeCount, ...]
    issues: tuple[Issue, ...]
    summary: str
    wait: int
    stay: int
    extra: int
    type: str = "ROUTINE"
    delay_reason: str | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class _Wait:
    minutes: int
    reason: str | None = None
    explanation: str = ""


def custody_reports(
    calls: Sequence[Call],
    totals: Mapping[str, Any],
    words: Mapping[str, Any],
    today: date,
    draws: SeededDraws,
) -> list[CallReport]:
    """Reports whose people, waits, minutes and issues add up to `totals`."""
    counts = custody_counts(calls, totals["detainees"], totals["reasons"], words["seen"], draws)
    issues = Issues(words["issues"], words["raised_with"], today, draws).spread(
        totals["issues"], calls, counts
    )
    waits = _waits(calls, totals, words["delays"], draws)
    types = draws.deck(totals["types"])
    types = draws.shuffled([*types, *["ROUTINE"] * (len(calls) - len(types))])
    reports = []
    for i, call in enumerate(calls):
        present = sum(count.number for count in counts[i])
        seen = sum(count.number for count in counts[i] if count.outcome == "SEEN")
        concern = any(issue.status != "NFA" for issue in issues[i])
        situation = SummaryFacts(present, seen, waits[i].reason is not None, concern)
        reports.append(
            CallReport(
                call,
                counts[i],
                issues[i],
                custody_summary(words, call, situation, draws),
                waits[i].minutes,
                waits[i].minutes + 22 + 6 * seen + present + draws.below(15),
                45 + 5 * draws.below(9),
                types[i],
                waits[i].reason,
                waits[i].explanation,
            )
        )
    return _lengthened(reports, totals["minutes"])


def animal_reports(
    calls: Sequence[Call],
    made_up: Mapping[str, Any],
    words: Mapping[str, Any],
    today: date,
    draws: SeededDraws,
) -> list[CallReport]:
    """Reports on visits to kennels."""
    counts = animal_counts(calls, words["animals"], draws)
    issues = Issues(words["animal_issues"], words["raised_with_animals"], today, draws).spread(
        made_up["issues"], calls, counts
    )
    return [
        CallReport(
            call,
            counts[i],
            issues[i],
            kennel_summary(words, draws),
            draws.pick(_SOON),
            50 + draws.below(40),
            40 + 5 * draws.below(9),
        )
        for i, call in enumerate(calls)
    ]


def _waits(
    calls: Sequence[Call],
    totals: Mapping[str, Any],
    texts: Mapping[str, list[str]],
    draws: SeededDraws,
) -> list[_Wait]:
    """Immediate, except for the waits listed; one that is put down to a shift change happens in
    one."""
    minutes = draws.shuffled([*totals["waits"]["delayed"], *totals["waits"]["long"]])
    reasons = sorted(draws.deck(totals["delay_reasons"]), key=lambda reason: reason != "HANDOVER")
    handovers = draws.shuffled([i for i, call in enumerate(calls) if call.in_handover])
    others = draws.shuffled([i for i, call in enumerate(calls) if not call.in_handover])
    waits = [_Wait(draws.pick(_SOON)) for _ in calls]
    used: dict[str, int] = {}
    for wait, reason in zip(minutes, reasons, strict=True):
        i = (handovers if reason == "HANDOVER" else others).pop()
        number = used[reason] = used.get(reason, -1) + 1
        waits[i] = _Wait(wait, reason, texts[reason][number % len(texts[reason])])
    return waits


def _lengthened(reports: Sequence[CallReport], minutes: int) -> list[CallReport]:
    """The same with stays a few minutes longer or shorter, so that the volunteers' minutes (two
    visitors at each visit) are exact."""
    assert minutes % 2 == 0, "two visitors give an even number of minutes"
    missing = minutes // 2 - sum(report.stay + report.extra for report in reports)
    each, rest = divmod(missing, len(reports))
    return [
        replace(report, stay=report.stay + each + (i < rest)) for i, report in enumerate(reports)
    ]


def signed(
    report: CallReport,
    ref: str,
    visitors: tuple[UUID, UUID],
    observer: UUID | None,
    people: Mapping[UUID, Person],
) -> Visit:
    """The report as a signed visit, confirmed by both visitors."""
    arrived = report.call.arrived
    left = _later(arrived, report.stay)
    locked_at = left.in_utc + timedelta(minutes=6)
    return Visit(
        id=demonstration_id("visit", ref),
        scheme_id=report.call.site.scheme_id,
        site_id=report.call.site.id,
        arrived=arrived,
        admitted=_later(arrived, report.wait),
        left=left,
        type=report.type,
        visitors=visitors,
        observers=() if observer is None else (observer,),
        delay_reason=report.delay_reason,
        delay_explanation=report.explanation,
        present=sum(count.number for count in report.counts),
        counts=report.counts,
        extra_minutes=report.extra,
        summary=report.summary,
        issues=report.issues,
        confirmations=tuple(
            Confirmation(person, people[person].name, locked_at - timedelta(minutes=2 - n))
            for n, person in enumerate(visitors)
        ),
        ref=ref,
        locked_at=locked_at,
    )


def _later(moment: Moment, minutes: int) -> Moment:
    """So many minutes later; no visit here spans a change of the clocks."""
    return Moment(moment.utc_minute + minutes, moment.offset)


def refs_of(reports: Sequence[CallReport]) -> list[str]:
    """References as given when signing: numbered by site and reporting year."""
    numbers: dict[str, int] = {}
    refs = []
    for report in reports:
        year = APRIL_YEARS.year_of(report.call.arrived.day).start.year
        prefix = ref_prefix(report.call.site.name, year)
        numbers[prefix] = numbers.get(prefix, 0) + 1
        refs.append(f"{prefix}{numbers[prefix]:03}")
    return refs
