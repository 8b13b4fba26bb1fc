"""Commands that read: figures, coverage, how predictable visits are."""

import argparse
import sys
from pathlib import Path

from visitapp import bootstrap
from visitapp.cli.commands import CommandTree, add_force
from visitapp.cli.opening import (
    add_period,
    add_sites,
    asked_period,
    asked_sites,
    must_be_free,
    opened_records,
)
from visitapp.cli.output import OK, progress_on_stderr, say
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.services.plan.foresight import foresight_json
from visitapp.services.saving import save_document


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    command = commands.add("figures", figures, "every figure for a period")
    add_period(command)
    add_sites(command)
    command.add_argument("--json", action="store_true", required=True)
    _add_coverage(commands)
    _add_indicators(commands)
    foreseen = commands.add("predictability", predictability, "how predictable a site's visits are")
    add_period(foreseen)
    foreseen.add_argument("--site", required=True, metavar="NAME")
    foreseen.add_argument("--json", action="store_true", required=True)
    foreseen.add_argument(
        "--plan", action="store_true", help="use planned visits instead of past ones"
    )
    simulation = commands.add(
        "simulate", simulate, "simulate years of visits, and show how predictable they are"
    )
    simulation.add_argument(
        "--visits", type=int, metavar="N", help="visits a year (65), or with --per in each (1)"
    )
    simulation.add_argument(
        "--per",
        choices=("week", "fortnight", "month", "quarter", "year"),
        help="a target: so many visits in each, and the spare ones of a plan",
    )
    simulation.add_argument(
        "--law",
        choices=tuple(VisitLaw),
        type=VisitLaw,
        help="draw by even timeslots or even days (default: whichever is harder to predict)",
    )
    simulation.add_argument("--years", type=int, default=400, metavar="N")
    simulation.add_argument(
        "--from-year", type=int, metavar="Y", help="real reporting years, beginning with April of Y"
    )
    simulation.add_argument(
        "--rule",
        choices=tuple(WeekRule),
        default=WeekRule.EACH,
        type=WeekRule,
        help="which weeks have a visit: each, or all but about so many a year; or so many days "
        "between visits at most, in any week",
    )
    simulation.add_argument(
        "--two-pairs",
        action="store_true",
        help="two pairs are asked for every week, so that some are not needed",
    )
    simulation.add_argument(
        "--pairs", action="store_true", help="each pair draws its own days and times"
    )
    simulation.add_argument(
        "--late", type=int, metavar="WEEKS", help="with --pairs: how late reports come (0)"
    )
    simulation.add_argument("--out", type=Path, required=True, metavar="F.csv")
    add_force(simulation)


def _add_coverage(commands: CommandTree) -> None:
    command = commands.add("coverage", coverage, "visits by weekday and timeslot")
    add_period(command)
    command.add_argument("--scheme", choices=("custody", "animal_welfare"))
    command.add_argument("--site", action="append", default=[], metavar="NAME")
    command.add_argument("--reading", choices=tuple(HeatmapReading), default=HeatmapReading.NEED)
    form = command.add_mutually_exclusive_group(required=True)
    form.add_argument("--json", action="store_true")
    form.add_argument("--png", type=Path, metavar="F")
    form.add_argument("--svg", type=Path, metavar="F")
    add_force(command)


def _add_indicators(commands: CommandTree) -> None:
    command = commands.add(
        "indicators", indicators, "the figures of a period with those that other bodies published"
    )
    add_period(command)
    form = command.add_mutually_exclusive_group(required=True)
    form.add_argument("--json", action="store_true", help="print them, with those of others")
    form.add_argument("--out", type=Path, metavar="F.json", help="write these records' own")
    command.add_argument(
        "--with-file",
        type=Path,
        action="append",
        default=[],
        metavar="F.json",
        help="another body's file, to print its figures too; as often as needed",
    )
    add_force(command)


def figures(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        period = asked_period(chosen, opened.services)
        service = opened.services.figures
        limited_to = asked_sites(chosen, opened.services, period)
        sys.stdout.write(service.figures_json(period, limited_to))
    return OK


def coverage(chosen: argparse.Namespace) -> int:
    out = chosen.png or chosen.svg
    must_be_free(out, chosen.force)
    with opened_records(chosen) as opened:
        services = opened.services
        period = asked_period(chosen, services)
        sites = services.figures.site_ids(period, chosen.scheme, chosen.site)
        if chosen.json:
            sys.stdout.write(services.figures.coverage_json(period, sites))
        else:
            services.reports.coverage_picture(
                period, sites, chosen.reading, out, force=chosen.force
            )
            print(out)
    return OK


def indicators(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened:
        service = opened.services.indicators
        period = asked_period(chosen, opened.services)
        if chosen.out is not None:
            service.save(period, chosen.out, force=chosen.force)
            print(chosen.out)
            return OK
        listed = [*service.own(period), *service.published()]
        for path in chosen.with_file:
            listed += service.read(path)
        sys.stdout.write(service.as_text(listed))
    return OK


def predictability(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        services = opened.services
        period = asked_period(chosen, services)
        (site_id,) = services.figures.site_ids(period, None, [chosen.site])
        if chosen.plan:
            asked = chosen.start is not None or chosen.end is not None
            weeks = period if asked else services.planning.planned_weeks()
            sys.stdout.write(services.foresight.plan_json(site_id, weeks))
        else:
            answer = services.foresight.history(site_id, period)
            choice = services.foresight.law_choice(site_id)
            sys.stdout.write(foresight_json(answer, period, choice))
            if answer.left_out:
                say(answer.left_out_sentence, OK)
    return OK


def simulate(chosen: argparse.Namespace) -> int:
    if chosen.late is not None and not chosen.pairs:
        raise BadInputError("Give --pairs with --late: how late reports come matters to pairs.")
    must_be_free(chosen.out, chosen.force)
    weeks_late = (chosen.late or 0) if chosen.pairs else None
    visits = chosen.visits
    if visits is None:
        visits = 65 if chosen.per is None else 1
    with progress_on_stderr() as progress:
        simulation = bootstrap.simulate(
            visits, chosen.years, progress,
            weeks_late=weeks_late, per=chosen.per, law=chosen.law, from_year=chosen.from_year,
            rule=chosen.rule, two_pairs=chosen.two_pairs,
        )  # fmt: skip
    save_document(chosen.out, simulation.table.encode("ascii"), force=chosen.force)
    for name, figure in simulation.figures.items():
        print(f"{name} {figure:.4f}" if isinstance(figure, float) else f"{name} {figure}")
    return OK
