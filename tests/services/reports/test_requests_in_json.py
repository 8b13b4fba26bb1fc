"""Requests of detainees in reports as JSON: read by codes or by words, and written as they are."""

from tests.builders import make_visit, sign
from tests.copies import DAY
from tests.services.reports.report_files import logged, plain, problems
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services import Services

BLANKET = {"kind": "BLANKET", "put_right": "YES", "action": "Brought at once"}


def report_of(services: Services):
    """The JSON of a report with one detainee, who asked for a blanket."""
    row = ReportRow("4", answers={"requests_made": [BLANKET]})
    report = Report(1, {"overall": "SATISFACTORY"})
    visit = make_visit(DAY, present=1, counts=(OutcomeCount("SEEN", 1, row=row),), report=report)
    return plain(services, sign(services, visit).ref)


def requests_in(visit: Visit):
    (row,) = (count.row for count in visit.counts)
    assert row is not None
    return row.answers["requests_made"]


def test_requests_are_read_by_codes_or_words(furnished: Services) -> None:
    values = report_of(furnished)
    answers = values["rows"][0]["answers"]
    assert answers["requests_made"] == [BLANKET]
    answers["requests_made"] = [
        {"kind": "telephone call", "put_right": "No", "action": "Blanket or warmth"},
        BLANKET,
    ]
    assert requests_in(logged(furnished, values)) == [
        {"kind": "CALL", "put_right": "NO", "action": "Blanket or warmth"},
        BLANKET,
    ]


def test_what_is_wrong_with_a_request_is_said(furnished: Services) -> None:
    values = report_of(furnished)
    values["rows"][0]["answers"]["requests_made"] = [BLANKET, {"kind": "CALL", "put_right": "?"}]
    sentences = problems(furnished, values)
    assert any("Request 2: say whether it was put right." in each for each in sentences)
