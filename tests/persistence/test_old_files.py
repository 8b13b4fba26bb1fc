"""Files as every earlier version wrote them come out with the same records, figures and ledger."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config

from tests import old_records
from tests.builders import ANIMALS, ANNE, BEN, CARA, CUSTODY, SUITE
from tests.conftest import NOW
from visitapp import bootstrap, paths
from visitapp.domain.office.people import Clearance
from visitapp.domain.office.scheme import ISSUE_DAYS, Kind
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.persistence import (
    dialect,
    integrity,
    migrate,
    salvage,
    settings_digests,
    visits,
)
from visitapp.persistence.database import Database
from visitapp.services import Services

KINDS = {kind.key: kind for kind in settings_digests.KINDS}
LAST = old_records.VERSIONS[-1]
WITH_TICKS = "0015"
"""The last version in which kennels were a tick beside availability."""


@pytest.fixture
def old(request: pytest.FixtureRequest, tmp_path: Path, key: bytes) -> Path:
    """The file of a version (`request.param`), or of the last one before today's."""
    path = tmp_path / "old.visits"
    old_records.write(getattr(request, "param", LAST), path, key)
    return path


@dataclass(frozen=True)
class Migrated:
    """An old file that was opened for writing, still open."""

    version: str
    opened: bootstrap.OpenedFile
    ledger_before: list[tuple[Any, ...]]


@pytest.fixture(scope="module", params=old_records.VERSIONS)
def migrated(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Migrated]:
    """The file of each version, brought up to date."""
    version, key = request.param, bytes(range(32))
    path = tmp_path_factory.mktemp("old") / "old.visits"
    old_records.write(version, path, key)
    before = ledger(path, key) if version > "0001" else []
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        yield Migrated(version, opened, before)


@contextmanager
def raw(path: Path, key: bytes) -> Iterator[Any]:
    """The driver's connection to a file, which nothing has migrated."""
    with closing(dialect.connect(path, key)) as connection:
        yield connection


def version_of(path: Path, key: bytes) -> str:
    with raw(path, key) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def downgrade(database: Database, version: str) -> None:
    """Bring a file back to an earlier version, and close it."""
    with database.transaction() as connection:
        config = Config()
        config.set_main_option("script_location", str(paths.migrations_folder()))
        config.attributes["connection"] = connection
        command.downgrade(config, version)
    database.dispose()


def statements(path: Path, key: bytes) -> list[str]:
    with raw(path, key) as connection:
        return sorted(old_records.as_sql(connection))


def ledger(path: Path, key: bytes) -> list[tuple[Any, ...]]:
    with raw(path, key) as connection:
        query = "SELECT position, event, visit_id, content_digest, digest FROM ledger"
        return list(connection.execute(f"{query} ORDER BY position"))


def must_have_all(services: Services, version: str) -> None:
    """What every file of `old_records` has, as far as its version knew it."""
    has_clearances, has_policies = version >= "0002", version >= "0003"
    clearances = {person.name: person.clearance for person in services.people.people()}
    known = old_records.CLEARANCES if has_clearances else {}
    assert clearances == {
        name: known.get(name, Clearance())
        for name in ("Anne Example", "Ben Sample", "Cara Instance")
    }
    days = {scheme.id == CUSTODY: scheme.issue_days for scheme in services.setup.schemes()}
    assert days == {
        True: old_records.ISSUE_DAYS if has_clearances else ISSUE_DAYS, False: ISSUE_DAYS
    }  # fmt: skip
    visits_a_year = services.planning.policy(SUITE).visits_a_year
    assert visits_a_year == (old_records.VISITS_A_YEAR if has_policies else 65)
    must_have_reports(services, has_places=has_clearances)


def must_have_reports(services: Services, *, has_places: bool) -> None:
    """The reports with their issues, and the figures that are made of them."""
    with services.access.database.reading() as connection:
        kept_visit, withdrawn = (
            visits.visit(connection, visit_id)
            for visit_id in (old_records.KEPT, old_records.WITHDRAWN)
        )
    assert kept_visit is not None
    assert withdrawn is not None
    first, second = kept_visit.issues
    assert (first.description, second.description) == (
        old_records.WITH_PLACE.description, old_records.WITHOUT_PLACE.description,
    )  # fmt: skip
    expected = old_records.WITH_PLACE if has_places else old_records.WITHOUT_PLACE
    place_of = [(issue.place, issue.question, issue.raised_minute) for issue in (first, expected)]
    assert place_of[0] == place_of[1]
    assert (second.place, second.question, second.raised_minute) == (
        old_records.WITHOUT_PLACE.place, old_records.WITHOUT_PLACE.question, None,
    )  # fmt: skip
    assert withdrawn.withdrawn_reason == "Wrong suite"
    summary = services.figures.summary(APRIL_YEARS.year_of(date(2025, 3, 1)))
    assert sorted(scheme.visits for scheme in summary.schemes.values()) == [1, 1]


def test_a_file_of_each_version_before_is_kept() -> None:
    before = {f"{number:04}" for number in range(1, int(migrate.HEAD))}
    assert before <= set(old_records.VERSIONS)


def test_it_comes_out_with_the_same_records_and_figures(migrated: Migrated) -> None:
    assert migrate.revision(migrated.opened.database) == migrate.HEAD
    must_have_all(migrated.opened.services, migrated.version)


def test_statuses_are_carried_over_as_of_a_day_that_nobody_knows(migrated: Migrated) -> None:
    """Nothing is made up: the day of joining is not the day of the status."""
    people = migrated.opened.services.people
    memberships = [m for person in people.people() for m in person.memberships]
    assert memberships
    assert all(m.changes and m.status == m.changes[-1].status for m in memberships)
    changes = [change for own in people.history().values() for change in own]
    entered = {(c.by, c.at) for c in changes if not c.has_ended}
    if migrated.version >= "0014":  # which wrote down who entered a status, and when
        assert all(by and at for by, at in entered)
    else:
        assert entered == {("", None)}
        assert {c.from_on for c in changes if not c.has_ended} == {None}
    for scheme in migrated.opened.services.setup.schemes():
        book = migrated.opened.services.setup.codes(scheme.id)
        assert book.label("volunteer_status", "ARCHIVED") == "Archived"
        kinds = [code.code for code in book["review_kind"]]
        is_custody = scheme.kind is Kind.CUSTODY
        assert kinds == (["STRIP", "FORCE", "OVERNIGHT", "HEALTH", "OTHER"] if is_custody else [])


def test_it_has_the_tables_of_a_new_file(migrated: Migrated, key: bytes, records: Path) -> None:
    tables, tables_of_new = (
        [sql for sql in statements(path, key) if not sql.startswith("INSERT")]
        for path in (migrated.opened.path, records)
    )
    assert tables == tables_of_new


def test_its_ledger_goes_on_and_check_is_silent(migrated: Migrated, key: bytes) -> None:
    before, after = migrated.ledger_before, ledger(migrated.opened.path, key)
    assert after[: len(before)] == before
    entered = {subject for _, _, subject, *_ in after[len(before) :]}
    # 0013 grouped the categories of issues; 0014 has a status more, and each by its day; 0016 has
    # kinds of reviews
    since_0012 = {KINDS["codes"].id.hex, KINDS["people"].id.hex}
    if migrated.version >= "0016":
        assert entered == set()
    elif migrated.version >= "0014":
        assert entered == {KINDS["codes"].id.hex}
    elif migrated.version >= "0012":
        assert entered == since_0012
    elif migrated.version >= "0005":  # 0012 grouped the statuses of visits, and has refusals
        assert entered == {*since_0012, KINDS["refusals"].id.hex}
    else:
        assert entered == {kind.id.hex for kind in KINDS.values()}
    faults = migrated.opened.services.maintenance.check()
    if migrated.version == "0001":  # which had no ledger yet
        assert len(faults) == 3
        assert all("it was added to the file by another program" in words for words in faults)
    else:
        assert faults == []


def test_it_is_read_without_a_byte_being_written(old: Path, key: bytes) -> None:
    before = old.read_bytes()
    with bootstrap.open_with_key(old, key, reading=True, clock=lambda: NOW) as opened:
        must_have_all(opened.services, LAST)
    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


@pytest.mark.parametrize("old", old_records.VERSIONS, indirect=True)
def test_what_can_be_read_of_it_is_saved_whole(old: Path, key: bytes, tmp_path: Path) -> None:
    version, target = version_of(old, key), tmp_path / "saved.visits"
    source = Database.open_to_read(old, key, copied=True)
    saved = salvage.salvage(source, key, target)
    source.dispose()
    assert saved.sentence.startswith("Everything could be read: 3 visits")
    with bootstrap.open_with_key(target, key, clock=lambda: NOW) as opened:
        must_have_all(opened.services, version)
        if version >= "0005":
            assert integrity.look(opened.database).faults == []


@pytest.mark.parametrize("old", [WITH_TICKS], indirect=True)
def test_what_a_tick_for_kennels_said_is_kept_as_a_status(old: Path, key: bytes) -> None:
    """Anne had it and is in no scheme of kennels; Ben had it and is; Cara is without it."""
    with raw(old, key) as connection:
        for at, (person, tick) in enumerate(((ANNE, 1), (BEN, 1), (CARA, 0)), start=1):
            connection.execute(
                "INSERT INTO availability (id, person_id, least, most, may_buddy, kennel_qualified)"
                " VALUES (?, ?, 1, ?, 1, ?)",
                (person.hex, person.hex, at + 4, tick),
            )
        for table in ("membership", "status_change"):
            connection.execute(
                f"DELETE FROM {table} WHERE person_id = ? AND scheme_id = ?",  # noqa: S608
                (ANNE.hex, ANIMALS.hex),
            )
        connection.commit()
    with bootstrap.open_with_key(old, key, clock=lambda: NOW) as opened:
        services = opened.services
        people = {person.id: person for person in services.people.people()}
        history = services.people.history()
        most = {person_id: services.availability.of(person_id).most for person_id in people}
    anne, ben, cara = (people[person_id].membership(ANIMALS) for person_id in (ANNE, BEN, CARA))
    assert anne is not None
    assert ben is not None
    assert cara is not None
    assert (anne.status, anne.joined_unknown, anne.joined_on) == ("ACTIVE", True, date(2025, 3, 6))
    (first,) = anne.changes
    assert (first.from_on, first.why) == (None, "Was marked as qualified for kennels.")
    assert (ben.status, ben.joined_unknown) == ("ACTIVE", False)
    last = history[CARA][-1]
    assert (cara.status, last.status, last.scheme_id) == ("TRAINING", "TRAINING", ANIMALS)
    assert last.why == "Was not marked as qualified for kennels."
    assert cara.status_on(date(2025, 3, 6)) == "ACTIVE"
    assert people[CARA].membership(CUSTODY).status == "ACTIVE"
    assert most == {ANNE: 5, BEN: 6, CARA: 7}
    downgrade(Database.open(old, key), WITH_TICKS)
    with raw(old, key) as connection:
        ticks = connection.execute("SELECT kennel_qualified FROM availability ORDER BY most")
        assert [tick for (tick,) in ticks] == [1, 1, 0]


@pytest.mark.parametrize("old", [WITH_TICKS], indirect=True)
def test_whoever_left_the_kennels_is_not_back_for_a_tick_and_is_in_training_in_each_of_several(
    old: Path, key: bytes
) -> None:
    """Anne left, with her tick forgotten; Ben has it; Cara visits two schemes' kennels without."""
    other = uuid4()
    with raw(old, key) as connection:
        for person, tick in ((ANNE, 1), (BEN, 1), (CARA, 0)):
            connection.execute(
                "INSERT INTO availability (id, person_id, least, most, may_buddy, kennel_qualified)"
                " VALUES (?, ?, 1, 5, 1, ?)",
                (person.hex, person.hex, tick),
            )
        of_kennels = (ANNE.hex, ANIMALS.hex)
        connection.execute(
            "UPDATE membership SET left_on = '2025-01-31' WHERE person_id = ? AND scheme_id = ?",
            of_kennels,
        )
        own = {"id": other.hex, "scheme_id": other.hex}
        copied(connection, "scheme", f"id = '{ANIMALS.hex}'", **own, name="Other kennels")
        whose = f"person_id = '{CARA.hex}' AND scheme_id = '{ANIMALS.hex}'"
        copied(connection, "membership", whose, id=uuid4().hex, scheme_id=other.hex)
        connection.commit()
    with bootstrap.open_with_key(old, key, clock=lambda: NOW) as opened:
        people = {person.id: person for person in opened.services.people.people()}
    of_anne = [m.left_on for m in people[ANNE].memberships if m.scheme_id == ANIMALS]
    assert of_anne == [date(2025, 1, 31)]
    assert all(not person.problem_of_memberships() for person in people.values())
    of_cara = [people[CARA].membership(scheme_id) for scheme_id in (ANIMALS, other)]
    assert [m and m.status for m in of_cara] == ["TRAINING", "TRAINING"]


def copied(connection, table: str, which: str, **changed: str) -> None:
    """Write another row as one that is there, with some values of its own."""
    cursor = connection.execute(f"SELECT * FROM {table} WHERE {which}")  # noqa: S608
    names = [column[0] for column in cursor.description]
    values = dict(zip(names, cursor.fetchone(), strict=True)) | changed
    marks = ", ".join("?" * len(names))
    connection.execute(f"INSERT INTO {table} VALUES ({marks})", list(values.values()))  # noqa: S608


@pytest.mark.parametrize("old", [WITH_TICKS], indirect=True)
def test_ticks_that_nobody_in_the_scheme_had_change_no_status(old: Path, key: bytes) -> None:
    with raw(old, key) as connection:
        connection.execute(
            "INSERT INTO availability (id, person_id, least, most, may_buddy, kennel_qualified)"
            " VALUES (?, ?, 1, 5, 1, 0)",
            (CARA.hex, CARA.hex),
        )
        connection.commit()
    with bootstrap.open_with_key(old, key, clock=lambda: NOW) as opened:
        people = opened.services.people.people()
    assert {m.status for person in people for m in person.memberships} == {"ACTIVE"}
