"""Commands that write what the force is told about issues: the log for a meeting, and letters."""

import argparse
from pathlib import Path
from typing import Any

from visitapp.arguments import Parser
from visitapp.cli.commands import CommandTree, add_force
from visitapp.cli.opening import add_period, asked_period, must_be_free, opened_records
from visitapp.cli.output import OK, progress_on_stderr
from visitapp.domain.following.issue_log import LetterAbout
from visitapp.domain.office.scheme import Kind
from visitapp.services import Services


def add_to(commands: CommandTree, reports: Any) -> None:
    """Add these documents to those of `visitapp report`."""
    logged = commands.add(
        "issues", log, "the issue log for a meeting: open issues, and what was done", under=reports
    )
    add_period(logged)
    _add_sites(logged)
    _add_out(logged, "F.pdf, F.docx, F.html or F.xlsx")
    letter = commands.add(
        "letter",
        write_letter,
        "a draft of a letter to the force about the issues of a visit or of some days; nothing is "
        "sent",
        under=reports,
    )
    letter.add_argument("--visit", default="", metavar="REF", help="the issues of this report")
    letter.add_argument(
        "--scheme", choices=tuple(Kind), default=Kind.CUSTODY, type=Kind, help="without --visit"
    )
    add_period(letter)
    _add_sites(letter)
    letter.add_argument(
        "--reminder", action="store_true", help="a reminder of the answers that are overdue"
    )
    _add_out(letter, "F.eml (a draft for a mail program), F.pdf, F.docx or F.html")


def _add_sites(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--site", action="append", default=[], metavar="NAME", help="only this site"
    )


def _add_out(command: Parser, forms: str) -> None:
    command.add_argument("--out", type=Path, required=True, metavar="F", help=forms)
    add_force(command)


def log(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened, progress_on_stderr() as progress:
        services = opened.services
        period = asked_period(chosen, services)
        sites = _site_ids(chosen, services)
        saved = services.reports.save_issue_log(
            period, chosen.out, progress, site_ids=sites, force=chosen.force
        )
    print(saved.path)
    return OK


def write_letter(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened:
        services = opened.services
        about = LetterAbout(ref=chosen.visit)
        if not chosen.visit:
            about = LetterAbout(
                scheme_id=services.setup.scheme(chosen.scheme).id,
                period=asked_period(chosen, services),
                site_ids=_site_ids(chosen, services),
                is_reminder=chosen.reminder,
            )
        saved = services.reports.save_letter(about, chosen.out, force=chosen.force)
    print(saved.path)
    return OK


def _site_ids(chosen: argparse.Namespace, services: Services) -> Any:
    period = asked_period(chosen, services)
    return tuple(services.figures.site_ids(period, None, chosen.site)) if chosen.site else ()
