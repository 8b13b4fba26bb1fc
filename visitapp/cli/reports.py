"""Commands about single reports: one as JSON, and one that was written elsewhere, to sign."""

import argparse
import sys
from pathlib import Path

from visitapp.cli.commands import CommandTree
from visitapp.cli.opening import opened_records
from visitapp.cli.output import OK, say
from visitapp.paths import read_bounded, reading

_MOST_BYTES = 4 << 20
"""All editions of a report with a row for each of 100 detainees have a tenth of it."""


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    shown = commands.add("visit", visit, "everything in one visit report")
    shown.add_argument("reference", metavar="REF", help="the reference of the report")
    shown.add_argument("--json", action="store_true", required=True)
    logged = commands.add(
        "log",
        log,
        "sign a visit report that was written elsewhere, through the same rules as in the window. "
        "Prints its reference",
    )
    logged.add_argument(
        "--from-json",
        type=Path,
        required=True,
        dest="written",
        metavar="F",
        help="the report, in the form that visitapp visit prints",
    )


def visit(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        sys.stdout.write(opened.services.written_reports.as_json(chosen.reference))
    return OK


def log(chosen: argparse.Namespace) -> int:
    with reading(chosen.written):
        content = read_bounded(chosen.written, _MOST_BYTES)
    with opened_records(chosen, hold=True) as opened:
        signed, _ = opened.services.written_reports.sign(content)
    for warning in signed.warnings:
        say(warning, OK)
    print(signed.visit.ref)
    return OK
