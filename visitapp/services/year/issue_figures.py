"""Issues as figures: what they are about, how serious, who raised them and how they ended."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from visitapp.domain.office.codes import CodeBook, Matter
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import AT_ONCE
from visitapp.domain.year.attempts import visits_by_part
from visitapp.domain.year.summary import CategoryFigures, IssueFigures
from visitapp.persistence.counting import Counts

ALLEGATIONS = "allegations"
_MATTERS = {**{matter.value: matter.label for matter in Matter}, ALLEGATIONS: "Allegations"}


def issue_figures(book: CodeBook, counts: Counts, period: Period) -> IssueFigures:
    """Concerns by category, severity, origin, matter and month, and positive findings."""
    ended: dict[str, list[int]] = {}
    severities: dict[str, list[int]] = {}
    origins: Counter[str] = Counter()
    positive: Counter[str] = Counter()
    matters: dict[str, list[int]] = {}
    for (category, at_visit, status, severity, origin), number in counts.issues.items():
        if book.group("issue_category", category) == "positive":
            positive[category] += number
            continue
        closed = book.group("issue_status", status) == "closed"
        end = 0 if at_visit else 1 if closed else 2
        ended.setdefault(category, [0, 0, 0])[end] += number
        severities.setdefault(str(severity), [0, 0, 0])[end] += number
        matter = ALLEGATIONS if severity >= AT_ONCE else book.matter(category).value
        matters.setdefault(matter, [0, 0, 0])[end] += number
        origins[origin] += number
    by_day: dict[date, int] = {}
    for (day, category), number in counts.issues_by_day.items():
        if category not in positive:
            by_day[day] = by_day.get(day, 0) + number
    return IssueFigures(
        by_category=_how_ended(book, "issue_category", ended),
        by_severity=_how_ended(book, "issue_severity", severities),
        by_origin=book.labelled("issue_origin", origins),
        by_matter=tuple(
            CategoryFigures(key, label, *matters[key])
            for key, label in _MATTERS.items()
            if key in matters
        ),
        by_month=visits_by_part(by_day, period.parts_by_month()),
        positive=book.labelled("issue_category", positive),
        unknown_visits=counts.without_issues,
    )


def _how_ended(
    book: CodeBook, list_name: str, ended: Mapping[str, list[int]]
) -> tuple[CategoryFigures, ...]:
    """By code of a list, in its order; codes that it lacks come last."""
    order = {code.code: at for at, code in enumerate(book[list_name])}
    codes = sorted(ended, key=lambda code: (order.get(code, len(order)), code))
    return tuple(CategoryFigures(code, book.label(list_name, code), *ended[code]) for code in codes)
