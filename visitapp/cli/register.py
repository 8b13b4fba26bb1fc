"""The command that prints the access register."""

import argparse
import sys

from visitapp.cli.commands import CommandTree
from visitapp.cli.opening import add_period, asked_period, opened_records
from visitapp.cli.output import OK
from visitapp.domain.period import day_and_time
from visitapp.domain.records.access_entry import AccessQuery
from visitapp.domain.records.record_kind import RecordKind

_MOST = 1_000_000_000


def add_to(commands: CommandTree) -> None:
    """Add this command."""
    shown = commands.add(
        "register", register, "who read or changed what kind of record, newest first"
    )
    add_period(shown)
    shown.add_argument("--kind", choices=[kind.value for kind in RecordKind])
    shown.add_argument("--json", action="store_true")


def register(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        services = opened.services
        is_some = chosen.start is not None or chosen.end is not None
        query = AccessQuery(
            period=asked_period(chosen, services) if is_some else None,
            kind=None if chosen.kind is None else RecordKind(chosen.kind),
            limit=_MOST,
        )
        if chosen.json:
            sys.stdout.write(services.access_register.as_json(query))
            return OK
        for entry in services.access_register.page(query).entries:
            who = f"{entry.by} ({entry.role.value})"
            print(f"{day_and_time(entry.at)}  {who}: {entry.kind.label}, {entry.words}")
    return OK
