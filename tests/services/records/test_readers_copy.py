"""A copy to read: every figure as in the office's file, and nothing that leads to a person.

A new table or column fails here until it is named as kept, or as left out.
"""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import String, Table, Text, func, literal, select, update

from tests.conftest import NOW, PASSPHRASE
from tests.e2e.killing import quick_key
from tests.services.exchange.test_retention import decrypted
from tests.services.reports.test_refusals import refused
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.importing import Batch
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.period import Period
from visitapp.domain.year.summary import AnnualSummary
from visitapp.persistence import batches
from visitapp.persistence import tables as t
from visitapp.persistence.database import Database
from visitapp.reporting import blocks as documents
from visitapp.reporting.annual import annual_report
from visitapp.security import vault
from visitapp.services import Services
from visitapp.services.records.readers_copy import AT_OFFICE, READER_NAME

PLANTED = "gherkin"
NEW_PASSPHRASE = "saddle meadow copper thimble"
YEARS = [Period(date(year, 4, 1), date(year + 1, 3, 31)) for year in range(2021, 2025)]

KEPT = {
    "office": "name area made_up_note crest",
    "body": "office_id from_on name short_name possessive law visitors visited first_month",
    "scheme": "office_id kind name immediate_limit delay_limit issue_days law moments_to_pairs "
    "remote_counts visitors_keep_days two_pairs",
    "code": "list_name code label position group_name active_from active_to",
    "grid": "name",
    "grid_day": "grid_id position label weekdays",
    "grid_band": "grid_id position label start_minute end_minute",
    "handover": "position start_minute end_minute",
    "site": "kind name cells grid_id position visits_a_year cap floor week_rule",
    "site_open": "site_id start_on end_on in_use_by",
    "site_target": "site_id from_on rule number unit",
    "site_group": "kind name",
    "site_in_group": "site_id kind from_on group_id",
    "group_target": "group_id from_on rule number unit",
    "person_in_panel": "person_id from_on group_id",
    "membership": "person_id joined_on left_on status leaving_reason joined_unknown",
    "batch": "visits without_issues",
    "visit": "site_id state type mode status local_date weekday minute arrived_utc arrived_offset "
    "admitted_utc admitted_offset left_utc left_offset wait_minutes volunteer_minutes "
    "extra_minutes delay_reason present batch_id day_only",
    "visitor": "visit_id person_id position observes",
    "outcome_count": "visit_id position outcome reason gender age_group ethnicity number",
    "issue": "visit_id position category severity origin status resolved_during_visit closed_on",
    "issue_step": "issue_id position status on_day",
    "animal": "site_id species work from_on to_on",
    "report": "visit_id form_number edition",
    "report_row": "count_id visit_id row_number animal_id",
    "refusal_answer": "visit_id",
    "rate": "from_on pound_ten_thousandths",
    "throughput": "site_id start_on end_on number",
    "earlier_total": "start_on end_on figure number",
}
"""Columns whose values go into a copy, beside each row's id, scheme and version."""
ANEW = {
    "office": "today",
    "account": "name role",
    "person": "name",
    "batch": "imported_at imported_by",
    "visit": "ref locked_at",
    "animal": "name",
    "issue_step": "entered_at entered_by kept",
    "report": "answers",
    "report_row": "answers",
    "refusal_answer": "words answered_at answered_by",
    "ledger": "position event visit_id at by_whom reason content_digest digest",
}
"""Columns that are written for the copy: numbers instead of names, and its own ledger."""
LEFT_OUT = {
    "person": "vetted_until probation_until tact_trained",
    "batch": "source withdrawn_at withdrawn_reason",
    "visit": "delay_explanation summary replaces_id withdrawn_at withdrawn_reason source_ref "
    "source_digest signed_site_id",
    "visitor": "confirmed_name confirmed_at",
    "issue": "description raised_with place question raised_minute",
    "issue_step": "words said_by",
    "animal": "handler",
    "report": "amended_reason amended_by",
    "report_row": "cell",
    "office": "award_years word_template numbers_paragraphs",
}
"""Columns of these tables that stay empty or have their default."""
NO_ROWS = {
    "words of reports": "custody_number draft form kept_words unfinished year_text",
    "plans": "absence availability availability_entry calendar_entry free_time pair_draw plan "
    "plan_notice "
    "planned_visit redraw rota_notice scheme_day_off travel",
    "messages": "assigned_draw assigned_visit counted_visit earlier_keys handed_report invitation "
    "message_in message_out other_copy own_copy partner_answer partner_report received_report "
    "reduced_report site_briefing succession",
    "what only the office follows": "office_issue office_issue_step recommendation record_review "
    "reviewed_records",
    "volunteers": "area_population attendance claim credential hours_approval meeting "
    "meeting_action meeting_edition mileage_rate monitoring same_person status_change "
    "volunteer_file volunteer_minimum",
    "notes": "access_entry backup batch_reject copy_made import_layout recipient same_site "
    "same_visit",
}
EMPTY = {name for tables in NO_ROWS.values() for name in tables.split()}
"""Tables without a row in a copy."""
EACH = {"id", "scheme_id", "version"}


def names(listed: dict[str, str], table: str) -> set[str]:
    return set(listed.get(table, "").split())


@pytest.fixture
def copied(shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Make a copy to read of the demonstration and open it."""
    monkeypatch.setattr(vault, "_argon2", quick_key)
    path = tmp_path / "to read.visits"
    files = []

    def make() -> bootstrap.OpenedFile:
        code = shown.services.readers_copy.write(path, NEW_PASSPHRASE)
        files.append(bootstrap.open_with_code(path, code))
        return files[-1]

    yield make
    for file in files:
        file.close()


def test_each_table_and_column_is_kept_or_left_out() -> None:
    for name, table in t.metadata.tables.items():
        listed = [names(part, name) for part in (KEPT, ANEW, LEFT_OUT)]
        assert sum(map(len, listed)) == len(set().union(*listed)), f"{name}: listed twice"
        if name in EMPTY:
            assert not any(listed), name
            continue
        assert set().union(*listed) == {column.name for column in table.columns} - EACH, (
            f"Say of each column of {name} whether a copy to read has it: in KEPT, ANEW, LEFT_OUT "
            "or EMPTY of this test. What is not written in services/records/readers_copy.py stays "
            "out."
        )


def without_answers(scheme):
    """Take out of a scheme's figures what was counted of the answers about each detainee."""
    for part in (*scheme["by_site"].values(), *scheme["by_group"].values()):
        part.pop("requests")
        part.pop("findings")
    requests, records, offers = (scheme.pop(key) for key in ("requests", "records", "offers"))
    return [requests["raised"], records["checked"], offers["by_maker"]]


def test_figures_and_coverage_are_equal_to_the_letter(shown, copied) -> None:
    an_import_without_issues(shown.database)
    office = shown.services
    copy = copied().services
    assert copy.setup.account() == Actor(READER_NAME, Role.READER)
    assert copy.access.today() == office.access.today()
    kept = 0
    for year in YEARS:
        figures = json.loads(office.figures.figures_json(year))
        reviewed = figures.pop("record_reviews", None)  # stays at the office with its words
        assert (reviewed is not None) == (year.start.year == 2024)
        for scheme in figures["schemes"].values():
            kept += len(scheme.pop("findings"))
            without_answers(scheme)
        copied_figures = json.loads(copy.figures.figures_json(year))
        findings = [scheme.pop("findings") for scheme in copied_figures["schemes"].values()]
        for scheme in copied_figures["schemes"].values():
            assert without_answers(scheme) == [None, 0, {}]
        assert copied_figures == figures
        assert findings == [{}, {}]  # answers stay at the office
        sites = office.figures.site_ids(year, None, [])
        assert copy.figures.coverage_json(year, sites) == office.figures.coverage_json(year, sites)
        assert copy.animals.coverage(sites).seen == office.animals.coverage(sites).seen
        volunteers = office.figures.summary(year).volunteers
        assert copy.figures.summary(year).volunteers == volunteers
    assert kept > 40
    assert office.home.overdue_issues() == copy.home.overdue_issues()


def test_the_tables_of_the_annual_report_are_equal_to_the_letter(shown, copied) -> None:
    office, copy = shown.services.figures, copied().services.figures
    for year in YEARS:
        summary = replace(office.summary(year), profile=None)  # who they are stays at the office
        tables = tables_of(summary)
        assert tables_of(copy.summary(year)) == tables
    assert len(tables) > 15


def test_the_report_says_why_it_has_no_answers(copied) -> None:
    summary = copied().services.figures.summary(YEARS[-1], findings=True)
    assert not summary.findings[Kind.CUSTODY]
    section = next(s for s in annual_report(summary).sections if s.key == "checked")
    [paragraph] = section.blocks
    assert "A copy to read does not have the answers" in documents.plain(paragraph.runs)


def tables_of(summary: AnnualSummary) -> list[documents.Table]:
    blocks = [block for section in annual_report(summary).sections for block in section.blocks]
    return [block for block in blocks if isinstance(block, documents.Table)]


def test_of_a_refused_entry_it_says_what_the_office_keeps(
    furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    kept = [refused(furnished, date(2025, 3, day)) for day in (4, 6)]
    furnished.refusals.say_what_was_done(kept[0].id, "The inspector was written to.")
    path = tmp_path / "to read.visits"
    code = furnished.readers_copy.write(path, NEW_PASSPHRASE)
    with bootstrap.open_with_code(path, code) as opened:
        custody = opened.services.figures.summary(YEARS[-1]).schemes[Kind.CUSTODY]
        assert not opened.services.maintenance.look().faults
    assert [
        (refusal.reason, refusal.answer and refusal.answer.words) for refusal in custody.refusals
    ] == [(AT_OFFICE, AT_OFFICE), (AT_OFFICE, None)]


def an_import_without_issues(database: Database) -> None:
    """Some visits become those of an import that says nothing of issues, which a figure counts."""
    visit, batch_id = t.visit.c, uuid4()
    with database.transaction() as connection:
        batches.save_batch(connection, Batch(batch_id, NOW, "Anne Example", "old.csv", 9, 0))
        connection.execute(update(t.batch).values(without_issues=True))
        late = select(visit.id).order_by(visit.arrived_utc.desc()).limit(9)
        connection.execute(update(t.visit).where(visit.id.in_(late)).values(batch_id=batch_id))


def test_no_word_that_somebody_wrote_is_in_it(shown, copied, tmp_path: Path) -> None:
    with shown.database.transaction() as connection:
        planted = {
            f"{table.name}.{column}"
            for table in t.metadata.tables.values()
            for column in plant(connection, table)
        }
        people = connection.execute(select(t.metadata.tables["person"].c.id)).scalars().all()
    assert {"visit.summary", "issue.description", "person.name", "report_row.cell"} <= planted
    copied().close()
    path = tmp_path / "to read.visits"
    content = decrypted(path, vault.unlock(path, NEW_PASSPHRASE)).lower()
    assert b"create table" in content
    assert PLANTED.encode() not in content
    assert all(person.hex.encode() not in content for person in people)
    assert {file.name for file in tmp_path.iterdir() if "to read" in file.name} == {
        path.name,
        f"{path.name}.key",
    }


def plant(connection, table: Table) -> list[str]:
    """Write a word into each column of words whose values don't go into a copy."""
    free = [
        column.name
        for column in table.columns
        if isinstance(column.type, String | Text)
        and column.name not in names(KEPT, table.name) | EACH
        and (table.name, column.name) not in READ
    ]
    for name in free:
        words = literal(f"{PLANTED} {table.name} {name} ") + func.hex(table.c.id)
        connection.execute(update(table).values({name: words}))
    for name, content in JSON.get(table.name, {}).items():
        connection.execute(update(table).values({name: content}))
    return free


JSON = {
    "report": {"answers": json.dumps({"refused_why": PLANTED, "mood": PLANTED})},
    "report_row": {"answers": json.dumps({"mood": PLANTED})},
}
"""What has to be read before it is left out."""
READ = {
    ("report", "answers"),
    ("report_row", "answers"),
    ("question", "question"),
    ("issue", "question"),
    ("kept_words", "field"),
    ("issue_step", "kept"),
    ("form", "content"),
    ("account", "role"),
}


def test_what_is_left_out_is_empty(copied) -> None:
    copy = copied()
    with copy.database.reading() as connection:
        for name, table in t.metadata.tables.items():
            rows = connection.execute(select(table)).mappings().all()
            if name in EMPTY:
                assert rows == [], name
            for column in names(LEFT_OUT, name):
                assert {row[column] for row in rows} <= {None, "", False}, f"{name}.{column}"
        kept = connection.execute(select(t.metadata.tables["person"].c.name)).scalars().all()
    assert sorted(kept) == sorted(f"Visitor {number + 1}" for number in range(len(kept)))


def test_nothing_contradicts_and_nothing_can_be_changed(copied) -> None:
    copy = copied().services
    health = copy.maintenance.look()
    assert [*health.faults, *health.notes] == []
    with pytest.raises(NotAllowedError, match="Nothing can be changed in a copy to read"):
        copy.setup.set_account(Actor("Anne Example", Role.MANAGER))
    with pytest.raises(NotAllowedError, match="A copy to read only has what is counted"):
        copy.people.people()


def test_a_weak_passphrase_and_a_taken_path_are_refused(shown, tmp_path: Path) -> None:
    write, path = shown.services.readers_copy.write, tmp_path / "copy.visits"
    with pytest.raises(BadInputError, match="too easy to guess"):
        write(path, "secret")
    assert not path.exists()
    path.write_bytes(b"something else")
    with pytest.raises(BadInputError, match="already exists"):
        write(path, NEW_PASSPHRASE)
    assert path.read_bytes() == b"something else"


def test_the_command_writes_one_and_the_register_says_so(
    shown, tmp_path: Path, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    office, path, words = shown.path, tmp_path / "copy.visits", tmp_path / "words"
    key = shown.services.access.database.key if False else bytes(range(32))
    shown.close()
    vault._write(office, vault._wrap_passphrase(key, PASSPHRASE), vault._wrap_code(key, bytes(20)))
    monkeypatch.setenv("VISITAPP_FILE", str(office))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    words.write_text(NEW_PASSPHRASE)
    command = ("copy-to-read", "--out", path, "--new-passphrase-file", words)
    code, out, err = run(*command)
    assert (code, out.count("-")) == (0, 5)
    assert err[-1].startswith(f"{path} is ready. Give it to the reader with its key file")
    assert "What is counted, for a copy to read, read once" in run("register")[1]
    assert run(*command)[0] == 2
    year = ("figures", "--from", "2023-04-01", "--to", "2024-03-31", "--json")
    before = run(*year)[1]
    monkeypatch.setenv("VISITAPP_FILE", str(path))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", NEW_PASSPHRASE)
    assert run(*year) == (0, before, [])
    assert run("check")[0] == 0
    code, _, err = run(*command[:2], tmp_path / "another.visits", *command[3:])
    assert (code, err) == (2, ["A copy to read only has what is counted."])
    assert not (tmp_path / "another.visits").exists()
