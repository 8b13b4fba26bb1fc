"""Each page's figures, and the annual report, in a nation's file: 180 sites, 75,000 visits.

What is timed is what a page asks of the services when it is shown. The least of several turns, in
seconds of this process, since other programs may be busy. Baselines are hand-written SQL for the
same figures, and stock ReportLab for the same report.
"""

import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.nation_file import KEY, LAST_YEAR, TODAY, nation
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
    if slow:
        raise SystemExit(f"Slower than {BAR * 1000:.0f} ms: {', '.join(slow)}")


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
            visits.page(VisitQuery(text="blank", states=tuple(State), limit=6)),
            issues.page(IssueQuery(standing=IssueStanding.ALL, text="blank", limit=6)),
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
