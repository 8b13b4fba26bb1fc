"""What is said on the page Exchange of a report, and of who confirmed it."""

from collections.abc import Sequence
from datetime import datetime

from visitapp.domain.exchange.confirming import PartnerAnswer
from visitapp.domain.exchange.handing_over import InboxState
from visitapp.domain.exchange.retention import ReducedReport
from visitapp.domain.period import day_and_time, days_words
from visitapp.domain.plan.late_visit import LateVisit
from visitapp.domain.text.wording import (
    day_and_month,
    day_of_month,
    joined,
    long_date,
    number_of,
    out_of,
    with_initial,
)
from visitapp.services.exchange.inbox import InboxLine, PartnerLine

_STATES = {
    InboxState.WAITING: "New",
    InboxState.ASKED: "Question asked",
    InboxState.ACCEPTED: "Accepted",
    InboxState.DECLINED: "Not taken",
}
_SEVERITIES = {
    1: ("minor", "minor"),
    2: ("needs action", "need action"),
    3: ("serious", "serious"),
    4: ("allegation", "allegations"),
}


def inbox_cells(line: InboxLine) -> tuple[str, ...]:
    """A report in the inbox, a word or two for each column."""
    state = _STATES[line.state]
    if line.is_amended_here:
        state = "Amended by both"
    elif line.is_withdrawn:
        state = "Withdrawn"
    elif line.answer and line.state is InboxState.WAITING:
        state = "Answered"
    elif line.edition > 1 and line.state is InboxState.WAITING:
        state = f"Edition {line.edition}"
    if line.is_disputed:
        state = "Something is wrong"
    about = [f"Allegation. {state}" if line.is_grave else state]
    about += [number_of(len(line.warnings), "warning")] if line.warnings else []
    return (
        line.ref,
        f"{line.site_name}, {day_and_month(line.day)}\n{_who(line.visitor_names)}",
        str(line.seen) if line.held is None else out_of(line.seen, line.held),
        _issues(line),
        "\n".join(about),
    )


def late_cells(late: LateVisit) -> tuple[str, ...]:
    """A visit without a report, in the same columns."""
    when = f"{late.site_name}, {days_words(late.span)}" if late.is_week else late.where
    return (
        "No report yet",
        f"{when}\n{_who(late.names)}",
        "",
        "",
        f"Late since {day_and_month(late.since)}",
    )


def reduced_cells(report: ReducedReport, site_name: str) -> tuple[str, ...]:
    """A report that only the office still has, in the columns of a visitor's copy."""
    return (
        report.ref,
        f"{site_name}, {day_of_month(report.day)} {report.day.year}",
        "Accepted, kept at the office",
    )


def reduced_facts(report: ReducedReport, site_name: str) -> list[tuple[str, str]]:
    """What this copy still knows of such a report."""
    return [
        ("Visit", f"{site_name}, {long_date(report.day)}"),
        ("Accepted", day_and_time(report.accepted_at)),
        ("Kept at the office", "This copy no longer holds the report. Your manager can show it."),
    ]


def needs_a_look(line: InboxLine) -> bool:
    """Whether a report is to be read before it is accepted."""
    return bool(
        line.is_grave
        or line.warnings
        or line.is_amended_here
        or line.is_withdrawn
        or line.is_disputed
    )


def _who(names: Sequence[str]) -> str:
    return joined([with_initial(name) for name in names])


def _issues(line: InboxLine) -> str:
    """The gravest by their severity, and how many others there are."""
    if not line.issues:
        return "None"
    (severity, number), *less = line.issues
    others = sum(number for _, number in less)
    gravest = number_of(number, *_SEVERITIES[severity])
    return f"{gravest}\n{number_of(others, 'other')}" if others else gravest


def partner_words(partner: PartnerLine) -> str:
    """What another visitor of a report did about it."""
    if partner.answer is not None:
        return answer_words(partner.answer)
    if not partner.is_asked:
        return "Typed name"
    if partner.earlier:
        return "Confirmed an earlier version on their own copy. Asked about this one."
    return "Typed name. Asked to confirm on their own copy."


def answer_words(answer: PartnerAnswer) -> str:
    """`Confirmed on their own copy, Wed 12 Mar 2025, 14:30`, or what is wrong."""
    if answer.confirms:
        return confirmed_words(answer.at)
    return f"Something is wrong, {day_and_time(answer.at)}: {answer.words}"


def confirmed_words(at: datetime) -> str:
    """`Confirmed on their own copy, Wed 12 Mar 2025, 14:30`."""
    return f"Confirmed on their own copy, {day_and_time(at)}"
