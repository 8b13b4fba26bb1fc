"""Issues that the office opens without a visit: followed up like others, and counted apart."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook

from tests.builders import CUSTODY, KENNELS, SUITE, make_visit, sign
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.following.issue_log import LetterAbout
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import CLOSED, REFERRED, RESPONSE, NewStep
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.persistence import integrity
from visitapp.reporting.issue_letter import draft_email
from visitapp.services import Services
from visitapp.services.year.issue_documents import issue_log_of

DAY = date(2025, 3, 20)
HOT = OfficeIssue(uuid4(), CUSTODY, SUITE, DAY, "WARM", 2, "The heating failed", source="The force")


def changed(**values: object) -> OfficeIssue:
    fields = {name: getattr(HOT, name) for name in HOT.__dataclass_fields__}
    return OfficeIssue(**{**fields, "id": uuid4(), **values})


@pytest.fixture
def opened(furnished: Services) -> Services:
    sign(furnished, make_visit(date(2025, 3, 12), issues=(_issue("Cold meals"),)))
    sign(furnished, make_visit(date(2025, 4, 2), issues=(_issue("No soap"),)))
    furnished.issues.open_without_visit(HOT)
    return furnished


def _issue(words: str) -> Issue:
    return Issue(uuid4(), "FOOD", 2, description=words)


def titles(services: Services, **query: object) -> list[str]:
    return [line.title for line in services.issues.lines(IssueQuery(**query))]


def test_it_is_listed_between_the_others_and_counted_on_the_page(opened: Services) -> None:
    assert titles(opened) == ["Cold meals", "The heating failed", "No soap"]
    assert titles(opened, limit=1, offset=1) == ["The heating failed"]
    assert titles(opened, text="heating northgate") == ["The heating failed"]
    assert titles(opened, site_ids=(KENNELS,)) == []
    assert titles(opened, severity=3) == []
    page = opened.issues.page(IssueQuery())
    assert (page.total, page.numbers[IssueStanding.ALL], page.overdue) == (3, 3, 2)
    home = opened.home.overview()
    assert (home.issues.number, home.issues.overdue) == (3, 2)
    assert opened.home.overdue_issues() == 2
    file = opened.issues.get(HOT.id)
    assert (file.raised_by, file.line.visit_id) == (("Mary Manager",), None)


def test_it_is_followed_up_and_closed_like_any_other(opened: Services) -> None:
    referred = NewStep(REFERRED, DAY, "", "Custody inspector")
    answer = NewStep(RESPONSE, DAY + timedelta(days=1), "A boiler was mended", "Inspector")
    opened.issues.record(HOT.id, 1, referred, answer)
    with pytest.raises(ConflictError):
        opened.issues.record(HOT.id, 1, answer)
    with pytest.raises(BadInputError, match="earlier"):
        opened.issues.record(HOT.id, 2, NewStep(CLOSED, DAY - timedelta(days=1)))
    opened.issues.record(HOT.id, 2, NewStep(CLOSED, date(2025, 4, 9)))
    file = opened.issues.get(HOT.id)
    assert [step.status for step in file.steps] == [REFERRED, RESPONSE, CLOSED]
    assert not file.line.is_open
    assert opened.issues.outcomes(IssueQuery()) == (), "no visitor said this"
    assert titles(opened, standing=IssueStanding.CLOSED) == ["The heating failed"]
    assert integrity.look(opened.access.database).faults == []


def test_it_is_in_the_log_and_letters_and_in_no_figure_of_visits(
    opened: Services, tmp_path: Path
) -> None:
    year = Period(date(2024, 4, 1), date(2025, 3, 31))
    log = opened.reports.save_issue_log(year, tmp_path / "log.html").path.read_text("utf-8")
    assert "The heating failed" in log
    letter = opened.reports.issue_letter(LetterAbout(scheme_id=CUSTODY, is_reminder=True))
    assert [one.words for one in letter.to_answer] == ["Cold meals", "The heating failed"]
    assert "opened by the office. The heating failed" in log
    assert "by the day they were raised" in log
    assert (letter.about, letter.is_of_visitors) == ("at your sites", False)
    message = message_from_bytes(draft_email(letter), policy=default)
    assert message["Subject"] == "Reminder: issues at your sites"
    email = message.get_content()
    assert "2 issues wait for a reply that is overdue." in email
    assert "Where visitors raised it, we will pass it on to them." in email
    assert "opened by the office: The heating failed" in email
    with opened.access.database.reading() as connection:
        raised = issue_log_of(connection, year, (), date(2025, 4, 10)).raised_at_visits
    assert [issue.words for issue in raised] == ["Cold meals"]
    opened.issues.open_without_visit(changed(severity=4, description="An allegation"))
    log = opened.reports.save_issue_log(year, tmp_path / "l.html").path.read_text("utf-8")
    assert "An allegation" not in log
    assert "heating" not in opened.figures.figures_json(year)


def test_a_step_for_several_issues_is_recorded_for_all_or_none(opened: Services) -> None:
    lines = opened.issues.lines(IssueQuery())
    step = NewStep(REFERRED, DAY + timedelta(days=15), "By letter", "Custody inspector")
    opened.issues.record(lines[-1].issue.id, lines[-1].issue.version, step)
    with pytest.raises(ConflictError):
        opened.issues.record_for_all(lines, step)
    assert [len(opened.issues.get(line.issue.id).steps) for line in lines] == [0, 0, 1]
    opened.issues.record_for_all(lines[:2], step)
    assert [len(opened.issues.get(line.issue.id).steps) for line in lines] == [1, 1, 1]


def test_what_cannot_be_is_refused(opened: Services) -> None:
    refused: tuple[tuple[dict[str, object], str], ...] = (
        ({"description": " "}, "what the issue is about"),
        ({"severity": 5}, "from 1 to 4"),
        ({"site_id": UUID(int=1)}, "Choose a site"),
        ({"site_id": KENNELS}, "Choose a site"),
        ({"category": "GOODSTAFF"}, "category"),
        ({"raised_on": date(2025, 4, 11)}, "future"),
        ({"source": "x" * 201}, "few words"),
    )
    for values, message in refused:
        with pytest.raises(BadInputError, match=message):
            opened.issues.open_without_visit(changed(**values))
    assert len(titles(opened)) == 3


def test_the_briefing_and_the_lists_have_it_and_tell_it_apart(opened: Services, tmp_path) -> None:
    step = NewStep(RESPONSE, DAY, "An engineer is called", "Inspector")
    opened.issues.record(HOT.id, 1, step)
    briefing = opened.briefing.briefing(SUITE)
    assert [item.words for item in briefing.open_issues] == [
        "Cold meals", "Opened by the office: The heating failed", "No soap",
    ]  # fmt: skip
    assert [item.answer for item in briefing.open_issues] == ["", "An engineer is called", ""]
    target = tmp_path / "lists.xlsx"
    opened.exports.save(target)
    sheets = load_workbook(target, read_only=True)
    heads, row = (list(each) for each in sheets["office_issues"].iter_rows(values_only=True))
    entry = dict(zip(heads, row, strict=True))
    assert (entry["site"], entry["description"]) == ("Northgate", "The heating failed")
    steps = [list(each) for each in sheets["office_steps"].iter_rows(values_only=True)]
    assert steps[1][-2:] == ["Inspector", "An engineer is called"]
