"""The issue log and letters about issues: what the police may see, and when they should answer."""

from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from tests.builders import CUSTODY, SUITE, make_kennel_visit, make_visit, sign
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_log import LetterAbout
from visitapp.domain.following.issue_steps import NO_ACTION, REFERRED, RESPONSE, VERIFIED, NewStep
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.persistence import tables as t
from visitapp.services import Services
from visitapp.services.year.issue_documents import issue_log_of

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


def issue(words: str, severity: int = 2, **changed: object) -> Issue:
    return Issue(id=uuid4(), category="FOOD", severity=severity, description=words, **changed)


COLD = issue("The meals were cold", place="Kitchen")
LATE = issue("Nobody asked about diets")
GRAVE = issue("Said he was pushed", severity=4)
AT_ONCE = issue("No water; it was brought", resolved_during_visit=True, status="RESOLVED")


@pytest.fixture
def raised(furnished: Services) -> Services:
    """It is 10 April 2025: what was raised on 12 March is overdue since 26 March."""
    sign(furnished, make_visit(date(2025, 3, 12), issues=(COLD, GRAVE)))
    sign(furnished, make_visit(date(2025, 3, 31), issues=(LATE, AT_ONCE)))
    sign(furnished, make_kennel_visit(date(2025, 3, 20), issues=()))
    return furnished


def record(services: Services, raised_issue: Issue, *steps: NewStep) -> None:
    version = services.issues.get(raised_issue.id).line.issue.version
    services.issues.record(raised_issue.id, version, *steps)


def test_the_log_has_open_issues_and_what_was_done_without_allegations(
    raised: Services, tmp_path: Path
) -> None:
    day = date(2025, 4, 2)
    answer = NewStep(RESPONSE, day, "Diets are on the form now", "Custody inspector")
    record(raised, LATE, answer, NewStep(VERIFIED, day))
    with raised.access.database.transaction() as connection:  # as from before there was a guard
        number = update(t.issue).where(t.issue.c.id == COLD.id)
        connection.execute(number.values(description="The meals for EK/123456/25 were cold"))
    saved = raised.reports.save_issue_log(YEAR, tmp_path / "log.pdf")
    words = TaggedPdf(saved.path.read_bytes()).outline()
    assert "One issue is open, one past the limit." in words
    assert "15 days over" in words
    assert "Diets are on the form now" in words
    assert "Differences between sites and quarters may be chance. No place came up twice." in words
    assert "No water; it was brought" in words
    assert "pushed" not in words
    assert "The meals for " in words
    assert "123456" not in words
    book = load_workbook(raised.reports.save_issue_log(YEAR, tmp_path / "log.xlsx").path)
    heads = [cell.value for cell in book.worksheets[2][3]]
    row = dict(zip(heads, [cell.value for cell in book.worksheets[2][4]], strict=True))
    assert row["Visit"] == raised.issues.get(LATE.id).line.ref
    assert (row["Raised"], row["Answered"], row["Verified"]) == (
        "2025-03-31", "2025-04-02", "2025-04-02",
    )  # fmt: skip
    assert row["Answer due"] == "2025-04-14"


def test_a_log_of_other_days_has_only_what_is_open(raised: Services, tmp_path: Path) -> None:
    early = Period(date(2024, 4, 1), date(2024, 6, 30))
    saved = raised.reports.save_issue_log(early, tmp_path / "log.html")
    words = saved.path.read_text("utf-8")
    assert "No issue is open." in words, "none was raised by then"
    later = Period(date(2025, 4, 1), date(2025, 6, 30))
    words = raised.reports.save_issue_log(later, tmp_path / "l.html").path.read_text("utf-8")
    assert "Two issues are open" in words
    assert "No issues were put right." in words


def test_a_letter_is_an_email_that_opens_as_a_draft(raised: Services, tmp_path: Path) -> None:
    about = LetterAbout(scheme_id=CUSTODY, period=MARCH)
    saved = raised.reports.save_letter(about, tmp_path / "march.eml")
    message = message_from_bytes(saved.path.read_bytes(), policy=default)
    assert message["Subject"] == "Issues raised at visits in March 2025"
    assert message["X-Unsent"] == "1"
    assert (message["From"], message["To"], message["Date"]) == (None, None, None)
    words = message.get_content()
    assert "Visitors raised 2 issues at visits in March 2025 that need a reply." in words
    assert "Was due by 26 March 2025, 15 days ago" in words
    assert "Reply by 14 April 2025" in words
    assert words.index("Thank you") < words.index("No water")
    assert "pushed" not in words
    again = raised.reports.save_letter(about, tmp_path / "again.eml").path.read_bytes()
    assert again == saved.path.read_bytes()
    printed = raised.reports.save_letter(about, tmp_path / "march.pdf")
    assert "Nobody asked about diets" in TaggedPdf(printed.path.read_bytes()).outline()


def test_a_letter_is_about_one_visit_or_reminds_of_what_is_overdue(raised: Services) -> None:
    ref = raised.issues.get(LATE.id).line.ref
    letter = raised.reports.issue_letter(LetterAbout(ref=ref))
    assert [one.line.issue.id for one in letter.to_answer] == [LATE.id]
    assert letter.about == "at Northgate on 31 March 2025"
    reminder = LetterAbout(scheme_id=CUSTODY, site_ids=(SUITE,), is_reminder=True)
    letter = raised.reports.issue_letter(reminder)
    assert [one.line.issue.id for one in letter.to_answer] == [COLD.id]
    assert letter.to == "Custody inspector"
    record(raised, COLD, NewStep(REFERRED, date(2025, 4, 1)))
    assert raised.reports.issue_letter(reminder).to_answer, "referred is not answered"
    record(raised, COLD, NewStep(RESPONSE, date(2025, 4, 1), "A microwave was bought"))
    with pytest.raises(BadInputError, match=r"visiting: .* nothing to remind"):
        raised.reports.issue_letter(reminder)
    with pytest.raises(BadInputError, match="There is no report ZZZ"):
        raised.reports.issue_letter(LetterAbout(ref="ZZZ"))


def test_a_reopened_issue_waits_again_and_reasons_are_not_for_the_force(
    raised: Services, tmp_path: Path
) -> None:
    day = date(2025, 4, 2)
    record(raised, LATE, NewStep(NO_ACTION, day, "The visitors asked us to let it rest"))
    record(raised, COLD, NewStep(RESPONSE, day, "A microwave was bought"), NewStep(VERIFIED, day))
    log = raised.reports.save_issue_log(YEAR, tmp_path / "l.html").path.read_text("utf-8")
    assert "let it rest" not in log
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31))
    update = raised.updates.save(quarter, tmp_path / "u.html").path.read_text("utf-8")
    month = Period(date(2025, 3, 1), date(2025, 3, 31))
    page = raised.documents.save(DocumentKind.MONTHLY, month, tmp_path / "m.html")
    for words in (update, page.path.read_text("utf-8")):
        assert "let it rest" not in words
        assert "No answer" in words
        assert "A microwave was bought" in words
    assert "A microwave was bought" in log
    record(raised, COLD, NewStep(REFERRED, day, "It is cold again"))
    about = LetterAbout(scheme_id=CUSTODY, is_reminder=True)
    (issue_again,) = raised.reports.issue_letter(about).to_answer
    assert issue_again.line.issue.id == COLD.id
    assert (issue_again.answered_on, issue_again.verified_on) == (None, None)
    assert issue_again.response == ""
    assert raised.reports.issue_letter(LetterAbout(ref=issue_again.line.ref)).to_answer


def test_a_log_has_every_issue_and_the_quarters_of_all_its_years(furnished: Services) -> None:
    many = tuple(issue(f"Nr {at}") for at in range(1_001))
    sign(furnished, make_visit(date(2025, 3, 12), issues=many))
    three_years = Period(date(2022, 4, 1), date(2025, 3, 31))
    with furnished.access.database.reading() as connection:
        log = issue_log_of(connection, three_years, (), date(2025, 4, 10))
    assert len(log.open_issues) == 1_001
    ends = [end for end, _ in log.quarters]
    assert len(ends) == 12
    assert ends == sorted(set(ends))
    assert date(2023, 9, 30) in ends
    assert [name for _, name in log.scheme_names] != []


def test_a_log_of_some_sites_names_them(raised: Services, tmp_path: Path) -> None:
    saved = raised.reports.save_issue_log(YEAR, tmp_path / "log.html", site_ids=(SUITE,))
    words = saved.path.read_text("utf-8")
    assert "<title>Issue log, Northgate, 1 April 2024 to 31 March 2025" in words
    assert words.count("Northgate, 1 April 2024 to 31 March 2025") >= 2, "title and subtitle"
    whole = raised.reports.save_issue_log(YEAR, tmp_path / "whole.html").path.read_text("utf-8")
    assert "Northgate, 1 April" not in whole


def test_both_are_commands(named, key, run, tmp_path):
    from tests.builders import furnish
    from tests.conftest import NOW
    from visitapp import bootstrap

    with bootstrap.open_with_key(named, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit(date(2025, 3, 31), issues=(LATE,)))
        ref = opened.services.issues.get(LATE.id).line.ref
    log, letter = tmp_path / "log.xlsx", tmp_path / "letter.eml"
    code, printed, _ = run("report", "issues", "--site", "Northgate", "--out", log)
    assert (code, printed) == (0, f"{log}\n")
    assert run("report", "letter", "--visit", ref, "--out", letter)[0] == 0
    assert b"diets" in letter.read_bytes()
    assert run("report", "letter", "--visit", "X", "--out", tmp_path / "none.eml")[0] == 2
