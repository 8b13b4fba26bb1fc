"""How serious issues were and who raised them, as the report prints it."""

from dataclasses import replace
from datetime import date

from tests.reporting import published_year as years
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.listed_issue import IssueList, ListedIssue
from visitapp.domain.year.summary import CategoryFigures
from visitapp.reporting.annual import annual_report
from visitapp.reporting.blocks import BulletList, Document, Paragraph, Table, plain

ALLEGATION = CategoryFigures("4", "Allegation", 0, 1, 1)
SEVERITIES = (
    CategoryFigures("1", "Minor", 40, 5, 0),
    CategoryFigures("2", "Needs action", 9, 4, 1),
)
ORIGINS = (("Detainee", 41), ("Visitors saw it", 20))


def _report(*severities: CategoryFigures) -> Document:
    year = years.published_year()
    custody = year.schemes[Kind.CUSTODY]
    issues = replace(custody.issues, by_severity=severities, by_origin=ORIGINS)
    return annual_report(
        replace(year, schemes={**year.schemes, Kind.CUSTODY: replace(custody, issues=issues)})
    )


def _table(document: Document, caption: str) -> Table:
    return next(table for table in document.tables() if table.caption == caption)


def _words(document: Document) -> str:
    return "\n".join(plain(b.runs) for b in document.blocks() if isinstance(b, Paragraph))


def test_allegations_are_counted_apart_from_other_issues() -> None:
    report = _report(*SEVERITIES, ALLEGATION)
    table = _table(report, "Issues by severity")
    assert table.rows == (("Minor", "45", "40", "5", "0"), ("Needs action", "14", "9", "4", "1"))
    assert table.total == ("All but allegations", "59", "49", "9", "1")
    assert (
        "Two allegations of ill-treatment, or about safeguarding, were raised. An allegation is "
        "passed on at once. One was open at the end of the year."
    ) in _words(report)


def test_without_an_allegation_none_is_named_and_the_total_is_of_all() -> None:
    report = _report(*SEVERITIES)
    assert _table(report, "Issues by severity").total == ("All issues", "59", "49", "9", "1")
    assert "allegation" not in _words(report)


def test_a_year_of_allegations_alone_has_no_empty_table() -> None:
    report = _report(ALLEGATION)
    assert "Issues by severity" not in {table.caption for table in report.tables()}
    assert "Two allegations" in _words(report)


def test_who_raised_the_issues_adds_up_to_all_of_them() -> None:
    table = _table(_report(*SEVERITIES, ALLEGATION), "Who raised the issues")
    assert table.rows == (("Detainee", "41"), ("Visitors saw it", "20"))
    assert table.total == ("All issues", "61")


FOOD = ListedIssue(
    date(2023, 6, 4), "Euston Street", "Food and drink", "Needs action", "Detainee", "Verified",
    False, 6, "Stock is checked each day.",
)  # fmt: skip
CELL = replace(FOOD, category="Cell", outcome="Raised", is_open=True, days=None, answer="")
CLOSED = replace(CELL, category="Light", outcome="Closed", is_open=False)


def _with_list(listed: IssueList) -> Document:
    return annual_report(replace(years.published_year(), issues={Kind.CUSTODY: listed}))


def test_issues_that_needed_an_answer_are_listed_with_it() -> None:
    report = _with_list(IssueList((FOOD, CELL, CLOSED), 1))
    table = _table(report, "Issues not put right during the visit")
    start = ("June 2023", "Euston Street")
    assert table.rows == (
        (*start, "Food and drink", "Needs action", "Detainee", "6", "Verified"),
        (*start, "Cell", "Needs action", "Detainee", "none yet", "Raised"),
        (*start, "Light", "Needs action", "Detainee", "no answer", "Closed"),
    )
    assert "The most serious issues are listed; one other is not." in _words(report)
    lists = [block for block in report.blocks() if isinstance(block, BulletList)]
    items = [plain(item.runs) for block in lists for item in block.items]
    assert "Food and drink, Euston Street, June 2023: Stock is checked each day." in items
    assert not [words for words in items if words[:5] == "Cell,"]


def test_a_year_without_such_issues_has_no_list() -> None:
    captions = {table.caption for table in _with_list(IssueList()).tables()}
    assert "Issues not put right during the visit" not in captions
