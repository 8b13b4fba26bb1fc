"""The command that writes a list of the records as a file."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from visitapp.cli.commands import CommandTree, add_force
from visitapp.cli.opening import add_period, asked_period, must_be_free, opened_records
from visitapp.cli.output import OK, say
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.office.meeting import Meeting
from visitapp.domain.period import Period
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.lists import (
    action_list,
    claim_list,
    findings_list,
    given_list,
    hours_list,
    issue_list,
    meeting_list,
    missing_list,
    plan_list,
)
from visitapp.domain.text.wording import number_of
from visitapp.services import Services
from visitapp.services.records.exports import not_encrypted

_MOST = 1_000_000_000


def _issues(services: Services, _: Period) -> ListSheet:
    return issue_list(services.issues.lines(IssueQuery(IssueStanding.ALL, limit=_MOST)))


def _meetings(services: Services) -> Sequence[Meeting]:
    return services.meetings.meetings()


def _called(services: Services, _: Period) -> ListSheet:
    people = services.people.people()
    return meeting_list(_meetings(services), {person.id: person.name for person in people})


def _findings(services: Services, period: Period) -> ListSheet:
    known = services.setup.schemes()
    every = (services.figures.findings(period, scheme.id) for scheme in known)
    return findings_list(figures for of_scheme in every for figures in of_scheme)


_OF_RECORDS = (
    "visits",
    "detainees",
    "steps",
    "answers",
    "people",
    "same_people",
    "same_sites",
    "statuses",
    "held",
    "animals",
)
_LISTS: dict[str, Callable[[Services, Period], ListSheet]] = {
    "issues": _issues,
    "meetings": _called,
    "actions": lambda services, _: action_list(_meetings(services)),
    "findings": _findings,
    "hours": lambda services, period: hours_list(services.hours.hours(period)),
    "claims": lambda services, period: claim_list(services.hours.hours(period)),
    "missing": lambda services, period: missing_list(services.missing.missing(period)),
    "plan": lambda services, period: plan_list(services.planning.sheet(period)),
    "given": lambda services, period: given_list(services.assignments.given_out(period)),
}


def add_to(commands: CommandTree) -> None:
    """Add this command."""
    command = commands.add(
        "list",
        write_list,
        "write a list as a spreadsheet or CSV: of a period where it is findings, hours, claims, "
        "what is missing, a plan (without days and times) or who was given what. It is not "
        "encrypted",
    )
    command.add_argument("kind", choices=(*_OF_RECORDS, *_LISTS))
    add_period(command)
    command.add_argument("--out", type=Path, required=True, metavar="F.xlsx|F.csv")
    add_force(command)


def write_list(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened:
        services = opened.services
        if chosen.kind in _LISTS:
            sheet = _LISTS[chosen.kind](services, asked_period(chosen, services))
        else:
            sheet = next(item for item in services.exports.sheets() if item.name == chosen.kind)
        services.exports.save_sheet(sheet, chosen.out, force=chosen.force)
    print(chosen.out)
    say(f"{number_of(len(sheet.rows), 'row')} written. {not_encrypted(chosen.out)}", OK)
    return OK
