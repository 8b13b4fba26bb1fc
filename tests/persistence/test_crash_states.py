"""After a power cut at any moment the file opens, and every acknowledged change is there.

Killing a process proves little: the system still has what was written. Here every write and
sync is recorded, the disk is rebuilt as a power cut would have left it (what was not synced
lost, or written in part and in any order), and the file is opened from that.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from tests.builders import CUSTODY, furnish, make_visit, sign
from tests.persistence.recording_vfs import Done, Recorder, is_possible, recording
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.errors import StorageError
from visitapp.domain.year.visit_list import VisitQuery

SECTOR = 512
SAVES = 60

pytestmark = pytest.mark.skipif(
    not is_possible(), reason="this build of the library hides its file system"
)


@dataclass
class Disk:
    """Files as far as they are safe, and what was written since without a sync."""

    safe: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Done]] = field(default_factory=dict)
    acknowledged: str = ""

    def take(self, done: Done) -> None:
        if done.what == "note":
            self.acknowledged = done.path
        elif done.what == "sync":
            for one in self.pending.pop(done.path, []):
                _apply(self.safe, one)
        elif done.what == "delete":
            self.safe.pop(done.path, None)
            self.pending.pop(done.path, None)
        else:
            self.pending.setdefault(done.path, []).append(done)

    def after_a_cut(self, how: str, random: Random) -> dict[str, bytearray]:
        """The files as they may be found: `lost`, `kept` or `torn`."""
        files = {path: bytearray(content) for path, content in self.safe.items()}
        for path, waiting in self.pending.items():
            files.setdefault(path, bytearray())
            for one in (
                waiting if how == "kept" else _torn(waiting, random) if how == "torn" else ()
            ):
                _apply(files, one)
        return files


def _apply(files: dict[str, bytearray], done: Done) -> None:
    content = files.setdefault(done.path, bytearray())
    if done.what == "truncate":
        del content[done.at :]
        return
    if len(content) < done.at:
        content.extend(bytes(done.at - len(content)))
    content[done.at : done.at + len(done.content)] = done.content


def _torn(waiting: list[Done], random: Random) -> Iterator[Done]:
    """Some of the writes, in any order, some of them only in part."""
    chosen = [one for one in waiting if random.random() < 0.6]
    random.shuffle(chosen)
    for one in chosen:
        if one.what == "write" and random.random() < 0.5:
            sectors = len(one.content) // SECTOR
            end = SECTOR * random.randint(0, sectors) if sectors else random.randint(0, 16)
            yield replace(one, content=one.content[:end])
        else:
            yield one


@pytest.fixture
def story(records, key):
    """A person writes a report, signs it, and withdraws another; all that reached the disk."""
    with bootstrap.open_with_key(records, key) as opened:
        furnish(opened.services)
    before = {str(records): bytearray(records.read_bytes())}
    assert not records.with_name(records.name + "-wal").exists()
    with recording() as recorder:
        with bootstrap.open_with_key(records, key) as opened:
            _write_reports(opened, recorder)
        recorder.note(f"closed {SAVES} 1")
    return recorder, before, records


def _write_reports(opened, recorder: Recorder) -> None:
    services = opened.services
    wrong = sign(services, make_visit(date(2025, 3, 3)))
    draft, _ = services.drafts.begin(CUSTODY)
    recorder.note("draft 0 1")
    for number in range(1, SAVES + 1):
        content = {"number": number, "summary": "All was calm. " * (number * 200)}
        draft = services.drafts.save(
            replace(draft, report=typed_report(content), section="summary")
        )
        recorder.note(f"draft {number} 1")
    services.visits.withdraw(wrong.id, "Written for the wrong day")
    recorder.note(f"withdrawn {SAVES} 0")
    sign(services, make_visit(date(2025, 3, 10)))
    recorder.note(f"signed {SAVES} 1")


def _found(folder: Path, disk: Disk, files: dict[str, bytearray], key: bytes) -> None:
    """The file opens, is sound, and holds at least what was acknowledged."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)
    with bootstrap.open_with_key(folder / "records.visits", key) as opened:
        services = opened.services
        numbers = [content_of(draft.report).get("number", 0) for draft in services.drafts.drafts()]
        locked = services.visits.page(VisitQuery()).total
        assert services.maintenance.check() == []
    if not disk.acknowledged:
        return
    word, number, visits = disk.acknowledged.split()
    # What was asked for and not yet acknowledged may be there too.
    assert max(numbers, default=0) in (int(number), int(number) + 1)
    assert locked in {int(visits), 1 if word == "withdrawn" else int(visits), 0 if (
        int(number) == SAVES and word == "draft") else int(visits)}  # fmt: skip


def test_every_save_is_synced_before_it_is_acknowledged(story):
    recorder, _, _ = story
    log = str(story[2]) + "-wal"
    for at, done in enumerate(recorder.done):
        if done.what == "note" and not done.path.startswith("closed"):
            last = next(d for d in reversed(recorder.done[:at]) if d.path == log)
            assert last.what == "sync", f"{done.path} was acknowledged before it was safe"
    written = {done.path for done in recorder.done if done.what == "write"}
    assert written == {str(story[2]), log}, "a checkpoint is part of the story"
    assert Done("delete", log) in recorder.done, "so is closing the file"


@pytest.mark.parametrize("states", [32, pytest.param(2_500, marks=pytest.mark.long)])
def test_every_state_that_a_power_cut_can_leave_holds_what_was_acknowledged(
    story, tmp_path, key, states
):
    recorder, before, _ = story
    random = Random(states)
    moments = sorted(random.sample(range(len(recorder.done)), min(states, len(recorder.done))))
    disk, at = Disk(safe=before), 0
    for tried, moment in enumerate(moments):
        while at <= moment:
            disk.take(recorder.done[at])
            at += 1
        how = ("lost", "torn", "kept", "torn")[tried % 4]
        _found(tmp_path / "after", disk, disk.after_a_cut(how, random), key)


@pytest.mark.parametrize("states", [12, pytest.param(800, marks=pytest.mark.long)])
def test_another_sound_version_put_in_its_place_at_any_moment_stays_whole(
    story, tmp_path, key, states
):
    """A synchronising program, or a person, puts a version over the file; the log stays."""
    recorder, before, records = story
    other = tmp_path / "other.visits"
    other.write_bytes(before[str(records)])
    with bootstrap.open_with_key(other, key) as opened:
        for _ in range(3):
            opened.services.drafts.begin(CUSTODY)
    versions = [(records.read_bytes(), 1), (other.read_bytes(), 3)]
    random = Random(states)
    # from the first acknowledged save on, when the log stands on a mark of its own
    begun = next(at for at, done in enumerate(recorder.done) if done.what == "note")
    moments = sorted(random.sample(range(begun, len(recorder.done)), states))
    disk, at, aside = Disk(safe=before), 0, 0
    for tried, moment in enumerate(moments):
        while at <= moment:
            disk.take(recorder.done[at])
            at += 1
        files = disk.after_a_cut(("lost", "torn", "kept", "torn")[tried % 4], random)
        content, drafts = versions[tried % 2]
        log = files.get(f"{records}-wal")
        aside += _stays_whole(tmp_path / "after", content, log, drafts, key)
    assert aside > states / 2, "most moments have a log"


def _stays_whole(folder: Path, content: bytes, log: bytearray | None, drafts: int, key) -> bool:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    path = folder / "records.visits"
    path.write_bytes(content)
    if log is not None:
        path.with_name("records.visits-wal").write_bytes(log)
    for _ in range(2):
        with bootstrap.open_with_key(path, key) as opened:
            assert opened.services.maintenance.check() == []
            assert len(opened.services.drafts.drafts()) == drafts
            assert opened.database.path == path
    kept = list(folder.glob("records.visits.log-of-another-version-*"))
    assert all(one.read_bytes() == log for one in kept)
    return bool(kept)


def test_a_full_disk_is_told_at_once_and_harms_nothing_that_was_saved(records, key):
    with recording() as recorder, bootstrap.open_with_key(records, key) as opened:
        drafts = opened.services.drafts
        draft, _ = drafts.begin(CUSTODY)
        draft = drafts.save(replace(draft, report=typed_report({"number": 1})))
        for allowed in range(12):
            left = [allowed]

            def refuse(path: str, length: int, left: list[int] = left) -> bool:
                left[0] -= 1
                return left[0] < 0

            recorder.refuse = refuse
            longer = {"number": 2, "summary": "x" * 9_000}
            told = ""
            try:
                draft = drafts.save(replace(draft, report=typed_report(longer)))
            except StorageError as error:
                told = str(error)
            recorder.refuse = None
            assert told == "" or told.startswith("The disk is full. Everything you saved")
            assert content_of(drafts.get(draft.id).report) == content_of(draft.report)
        recorder.refuse = None
        saved = drafts.save(replace(draft, report=typed_report({"number": 3})))
        assert opened.services.maintenance.check() == []
    with bootstrap.open_with_key(records, key) as again:
        assert again.services.drafts.drafts() == (saved,)
