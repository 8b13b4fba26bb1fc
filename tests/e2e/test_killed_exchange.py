"""An exchange that is killed at a random moment, on either side: nothing lost, nothing twice."""

import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.builders import ANNE
from tests.copies import START, make_copies, written
from tests.planted import lying_open
from visitapp import bootstrap
from visitapp.persistence import integrity
from visitapp.services.exchange.folder import Exchanged

OFFICE_KEY, VISITOR_KEY = bytes(range(32)), bytes(range(1, 33))
SUMMARY = "Plump gherkins were juggled by a vexed night watch."
LONGEST = 0.25
"""Seconds from the beginning of an exchange to the kill, at most: a whole one takes less."""


class KilledCopies:
    """An office's file and a visitor's, each opened by one process at a time."""

    def __init__(self, template: Path, home: Path) -> None:
        self.home, self.folder = home, home / "folder"
        copies = make_copies(template, self.folder, OFFICE_KEY)
        copies.join("anne", ANNE)
        self.files = {
            "office": (copies.open_files[0].path, OFFICE_KEY),
            "anne": (copies.open_files[1].path, VISITOR_KEY),
        }
        copies.close()
        self.now = START
        self.refs: list[str] = []

    def opened(self, name: str) -> bootstrap.OpenedFile:
        path, key = self.files[name]
        return bootstrap.open_with_key(path, key, hold=True, clock=self._clock)

    def _clock(self) -> datetime:
        return self.now

    def write(self, day: date) -> None:
        with self.opened("anne") as opened:
            self.refs.append(written(opened.services, day, summary=SUMMARY).ref)

    def accept(self) -> None:
        with self.opened("office") as opened:
            inbox = opened.services.inbox
            inbox.accept([line.report_id for line in inbox.lines()])

    def exchange(self, name: str) -> Exchanged:
        with self.opened(name) as opened:
            return opened.services.folder.exchange(self.folder)

    def exchange_killed(self, name: str, after: float) -> bool:
        """Exchange in a process that is killed after some seconds; whether it was."""
        path, key = self.files[name]
        child = subprocess.Popen(
            [
                sys.executable, "-m", "tests.e2e.exchanging_child", path, key.hex(), self.folder
            ],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | {"TMPDIR": str(self.home)},
        )  # fmt: skip
        assert child.stdin is not None
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        child.stdin.write(f"{self.now.isoformat()}\n")
        child.stdin.flush()
        time.sleep(after)
        child.kill()
        rest, _ = child.communicate()
        return "done" not in rest


def _kill_many(template: Path, home: Path, kills: int, seed: int) -> None:
    random, copies = Random(seed), KilledCopies(template, home)
    killed = 0
    for number in range(kills):
        copies.write(date(2025, 4, 9) - timedelta(days=number))
        copies.now += timedelta(hours=random.choice([1, 30]))
        for name in ("anne", "office"):
            killed += copies.exchange_killed(name, random.uniform(0, LONGEST))
            assert lying_open([home, Path.home()], [SUMMARY]) == []
        if random.random() < 0.5:
            copies.accept()
    assert killed
    for _ in range(4):
        copies.now += timedelta(days=2)
        for name in ("anne", "office", "anne"):
            copies.exchange(name)
    copies.accept()
    with copies.opened("office") as opened:
        services = opened.services
        lines = services.inbox.lines(also_decided=True)
        assert sorted(line.ref for line in lines) == sorted(copies.refs)
        with services.access.database.reading() as connection:
            assert list(integrity.contradictions(connection)) == []
    assert list(copies.folder.iterdir()) == []


def test_an_exchange_killed_at_any_moment_loses_nothing(furnished_file, tmp_path):
    _kill_many(furnished_file, tmp_path, 3, 5)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_an_exchange_killed_at_two_hundred_moments_loses_nothing(furnished_file, tmp_path, seed):
    _kill_many(furnished_file, tmp_path, 25, 100 + seed)
