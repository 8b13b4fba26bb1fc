"""Commands that write documents to publish, and the one that says what is missing in them."""

import argparse
import sys
from pathlib import Path

from visitapp.arguments import Parser
from visitapp.cli import issues
from visitapp.cli.commands import CommandTree, add_force
from visitapp.cli.opening import (
    add_period,
    add_sites,
    asked_period,
    asked_person,
    asked_sites,
    must_be_free,
    opened_records,
)
from visitapp.cli.output import OK, progress_on_stderr
from visitapp.cli.people import add_certificate, certificate
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.services.year.report_files import SavedReport
from visitapp.services.year.year_folder import write_year

_WORDS = {
    DocumentKind.MONTHLY: "what visitors raised in a month, and what the police did",
    DocumentKind.INDICATORS: "the indicators that a region compares, each with its base",
    DocumentKind.EVIDENCE: "evidence for accreditation: coverage, training, meetings, follow-up",
}


def add_to(commands: CommandTree) -> None:
    """Add these commands."""
    report = commands.add("report", annual, "documents to publish")
    reports = report.add_subparsers(dest="document", required=True, parser_class=Parser)
    yearly = commands.add(
        "annual",
        annual,
        "the annual report as PDF, web page or for Word, or its tables",
        under=reports,
    )
    add_period(yearly)
    add_sites(yearly)
    yearly.add_argument(
        "--out",
        type=Path,
        required=True,
        metavar="F",
        help="F.pdf, F.docx, F.html with each table as CSV in the folder F-tables, or F.xlsx with "
        "the tables alone",
    )
    add_force(yearly)
    short = commands.add(
        "quarterly",
        quarterly,
        "one or two pages on a quarter, or on other days of one reporting year",
        under=reports,
    )
    add_period(short)
    short.add_argument(
        "--out", type=Path, required=True, metavar="F", help="F.pdf, F.docx, F.html or F.xlsx"
    )
    add_force(short)
    weeks = commands.add(
        "rota",
        rota,
        "who visits which site in which week, from the plan in use",
        under=reports,
    )
    add_period(weeks)
    weeks.add_argument(
        "--visitor",
        default="",
        metavar="NAME",
        help="for this visitor, with a page of their visits",
    )
    weeks.add_argument(
        "--out", type=Path, required=True, metavar="F", help="F.pdf, F.docx, F.html or F.xlsx"
    )
    add_force(weeks)
    paper = commands.add(
        "meeting",
        meeting,
        "the papers on a period for the first meeting on its last day or later",
        under=reports,
    )
    add_period(paper)
    paper.add_argument(
        "--out", type=Path, required=True, metavar="F", help="F.pdf, F.docx, F.html or F.xlsx"
    )
    add_force(paper)
    paid = commands.add(
        "claim",
        claim,
        "the hours that volunteers gave, and a page to sign for each who claimed",
        under=reports,
    )
    add_period(paid)
    paid.add_argument("--person", metavar="NAME", help="this volunteer alone")
    paid.add_argument(
        "--out", type=Path, required=True, metavar="F", help="F.pdf, F.docx, F.html or F.xlsx"
    )
    add_force(paid)
    issues.add_to(commands, reports)
    for kind, words in _WORDS.items():
        command = commands.add(kind.value, of_kind, words, under=reports)
        add_period(command)
        command.add_argument(
            "--out", type=Path, required=True, metavar="F", help="F.pdf, F.docx, F.html or F.xlsx"
        )
        add_force(command)
    framed = commands.add(
        "certificate", certificate, "a certificate for long service, fit to frame", under=reports
    )
    add_certificate(framed)
    add_force(framed)
    papers = commands.add(
        "documents",
        documents,
        "every document of a period in a folder: the report with its figures, an update on each "
        "quarter, the page on the last month, the papers of the last meeting, the indicators, "
        "evidence for accreditation, the rota, a page for each visitor, the claims, certificates, "
        "pictures of the coverage",
    )
    add_period(papers)
    papers.add_argument("--out", type=Path, required=True, metavar="DIR")
    lacking = commands.add(
        "missing", missing, "what is missing before a period is published, one thing a line"
    )
    add_period(lacking)
    lacking.add_argument("--json", action="store_true", help="print it for other programs")


def annual(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened, progress_on_stderr() as progress:
        period = asked_period(chosen, opened.services)
        saved = opened.services.reports.save_annual(
            period,
            chosen.out,
            progress,
            force=chosen.force,
            chosen=asked_sites(chosen, opened.services, period),
        )
    return _say_saved(saved)


def quarterly(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened, progress_on_stderr() as progress:
        period = asked_period(chosen, opened.services)
        saved = opened.services.updates.save(period, chosen.out, progress, force=chosen.force)
    return _say_saved(saved)


def of_kind(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened, progress_on_stderr() as progress:
        period, kind = asked_period(chosen, opened.services), DocumentKind(chosen.document)
        service = opened.services.documents
        saved = service.save(kind, period, chosen.out, progress, force=chosen.force)
    return _say_saved(saved)


def rota(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen, hold=True) as opened, progress_on_stderr() as progress:
        services = opened.services
        asked = chosen.start is not None or chosen.end is not None
        period = asked_period(chosen, services) if asked else services.planning.planned_weeks()
        saved = services.reports.save_rota(
            period, chosen.out, progress, visitor=chosen.visitor, force=chosen.force
        )
    return _say_saved(saved)


def meeting(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened, progress_on_stderr() as progress:
        period = asked_period(chosen, opened.services)
        saved = opened.services.meetings.save_pack(period, chosen.out, progress, force=chosen.force)
    return _say_saved(saved)


def claim(chosen: argparse.Namespace) -> int:
    must_be_free(chosen.out, chosen.force)
    with opened_records(chosen) as opened, progress_on_stderr() as progress:
        services = opened.services
        person_id = None if chosen.person is None else asked_person(services, chosen.person)
        saved = services.hours.save_claims(
            asked_period(chosen, services),
            chosen.out,
            progress,
            person_id=person_id,
            force=chosen.force,
        )
    return _say_saved(saved)


def documents(chosen: argparse.Namespace) -> int:
    with opened_records(chosen, hold=True) as opened, progress_on_stderr() as progress:
        period = asked_period(chosen, opened.services)
        for path in write_year(opened.services, period, chosen.out, progress):
            print(path)
    return OK


def missing(chosen: argparse.Namespace) -> int:
    with opened_records(chosen) as opened:
        service, period = opened.services.missing, asked_period(chosen, opened.services)
        if chosen.json:
            sys.stdout.write(service.missing_json(period))
            return OK
        items = service.missing(period)
    for item in items:
        ref = f" ({item.ref})" if item.ref else ""
        print(f"{item.about}{ref}: {item.sentence}")
    print(f"{number_of(len(items), 'thing is', 'things are')} missing.", file=sys.stderr)
    return OK


def _say_saved(saved: SavedReport) -> int:
    print(saved.path)
    if saved.tables is not None:
        print(saved.tables)
    return OK
