"""A year's documents are read back by other programs: every figure is the same in all of them, and
every paragraph of the published report has its place, in the PDF and in Word."""

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path
from shutil import copy2
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.e2e.pdf import pdf_text
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp import bootstrap, demonstration
from visitapp.domain.year.document_kind import DocumentKind

YEAR = demonstration.published_years()[0]
QUARTERS = YEAR.quarters()
Row = tuple[str, ...]


@dataclass(frozen=True)
class Papers:
    """The documents of the year, the months that were made, and what `figures --json` says."""

    folder: Path
    months: range
    figures: dict[str, Any]


@pytest.fixture(scope="module")
def papers(
    _demonstration: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Papers:
    folder = tmp_path_factory.mktemp("papers")
    records = Path(copy2(_demonstration, folder / "records.visits"))
    months = range(12 if request.config.getoption("--long") else 3)
    with bootstrap.open_with_key(records, bytes(range(32)), reading=True) as opened:
        services = opened.services
        for form in ("pdf", "docx", "html", "xlsx"):
            services.reports.save_annual(YEAR, folder / f"annual.{form}")
        for at, quarter in enumerate(QUARTERS):
            services.updates.save(quarter, folder / f"quarter-{at}.xlsx")
        for at in months:
            month = YEAR.months()[at]
            services.documents.save(DocumentKind.MONTHLY, month, folder / f"month-{at}.docx")
        for kind in (DocumentKind.INDICATORS, DocumentKind.EVIDENCE):
            services.documents.save(kind, YEAR, folder / f"{kind}.xlsx")
        services.meetings.save_pack(YEAR, folder / "meeting.docx")
        figures = json.loads(services.figures.figures_json(YEAR))["schemes"]
    return Papers(folder, months, figures)


def rows_of_pdf(path: Path) -> list[Row]:
    """The rows of all tables, by the tags that a screen reader follows."""
    rows: list[list[str]] = []
    for line in TaggedPdf(path.read_bytes()).outline().splitlines():
        tag, _, words = line.strip().partition(": ")
        if tag == "TR":
            rows.append([])
        elif tag.startswith(("TH", "TD")) and rows:
            rows[-1].append(words)
    return [tuple(row) for row in rows]


def rows_of_word(path: Path) -> list[Row]:
    tables = Document(str(path)).tables
    return [tuple(cell.text for cell in row.cells) for table in tables for row in table.rows]


def rows_of_csv(folder: Path) -> list[Row]:
    rows: list[Row] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows += map(tuple, csv.reader(file))
    return rows


def rows_of_workbook(path: Path) -> list[Row]:
    return [
        tuple("" if cell is None else str(cell) for cell in row)
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows(values_only=True)
    ]


def words_of_word(path: Path) -> str:
    document = Document(str(path))
    head = document.sections[-1].header._element
    paragraphs = (*head.iter(qn("w:p")), *document.element.body.iter(qn("w:p")))
    texts = ("".join(run.text or "" for run in p.iter(qn("w:t"))) for p in paragraphs)
    return " ".join(" ".join(texts).split())


def row_named(rows: list[Row], name: str) -> Row:
    return next(row for row in rows if row[0] == name)


def test_the_annual_reports_tables_are_the_same_in_each_form(papers: Papers) -> None:
    of_pdf = rows_of_pdf(papers.folder / "annual.pdf")
    assert len(of_pdf) > 100
    assert rows_of_word(papers.folder / "annual.docx") == of_pdf
    assert rows_of_csv(papers.folder / "annual-tables") == of_pdf
    page = (papers.folder / "annual.html").read_text("utf-8")
    of_workbook = {row[0] for row in rows_of_workbook(papers.folder / "annual.xlsx")}
    for row in of_pdf:
        assert row[0] in of_workbook
        assert all(f">{cell}<" in page for cell in row if cell.isdecimal()), row


def test_the_annual_report_prints_what_the_figures_say(papers: Papers) -> None:
    custody, rows = papers.figures["custody"], rows_of_pdf(papers.folder / "annual.pdf")
    whole, visits = row_named(rows, "All suites"), custody["visits"]
    target = custody["target"]
    assert whole[2:6] == (
        str(target["expected"]), str(visits["total"]), f"{target['percent']}%",
        f"{target['weeks_met']} of {target['weeks_due']}",
    )  # fmt: skip
    assert whole[6] == str(custody["hours"])
    for name, number in visits["by_site"].items():
        assert row_named(rows, name)[3] == str(number)
        grid = custody["coverage"][name]
        total = ("Total", *map(str, grid["column_totals"]), str(grid["total"]))
        assert total in rows
        for day, counts, of_day in zip(
            grid["days"], grid["counts"], grid["row_totals"], strict=True
        ):
            assert (day, *map(str, counts), str(of_day)) in rows
    printed = pdf_text(papers.folder / "annual.pdf")
    people = custody["detainees"]
    for key in ("in_custody", "offered", "seen", "refused", "asleep", "not_available"):
        assert re.search(rf"\b{people[key]:,}\b", printed), key
    for label, number in custody["issues"]["by_category"].items():
        assert row_named(rows, label)[1] == str(number)


def test_quarters_and_months_add_up_to_the_year(papers: Papers) -> None:
    made, waits = {}, 0
    for at in range(len(QUARTERS)):
        rows = rows_of_workbook(papers.folder / f"quarter-{at}.xlsx")
        for site in (*papers.figures["custody"]["visits"]["by_site"], "All together"):
            row = row_named(rows, site)
            made[site, at] = int(row[2])
        waits += int(row[4].partition(" of ")[0])
    custody = papers.figures["custody"]
    for site, number in custody["visits"]["by_site"].items():
        assert sum(made[site, at] for at in range(len(QUARTERS))) == number
    assert sum(made["All together", at] for at in range(4)) == custody["visits"]["total"]
    assert waits == custody["access"]["immediate"]
    of_months = [words_of_word(papers.folder / f"month-{at}.docx") for at in papers.months]
    visits = [int(re.search(r"(\d+) visits? made", words)[1]) for words in of_months]
    whole = len(papers.months) // 3
    assert sum(visits) == sum(made["All together", at] for at in range(whole))


def test_indicators_evidence_and_meeting_pack_say_the_same(papers: Papers) -> None:
    custody = papers.figures["custody"]
    listed = rows_of_workbook(papers.folder / f"{DocumentKind.INDICATORS}.xlsx")
    people, target = custody["detainees"], custody["target"]
    for name, number in {
        "Visits made": custody["visits"]["total"],
        "Visits due": target["expected"],
        "Let in at once": custody["access"]["immediate"],
        "People taken into custody": people["throughput"],
        "Detainees in the cells": people["in_custody"],
        "Offered a visit": people["offered"],
        "Agreed to talk": people["seen"],
        "Issues raised": custody["issues"]["total"],
        "Hours given": custody["hours"],
    }.items():
        assert row_named(listed, name)[1] == str(number), name
    evidence = rows_of_workbook(papers.folder / f"{DocumentKind.EVIDENCE}.xlsx")
    pack = rows_of_word(papers.folder / "meeting.docx")
    for site, number in custody["visits"]["by_site"].items():
        assert row_named(evidence, site)[2] == row_named(pack, site)[2] == str(number)
        grid = custody["coverage"][site]
        covered = f"{grid['cells_visited']} of {grid['cells']}"
        assert row_named(evidence, site)[5] == covered
    agenda = " ".join(cell for row in pack for cell in row)
    assert f"{target['done']} of {target['expected']} visits due" in agenda


PARAGRAPHS: dict[str, tuple[str, ...]] = {
    "the duty and its sources": ("Police Reform Act 2002", "Code of Practice"),
    "who oversees and who runs it": ("Director of Performance and Governance",),
    "visitors at the start, leavers and why, visitors left": (
        "The year began with 18 visitors.", "maternity leave", "conflict of interest",
        "Each leaver is offered an interview", "At 31 March 2024 16",
    ),
    "how many are wanted, and recruits": (
        "About 25 visitors are needed", "Fifteen recruits", "31 visitors", "September 2024",
    ),
    "how visitors are recruited and trained": ("interviewed and vetted", "six months of probation"),
    "home areas": ("38%", "62%", "Rutland"),
    "how many have served over five years": ("more than five years", "11 of 16"),
    "awards for long service": ("a certificate for every three years",),
    "visitors by gender and age beside the population": (
        "Custody visitors at the end of the year", "Population", "Gender: Female", "Age: 60",
    ),
    "people seen by gender, age and ethnicity": (
        "whose gender was recorded", "whose age was recorded", "whose ethnicity was recorded",
    ),
    "the young are missing": ("aged 18 or 19",),
    "the suites and their cells": (
        "Euston Street (36 cells)", "Keyham Lane (18 cells)", "Beaumont Leys (14 cells)",
    ),
    "team meetings": ("7 June, 12 September and 13 December 2023", "Custody Inspector"),
    "visits against their target": ("All suites 68 104 101 97.1%",),
    "hours and what they are worth": ("442.43", "£8,119.32"),
    "access: immediate and delayed": (
        "Up to 5 minutes (immediate) 91 90%", "6 to 15 minutes 1 1%", "More than 15 minutes 9 9%",
    ),
    "why visitors waited, and handovers": ("06:30 to 07:15 and 18:30 to 19:15",),
    "how many people were detained": ("15,475",),
    "people in the cells and what happened": (
        "1,096 100%", "407 of them (37%)", "72 7%", "222 20%", "395 36%",
    ),
    "people who agreed to talk": ("spoke with visitors 365 33% 90%", "refused 42 4% 10%"),
    "timeslots of Euston Street": ("Euston Street: 33 of 35 timeslots were visited",),
    "timeslots of Keyham Lane": (
        "Keyham Lane: 31 of 35 timeslots were visited", "Total 5 14 7 14 10 50",
    ),
    "what was raised most": ("Food and drink 19", "Cell and its contents 15"),
    "the force's answer": ("meals are offered at set times",),
    "awards and quality assurance": ("Investing in Volunteers", "Platinum"),
    "work with the region": ("East Midlands", "how promptly visitors are admitted"),
    "what is planned": ("an electronic report form made in-house",),
    "what visitors found": ("Staff were friendly", "Access was prompt on nine visits in ten"),
    "the scheme for animals": ("launched the scheme on 1 April 2022", "Dog Unit Sergeant"),
    "timeslots of the dog unit": (
        "Leicestershire Police Dog Unit: 11 of 12 timeslots were visited", "Total 5 7 12",
    ),
    "good practice with the dogs": ("Food was in date", "sandpit", "Fencing"),
    "what comes next for the dogs": ("training away from the unit",),
    "the protective marking": ("OFFICIAL",),
}  # fmt: skip
"""Every paragraph of the published report, and what its text or its figures have to say here: the
figures are counted, the texts are the demonstration's own."""


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_every_paragraph_of_the_published_report_has_its_place(papers: Papers, form: str) -> None:
    path = papers.folder / f"annual.{form}"
    words = pdf_text(path) if form == "pdf" else words_of_word(path)
    missing = {
        about: [wanted for wanted in each if wanted not in words]
        for about, each in PARAGRAPHS.items()
    }
    assert {about: each for about, each in missing.items() if each} == {}
