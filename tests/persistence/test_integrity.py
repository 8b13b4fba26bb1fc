"""Damage is found and told in sentences that name the visit."""

from datetime import date

import pytest
from sqlalchemy import text

from tests.builders import furnish, make_kennel_visit, make_visit, sign
from visitapp import bootstrap
from visitapp.domain.errors import VisitAppError
from visitapp.domain.report.visit import OutcomeCount
from visitapp.persistence import ledger, visits


@pytest.fixture
def visited(opened):
    """A file with a few visits, one replaced."""
    furnish(opened.services)
    for day in (3, 10, 17):
        sign(opened.services, make_visit(date(2025, 3, day)))
    sign(opened.services, make_kennel_visit())
    return opened


def spoil(opened, statement):
    with opened.database.transaction() as connection:
        connection.execute(text(statement))


def test_sound_records_have_nothing_to_tell(visited):
    assert visited.services.maintenance.check() == []


def test_visits_without_times_counts_or_visitors_are_sound(visited):
    made = [
        make_visit(left=None, admitted=None, present=None, counts=(), visitors=()),
        make_visit(present=0, counts=()),
        make_kennel_visit(present=None, counts=(OutcomeCount("SEEN", 3),)),
    ]
    with visited.database.transaction() as connection:
        visits.insert_visits(connection, made)
        ledger.append(connection, ledger.signed(made, "Mary Manager"))
    assert visited.services.maintenance.check() == []


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE site SET kind = 'moon'", "of sites"),
        ("UPDATE scheme SET kind = 'moon' WHERE kind = 'custody'", "of schemes"),
        ("UPDATE account SET role = 'moon'", "of those who use the file"),
        ("UPDATE grid_day SET weekdays = 'moon'", "of timeslots"),
        ("UPDATE membership SET joined_on = 'moon'", "of people"),
        ("UPDATE code SET active_from = 'moon'", "of coded values"),
        ("INSERT INTO claim (id, person_id, kind, on_day, minutes) "
         "SELECT id, id, 'moon', '2025-03-05', 5 FROM person", "of what volunteers claim"),
        ("INSERT INTO monitoring (id, person_id, age) SELECT id, id, 'moon' FROM person",
         "for equality monitoring"),
        ("INSERT INTO area_population (id, characteristic, numbers, source) "
         "SELECT id, 'moon', '{}', 'Census' FROM office", "of the area\u2019s people"),
        ("INSERT INTO record_review (id, scheme_id, start_on, end_on) "
         "SELECT id, id, '2025-03-05', '2025-03-04' FROM scheme", "of reviews of custody records"),
    ],
)  # fmt: skip
def test_a_value_of_no_kind_in_a_list_is_damage(visited, statement, what):
    spoil(visited, statement)
    said = f"Part of what is recorded {what} can't be read: another program changed it."
    assert visited.services.maintenance.check().count(said) == 1


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE visit SET weekday = 6 WHERE ref = 'NOR-2024-002'",
         "Visit NOR-2024-002: the day, weekday or time does not match the arrival."),
        ("UPDATE visit SET local_date = '2025-03-11' WHERE ref = 'NOR-2024-002'",
         "Visit NOR-2024-002: the day, weekday or time does not match the arrival."),
        ("UPDATE visit SET minute = 839 WHERE ref = 'NOR-2024-002'",
         "Visit NOR-2024-002: the day, weekday or time does not match the arrival."),
        ("UPDATE visit SET wait_minutes = 30 WHERE ref = 'NOR-2024-001'",
         "Visit NOR-2024-001: the wait does not match the times of arriving and being let in."),
        ("UPDATE visit SET volunteer_minutes = 1 WHERE ref = 'HIL-2024-001'",
         "Visit HIL-2024-001: the volunteers' minutes don't match the times and visitors."),
        ("UPDATE visitor SET observes = 1 WHERE position = 1 AND visit_id IN "
         "(SELECT id FROM visit WHERE ref = 'NOR-2024-003')",
         "Visit NOR-2024-003: the volunteers' minutes don't match the times and visitors."),
        ("UPDATE visit SET present = 7 WHERE ref = 'NOR-2024-001'",
         "Visit NOR-2024-001: the parts add up to 6, but the total is 7."),
        ("UPDATE visit SET present = NULL WHERE ref = 'NOR-2024-001'",
         "Visit NOR-2024-001: the parts add up to 6, but the total is not recorded."),
        ("UPDATE visit SET type = 'PARTY' WHERE ref = 'NOR-2024-001'",
         "Visit NOR-2024-001: its type is in no list, so it is not counted."),
        ("UPDATE outcome_count SET reason = 'GONE' WHERE reason = 'INTERVIEW' AND visit_id IN "
         "(SELECT id FROM visit WHERE ref = 'NOR-2024-003')",
         "Visit NOR-2024-003: its reason is in no list, so it is not counted."),
        ("UPDATE visit SET replaces_id = (SELECT id FROM visit WHERE ref = 'NOR-2024-001') "
         "WHERE ref = 'NOR-2024-003'",
         "Visit NOR-2024-003 replaces NOR-2024-001, which still counts."),
        ("UPDATE visit SET local_date = '2025-03-1a' WHERE ref = 'NOR-2024-002'",
         "Visit NOR-2024-002: part of its report can't be read; another program changed it."),
        ("UPDATE visit SET state = 'gone' WHERE ref = 'NOR-2024-002'",
         "Visit NOR-2024-002: part of its report can't be read; another program changed it."),
    ],
)  # fmt: skip
def test_a_changed_row_is_told_with_the_visits_reference(visited, statement, sentence):
    spoil(visited, statement)
    found = visited.services.maintenance.check()
    assert sentence in found
    assert all(said.startswith(sentence[:18]) for said in found)


def test_rows_that_belong_to_nothing_are_told(visited):
    connection = visited.database.driver_connection()
    raw = connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("DELETE FROM site WHERE name = 'Northgate'")
    raw.execute("PRAGMA foreign_keys = ON")
    connection.close()
    assert visited.services.maintenance.check() == [
        "“site_open” contains rows that no longer belong to anything.",
        "“visit” contains rows that no longer belong to anything.",
        "The sites, the days they are open, their targets and their groups were changed by another "
        "program.",
    ]


def test_a_row_moved_to_nowhere_is_told_with_the_reference_of_its_visit(visited):
    connection = visited.database.driver_connection()
    raw = connection.driver_connection
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute(
        "UPDATE outcome_count SET visit_id = 'nowhere' WHERE visit_id IN "
        "(SELECT id FROM visit WHERE ref = 'NOR-2024-002')"
    )
    raw.execute("PRAGMA foreign_keys = ON")
    connection.close()
    found = visited.services.maintenance.check()
    assert "“outcome_count” contains rows that no longer belong to anything." in found
    assert "Visit NOR-2024-002: its report is not as it was signed." in found


@pytest.mark.parametrize(
    "statement",
    ["UPDATE ledger SET event = 'feast'", "UPDATE ledger SET at = '2025-02-30 10:00:00'"],
)
def test_a_ledger_that_can_not_be_read_is_told(visited, statement):
    spoil(visited, statement)
    assert (
        "The list of what was signed and withdrawn was changed by another program."
        in visited.services.maintenance.check()
    )


@pytest.mark.parametrize("part", [0.2, 0.35, 0.62, 0.74, 0.999])
def test_one_changed_byte_anywhere_in_the_file_is_found(visited, records, key, part):
    """None of these lies in a page that is needed to open the file."""
    visited.close()
    content = bytearray(records.read_bytes())
    at = int(len(content) * part)
    content[at] ^= 0x10
    records.write_bytes(content)
    with bootstrap.open_with_key(records, key) as opened:
        sentence, read, remedy = opened.services.maintenance.check()
    assert sentence.startswith("1 of the ")
    assert f" pages of the file were altered or have gone bad (page {at // 4096 + 1})." in sentence
    assert read.startswith(("Some entries can no longer be read, in: ", "Every entry can still"))
    assert remedy.startswith("Restore a backup, or save what can be read in a new file")


@pytest.mark.parametrize("twentieth", range(20))
def test_one_changed_byte_is_found_or_the_file_is_refused(visited, records, key, twentieth):
    """Some pages are needed to open the file at all: those of the schema."""
    visited.close()
    content = bytearray(records.read_bytes())
    content[len(content) * twentieth // 20 + 2_000] ^= 0x10
    records.write_bytes(content)
    words = _said_of(records, key)
    assert words in REFUSED or words.startswith("1 of the "), words


REFUSED = (
    "The file can't be read with this key: it is damaged or not visitapp's.",
    "The file is damaged. Check it, and restore a backup.",
)


def _said_of(records, key):
    try:
        with bootstrap.open_with_key(records, key) as opened:
            return opened.services.maintenance.check()[0]
    except VisitAppError as error:
        return str(error)


def test_a_file_that_was_cut_short_is_found(visited, records, key):
    visited.close()
    content = records.read_bytes()
    records.write_bytes(content[: len(content) // 2])
    try:
        with bootstrap.open_with_key(records, key) as opened:
            found = opened.services.maintenance.check()
    except bootstrap.CantOpenError as error:
        found = [str(error)]
    assert found
