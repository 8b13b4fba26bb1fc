"""Counted answers that another program changed are found, and counted again; settings that change
what is asked are no mistake."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from tests.builders import CUSTODY, SUITE
from tests.conftest import NOW
from tests.services.year.test_answers_counted import FORMS, YEAR, Maker
from visitapp import bootstrap
from visitapp.domain.office.scheme import Kind
from visitapp.persistence import forms, ledger, visits

REPORT = "its counted answers are not those in its report. Count the answers again."
REPORTS = "reports are not those in the reports. Count the answers again."
SUMS = "The sums of answers are not those of the reports. Count the answers again."


@pytest.fixture
def written(furnished, opened: bootstrap.OpenedFile) -> bootstrap.OpenedFile:
    """Twenty reports of both versions of a form."""
    maker = Maker(5, [SUITE])
    reports = [replace(maker.visit(), ref=f"N-{number}") for number in range(20)]
    with opened.database.transaction() as connection:
        for form in FORMS:
            forms.add(connection, CUSTODY, form, "Mary Manager", NOW)
        visits.insert_visits(connection, reports)
        ledger.append(connection, ledger.signed(reports, "Mary Manager"))
    return opened


def spoil(opened: bootstrap.OpenedFile, statement: str) -> None:
    with opened.database.transaction() as connection:
        connection.execute(text(statement))


def about_answers(opened: bootstrap.OpenedFile) -> list[str]:
    faults = opened.services.maintenance.look().contradictions
    return [fault for fault in faults if "answers" in fault]


OF_ONE = (
    "WHERE visit_id = (SELECT visit_id FROM counted_answer JOIN visit ON id = visit_id "
    "WHERE question = 'lights' AND state = 'locked' ORDER BY ref LIMIT 1)"
)


@pytest.mark.parametrize(
    ("statement", "endings"),
    [
        (f"UPDATE counted_answer SET number = 9 {OF_ONE}", [REPORT, SUMS]),  # noqa: S608
        (f"UPDATE counted_answer SET meaning = 7 {OF_ONE}", [REPORT, SUMS]),  # noqa: S608
        (f"DELETE FROM counted_answer {OF_ONE}", [REPORT, SUMS]),  # noqa: S608
        ("DELETE FROM counted_answer", [REPORTS, SUMS]),
        ("UPDATE counted_month SET number = number + 1 WHERE question = 'lights'", [SUMS]),
        ("UPDATE counted_month SET most = most + 1 WHERE question = 'staff'", [SUMS]),
        ("DELETE FROM counted_month WHERE question = 'told'", [SUMS]),
        ("INSERT INTO counted_answer VALUES (lower(hex(randomblob(16))), 'lights', 1, 'B', 0, 1)",
         [SUMS]),
    ],
)  # fmt: skip
def test_a_changed_row_is_found_and_counted_again(
    written: bootstrap.OpenedFile, statement: str, endings: list[str]
) -> None:
    figures = written.services.figures
    before = figures.findings(YEAR, Kind.CUSTODY)
    spoil(written, statement)
    faults = about_answers(written)
    assert len(faults) == len(endings)
    assert all(fault.endswith(end) for fault, end in zip(faults, endings, strict=True))
    assert written.services.maintenance.look().answers_miscounted
    written.services.maintenance.count_answers_again()
    assert about_answers(written) == []
    assert not written.services.maintenance.look().answers_miscounted
    assert figures.findings(YEAR, Kind.CUSTODY) == before


def test_settings_that_decide_what_is_asked_may_change_after_signing(
    written: bootstrap.OpenedFile,
) -> None:
    spoil(written, "UPDATE code SET group_name = 'refused' WHERE code = 'SEEN'")
    spoil(written, "UPDATE code SET group_name = 'seen' WHERE code = 'REFUSED'")
    spoil(written, "UPDATE scheme SET immediate_limit = 0")
    assert about_answers(written) == []
