"""A visitor's copy holds accepted reports for as long as the scheme says, and no longer."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, at
from tests.copies import DAY, amended, written
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.exchange.retention import is_past_retention
from visitapp.domain.following.issue_steps import RESPONSE, NewStep
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.report.visit_codes import AT_ONCE
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import integrity
from visitapp.persistence import tables as t
from visitapp.persistence.exchange_tables import message_out

PAGE, RESERVED, IV = 4096, 80, 16
OFFICE_KEY, VISITOR_KEY = bytes(range(32)), bytes(range(1, 33))
PLANTED = "marmalade"
times = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


def decrypted(path, key):
    """Every page of a file with all that is left on it, free pages and gaps too."""
    raw = path.read_bytes()
    pages = []
    for start in range(0, len(raw), PAGE):
        page = raw[start : start + PAGE]
        iv = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        body = page[16 if start == 0 else 0 : PAGE - RESERVED]
        cipher = Cipher(algorithms.AES256(key), modes.CBC(iv)).decryptor()
        pages.append(cipher.update(body) + cipher.finalize())
    return b"".join(pages)


def holds(services, word=PLANTED, key=VISITOR_KEY):
    """Whether a word is anywhere in a copy's file; there is nothing in the log beside it."""
    path = services.access.database.path
    services.access.database.checkpoint()
    log = path.with_name(path.name + "-wal")
    content = decrypted(path, key)
    assert b"CREATE TABLE" in content
    return word.encode() in content.lower(), log.stat().st_size


def findings(services):
    with services.access.database.reading() as connection:
        return list(integrity.contradictions(connection))


def rows(services):
    with services.access.database.reading() as connection:
        return {
            name: connection.execute(table.select()).all()
            for name, table in t.metadata.tables.items()
        }


def planted(services, day=DAY, **changed):
    """A report with a planted word wherever somebody can write. Its issue is an allegation, which
    the office puts in no briefing of the site: those it gives to copies for as long as it likes."""
    row = ReportRow(f"{PLANTED} cell", "KL/0412/2025", None, {})
    return written(
        services,
        day,
        summary=f"{PLANTED} was calm.",
        delay_reason="BUSY",
        delay_explanation=f"{PLANTED} arrived.",
        admitted=at(day, 14, 40),
        present=2,
        counts=(OutcomeCount("SEEN", 1, row=row), OutcomeCount("UNAVAIL", 1, "INTERVIEW")),
        issues=(Issue(uuid4(), "FOOD", AT_ONCE, description=f"{PLANTED} meals.", place=PLANTED),),
        **changed,
    )


@pytest.fixture
def pair(copies):
    return copies.join("anne", ANNE), copies.join("ben", BEN)


def accepted(copies, report_id, *names):
    copies.exchange(*names, "office")
    copies.office.inbox.accept([report_id])
    copies.exchange("office", *names, "office", *names)


@given(accepted_at=times, days=st.integers(1, 3650), moved=st.timedeltas(
    timedelta(days=-4000), timedelta(days=4000)))  # fmt: skip
def test_nothing_is_past_retention_before_all_its_days_are_over(accepted_at, days, moved):
    now = accepted_at + moved
    assert is_past_retention(accepted_at, days, now) == (moved >= timedelta(days=days))
    assert not is_past_retention(None, days, now)
    if is_past_retention(accepted_at, days, now):
        assert is_past_retention(accepted_at, days, now + timedelta(days=1))
        assert is_past_retention(accepted_at, max(1, days - 1), now)


def test_only_date_site_and_reference_are_left_in_both_visitors_copies(copies, pair):
    anne, ben = pair
    first = planted(anne)
    copies.exchange("anne", "office", "ben")
    ben.confirming.dispute(first.id, first.id, f"{PLANTED} was not calm.")
    copies.exchange("ben", "office")
    copies.office.inbox.ask(first.id, f"What was {PLANTED}?")
    copies.exchange("office", "anne")
    anne.handing_over.answer(first.id, f"{PLANTED} again.")
    last = amended(anne, first, f"{PLANTED} was wrong.", summary=f"{PLANTED} was quiet.")
    copies.exchange("anne", "office", "ben")
    ben.confirming.confirm(first.id, last.id)
    accepted(copies, first.id, "anne", "ben")
    issue = copies.office.visits.get(last.id).issues[0]
    copies.office.issues.record(
        issue.id, issue.version, NewStep(RESPONSE, DAY, f"{PLANTED} is warm now.")
    )
    copies.settle()
    later = written(anne, DAY.replace(day=12))
    assert holds(anne) == holds(ben) == (True, 0)
    copies.clock.move(days=81)
    assert (anne.retention.reduce_due(), ben.retention.reduce_due()) == (Changes.NONE,) * 2
    copies.clock.move(days=1)
    for services in pair:
        assert services.retention.reduce_due() == Changes.VISITS | Changes.ISSUES | Changes.INBOX
        assert services.retention.reduce_due() == Changes.NONE
        assert holds(services) == (False, 0)
        assert not any(PLANTED in repr(each) for each in rows(services).values())
        (left,) = services.retention.reduced()
        with pytest.raises(BadInputError, match=f"no longer holds {first.ref}. It is kept at the"):
            services.written_reports.as_json(first.ref)
        assert (left.id, left.ref, left.day, left.site_id) == (
            first.id, first.ref, DAY, first.site_id,
        )  # fmt: skip
        assert findings(services) == []
    assert [row.ref for row in anne.visits.page(VisitQuery()).rows] == [later.ref]
    assert ben.confirming.readings() == ()
    assert holds(copies.office, key=OFFICE_KEY)[0]
    assert copies.office.visits.get(last.id).summary == f"{PLANTED} was quiet."
    assert findings(copies.office) == []
    copies.settle()
    for services in pair:
        assert holds(services) == (False, 0)
        assert findings(services) == []


def test_the_office_and_what_is_not_accepted_are_never_reduced(copies, pair):
    anne, ben = pair
    waiting = planted(anne)
    asked = planted(anne, DAY.replace(day=9))
    handed_over = planted(anne, DAY.replace(day=10))
    copies.exchange("anne", "office", "ben")
    copies.office.inbox.ask(asked.id, "How many cells did you see?")
    copies.office.inbox.accept([handed_over.id])  # its receipt does not come
    before = rows(anne)
    copies.clock.move(days=4000)
    for services in (copies.office, anne, ben):
        assert services.retention.reduce_due() == Changes.NONE
    assert rows(anne) == before
    copies.exchange("office", "anne")
    assert anne.retention.reduce_due() != Changes.NONE
    assert {visit.ref for visit in anne.visits.page(VisitQuery()).rows} == {waiting.ref, asked.ref}
    assert copies.office.retention.reduce_due() == Changes.NONE
    assert copies.office.retention.reduced() == ()


def test_what_only_this_copy_has_holds_a_report_back(copies, pair):
    anne, ben = pair
    visit = planted(anne)
    copies.exchange("anne", "office", "ben")
    ben.confirming.confirm(visit.id, visit.id)
    copies.exchange("ben", "office")
    accepted(copies, visit.id, "anne", "ben")
    draft, _ = anne.drafts.replace(visit.id, "A number was wrong.")
    ben.confirming.dispute(visit.id, visit.id, "There were five cells.")
    copies.clock.move(days=100)
    assert anne.retention.reduce_due() == Changes.NONE
    assert ben.retention.reduce_due() == Changes.NONE
    copies.exchange("ben", "office", "ben")
    assert ben.retention.reduce_due() != Changes.NONE
    (line,) = copies.office.inbox.lines()
    assert line.partners[0].answer.words == "There were five cells."
    anne.drafts.discard(draft.id)
    assert anne.retention.reduce_due() != Changes.NONE
    assert findings(anne) == findings(ben) == []


def test_late_messages_bring_nothing_back_and_references_are_not_given_twice(copies, pair):
    anne, _ = pair
    visit = planted(anne)
    copies.exchange("anne", "office")
    kept = {path.name: path.read_bytes() for path in copies.folder.iterdir()}
    accepted(copies, visit.id, "anne", "ben")
    copies.clock.move(days=100)
    for services in pair:
        services.retention.reduce_due()
    with copies.office.access.database.transaction() as connection:
        connection.execute(message_out.delete())  # an older backup of the office is back
    for name, content in kept.items():
        (copies.folder / name).write_bytes(content)
    copies.settle()
    for services in pair:
        assert holds(services) == (False, 0)
        assert len(services.retention.reduced()) == 1
    again = written(anne, DAY.replace(day=9))
    assert visit.ref.endswith("-001")
    assert again.ref.endswith("-002")


def test_a_new_laptop_gets_only_what_is_not_past_retention(copies, pair):
    anne, _ = pair
    old = planted(anne)
    accepted(copies, old.id, "anne", "ben")
    copies.clock.move(days=80)
    young = written(anne, DAY.replace(month=6))
    accepted(copies, young.id, "anne", "ben")
    copies.clock.move(days=20)
    for copy in copies.office.exchange.copies():
        copies.office.exchange.revoke(copy.id)
    new_anne, new_ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    copies.settle()
    assert [row.ref for row in new_anne.visits.page(VisitQuery()).rows] == [young.ref]
    assert [reading.edition.ref for reading in new_ben.confirming.readings()] == [young.ref]
    for services in (new_anne, new_ben):
        assert holds(services) == (False, 0)
    assert len(list(copies.folder.iterdir())) == 2  # what the laptops shut out have not read


def test_what_nobody_fetched_in_time_is_taken_out_of_the_folder(copies, pair):
    anne, ben = pair
    visit = planted(anne)
    accepted(copies, visit.id, "anne")
    assert len(list(copies.folder.iterdir())) > 0
    copies.clock.move(days=100)
    copies.exchange("office", "ben")
    assert ben.confirming.readings() == ()
    assert not holds(ben)[0]


def test_the_scheme_decides_how_long_and_the_copies_follow(copies, pair):
    anne, _ = pair
    visit = planted(anne)
    accepted(copies, visit.id, "anne", "ben")
    scheme = copies.office.setup.schemes()[0]
    with pytest.raises(BadInputError, match="1 to 3,650"):
        replace(scheme, visitors_keep_days=0)
    copies.office.setup.save_scheme(replace(scheme, visitors_keep_days=10))
    copies.clock.move(days=11)
    assert anne.retention.reduce_due() == Changes.NONE
    copies.exchange("office", "anne")
    assert anne.retention.reduce_due() != Changes.NONE


def test_an_amendment_after_acceptance_begins_the_days_anew(copies, pair):
    anne, ben = pair
    visit = planted(anne)
    accepted(copies, visit.id, "anne", "ben")
    copies.clock.move(days=80)
    last = amended(anne, visit, summary="Calm.")
    copies.clock.move(days=20)
    assert anne.retention.reduce_due() == Changes.NONE
    ben.retention.reduce_due()
    accepted(copies, visit.id, "anne", "ben")
    assert anne.retention.reduce_due() == Changes.NONE
    assert anne.handing_over.states()[last.id].stage is Handover.ACCEPTED
    (reading,) = ben.confirming.readings()
    assert reading.edition.id == last.id
    copies.clock.move(days=90)
    for services in pair:
        assert services.retention.reduce_due() != Changes.NONE
        assert [left.ref for left in services.retention.reduced()] == [visit.ref]
        assert findings(services) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE reduced_report SET ref = 'X'",
        "DELETE FROM reduced_report",
        "UPDATE ledger SET by_whom = 'X' WHERE event = 'withdrawn'",
        "UPDATE ledger SET reason = 'X' WHERE event = 'withdrawn'",
        "UPDATE ledger SET content_digest = 'X' WHERE event = 'signed'",
        "DELETE FROM ledger WHERE event = 'signed'",
        "UPDATE ledger SET content_digest = 'X' WHERE event = 'reduced'",
    ],
)
def test_what_another_program_changes_after_a_reduction_is_found(copies, pair, change):
    anne, _ = pair
    amended(anne, planted(anne))
    copies.settle()
    copies.office.inbox.accept([line.report_id for line in copies.office.inbox.lines()])
    copies.settle()
    copies.clock.move(days=100)
    anne.retention.reduce_due()
    assert findings(anne) == []
    with anne.access.database.transaction() as connection:
        connection.exec_driver_sql(change)
    assert findings(anne)


def test_figures_of_a_copy_say_what_they_lack(copies, pair, tmp_path):
    anne, _ = pair
    period = APRIL_YEARS.year_of(DAY)
    visit = planted(anne)
    accepted(copies, visit.id, "anne", "ben")
    assert "kept_at_office" not in json.loads(anne.figures.figures_json(period))
    copies.clock.move(days=100)
    anne.retention.reduce_due()
    assert json.loads(anne.figures.figures_json(period))["kept_at_office"] == 1
    assert json.loads(anne.figures.coverage_json(period, ()))["kept_at_office"] == 1
    before = period.year_before()
    assert "kept_at_office" not in json.loads(anne.figures.figures_json(before))
    with pytest.raises(BadInputError, match="1 report is kept at the office alone"):
        anne.reports.save_annual(period, tmp_path / "year.pdf")
    with pytest.raises(BadInputError, match="1 report is kept at the office alone"):
        anne.reports.coverage_bytes(period, (visit.site_id,), "count", ".svg")
    assert anne.home.overview().kept_at_office == 1
