"""The published year of a real scheme comes out to the digit, and is counted, not copied."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from visitapp import bootstrap, demonstration
from visitapp.domain.period import Period
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED = json.loads((ROOT / "tests/data/published_2023_24.json").read_text(encoding="utf-8"))
CUSTODY, KENNELS = PUBLISHED["custody"], PUBLISHED["animal_welfare"]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR, NEXT_YEAR = demonstration.published_years()
AWARDS = {
    2023: [
        "6-years-jaswant-copperwheat", "9-years-eskil-hawthornthwaite",
        "12-years-basil-thornycroft", "6-years-keziah-dunwoodie", "9-years-farida-penhaligon",
        "12-years-chidi-larkspur",
    ],
    2024: [
        "3-years-oisín-tremellen", "15-years-anwen-merrivale", "6-years-leopold-marchbanks",
        "3-years-perpetua-oldcastle", "3-years-quentin-bramblewick",
    ],
}  # fmt: skip
"""The certificates that are due in each year, in the demonstration's names."""


def _run(*words: str, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "visitapp", *words],
        cwd=ROOT,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `visitapp demo` writes."""
    out = tmp_path_factory.mktemp("demo") / "here"
    _run("demo", "--out", str(out), PYTHONHASHSEED="3", TZ="Asia/Tokyo")
    return out


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / "2023-24" / "figures.json").read_text("utf-8"))
    return read["schemes"]


@pytest.fixture(scope="module")
def lines(folder: Path) -> list[str]:
    """The annual report as lines of text, without space at their ends."""
    return _lines((folder / "2023-24" / "annual-report.pdf").read_bytes())


def _lines(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    found = []
    for page in document:
        found += [line.strip() for line in page.get_textpage().get_text_range().splitlines()]
    document.close()
    return found


def test_the_figures_file_holds_what_the_command_says(folder: Path) -> None:
    passphrase = folder.parent / "passphrase"
    passphrase.write_text(bootstrap.DEMONSTRATION_PASSPHRASE, encoding="utf-8")
    for period, name in ((YEAR, "2023-24"), (NEXT_YEAR, "2024-25")):
        said = _run(
            "--file", str(folder / "demonstration.visits"),
            "--passphrase-file", str(passphrase),
            "figures", "--from", period.start.isoformat(), "--to", period.end.isoformat(),
            "--json",
        )  # fmt: skip
        assert said.encode("utf-8") == (folder / name / "figures.json").read_bytes()


def test_the_folder_holds_records_and_documents_of_both_years(folder: Path) -> None:
    sites = ("euston-street", "keyham-lane", "leicestershire-police-dog-unit")
    year = ["annual-report.pdf", "figures.json", "indicators.json"]
    meetings = {2023: "2023-12-13", 2024: "2025-01-15"}
    year += [f"coverage-{site}.{form}" for site in sites for form in ("png", "svg")]
    expected = ["demonstration.visits", "demonstration.visits.key"]
    for first, name in ((2023, "2023-24"), (2024, "2024-25")):
        quarters = [
            f"quarterly-update-{months}-{calendar_year}.pdf"
            for months, calendar_year in (
                ("April-to-June", first), ("July-to-September", first),
                ("October-to-December", first), ("January-to-March", first + 1),
            )
        ]  # fmt: skip
        others = [
            f"evidence-for-accreditation-{name}.pdf", f"meeting-{meetings[first]}.pdf",
            f"issues-and-police-action-March-{first + 1}.pdf",
            f"regional-indicators-{name}.pdf", f"regional-indicators-{name}.xlsx",
        ]  # fmt: skip
        others += ["claims.pdf"] if first == 2024 else []  # nobody claimed the year before
        others += [f"certificate-{words}.pdf" for words in AWARDS[first]]
        expected += [f"{name}/{file}" for file in (*year, *quarters, *others)]
    found = [path for path in folder.rglob("*") if path.is_file()]
    assert sorted(str(path.relative_to(folder)) for path in found) == sorted(expected)
    assert all(path.stat().st_size > 300 for path in found)


def test_custody_visits_and_their_target_are_as_published(figures: dict[str, Any]) -> None:
    custody = figures["custody"]
    assert custody["visits"]["total"] == CUSTODY["visits"]["total"]
    by_site = custody["visits"]["by_site"]
    assert {name: n for name, n in by_site.items() if n} == CUSTODY["visits"]["by_site"]
    target = custody["target"]
    assert (target["expected"], target["done"]) == (CUSTODY["weeks_due"], 101)
    assert target["percent"] == CUSTODY["target_percent"]
    assert target["weeks_due"] == CUSTODY["weeks_due"]
    assert target["weeks_met"] < target["done"]
    assert (custody["hours"], custody["value_gbp"]) == (CUSTODY["hours"], CUSTODY["value_gbp"])


@pytest.mark.parametrize("site", ["Euston Street", "Keyham Lane"])
def test_each_suites_grid_is_as_published(figures: dict[str, Any], site: str) -> None:
    grid = figures["custody"]["coverage"][site]
    assert grid["days"] == list(DAYS)
    assert grid["counts"] == CUSTODY["timeslots"][site]
    assert grid["row_totals"] == CUSTODY["row_totals"][site]
    assert grid["column_totals"] == CUSTODY["column_totals"][site]
    assert grid["total"] == CUSTODY["visits"]["by_site"][site]
    assert (grid["cells"], grid["cells_visited"]) == (35, CUSTODY["cells_visited"][site])
    assert grid["outside_grid"] == 0


def test_keyham_lanes_last_column_is_ten(figures: dict[str, Any], lines: list[str]) -> None:
    assert figures["custody"]["coverage"]["Keyham Lane"]["column_totals"][-1] == 10
    assert "Total 5 14 7 14 10 50" in lines


def test_access_and_people_are_as_published(figures: dict[str, Any]) -> None:
    custody = figures["custody"]
    access = {name: custody["access"][name] for name in CUSTODY["access"]}
    assert access == CUSTODY["access"]
    assert custody["access"]["not_admitted"] == custody["access"]["not_applicable"] == 0
    detainees = custody["detainees"]
    assert {name: detainees[name] for name in CUSTODY["detainees"]} == CUSTODY["detainees"]
    assert {name: detainees["percent"][name] for name in CUSTODY["percent"]} == CUSTODY["percent"]
    assert detainees["other"] == 0


def test_issues_come_in_the_published_order(figures: dict[str, Any]) -> None:
    issues = figures["custody"]["issues"]
    ordered = sorted(issues["by_category"], key=lambda label: -issues["by_category"][label])
    assert ordered[:2] == CUSTODY["most_raised"]
    assert issues["total"] == sum(issues["by_category"].values())


def test_kennel_visits_are_as_published(figures: dict[str, Any]) -> None:
    animals = figures["animal_welfare"]
    assert animals["visits"]["by_site"] == {KENNELS["site"]: KENNELS["visits"]}
    assert (animals["visits"]["total"], animals["visits"]["attempted"]) == (12, 12)
    assert (animals["target"]["expected"], animals["target"]["weeks_met"]) == (12, 12)
    grid = animals["coverage"][KENNELS["site"]]
    assert grid["counts"] == KENNELS["timeslots"]
    assert grid["row_totals"] == KENNELS["row_totals"]
    assert grid["column_totals"] == KENNELS["column_totals"]
    assert (grid["cells"], grid["cells_visited"]) == (KENNELS["cells"], KENNELS["cells_visited"])


def _numbers(*numbers: int) -> str:
    return " ".join(f"{number:,}" for number in numbers)


def _grid_lines(
    days: tuple[str, ...], counts: list[list[int]], rows: list[int], columns: list[int]
) -> list[str]:
    found = [
        f"{day} {_numbers(*row)} {total}"
        for day, row, total in zip(days, counts, rows, strict=True)
    ]
    return [*found, f"Total {_numbers(*columns)} {sum(rows)}"]


def _first_row(lines: list[str], caption: str) -> int:
    """Where the rows of a grid begin: below its headings, the first of which is "Day"."""
    start = next(i for i, line in enumerate(lines) if caption in line)
    return next(i for i in range(start, start + 4) if lines[i].startswith("Day ")) + 1


def test_the_report_prints_every_grid(lines: list[str]) -> None:
    for site in CUSTODY["timeslots"]:
        wanted = _grid_lines(
            DAYS,
            CUSTODY["timeslots"][site],
            CUSTODY["row_totals"][site],
            CUSTODY["column_totals"][site],
        )
        start = _first_row(lines, f"Visits to {site} by day")
        assert lines[start : start + len(wanted)] == wanted
    wanted = _grid_lines(
        (*DAYS[:5], "Saturday/Sunday"),
        KENNELS["timeslots"],
        KENNELS["row_totals"],
        KENNELS["column_totals"],
    )
    start = _first_row(lines, f"Visits to {KENNELS['site']} by")
    assert lines[start : start + len(wanted)] == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "Euston Street 36 52 51 98.1% 50 of 52",
        "Keyham Lane 18 52 50 96.2% 49 of 52",
        "Beaumont Leys (not in use) 14 none none no target none due",
        "All suites 68 104 101 97.1% 99 of 104",
        "Custody visiting 101 442.43 £18.3515 £8,119.32",
        "Euston Street: 33 of 35 timeslots were visited",
        "Keyham Lane: 31 of 35 timeslots were visited",
        "Up to 5 minutes (immediate) 91 90%",
        "6 to 15 minutes 1 1%",
        "More than 15 minutes 9 9%",
        "All visits made face to face 101 100%",
        "15,475 people were detained",
        "Asleep: observed through the hatch, not woken 395 36%",
        "222 20%",
        "advice 72 7%",
        "Offered a visit 407 37%",
        "Offered a visit, and spoke with visitors 365 33% 90%",
        "Offered a visit, and refused 42 4% 10%",
        "In the cells at the time of a visit 1,096 100%",
        "Food and drink 19 16 3 0",
        "Cell and its contents 15 15 0 0",
        "At 1 April 2023 18",
        "Left −2",
        "At 31 March 2024 16",
        "Leicestershire Police Dog Unit: 11 of 12 timeslots were visited",
        "Made up to match published totals",
    ],
)
def test_the_report_prints(lines: list[str], wanted: str) -> None:
    assert wanted in " ".join(lines)


def test_the_report_with_all_its_sections_takes_sixteen_pages_at_most(folder: Path) -> None:
    document = pypdfium2.PdfDocument(folder / "2023-24" / "annual-report.pdf")
    pages = len(document)
    document.close()
    assert pages <= 16


def test_the_report_holds_the_published_facts_that_no_visit_shows(lines: list[str]) -> None:
    said = " ".join(lines)
    for fact in CUSTODY["texts"]:
        assert fact in said
    for number in CUSTODY["volunteers"].values():
        assert str(number) in said


def test_the_report_says_that_its_visits_are_made_up(folder: Path) -> None:
    for name in ("2023-24", "2024-25"):
        said = _lines((folder / name / "annual-report.pdf").read_bytes())
        assert sum("Made up to match published totals" in line for line in said) > 5
        for picture in (folder / name).glob("*.svg"):
            assert "Made up to match published totals" in picture.read_text("utf-8")


def test_the_next_year_is_compared_with_the_published_one(folder: Path) -> None:
    said = " ".join(_lines((folder / "2024-25" / "annual-report.pdf").read_bytes()))
    assert "Visits made 103 101" in said
    assert "2 visits more than in 2023/24 (101)" in said


def test_every_copy_is_alike(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    _run("demo", "--out", str(again), PYTHONHASHSEED="8", TZ="America/St_Johns", LC_ALL="C")
    for path in folder.rglob("*"):
        if path.suffix in (".pdf", ".json", ".svg", ".png"):
            assert path.read_bytes() == (again / path.relative_to(folder)).read_bytes(), path.name


def test_a_folder_with_something_in_it_is_refused(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "visitapp", "demo", "--out", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert str(folder) in done.stderr


def test_the_window_gets_the_demonstration_open_and_held(tmp_path: Path) -> None:
    with bootstrap.open_demonstration(tmp_path / "throw-away") as opened:
        office = opened.services.setup.office()
        assert opened.services.access.today() == office.today
        assert opened.services.figures.summary(YEAR).office.made_up_note
        assert len(opened.services.drafts.drafts()) == 2
        path = opened.path
    with bootstrap.open_with_passphrase(path, bootstrap.DEMONSTRATION_PASSPHRASE) as unlocked:
        assert unlocked.services.setup.office() == office


# Counted, never copied


def _ids(services: Services, period: Period) -> list[Any]:
    page = services.visits.page(VisitQuery(period=period, limit=200))
    return [row.id for row in page.rows]


def _coverage_of(services: Services, site_id: object) -> SiteCoverage:
    (found,) = services.figures.coverage(YEAR, (site_id,))  # type: ignore[arg-type]
    return found


def test_withdrawing_visits_in_turn_takes_each_out_of_every_figure(shown) -> None:
    services: Services = shown.services
    for at in range(0, 113, 9):
        before = json.loads(services.figures.figures_json(YEAR))["schemes"]
        visit = services.visits.get(_ids(services, YEAR)[at // 9 * 8])
        site = next(s for s in services.setup.sites() if s.id == visit.site_id)
        kind = next(s.kind.value for s in services.setup.schemes() if s.id == visit.scheme_id)
        covered = _coverage_of(services, visit.site_id)
        slot = covered.grid.timeslot_at(visit.arrived.weekday, visit.arrived.minute)
        services.visits.withdraw(visit.id, "Withdrawn by a test")
        after = json.loads(services.figures.figures_json(YEAR))["schemes"]
        mine, was = after[kind], before[kind]
        assert mine["visits"]["total"] == was["visits"]["total"] - 1
        assert mine["visits"]["by_site"][site.name] == was["visits"]["by_site"][site.name] - 1
        assert mine["hours"] == pytest.approx(
            was["hours"] - visit.volunteer_minutes / 60, abs=0.011
        )
        grid, old = mine["coverage"][site.name], was["coverage"][site.name]
        assert slot is not None
        assert grid["counts"][slot.row][slot.column] == old["counts"][slot.row][slot.column] - 1
        assert grid["column_totals"][slot.column] == old["column_totals"][slot.column] - 1
        if kind == "custody":
            for name, outcome in (("seen", "SEEN"), ("asleep", "ASLEEP"), ("refused", "REFUSED")):
                left = was["detainees"][name] - visit.count_of(outcome)
                assert mine["detainees"][name] == left
            assert mine["detainees"]["in_custody"] == was["detainees"]["in_custody"] - (
                visit.present or 0
            )
        other = "animal_welfare" if kind == "custody" else "custody"
        assert after[other] == before[other]


def test_a_withdrawn_visit_is_gone_from_the_report_and_the_picture(shown) -> None:
    services: Services = shown.services
    keyham = next(s for s in services.setup.sites() if s.name == "Keyham Lane")
    drawn = services.reports.coverage_bytes(YEAR, (keyham.id,), "need", ".svg")
    visit = next(
        visit
        for visit in map(services.visits.get, _ids(services, YEAR))
        if visit.site_id == keyham.id
        and visit.arrived.weekday == 6
        and visit.arrived.minute >= 1200
    )
    services.visits.withdraw(visit.id, "Withdrawn by a test")
    said = " ".join(_lines(services.reports.annual_pages(YEAR).content))
    assert "Sunday 1 1 2 1 0 5" in said
    assert "Total 5 14 7 14 9 49" in said
    assert "All suites 68 104 100 96.2%" in said
    assert "Keyham Lane: 30 of 35 timeslots were visited" in said
    assert services.reports.coverage_bytes(YEAR, (keyham.id,), "need", ".svg") != drawn
