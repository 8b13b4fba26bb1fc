"""Making and opening a file of records."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.builders import make_kennel_visit, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from visitapp import bootstrap
from visitapp.bootstrap import nearby_files
from visitapp.domain.errors import BadInputError, CancelledError, CantOpenError, StorageError
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.persistence import migrate
from visitapp.security.holder import Claim


def test_a_new_file_has_both_schemes_with_their_timeslots_and_nobody_in_it(services):
    assert [scheme.kind for scheme in services.setup.schemes()] == [
        Kind.CUSTODY, Kind.ANIMAL_WELFARE,
    ]  # fmt: skip
    cells = {
        scheme.kind: services.setup.grids(scheme.id)[0].cells for scheme in services.setup.schemes()
    }
    assert cells == {Kind.CUSTODY: 35, Kind.ANIMAL_WELFARE: 12}
    assert services.setup.sites() == ()
    assert services.people.people() == ()


def test_the_builders_visits_can_be_signed_as_they_come(furnished):
    for visit in (make_visit(), make_kennel_visit()):
        assert furnished.visits.findings(visit) == []
        locked = sign(furnished, visit)
        assert furnished.visits.get(locked.id) == locked


def test_a_new_file_is_for_the_office_and_person_that_made_it(tmp_path):
    path = tmp_path / "mine.visits"
    manager = Actor("Mary Manager", Role.MANAGER)
    code = bootstrap.create_file(
        path, PASSPHRASE, office_name=" Some Office ", area="Anyshire", actor=manager
    )
    with bootstrap.open_with_code(path, code.lower()) as opened:
        office = opened.services.setup.office()
        assert (office.name, office.area, office.made_up_note) == ("Some Office", "Anyshire", "")
        assert opened.services.setup.account() == manager
        assert opened.services.access.actor == manager


def test_a_file_made_without_a_name_belongs_to_whoever_the_system_says(monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: "mary")
    assert bootstrap.usual_actor() == Actor("mary", Role.MANAGER)

    def nobody():
        raise KeyError("no such user, as in some containers")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert bootstrap.usual_actor() == Actor("Volunteer manager", Role.MANAGER)


@pytest.mark.parametrize("kind", [RuntimeError, KeyboardInterrupt, OSError])
def test_a_file_that_cannot_be_made_leaves_nothing_behind(tmp_path, monkeypatch, kind):
    def broken(_):
        raise kind

    monkeypatch.setattr(migrate, "create", broken)
    with pytest.raises((kind, StorageError)):
        bootstrap.create_file(tmp_path / "one" / "two" / "mine.visits", PASSPHRASE)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    path = tmp_path / "file" / "mine.visits"
    with pytest.raises(StorageError, match=r"mine\.visits can't be written"):
        bootstrap.create_file(path, PASSPHRASE)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_in_a_closed_folder_is_told(records, key):
    records.parent.chmod(0o500)
    try:
        with pytest.raises(CantOpenError, match="can't be opened"):
            bootstrap.open_with_key(records, key, hold=True)
    finally:
        records.parent.chmod(0o700)


def test_a_folder_in_the_place_of_a_file_is_told(tmp_path, key):
    with pytest.raises(CantOpenError, match="There is no file"):
        bootstrap.open_with_key(tmp_path, key)


def test_opening_leaves_no_holder_where_it_fails(records, key):
    with pytest.raises(CantOpenError):
        bootstrap.open_with_key(records, bytes(32), hold=True)
    with bootstrap.open_with_key(records, key, hold=True) as opened:
        assert opened.lock is not None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (datetime(2026, 1, 5, 9, 30, tzinfo=UTC), datetime(2025, 4, 10, 8, 30, tzinfo=UTC)),
        (datetime(2026, 7, 5, 9, 30, tzinfo=UTC), datetime(2025, 4, 10, 9, 30, tzinfo=UTC)),
        (datetime(2026, 7, 5, 23, 30, tzinfo=UTC), datetime(2025, 4, 9, 23, 30, tzinfo=UTC)),
    ],
)
def test_an_office_whose_day_is_fixed_has_the_true_time_of_that_day(records, key, now, then):
    with bootstrap.open_with_key(records, key, clock=lambda: now) as opened:
        office = opened.services.setup.office()
        opened.services.setup.save_office(replace(office, today=date(2025, 4, 10)))
        assert opened.services.access.today() > date(2026, 1, 1)
    with bootstrap.open_with_key(records, key, clock=lambda: now) as opened:
        assert opened.services.access.today() == date(2025, 4, 10)
        assert opened.services.access.now() == then


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2025, 6, 30, 23, 30, tzinfo=UTC), date(2025, 7, 1)),
        (datetime(2025, 12, 31, 23, 30, tzinfo=UTC), date(2025, 12, 31)),
    ],
)
def test_today_is_the_day_of_uk_clocks(records, key, now, day, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    with bootstrap.open_with_key(records, key, clock=lambda: now) as opened:
        assert opened.services.access.today() == day


def test_the_demonstration_is_written_into_an_empty_folder_only(tmp_path):
    (tmp_path / "something").touch()
    for folder in (tmp_path, tmp_path / "something"):
        with pytest.raises(BadInputError, match="is not an empty folder"):
            bootstrap.write_demonstration(folder, PASSPHRASE, lambda *_: True)
    assert [path.name for path in tmp_path.iterdir()] == ["something"]


@pytest.mark.parametrize("stage", ["Writing the demonstration", "Counting the visits"])
def test_a_demonstration_that_is_stopped_leaves_nothing_behind(tmp_path, stage):
    told = []

    def until(found, done, total):
        told.append(found)
        return not found.startswith(stage) and not (stage in told[:-1] and total)

    with pytest.raises(CancelledError):
        bootstrap.write_demonstration(tmp_path / "deep" / "demo", PASSPHRASE, until)
    assert list(tmp_path.iterdir()) == []


def test_how_good_a_passphrase_is_can_be_asked_before_there_is_a_file():
    assert bootstrap.passphrase_strength(PASSPHRASE).is_enough
    assert not bootstrap.passphrase_strength("password").is_enough


def test_the_clock_given_is_the_services_clock(services):
    assert services.access.now() == NOW


def test_demonstrations_of_killed_programs_are_removed_once_they_are_old(tmp_path):
    old, held, fresh, other = (tmp_path / f"shown-{name}" for name in ("old", "held", "new", "x"))
    for folder in (old, held, fresh):
        folder.mkdir()
        (folder / "demonstration.visits").touch()
    other.mkdir()
    with Claim(held / "demonstration.visits"):
        for folder in (old, held, other):
            os.utime(folder, (0, 0))
        nearby_files.remove_abandoned(tmp_path, "shown-")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["shown-held", "shown-new", "shown-x"]
