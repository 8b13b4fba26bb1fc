"""Each command that writes, killed at its calls to the file system and refused them.

Afterwards the next start finds records that open at every path, with the visits of before or
those of after, whatever was acknowledged in one of the files, and nothing without a name.

To add a command: a line in `COMMANDS`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.builders import BEN, furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE, RECOVERY_SECRET
from tests.e2e.killing import FULL, KILL, READ_ONLY, WRITING, Call, Killer, is_possible, quick_key
from visitapp import bootstrap, paths
from visitapp.domain.exchange import copies
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import migrate, tables
from visitapp.persistence.database import Database
from visitapp.security import joining_code, recovery, vault
from visitapp.services.records.backups import FOLDER as BACKUPS

pytestmark = pytest.mark.skipif(not is_possible(), reason="strace is not here, or may not trace")

_ENDING = re.compile(r"(-wal|-shm|-journal|\.key|\.lock|\.holder)$")
_SET_ASIDE = re.compile(r"\.(log|journal)-of-another-version-[0-9a-f]+$")

_SHIFTS = (0, 0, -1, 1, -2, 2, -3, 3)

CODE = recovery.as_code(RECOVERY_SECRET)

Run = Callable[..., tuple[int, str, list[str]]]

FEW, FEWER = 3, 1
"""Kills of each command in the ordinary run, and calls that are refused, spread evenly."""

CSV = """visit_ref,scheme,site,date,arrived
K1,custody,Northgate,2025-03-01,10:00
K2,custody,Northgate,2025-03-02,11:00
"""

LATER = '''"""A later revision."""

from alembic import op
from sqlalchemy import Column, Integer

revision = "0999"
down_revision = "{head}"


def upgrade():
    op.add_column("site", Column("storeys", Integer()))
'''


@dataclass(frozen=True)
class Command:
    """`words` of the command line, in which names of the world stand in braces; `at` are the
    paths it writes records to, with the numbers of visits that may be there afterwards (None:
    no file); `kept` the numbers that must be in some file."""

    words: str
    at: dict[str, tuple[int | None, ...]]
    kept: tuple[int, ...] = (2,)
    later: bool = False
    only_long: bool = False
    files: tuple[str, ...] = field(default=())
    """Other files it may write whole."""
    last: str = ""
    """One of them that is there only where all records are."""
    itself: bool = False
    """No command: the window's own backup, which makes itself."""


COMMANDS = {
    "new": Command("new --file {folder}/new.visits", {"new.visits": (None, 0)}),
    "backup": Command("backup --out {folder}/out.visits", {"out.visits": (None, 2)}),
    "backup over a file": Command(
        "backup --out {folder}/other.visits --force", {"other.visits": (1, 2)}, kept=(1, 2)
    ),
    "backup over a link": Command(
        "backup --out {folder}/link.visits --force", {"link.visits": (1, 2)}, kept=(1, 2)
    ),
    "restore": Command(
        "restore {folder}/backup.visits --file {folder}/back.visits", {"back.visits": (None, 1)}
    ),
    "restore over a file": Command(
        "restore {folder}/backup.visits --file {folder}/records.visits --force",
        {"records.visits": (1, 2)},
    ),
    "import": Command(
        "import visits {folder}/past.csv --create-missing", {"records.visits": (2, 4)}, kept=()
    ),
    "plan": Command("plan --weeks 4 --json", {"records.visits": (2,)}),
    "salvage": Command("salvage --out {folder}/saved.visits", {"saved.visits": (None, 2)}),
    "change of keys": Command(
        "change-keys --new-passphrase-file {folder}/words.txt", {"records.visits": (2,)}
    ),
    "change of passphrase": Command(
        "passphrase --new-passphrase-file {folder}/words.txt", {"records.visits": (2,)}
    ),
    "migration": Command("plan --weeks 4 --json", {"records.visits": (2,)}, later=True),
    "invite": Command(
        "invite --person AnneExample --out {folder}/anne.invitation",
        {"records.visits": (2,)},
        files=("anne.invitation",),
    ),
    "join": Command(
        f"join {{folder}}/ben.invitation --code {CODE} --file {{folder}}/new.visits "
        "--reply {folder}/reply",
        {"new.visits": (None, 0)},
        files=("reply",),
        last="reply",
    ),
    "hand-over": Command(
        "hand-over --out {folder}/office.handed",
        {"records.visits": (2,)},
        files=("office.handed",),
    ),
    "take-over": Command(
        f"take-over {{folder}}/next.handed --code {CODE} --file {{folder}}/new.visits",
        {"new.visits": (None, 2)},
    ),
    "picture": Command(
        "coverage --svg {folder}/need.svg", {"records.visits": (2,)}, files=("need.svg",)
    ),
    "annual report": Command(
        "report annual --out {folder}/year.pdf", {"records.visits": (2,)}, files=("year.pdf",)
    ),
    "automatic backup": Command(
        "automatic backup", {"records.visits": (2,)}, files=(BACKUPS,), itself=True
    ),
    "demonstration": Command(
        "demo --out {folder}/shown", {"records.visits": (2,)}, only_long=True
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def killer() -> Iterator[Killer]:
    made = Killer()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _quick_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)


@pytest.fixture
def world(tmp_path: Path, locked: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with records of two visits, another file and a backup with one, an invitation by the
    code `CODE`, which ends long after today, and the office handed over by the same code."""
    monkeypatch.setattr(joining_code, "new_secret", lambda: RECOVERY_SECRET)
    monkeypatch.setattr(copies, "CODE_DAYS", 36_500)
    folder = tmp_path / "world"
    folder.mkdir()
    vault.change_passphrase(locked, key, PASSPHRASE)  # by the quick key
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
        for name in ("other.visits", "backup.visits"):
            opened.services.maintenance.backup(folder / name)
        sign(opened.services, make_visit(date(2025, 3, 10)))
        invitation, _ = opened.services.exchange.invite(BEN)
        (folder / "ben.invitation").write_bytes(invitation.file)
        opened.services.maintenance.backup(folder / "records.visits")
        opened.services.succession.hand_over(folder / "next.handed")
    (folder / "link.visits").symlink_to("other.visits")
    (folder / "link.visits.key").symlink_to("other.visits.key")
    (folder / "past.csv").write_text(CSV)
    (folder / "words.txt").write_text(PASSPHRASE)  # the same, so that one opens all that is found
    return folder


@pytest.fixture
def later(tmp_path: Path) -> Path:
    """The scripts of a later version of the program."""
    scripts = tmp_path / "later"
    shutil.copytree(paths.migrations_folder(), scripts)
    (scripts / "versions" / "0999_later.py").write_text(LATER.format(head=migrate.HEAD))
    return scripts


class Trial:
    """One command in a world of its own, again and again."""

    def __init__(self, killer: Killer, world: Path, later: Path, command: Command) -> None:
        self._killer, self._world, self._command = killer, world, command
        self.folder = world.with_name("tried")
        self._more: dict[str, object] = {
            "environment": {
                "VISITAPP_FILE": str(self.folder / "records.visits"),
                "VISITAPP_PASSPHRASE": PASSPHRASE,
            }
        }
        if command.later:
            self._more["later"] = str(later)
        words = command.words.split()
        self._words = [word.replace("{folder}", str(self.folder)) for word in words]

    def calls(self) -> list[Call]:
        self._begin()
        return self._killer.calls(self.folder, self._words, **self._more)

    def run(self, call: Call, inject: str) -> dict[str, object]:
        """The command, stopped at a call. The calls before it are not always the same number:
        one nearby is refused where another call has its number this time."""
        for shift in _SHIFTS:
            self._begin()
            if inject == KILL:
                return self._killer.run(self._words, call, inject, **self._more)
            near = replace(call, number=max(1, call.number + shift))
            answer = self._killer.refuse(self.folder, self._words, near, inject, **self._more)
            if answer is not None:
                return answer
        raise AssertionError(f"{call} was never a call in the folder")

    def _begin(self) -> None:
        if self.folder.exists():
            shutil.rmtree(self.folder)
        shutil.copytree(self._world, self.folder, symlinks=True)

    def is_unsettled(self) -> bool:
        return (self.folder / ".records.visits.placing").exists()

    def check_replaced(self, run: Run, kept_before: bool | None) -> None:
        """The other version is there, or kept, as is what was set aside before (`kept_before`)."""
        path = self.folder / "records.visits"
        self._start(run, path)
        with bootstrap.open_with_passphrase(path, PASSPHRASE, hold=True) as opened:
            assert opened.services.maintenance.check() == []
            assert opened.services.visits.page(VisitQuery()).total == 1
        if kept_before is not None:
            kept = (each for each in self._records() if ".before-restore-" in each.name)
            assert (2 if kept_before else 1) in {self._visits(each) for each in kept}

    def check(self, run: Run) -> None:
        """What the next start finds."""
        names = sorted({"records.visits", *self._command.at})
        for name in [one for one in names if not self._is_untouched(one)] or ["records.visits"]:
            self._start(run, self.folder / name)
        if self._command.only_long:
            run("demo", "--out", self.folder / "shown")
            shutil.rmtree(self.folder / "shown")
        found = {path.name: self._visits(path) for path in self._records()}
        for name, numbers in ({"records.visits": (2, 4)} | self._command.at).items():
            assert found.get(name) in numbers, f"{name} holds {found.get(name)}"
        if self._command.last and (self.folder / self._command.last).exists():
            assert None not in {found.get(name) for name in self._command.at}
        for number in self._command.kept:
            assert number in found.values()
        self._nothing_without_a_name(found)
        if self._command.itself:
            self._check_backups()

    def _is_untouched(self, name: str) -> bool:
        """Whether a file of records and all beside it are as they were before the command."""
        named = (name, f".{name}")
        now, before = (
            {one.name: one.read_bytes() for one in folder.iterdir() if one.name.startswith(named)}
            for folder in (self.folder, self._world)
        )
        return name in before and now == before

    def _check_backups(self) -> None:
        """A later backup removes what was begun, and each that has its name opens."""
        folder = self.folder / BACKUPS
        for one in folder.iterdir() if folder.exists() else ():
            os.utime(one, (0, 0))
        with bootstrap.open_with_passphrase(
            self.folder / "records.visits", PASSPHRASE, hold=True
        ) as opened:
            opened.services.backups.make(None)
        names = {one.name for one in folder.iterdir()}
        whole = {name for name in names if f"{name}.key" in names}
        assert whole
        assert names == whole | {f"{name}.key" for name in whole}
        assert {self._visits(folder / name) for name in whole} == {2}

    def _start(self, run: Run, path: Path) -> None:
        code, _, err = run("check", "--file", path)
        if path.exists():
            assert code == 0, err
        else:
            assert code == 3
            assert err[-1] == f"There is no file {path}."

    def _records(self) -> list[Path]:
        keys = [one for one in self.folder.iterdir() if one.name.endswith(".key")]
        return [one.with_name(one.name.removesuffix(".key")) for one in keys]

    def _visits(self, path: Path) -> int:
        """As a reader finds it, who changes nothing."""
        database = Database.open_to_read(path, vault.unlock(path, PASSPHRASE))
        try:
            with database.reading() as connection:
                return int(
                    connection.execute(select(func.count()).select_from(tables.visit)).scalar_one()
                )
        finally:
            database.dispose()

    def _nothing_without_a_name(self, found: dict[str, int]) -> None:
        known = {"past.csv", "words.txt", "ben.invitation", "next.handed", *self._command.files}
        for one in self.folder.iterdir():
            records = _SET_ASIDE.sub("", _ENDING.sub("", one.name))
            assert records in found or one.name in known, one.name


def _spread(calls: list[Call], most: int = FEW) -> list[Call]:
    """A few that are spread evenly over what changes names and syncs, fewer over the writes,
    of which there are many."""
    writes = [call for call in calls if call.name in WRITING]
    others = [call for call in calls if call.name not in WRITING]
    assert others, "the command writes"
    few = min(most, len(others))
    found = [others[at * len(others) // few] for at in range(few)]
    few = min(most, 2, len(writes))
    return found + [writes[at * len(writes) // few] for at in range(few)]


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_lost_wherever_a_command_is_stopped(
    killer: Killer,
    world: Path,
    later: Path,
    run: Run,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """Killed, on a full disk, and on one that can only be read."""
    command, is_long = COMMANDS[name], request.config.getoption("--long")
    if command.only_long and not is_long:
        pytest.skip("run with --long")
    trial = Trial(killer, world, later, command)
    if command.later:
        monkeypatch.setattr(migrate, "migrations_folder", lambda: later)
        monkeypatch.setattr(migrate, "HEAD", "0999")
    calls = trial.calls()
    trial.check(run)
    counts = []
    for inject in (KILL, FULL, READ_ONLY):
        fitting = [call for call in calls if call.can_be(inject)]
        chosen = fitting if is_long else _spread(fitting, FEW if inject == KILL else FEWER)
        stopped = 0
        for call in chosen:
            answer = trial.run(call, inject)
            assert "something went wrong" not in str(answer["said"])
            stopped += answer["code"] != 0
            try:
                trial.check(run)
            except BaseException as error:
                error.add_note(f"{inject} at {call}: {answer['code']} {answer['said']}")
                raise
        assert stopped == len(chosen) or inject != KILL
        counts.append(f"{inject} at {len(chosen)} of {len(fitting)} calls, {stopped} stopped it")
    print(f"{name}: {'; '.join(counts)}")


@pytest.mark.parametrize("name", ["import", "plan", "restore over a file", "migration"])
def test_another_version_put_in_place_after_a_kill_is_opened_as_it_is(
    killer: Killer,
    world: Path,
    later: Path,
    run: Run,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """As a program does that keeps folders in step, or a person with a file manager."""
    command = COMMANDS[name]
    trial = Trial(killer, world, later, command)
    if command.later:
        monkeypatch.setattr(migrate, "migrations_folder", lambda: later)
        monkeypatch.setattr(migrate, "HEAD", "0999")
    calls = trial.calls()
    for call in calls if request.config.getoption("--long") else _spread(calls):
        trial.run(call, KILL)
        aside = any(trial.folder.glob("*.before-restore-*.visits"))
        kept_before = aside if trial.is_unsettled() else None
        # In place it would also change what a half-done move has under a second name.
        shutil.copy2(world / "backup.visits", trial.folder / "another.visits")
        (trial.folder / "another.visits").replace(trial.folder / "records.visits")
        try:
            trial.check_replaced(run, kept_before)
        except BaseException as error:
            error.add_note(f"killed at {call}")
            raise
