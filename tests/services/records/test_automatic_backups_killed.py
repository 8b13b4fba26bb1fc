"""A backup that makes itself, killed or refused at each of its calls to the file system."""

import errno
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import furnish
from tests.security.dying import Killed, dying_at
from tests.services.records.test_automatic_backups import Clock
from visitapp import bootstrap
from visitapp.domain.errors import StorageError
from visitapp.persistence import backup as stored
from visitapp.security import vault
from visitapp.services.records import backups as backup_services

_SOME = 7
"""Each so many calls is tried in the ordinary run, all in the long one."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(locked: Path, key: bytes, clock: Clock):
    with bootstrap.open_with_key(locked, key, hold=True, clock=clock) as opened:
        furnish(opened.services)
        yield opened.services.backups


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def _calls(service, clock: Clock, folder: Path) -> int:
    """How many calls a whole backup makes."""
    folder.mkdir()
    with dying_at(10**9) as made:
        service.make(folder)
    clock.at += timedelta(hours=2)
    return len(made)


def _numbers(calls: int, request: pytest.FixtureRequest) -> range:
    return range(1, calls + 1, 1 if request.config.getoption("--long") else _SOME)


def _whole_pairs(folder: Path, key: bytes) -> bool:
    """Whether each name of a backup is that of a verified one with its key file."""
    backups = [path for path in folder.iterdir() if path.suffix == ".visits"]
    return all(
        vault.key_file(path).exists() and stored.made_itself(path, key)
        for path in backups
        if not path.name.startswith(".")
    )


def test_killed_at_any_call_it_leaves_whole_backups_and_nothing_that_stays(
    service, clock, locked, key, tmp_path, request, monkeypatch
):
    folder = locked.parent / "backups"
    for number in _numbers(_calls(service, clock, tmp_path / "first"), request):
        clock.at += timedelta(hours=2)
        with suppress(Killed), dying_at(number):
            service.make(None)
        assert not folder.exists() or _whole_pairs(folder, key)
    monkeypatch.setattr(backup_services, "_ABANDONED", timedelta())
    clock.at += timedelta(hours=2)
    service._access.database.path.touch()
    made = service.make(None) or service.last()
    service._remove_leftovers(folder)
    assert service.last() == made
    names = _names(folder)
    assert {name for name in names if name.startswith(".")} == set()
    assert {f"{name}.key" for name in names if name.endswith(".visits")} == {
        name for name in names if name.endswith(".key")
    }
    assert service._access.database.path is not None
    with bootstrap.open_with_key(made.target, key) as opened:
        assert opened.services.maintenance.check() == []


def test_refused_at_any_call_it_says_so_or_is_made_and_leaves_nothing_half_made(
    service, clock, locked, key, tmp_path, request
):
    folder = locked.parent / "backups"

    def full() -> OSError:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for number in _numbers(_calls(service, clock, tmp_path / "first"), request):
        clock.at += timedelta(hours=2)
        before = _names(folder)
        made = None
        with suppress(StorageError), dying_at(number, full):
            made = service.make(None)
        new = _names(folder) - before
        assert not folder.exists() or _whole_pairs(folder, key)
        if made is None:
            assert not [name for name in new if name.startswith(".")]
