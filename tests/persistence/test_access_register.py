"""The access register: what was read or changed, in lines that nobody can change unnoticed."""

from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.builders import make_person, make_visit, sign
from tests.conftest import NOW
from tests.spreadsheets import visit_row, write_csv
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.following.ledger import Event
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.period import Period
from visitapp.domain.records.access_entry import AccessEntry, AccessQuery
from visitapp.domain.records.record_kind import Deed, RecordKind
from visitapp.persistence import access_register, integrity
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.damaged import Damaged
from visitapp.persistence.database import Database
from visitapp.persistence.salvage import salvage
from visitapp.services import Services

KEY = bytes(range(32))
MARY = Actor("Mary Manager", Role.MANAGER)


def lines(services: Services) -> list[AccessEntry]:
    """Oldest first, without those of the furnished file."""
    with services.access.database.reading() as connection:
        page = access_register.page(connection, AccessQuery(limit=1_000))
    return [*reversed(page.entries)]


def entered(services: Services) -> list[str]:
    """The ends of the register that the ledger holds."""
    query = select(rt.ledger.c.content_digest).where(rt.ledger.c.event == Event.ACCESS.value)
    with services.access.database.reading() as connection:
        return list(connection.execute(query).scalars())


def line(kind: RecordKind, deed: Deed, number: int = 1, at: datetime = NOW) -> AccessEntry:
    return AccessEntry(at, MARY.name, MARY.role, kind, deed, number)


@pytest.fixture
def before(furnished: Services) -> int:
    return len(lines(furnished))


def test_each_table_is_of_a_kind_or_named_with_a_reason() -> None:
    kinds, left = access_register.KINDS, access_register.NOT_NOTED
    assert not kinds.keys() & left.keys()
    assert kinds.keys() | left.keys() == set(t.metadata.tables)


def test_a_change_is_noted_with_who_when_what_and_how_many(
    furnished: Services, before: int
) -> None:
    furnished.people.save(make_person("Dora Example"))
    sign(furnished, make_visit())
    added = [entry for entry in lines(furnished)[before:] if entry.deed is Deed.CHANGED]
    assert added == [
        line(RecordKind.PERSON, Deed.CHANGED),
        line(RecordKind.DRAFT, Deed.CHANGED),
        line(RecordKind.REPORT, Deed.CHANGED),
    ]


def test_what_fails_leaves_no_line(furnished: Services, before: int) -> None:
    def fail() -> None:
        with furnished.access.database.transaction() as connection:
            connection.execute(t.office.update().values(area="Elsewhere"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert len(lines(furnished)) == before


def test_a_part_that_is_undone_makes_no_line(furnished: Services, before: int) -> None:
    database = furnished.access.database
    with database.transaction() as connection:
        with suppress(BadInputError), database.part(connection):
            connection.execute(t.person.update().values(name="Nobody"))
            raise BadInputError("Not so.")
        with database.part(connection):
            connection.execute(t.office.update().values(area="Elsewhere"))
    assert lines(furnished)[before:] == [line(RecordKind.SETTINGS, Deed.CHANGED)]


def test_an_import_is_noted_once_with_its_number_of_reports(
    furnished: Services, before: int, tmp_path: Path
) -> None:
    rows = [visit_row(visit_ref=f"V{day}", date=f"{day}/3/2024") for day in range(4, 9)]
    plan = furnished.imports.dry_run((write_csv(tmp_path / "past.csv", rows), None, None))
    furnished.imports.carry_out(plan)
    noted = [entry for entry in lines(furnished)[before:] if entry.kind is RecordKind.REPORT]
    assert noted == [line(RecordKind.REPORT, Deed.CHANGED, 5)]


def acting(services: Services, clock: Callable[[], datetime], actor: Actor = MARY) -> Services:
    return Services(replace(services.access, clock=clock, actor=actor), KEY, Random(1))


def test_readings_are_counted_and_written_with_the_next_change(furnished: Services) -> None:
    signed = sign(furnished, make_visit())
    before = len(lines(furnished))
    for _ in range(3):
        furnished.visits.get(signed.id)
    assert len(lines(furnished)) == before
    furnished.setup.save_site(replace(furnished.setup.sites()[0], cells=31))
    assert lines(furnished)[before:] == [
        line(RecordKind.REPORT, Deed.READ, 3),
        line(RecordKind.SETTINGS, Deed.CHANGED),
    ]


def test_readings_are_written_after_an_hour(furnished: Services) -> None:
    signed = sign(furnished, make_visit())
    before, now = len(lines(furnished)), [NOW]
    services = acting(furnished, lambda: now[0])
    for minutes in (0, 30, 59, 60, 61):
        now[0] = NOW + timedelta(minutes=minutes)
        services.visits.get(signed.id)
    hour_later = NOW + timedelta(hours=1)
    assert lines(services)[before:] == [line(RecordKind.REPORT, Deed.READ, 4, hour_later)]
    services.access.database.write_readings()
    assert len(lines(services)) == before + 2


def test_what_is_refused_was_not_read(furnished: Services) -> None:
    before = len(lines(furnished))
    visitor = acting(furnished, lambda: NOW, Actor("Anne Example", Role.VISITOR))
    with pytest.raises(NotAllowedError):
        visitor.inbox.lines()
    with pytest.raises(BadInputError):
        furnished.visits.get(uuid4())
    visitor.access.database.write_readings()
    furnished.access.database.write_readings()
    assert len(lines(furnished)) == before


def test_a_file_that_is_only_read_is_not_written_to(records: Path, furnished: Services) -> None:
    path = furnished.access.database.path
    assert path is not None
    sign(furnished, make_visit())
    furnished.access.database.checkpoint()
    content = path.read_bytes()
    with bootstrap.open_with_key(path, KEY, reading=True) as opened:
        opened.services.people.people()
        opened.services.access.database.write_readings()
    assert path.read_bytes() == content


def test_the_end_is_in_the_ledger_once_the_file_was_closed_or_a_day_begins(
    records: Path,
) -> None:
    with bootstrap.open_with_key(records, KEY, hold=True, clock=lambda: NOW) as opened:
        opened.services.setup.save_office(replace(opened.services.setup.office(), area="Here"))
        assert entered(opened.services) == []
    for _ in range(2):  # the second time nothing was read or written
        with bootstrap.open_with_key(records, KEY, hold=True, clock=lambda: NOW) as opened:
            assert len(entered(opened.services)) == 1
            opened.services.home.overview()
    tomorrow = NOW + timedelta(days=1)
    with bootstrap.open_with_key(records, KEY, clock=lambda: tomorrow) as opened:
        services = opened.services
        services.setup.save_office(replace(services.setup.office(), area="There"))
        assert len(entered(services)) == 1  # it is there already
    later = tomorrow + timedelta(days=1)
    with bootstrap.open_with_key(records, KEY, clock=lambda: later) as opened:
        services = opened.services
        services.setup.save_office(replace(services.setup.office(), area="Here"))
        assert len(entered(services)) == 2
        assert services.maintenance.check() == []


CHANGED = "The register of who read or changed records was changed by another program"
MISSING = "Lines are missing from the register of who read or changed records"


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE access_entry SET by_whom = 'Nobody' WHERE position = 2", CHANGED),
        ("UPDATE access_entry SET at = 'yesterday' WHERE position = 2", CHANGED),
        ("UPDATE access_entry SET kind = 'nothing' WHERE position = 2", CHANGED),
        ("UPDATE access_entry SET number = 'many' WHERE position = 2", CHANGED),
        ("DELETE FROM access_entry WHERE position = 2", CHANGED),
        ("DELETE FROM access_entry WHERE position >= 4", MISSING),
        ("DELETE FROM access_entry", MISSING),
    ],
)
def test_a_change_by_another_program_shows(
    furnished: Services, statement: str, sentence: str
) -> None:
    furnished.setup.save_office(replace(furnished.setup.office(), area="Elsewhere"))
    furnished.access.database.end_register()
    assert len(entered(furnished)) == 1
    assert furnished.maintenance.check() == []
    with closing(furnished.access.database.fresh_connection()) as raw:
        raw.execute(statement)
    assert sentence in "\n".join(furnished.maintenance.check())


def test_what_a_salvage_lost_of_it_is_known_afterwards(
    furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnished.setup.save_office(replace(furnished.setup.office(), area="Elsewhere"))
    furnished.access.database.end_register()
    rows = Damaged.rows

    def some_rows(self, name, columns):
        whole, unreadable = rows(self, name, columns)
        return (whole[:2], len(whole) - 2) if name == "access_entry" else (whole, unreadable)

    monkeypatch.setattr(Damaged, "rows", some_rows)
    target = tmp_path / "saved.visits"
    salvage(furnished.access.database, KEY, target, by="Mary", at=NOW)
    saved = Database.open(target, KEY)
    try:
        assert integrity.look(saved).faults == []
        again = Services(replace(furnished.access, database=saved), KEY, Random(1))
        again.setup.save_office(replace(again.setup.office(), area="Here"))
        assert integrity.look(saved).faults == []
    finally:
        saved.dispose()


def test_a_noted_backup_is_no_change_that_needs_another_one(
    locked: Path, furnished: Services, tmp_path: Path
) -> None:
    assert locked == furnished.access.database.path
    assert furnished.backups.make(tmp_path) is not None
    assert furnished.backups.make(tmp_path) is None
    assert lines(furnished)[-1] == line(RecordKind.BACKUP, Deed.CHANGED)


def test_lines_are_listed_by_day_and_kind(furnished: Services) -> None:
    for day in (1, 2):
        at = datetime(2025, 7, day, 23, 30, tzinfo=UTC)  # half past midnight of the next day
        services = acting(furnished, lambda at=at: at)
        services.people.save(make_person(f"Dora {day}"))
    with furnished.access.database.reading() as connection:
        day = Period(date(2025, 7, 2), date(2025, 7, 2))
        page = access_register.page(connection, AccessQuery(period=day))
        people = access_register.page(connection, AccessQuery(kind=RecordKind.PERSON, limit=1))
    assert [(entry.kind, entry.at.day) for entry in page.entries] == [(RecordKind.PERSON, 1)]
    assert (len(people.entries), people.total) == (1, 5)
    assert people.entries[0].at.day == 2
    assert page.first_day == NOW.date()


def test_the_digest_of_a_line_covers_each_of_its_values() -> None:
    first = line(RecordKind.REPORT, Deed.READ)
    others = [
        replace(first, at=NOW + timedelta(seconds=1)),
        replace(first, by="Anne"),
        replace(first, role=Role.VISITOR),
        replace(first, kind=RecordKind.DRAFT),
        replace(first, deed=Deed.CHANGED),
        replace(first, number=2),
    ]
    digests = {entry.digest("0") for entry in (first, *others)}
    assert len(digests | {first.digest("1")}) == len(others) + 2
