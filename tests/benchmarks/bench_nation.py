"""Each page's figures, and the annual report, in a nation's file: 180 sites, 75,000 visits.

What is timed is what a page asks of the services when it is shown. The least of several turns, in
seconds of this process, since other programs may be busy. Baselines are hand-written SQL for the
same figures, and stock ReportLab for the same report.
"""

import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks import bench_report, stock_coverage, stock_findings
from tests.benchmarks.nation_file import KEY, LAST_YEAR, TODAY, nation
from tests.benchmarks.report_content import neutral
from visitapp import bootstrap
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services

BAR, REPORT_BAR = 0.3, 10.0
TURNS = 3


def main() -> None:
    with bootstrap.open_with_key(nation(), KEY) as opened:
        slow = [name for name, work in pages(opened.services).items() if not is_quick(name, work)]
        against_sql(opened.services)
        report(opened.services)
    if slow:
        raise SystemExit(f"Slower than {BAR * 1000:.0f} ms: {', '.join(slow)}")


def against_sql(services: Services) -> None:
    """Coverage and findings of all suites beside SQL that counts the visits and reports."""
    figures = services.figures
    suites = figures.site_ids(LAST_YEAR, Kind.CUSTODY.value, [])
    borrowed = services.access.database.driver_connection()
    raw, start, end = borrowed.driver_connection, LAST_YEAR.start, LAST_YEAR.end
    pairs: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
        "Coverage": (
            lambda: figures.coverage(LAST_YEAR, suites),
            lambda: stock_coverage.count(raw, [site.hex for site in suites], start, end),
        ),
        "Findings": (
            lambda: figures.findings(LAST_YEAR, Kind.CUSTODY),
            lambda: stock_findings.seconds_one_by_one(raw, LAST_YEAR),
        ),
    }
    for name, works in pairs.items():
        ours, theirs = (min(timed(work) for _ in range(TURNS)) for work in works)
        print(f"{name}: {ours / theirs:.2f} times as long as SQL ({theirs * 1000:.0f} ms)")
    borrowed.close()


def report(services: Services) -> None:
    """The annual report beside stock ReportLab with the same content, each in turn."""
    from visitapp.reporting.annual import annual_report
    from visitapp.reporting.pdf.fonts import register_fonts

    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content.json"
        register_fonts()
        document = annual_report(services.figures.summary(LAST_YEAR, findings=True), LAST_YEAR.end)
        content.write_text(json.dumps(neutral(document)), encoding="utf-8")
        stock = str(Path(bench_report.__file__).with_name("stock_report.py"))
        theirs = min(bench_report.times(stock, str(content), "2"))
    ours = min(timed(lambda: services.reports.annual_pages(LAST_YEAR)) for _ in range(2))
    print(
        f"Annual report: {ours:.1f} s (bar {REPORT_BAR:.0f} s), with figures "
        f"{ours / theirs:.2f} times as long as stock ReportLab without them",
        flush=True,
    )


def pages(services: Services) -> dict[str, Callable[[], Any]]:
    """What each page asks for, by a name to print."""
    figures, visits, issues = services.figures, services.visits, services.issues
    sites = [site.id for site in services.setup.sites()]
    suites = figures.site_ids(LAST_YEAR, Kind.CUSTODY.value, [])
    quarter = services.planning.planned_weeks()
    first = visits.page(VisitQuery(limit=1)).rows[0]
    issue = issues.page(IssueQuery(limit=1)).lines[0]
    return {
        "Home": services.home.overview,
        "Coverage, sites": lambda: figures.site_ids(LAST_YEAR, Kind.CUSTODY.value, []),
        "Coverage, every suite": lambda: figures.coverage(LAST_YEAR, suites),
        "Coverage, one suite": lambda: figures.coverage(LAST_YEAR, sites[:1]),
        "Findings, every suite": lambda: figures.findings(LAST_YEAR, Kind.CUSTODY),
        "Findings, part of a month": lambda: figures.findings(
            services.setup.years().year_of(TODAY), Kind.CUSTODY
        ),
        "Findings, one suite": lambda: figures.findings(LAST_YEAR, Kind.CUSTODY, sites[:1]),
        "Findings, 30 suites": lambda: figures.findings(LAST_YEAR, Kind.CUSTODY, sites[:30]),
        "Reports, figures of a year": lambda: figures.summary(LAST_YEAR, findings=True),
        "Visits": lambda: visits.page(VisitQuery()),
        "Visits, a year": lambda: visits.page(VisitQuery(period=LAST_YEAR)),
        "Visits, by site": lambda: visits.page(VisitQuery(sort="site")),
        "Visits, by wait": lambda: visits.page(VisitQuery(sort="wait")),
        "Visits, by issues": lambda: visits.page(VisitQuery(sort="issues")),
        "Visits, last page": lambda: visits.page(VisitQuery(offset=70_000)),
        "Visits, search a word": lambda: visits.page(VisitQuery(text="exercise")),
        "Visits, search a rare word": lambda: visits.page(VisitQuery(text="ASH-2024-0014")),
        "Visits, search a person": lambda: visits.page(VisitQuery(text="Wilma Ashdale")),
        "Visits, one": lambda: visits.context(visits.get(first.id)),
        "Visits, of the same visit": visits.same_visit_questions,
        "Issues": lambda: issues.page(IssueQuery()),
        "Issues, closed": lambda: issues.page(IssueQuery(standing=IssueStanding.CLOSED)),
        "Issues, recently closed": lambda: issues.recently_closed(IssueQuery()),
        "Issues, search": lambda: issues.page(IssueQuery(text="blanket")),
        "Issues, one": lambda: issues.get(issue.issue.id),
        "People": services.people.people,
        "Plan": lambda: services.planning.sheet(quarter),
        "Briefing": lambda: services.briefing.briefing(sites[0]),
        "Go to": lambda: (
            visits.lines(VisitQuery(text="blank", states=tuple(State), limit=6)),
            issues.lines(IssueQuery(standing=IssueStanding.ALL, text="blank", limit=6)),
        ),
    }


def is_quick(name: str, work: Callable[[], Any]) -> bool:
    """Time a page and say how long it took, at first and once its part of the file is in memory."""
    first, *others = (timed(work) for _ in range(TURNS + 1))
    print(f"{name}: {min(others) * 1000:.0f} ms, at first {first * 1000:.0f} ms", flush=True)
    return min(others) <= BAR


def timed(work: Callable[[], Any]) -> float:
    """Seconds of this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    main()
