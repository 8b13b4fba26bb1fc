"""Reports with their forms and rows come back whole, and nobody changes them unseen."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from tests.builders import SUITE, at, make_site, make_visit
from visitapp.domain.following.ledger import START, Event, LedgerEntry, content_digest
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import NOWHERE, Place, answer_place
from visitapp.domain.report.report import KeptWords, Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.persistence import ledger, schemes
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence import visits as stored

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ANSWERS = st.dictionaries(
    st.sampled_from(["cells_clean", "overall", "flags", "for_manager", "staff_on_duty"]),
    st.none() | WORDS | st.integers(0, 99) | st.lists(WORDS, max_size=3),
)
ROWS = st.builds(
    ReportRow, cell=WORDS, custody_number=st.sampled_from(["", "KL/0412/24"]), answers=ANSWERS
)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    rows = draw(st.lists(ROWS, max_size=3))
    counts = [OutcomeCount("SEEN", 1, gender="FEMALE", row=row) for row in rows]
    counts.append(OutcomeCount("ASLEEP", draw(st.integers(0, 5))))
    issue = Issue(
        id=uuid4(),
        category="CELL",
        description=draw(WORDS),
        place=draw(WORDS),
        question=draw(st.sampled_from([NOWHERE, Place("showers"), answer_place("showers")])),
        raised_minute=draw(st.none() | st.integers(0, 1439)),
    )
    kept = KeptWords(
        Place("summary"),
        draw(WORDS),
        "name",
        draw(WORDS),
        "Anne",
        datetime(2024, 3, 4, 9, tzinfo=UTC),
    )
    return make_visit(
        date(2024, 3, draw(st.integers(1, 28))),
        id=uuid4(),
        counts=tuple(counts),
        present=sum(count.number for count in counts),
        summary=draw(WORDS),
        issues=(issue,),
        locked_at=datetime(2024, 4, 1, 12, tzinfo=UTC),
        report=Report(1, draw(ANSWERS), draw(st.integers(1, 3)), draw(WORDS), "Ben", (kept,)),
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(visit=visits())
def test_a_whole_report_comes_back_equal_and_agrees_with_the_ledger(opened, visit):
    with opened.database.transaction() as connection:
        if SUITE not in {site.id for site in schemes.sites(connection)}:
            schemes.save_site(connection, make_site())
        connection.execute(delete(t.same_visit))
        stored.insert_visits(connection, [_known(connection, visit)])
        ledger.append(connection, ledger.signed([visit], "Anne"))
        found = stored.visit(connection, visit.id)
        assert found == visit
        assert found.report.answers == visit.report.answers
        assert [c.row and c.row.answers for c in found.counts] == [
            c.row and c.row.answers for c in visit.counts
        ]
        assert content_digest(found) == content_digest(visit)


def _known(connection, visit):
    for person_id in visit.visitors:
        there = connection.execute(select(t.person.c.id).where(t.person.c.id == person_id)).first()
        if there is None:
            connection.execute(insert(t.person).values(id=person_id, name="Somebody"))
    return visit


@pytest.fixture
def signed(opened):
    """Three reports, two of them signed together and one withdrawn."""
    made = [
        make_visit(
            date(2024, 3, day),
            id=uuid4(),
            ref=f"NOR-2023-00{day}",
            locked_at=datetime(2024, 3, day, 18, tzinfo=UTC),
            report=Report(1, {"overall": "SATISFACTORY"}),
        )
        for day in (4, 5, 6)
    ]
    with opened.database.transaction() as connection:
        schemes.save_site(connection, make_site())
        for visit in made:
            stored.insert_visits(connection, [_known(connection, visit)])
        ledger.append(connection, ledger.signed(made[:2], "Anne"))
        ledger.append(connection, ledger.signed(made[2:], "Ben"))
        stored.withdraw(connection, [made[2].id], "Wrong suite", datetime(2024, 3, 7, tzinfo=UTC))
        gone = stored.visit(connection, made[2].id)
        entry = ledger.withdrawn(gone, "Anne", "Wrong suite", datetime(2024, 3, 7, tzinfo=UTC))
        ledger.append(connection, [entry])
    return made


def said(opened):
    with opened.database.reading() as connection:
        return list(ledger.contradictions(connection))


def test_what_the_program_wrote_has_no_contradiction(opened, signed):
    assert said(opened) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda v: update(t.visit).where(t.visit.c.id == v.id).values(present=v.present + 1),
        lambda v: update(t.visit).where(t.visit.c.id == v.id).values(summary="All was well."),
        lambda v: (
            update(t.outcome_count).where(t.outcome_count.c.visit_id == v.id).values(number=0)
        ),
        lambda v: update(rt.report).where(rt.report.c.visit_id == v.id).values(answers="{}"),
        lambda v: delete(t.visitor).where(t.visitor.c.visit_id == v.id),
    ],
)
def test_a_report_changed_by_another_program_is_named(opened, signed, change):
    with opened.database.transaction() as connection:
        connection.execute(change(signed[0]))
    assert said(opened) == ["Visit NOR-2023-004: its report is not as it was signed."]
    assert (
        "Visit NOR-2023-004: its report is not as it was signed."
        in opened.services.maintenance.check()
    )


def test_a_report_brought_back_or_taken_out_unseen_is_named(opened, signed):
    with opened.database.transaction() as connection:
        connection.execute(
            update(t.visit).where(t.visit.c.id == signed[2].id).values(state="locked")
        )
        connection.execute(
            update(t.visit).where(t.visit.c.id == signed[1].id).values(state="withdrawn")
        )
    assert said(opened) == [
        "Visit NOR-2023-005: whether it is withdrawn was changed by another program.",
        "Visit NOR-2023-006: whether it is withdrawn was changed by another program.",
    ]


def test_a_report_put_in_or_deleted_is_told(opened, signed):
    stranger = make_visit(date(2024, 3, 9), id=uuid4(), ref="NOR-2023-099")
    with opened.database.transaction() as connection:
        stored.insert_visits(connection, [stranger])
        for table in (t.visitor, t.outcome_count, t.issue, rt.report):
            connection.execute(delete(table).where(table.c.visit_id == signed[1].id))
        connection.execute(delete(t.visit).where(t.visit.c.id == signed[1].id))
    assert said(opened) == [
        "Visit NOR-2023-099: it was added to the file by another program.",
        "1 signed report is missing from the file.",
    ]


def test_an_entry_taken_out_or_changed_breaks_the_chain(opened, signed):
    with opened.database.transaction() as connection:
        connection.execute(
            update(rt.ledger).where(rt.ledger.c.position == 2).values(by_whom="Nobody")
        )
    assert said(opened)[0] == (
        "The list of what was signed and withdrawn was changed by another program."
    )
    with opened.database.transaction() as connection:
        connection.execute(delete(rt.ledger).where(rt.ledger.c.position == 2))
    assert len(said(opened)) == 2


def test_the_chain_depends_on_everything_before():
    entry = LedgerEntry(
        Event.SIGNED, uuid4(), uuid4(), datetime(2024, 1, 1, tzinfo=UTC), "Anne", "", "ab" * 32
    )
    first = entry.digest(START)
    assert len(first) == 64
    assert entry.digest(first) != first
    assert replace(entry, by="Ben").digest(START) != first


def test_a_moment_of_arrival_is_part_of_the_digest():
    visit = make_visit(date(2024, 3, 4))
    later = replace(visit, arrived=at(date(2024, 3, 4), 23, 59))
    assert content_digest(visit) != content_digest(later)


def test_only_the_end_of_a_custody_number_is_shown():
    assert ReportRow(custody_number="KL/0412/2024").shown_number == "\u20262024"
    assert ReportRow().shown_number == ""
