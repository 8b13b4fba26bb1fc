"""The command for planning. Days and times are shown only on a terminal, and only if asked for."""

import argparse
import sys

from visitapp.cli.commands import CommandTree, add_take_over
from visitapp.cli.opening import opened_records
from visitapp.cli.output import OK, progress_on_stderr
from visitapp.domain.errors import BadInputError
from visitapp.domain.plan.weeks import WEEKS_A_PLAN
from visitapp.domain.text.clock_text import parse_date


def add_to(commands: CommandTree) -> None:
    """Add the command."""
    command = commands.add(
        "plan", plan, "plan weeks that have no plan yet, and show who visits when"
    )
    command.add_argument("--from", dest="start", metavar="D", help="a day of the first week")
    command.add_argument("--weeks", type=int, default=WEEKS_A_PLAN, metavar="N")
    command.add_argument("--json", action="store_true", required=True)
    command.add_argument(
        "--moments", action="store_true", help="also show days and times (on a terminal only)"
    )
    add_take_over(command)


def plan(chosen: argparse.Namespace) -> int:
    if chosen.moments and not sys.stdout.isatty():
        raise BadInputError(
            "Days and times of planned visits are only shown on a terminal, so that they are "
            "never saved in a file. Leave out --moments."
        )
    start = None if chosen.start is None else parse_date(chosen.start)
    with opened_records(chosen, hold=True) as opened, progress_on_stderr() as progress:
        services = opened.services
        day = start or services.planning.planned_weeks().start
        period = services.planning.weeks_from(day, chosen.weeks)
        # asking twice shows the same plan; redrawing is left to the window
        if not services.planning.is_planned(period):
            services.planning.make(period.start, chosen.weeks, progress)
        sys.stdout.write(services.planning.plan_json(period, moments=chosen.moments))
    return OK
