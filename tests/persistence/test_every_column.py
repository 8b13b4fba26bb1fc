"""Whatever another program changes in a row, `check` says so: every column of every table.

A new column or table fails here until it is covered by the ledger or named with a reason.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    Table,
    Uuid,
    insert,
    select,
)

from tests.builders import (
    ANNE,
    CARA,
    CUSTODY,
    SUITE,
    at,
    furnish,
    make_person,
    make_visit,
    sign,
)
from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.exchange.confirming import PartnerAnswer
from visitapp.domain.exchange.retention import ReducedReport
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.office.people import Clearance
from visitapp.domain.report.copies import CopyMade
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place, answer_place
from visitapp.domain.report.report import KeptWords, Report, ReportRow
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit
from visitapp.persistence import (
    confirming,
    copies,
    integrity,
    issues,
    ledger,
    reducing,
    settings_digests,
    visits,
)
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.contradictions import settings_changed
from visitapp.persistence.stored_time import StoredTime

DAY = date(2025, 3, 4)
TIME = datetime(2025, 3, 5, 12, tzinfo=UTC)

_OWN_ID = "tells rows of one report apart; nothing else refers to it"
_WRITTEN = "how often the row was written; nothing is read from it once a report is signed"
_FOR_PLANS = "used for plans alone, which no figure and no page that leaves the program shows"
NOT_SEEN = {
    ("visit", "version"): _WRITTEN,
    ("visitor", "id"): _OWN_ID,
    ("visitor", "version"): _WRITTEN,
    ("outcome_count", "version"): _WRITTEN,
    ("issue", "version"): _WRITTEN,
    ("report", "id"): _OWN_ID,
    ("report", "version"): _WRITTEN,
    ("report_row", "version"): _WRITTEN,
    ("report_row", "row_number"): "the row's place follows from its count",
    ("custody_number", "id"): _OWN_ID,
    ("custody_number", "version"): _WRITTEN,
    ("kept_words", "id"): _OWN_ID,
    ("kept_words", "version"): _WRITTEN,
    ("issue_step", "id"): _OWN_ID,
    ("issue_step", "version"): _WRITTEN,
    ("copy_made", "version"): _WRITTEN,
    ("partner_answer", "version"): _WRITTEN,
    ("reduced_report", "version"): _WRITTEN,
    ("partner_answer", "looked_at"): "what the office has seen to; the answer stays as it is",
    ("access_entry", "id"): _OWN_ID,
    ("access_entry", "version"): _WRITTEN,
    ("access_entry", "scheme_id"): "always empty",
    ("ledger", "id"): _OWN_ID,
    ("ledger", "version"): _WRITTEN,
    ("site", "visits_a_year"): _FOR_PLANS,
    ("site", "week_rule"): _FOR_PLANS,
    ("site", "cap"): _FOR_PLANS,
    ("site", "floor"): _FOR_PLANS,
}
"""Columns that decide nothing, and why."""


_WORDS = {
    "content": "[]",
    "reasons": "[]",
    "audience": "police",
    "law": "voluntary",
    "rule": "open",
    "unit": "week",
    "kind": "panel",
    "meeting.kind": "team",
    "meeting.mode": "in_person",
    "claim.kind": "travel",
    "area_population.characteristic": "gender",
    "area_population.numbers": "{}",
    "monitoring.gender": "FEMALE",
    "monitoring.age": "",
    "monitoring.ethnicity": "",
    "monitoring.disability": "",
}
_NUMBERS = {"first_month": 1}
"""What has to be of some kind."""


def _visit() -> Visit:
    """One that fills every column of a report."""
    row = ReportRow("3", "KL/0412/2025", None, {"asked": "YES"})
    return make_visit(
        DAY,
        ref="NOR-2024-001",
        present=2,
        counts=(
            OutcomeCount("SEEN", 1, None, "F", "18_24", "A1", row),
            OutcomeCount("UNAVAIL", 1, "INTERVIEW"),
        ),
        observers=(CARA,),
        delay_reason="BUSY",
        delay_explanation="Two arrivals at once.",
        extra_minutes=30,
        summary="Quiet.",
        admitted=at(DAY, 14, 20),
        issues=(
            Issue(uuid4(), "FOOD", 2, description="Cold.", raised_with="Sergeant",
                  closed_on=DAY, place="Cell 3", question=Place("meals"), raised_minute=900),
            Issue(uuid4(), "CELL", 1, description="Dark."),
        ),
        confirmations=(Confirmation(ANNE, "Anne Example", TIME),),
        report=Report(1, {"overall": "FINE"}, 2, "A slip", "Anne", (
            KeptWords(Place("summary"), "Quiet", "name", "No name", "Anne", TIME),
            KeptWords(answer_place("overall"), "Fine", "name", "No name", "Anne", TIME),
        )),
        locked_at=TIME,
        source_ref="17",
        source_digest="ab" * 32,
    )  # fmt: skip


def _value(column: Column[Any], number: int) -> Any:
    """Something that a column can hold; for what must be unique another one each."""
    match column.type:
        case Uuid():
            return uuid4()
        case StoredTime():
            return datetime(2024, 1, 1 + number, tzinfo=UTC)
        case Date():
            return date(2024, 1, 1 + number)
        case Boolean():
            return True
        case Float():
            return 0.5
        case Integer():
            return _NUMBERS.get(column.name, 10 + number)
        case LargeBinary():
            return b"picture"
        case _:
            usual = _WORDS.get(column.name, f"text {number}")
            return _WORDS.get(f"{column.table.name}.{column.name}", usual)


def _fill(opened: bootstrap.OpenedFile, table: Table) -> None:
    """A row of a kind of setting that has none yet, as a service would write it."""
    owners = {"site": SUITE, "scheme": CUSTODY, "person": CARA}
    with opened.services.access.database.transaction() as connection:
        if connection.execute(select(table)).first() is not None:
            return
        row = {}
        for number, column in enumerate(table.columns):
            row[column.name] = _value(column, number)
            for key in column.foreign_keys:
                owner = key.column.table
                known = select(owner.c.id).limit(2)
                ids = connection.execute(known).scalars().all()
                row[column.name] = owners.get(owner.name) or ids[number % len(ids)]
        connection.execute(insert(table).values(row))


@pytest.fixture(scope="module")
def whole(
    tmp_path_factory: pytest.TempPathFactory, _template: Path
) -> Iterator[bootstrap.OpenedFile]:
    """A file with a row in each table that the ledger has to do with."""
    path = tmp_path_factory.mktemp("whole") / "records.visits"
    path.write_bytes(_template.read_bytes())
    with bootstrap.open_with_key(path, bytes(range(32)), clock=lambda: NOW) as opened:
        furnish(opened.services)
        cleared = make_person("Dora Example", clearance=Clearance(date(2026, 3, 31)))
        opened.services.people.save(cleared)
        sign(opened.services, make_visit(date(2025, 3, 18)))
        sign(opened.services, make_visit(date(2025, 3, 19)))
        for kind in settings_digests.KINDS:
            for table in kind.tables:
                _fill(opened, table)
        _write(opened, _visit())
        yield opened


def _write(opened: bootstrap.OpenedFile, visit: Visit) -> None:
    with opened.services.access.database.transaction() as connection:
        batch = connection.execute(select(t.batch.c.id)).scalar_one()
        animal = connection.execute(select(rt.animal.c.id)).scalar_one()
        count = visit.counts[0]
        assert count.row is not None
        row = replace(count.row, animal_id=animal)
        visit = replace(visit, batch_id=batch, counts=(replace(count, row=row), *visit.counts[1:]))
        visits.insert_visits(connection, [visit])
        ledger.append(connection, ledger.signed([visit], "Anne"))
        steps = [
            Step("RAISED", DAY, "Said so", "Sergeant", TIME, "Anne"),
            Step("CLOSED", DAY, "Mended", "Sergeant", TIME, "Anne"),
        ]
        issues.add_steps(connection, CUSTODY, visit.issues[0].id, steps)
        entry = ledger.issue_went_on(visit.issues[0], steps, CUSTODY, "Anne", TIME)
        ledger.append(connection, [entry])
        visits.withdraw(connection, [visit.id], "Wrong suite", TIME)
        gone = visits.visit(connection, visit.id)
        assert gone is not None
        ledger.append(connection, [ledger.withdrawn(gone, "Anne", "Wrong suite", TIME)])
        recipient = connection.execute(select(rt.recipient.c.id)).scalars().first()
        assert recipient is not None
        copy = CopyMade(uuid4(), visit.id, recipient, TIME, "Anne", "by hand", "cd" * 32)
        copies.add_copy(connection, CUSTODY, copy)
        ledger.append(connection, [ledger.copy_made(copy, CUSTODY)])
        answer = PartnerAnswer(
            uuid4(), visit.id, CUSTODY, visit.id, CARA, "ef" * 32, 1, TIME, "Five cells."
        )
        confirming.add_answers(connection, [answer], "Cara")
        left = ReducedReport(uuid4(), CUSTODY, SUITE, DAY, "NOR-2024-9", 1, TIME, TIME)
        reducing.reduce(connection, left, (), "Cara", TIME)


def _other(column: Column[Any], value: Any) -> Any:
    """Another value than a row has, as SQLite keeps it."""
    match column.type:
        case Boolean():
            return 0 if value else 1
        case Integer() | Float():
            return 7 if value is None else value + 1000
        case Uuid():
            return UUID(int=999).hex
        case StoredTime():
            return "1999-01-02 03:04:05.000000"
        case Date():
            return "1999-01-02"
        case LargeBinary():
            return b"another"
        case _:
            return f"{value or ''}x"


def _columns() -> list[Any]:
    return [
        pytest.param(table, column, id=f"{table.name}.{column.name}")
        for table in sorted(t.metadata.tables.values(), key=lambda table: table.name)
        if table.name not in settings_digests.WITHOUT_DIGEST
        for column in table.columns
        if not _is_named(table, column)
    ]


def _is_named(table: Table, column: Column[Any]) -> bool:
    if (table.name, column.name) in NOT_SEEN:
        return True
    is_setting = table.name in settings_digests.kinds_of_tables()
    return is_setting and column.name == "id" and column not in settings_digests.columns_of(table)


@pytest.mark.parametrize(("table", "column"), _columns())
def test_a_change_by_another_program_is_found(
    whole: bootstrap.OpenedFile, table: Table, column: Column[Any]
) -> None:
    with closing(whole.database.fresh_connection()) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        where = "visit_id IN (SELECT id FROM visit WHERE state = 'withdrawn')"
        if table is t.visit:
            where = "state = 'withdrawn'"
        elif "visit_id" not in table.columns or table in (rt.ledger, t.refusal_answer):
            where = "1"
        first_row = raw.execute(
            f'SELECT rowid, "{column.name}" FROM "{table.name}" WHERE {where} LIMIT 1'  # noqa: S608
        ).fetchone()
        assert first_row is not None, "no row to change"
        row_id, value = first_row
        change = f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE rowid = ?'  # noqa: S608
        raw.execute(change, (_other(column, value), row_id))
        try:
            with whole.database.reading() as connection:
                is_seen = _is_seen(connection, table)
        finally:
            raw.execute(change, (value, row_id))
    assert is_seen


def _is_seen(connection: Connection, table: Table) -> bool:
    """By the check of settings, where it is one: a small part of the check of all, by which whole
    kinds of settings are looked for below."""
    if table.name in settings_digests.kinds_of_tables() and any(
        finding.subject for finding in settings_changed(connection)
    ):
        return True
    return bool(integrity.contradictions(connection))


def test_what_the_program_wrote_is_sound(whole: bootstrap.OpenedFile) -> None:
    assert integrity.look(whole.database).faults == []


def test_each_table_is_in_the_ledger_or_named_with_a_reason() -> None:
    reports = {
        "visit", "visitor", "outcome_count", "issue", "issue_step", "report",
        "report_row", "custody_number", "kept_words", "copy_made", "partner_answer",
        "reduced_report", "ledger",
        "access_entry",
    }  # fmt: skip
    known = reports | set(settings_digests.WITHOUT_DIGEST) | set(settings_digests.kinds_of_tables())
    assert known == set(t.metadata.tables)
    assert all(settings_digests.WITHOUT_DIGEST.values())


@pytest.mark.parametrize("kind", settings_digests.KINDS, ids=lambda kind: kind.key)
def test_a_row_taken_away_or_put_in_is_found(
    whole: bootstrap.OpenedFile, kind: settings_digests.SettingKind
) -> None:
    for table in kind.tables:
        with closing(whole.database.fresh_connection()) as raw:
            raw.execute("PRAGMA foreign_keys = OFF")
            raw.execute("BEGIN")
            raw.execute(f'CREATE TEMP TABLE away AS SELECT * FROM "{table.name}"')  # noqa: S608
            raw.execute(f'DELETE FROM "{table.name}"')  # noqa: S608
            raw.execute("COMMIT")
            try:
                with whole.database.reading() as connection:
                    findings = integrity.contradictions(connection)
            finally:
                raw.execute(f'INSERT INTO "{table.name}" SELECT * FROM away')  # noqa: S608
        assert f"{kind.words} were changed by another program." in {
            finding.sentence for finding in findings
        }
