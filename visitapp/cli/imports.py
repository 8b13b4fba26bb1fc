"""Commands that import visits, people or a whole scheme."""

import argparse
import os
from pathlib import Path

from visitapp import bootstrap
from visitapp.arguments import Parser
from visitapp.cli.commands import CommandTree, add_take_over
from visitapp.cli.keys import say_code
from visitapp.cli.opening import opened_records, passphrase_from_options, records_path, tidied
from visitapp.cli.output import OK, progress_on_stderr
from visitapp.domain.errors import CantOpenError
from visitapp.domain.import_layout import ImportLayout, read_like_the_last
from visitapp.domain.importing import VISITS, ImportPlan
from visitapp.domain.progress import Progress
from visitapp.domain.register_import import RegisterPlan
from visitapp.services import Services
from visitapp.services.records.keys import must_be_strong


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    imports = commands.add("import", import_visits, "import records")
    kinds = imports.add_subparsers(dest="kind", required=True, parser_class=Parser)
    visits = commands.add("visits", import_visits, "past visits from CSV or XLSX", under=kinds)
    visits.add_argument("source", type=Path, metavar="FILE")
    visits.add_argument("--detainees", type=Path, metavar="F")
    visits.add_argument("--issues", type=Path, metavar="F")
    _add_options(visits, "add sites and people named in the file")
    people = commands.add(
        "people", import_register, "people into the register, from CSV or XLSX", under=kinds
    )
    people.add_argument("source", type=Path, metavar="FILE")
    _add_options(people, "add people who are not in the register yet")
    availability = commands.add(
        "availability",
        import_register,
        "when people can visit in a week, from CSV or XLSX",
        under=kinds,
    )
    availability.add_argument("source", type=Path, metavar="FILE")
    availability.add_argument(
        "--replace",
        dest="replaces",
        action="store_true",
        help="replace availability that is entered already",
    )
    _add_options(availability)
    commands.add(
        "scheme",
        import_scheme,
        "a whole scheme from JSON that export wrote, as a new file of records",
        under=kinds,
    ).add_argument("source", type=Path, metavar="F.json")


def _add_options(command: Parser, missing: str = "") -> None:
    """`missing`: what is said of adding those who are missing; empty if that can't be done."""
    if missing:
        command.add_argument(
            "--months-first",
            action="store_true",
            help="dates like 3/4/2024 are written with the month first",
        )
        command.add_argument("--create-missing", action="store_true", help=missing)
    command.add_argument("--dry-run", action="store_true", help="only show what would happen")
    command.add_argument(
        "--skip-bad", action="store_true", help="skip rows with errors, and list why"
    )
    command.add_argument(
        "--match",
        type=Path,
        metavar="M.json",
        help="how the columns and words of the file are read; without it, like the last file with "
        "the same headings",
    )
    command.add_argument(
        "--suggest-match",
        type=Path,
        metavar="M.json",
        help="only write how they are likely to be read, to be corrected",
    )
    add_take_over(command)


def import_scheme(chosen: argparse.Namespace) -> int:
    path = tidied(records_path(chosen))
    passphrase = passphrase_from_options(chosen)
    if passphrase is None:
        raise CantOpenError("There is no passphrase. Use --passphrase-file or VISITAPP_PASSPHRASE.")
    must_be_strong(passphrase, (path.stem, *os.environ.get("USER", "").split()))
    code = bootstrap.create_from_scheme(path, passphrase, chosen.source)
    say_code(code, f"{path} has been made.", f"{path} has been made,")
    return OK


def import_visits(chosen: argparse.Namespace) -> int:
    return _bring(chosen, VISITS)


def import_register(chosen: argparse.Namespace) -> int:
    return _bring(chosen, chosen.kind)


def _bring(chosen: argparse.Namespace, subject: str) -> int:
    with (
        opened_records(chosen, hold=not chosen.dry_run) as opened,
        progress_on_stderr() as progress,
    ):
        services = opened.services
        if chosen.suggest_match is not None:
            spreadsheet = services.imports.open_spreadsheet(chosen.source, progress, subject)
            services.imports.save_layout(chosen.suggest_match, spreadsheet.layout)
            print(chosen.suggest_match)
            return OK
        if chosen.match is not None:
            layout: ImportLayout | None = services.imports.load_layout(chosen.match)
        else:
            layout = services.imports.remembered_layout(chosen.source, progress, subject)
        sentence = _check_and_carry_out(chosen, services, subject, layout, progress)
        if chosen.match and layout is not None and not chosen.dry_run:
            services.imports.remember_layout(layout)
        if sentence:
            print(sentence)
    return OK


def _check_and_carry_out(
    chosen: argparse.Namespace,
    services: Services,
    subject: str,
    layout: ImportLayout | None,
    progress: Progress,
) -> str:
    """What was done; empty after a dry run. Raises BadInputError for problems."""
    imports, register = services.imports, services.register_imports
    names = ("create_missing", "months_first", "replaces")
    options = {name: getattr(chosen, name) for name in names if hasattr(chosen, name)}
    plan: ImportPlan | RegisterPlan
    if subject == VISITS:
        sources = (chosen.source, chosen.detainees, chosen.issues)
        plan = imports.dry_run(sources, **options, layout=layout, progress=progress)
    else:
        plan = register.dry_run(subject, chosen.source, **options, layout=layout, progress=progress)
    if layout is not None and chosen.match is None:
        print(read_like_the_last(layout))
    for line in plan.lines():
        print(line)
    plan.must_go_on(skip_bad=chosen.skip_bad)
    if chosen.dry_run:
        return ""
    if isinstance(plan, RegisterPlan):
        register.carry_out(plan, skip_bad=chosen.skip_bad)
        return plan.outcome
    batch, _ = imports.carry_out(plan, skip_bad=chosen.skip_bad, progress=progress)
    return batch.sentence
