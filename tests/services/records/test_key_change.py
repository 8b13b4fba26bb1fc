"""Other keys for the records: what opens them, what doesn't any more, and kills on the way."""

import errno
import gc
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.builders import CUSTODY, furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE, RECOVERY_SECRET
from tests.security.dying import Killed, dying_at
from visitapp import bootstrap
from visitapp.bootstrap import key_change, nearby_files
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.errors import (
    BadInputError,
    CancelledError,
    CantOpenError,
    HeldError,
    StorageError,
    WrongPassphraseError,
)
from visitapp.persistence import backup
from visitapp.persistence.report_tables import ledger
from visitapp.security import placing, recovery, vault
from visitapp.services.records import key_change as service
from visitapp.services.records.unsaved_work import UnsavedWorkService

NEW = "gravel tandem mossy quartz"
CODE = recovery.as_code(RECOVERY_SECRET)
OLD_KEY = bytes(range(32))


@pytest.fixture
def quick_keys(monkeypatch):
    """Keys from passphrases at once; what Argon2id does is tested in tests/security."""

    def derive(passphrase, salt, entry):
        return vault._expand(passphrase, salt)

    monkeypatch.setattr(vault, "_argon2", derive)


@pytest.fixture
def filled(locked, quick_keys):
    """Records with a visit, closed, whose key file opens by `PASSPHRASE`."""
    with bootstrap.open_with_key(locked, OLD_KEY, hold=True, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
    vault.change_passphrase(locked, OLD_KEY, PASSPHRASE)
    return locked


def contents(path, key):
    with bootstrap.open_with_key(path, key) as opened:
        return backup.contents_of(opened.database)


def change(path, progress=None):
    return key_change.change_keys(path, PASSPHRASE, NEW, progress=progress)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_the_new_keys_open_the_same_records_and_the_old_ones_open_nothing(filled, tmp_path):
    stolen = tmp_path / "stolen"
    shutil.copy2(vault.key_file(filled), stolen)
    held = contents(filled, OLD_KEY)
    before = filled.read_bytes()
    made = change(filled)
    assert made.left is None
    new_key = vault.unlock(filled, NEW)
    assert new_key == vault.unlock_with_code(filled, made.recovery_code)
    assert new_key != OLD_KEY
    assert contents(filled, new_key).differences(held) == ["ledger"]  # its own entry
    for refused in (
        lambda: vault.unlock(filled, PASSPHRASE),
        lambda: vault.unlock_with_code(filled, CODE),
    ):
        with pytest.raises(WrongPassphraseError):
            refused()
    with pytest.raises(CantOpenError):
        bootstrap.open_with_key(filled, OLD_KEY)
    shutil.copy2(stolen, vault.key_file(filled))
    with pytest.raises(CantOpenError):
        bootstrap.open_with_passphrase(filled, PASSPHRASE)
    page = 4096
    after = filled.read_bytes()
    shared = {before[at : at + page] for at in range(0, len(before), page)}
    assert not shared & {after[at : at + page] for at in range(0, len(after), page)}
    assert not [name for name in names(tmp_path) if "before-keys" in name or name.endswith(".new")]


def test_a_report_that_is_kept_elsewhere_comes_along(filled, monkeypatch):
    with bootstrap.open_with_passphrase(filled, PASSPHRASE, hold=True) as opened:
        draft, _ = opened.services.drafts.begin(CUSTODY)
        opened.services.unsaved_work.keep(
            replace(draft, report=typed_report({"summary": "typed elsewhere"}))
        )
    with monkeypatch.context() as patch:
        patch.setattr(UnsavedWorkService, "bring_back", lambda _: ())
        with pytest.raises(StorageError, match="would be lost with the old keys"):
            change(filled)
        assert vault.unlock(filled, PASSPHRASE) == OLD_KEY
    change(filled)
    with bootstrap.open_with_passphrase(filled, NEW) as opened:
        drafts = opened.services.drafts.drafts()
    assert [content_of(one.report).get("summary") for one in drafts] == ["typed elsewhere"]


def test_backups_made_before_still_open_with_the_old_keys(filled, tmp_path):
    copy = tmp_path / "stick.visits"
    with bootstrap.open_with_passphrase(filled, PASSPHRASE) as opened:
        opened.services.maintenance.backup(copy)
    change(filled)
    with bootstrap.open_with_passphrase(copy, PASSPHRASE) as opened:
        assert len(opened.services.people.people()) == 3


def test_a_weak_passphrase_or_wrong_words_change_nothing(filled):
    before = filled.read_bytes(), vault.key_file(filled).read_bytes()
    for weak in ("the cat sat mat", "", "Anyshire Mary Manager Anyshire"):
        with pytest.raises(BadInputError):
            key_change.change_keys(filled, PASSPHRASE, weak)
    with pytest.raises(WrongPassphraseError):
        key_change.change_keys(filled, "not this", NEW)
    with pytest.raises(BadInputError):
        key_change.change_keys(filled, "ABC", NEW, by_code=True)
    assert before == (filled.read_bytes(), vault.key_file(filled).read_bytes())


def test_records_that_are_open_keep_their_keys(filled):
    with (
        bootstrap.open_with_passphrase(filled, PASSPHRASE, hold=True),
        pytest.raises(HeldError, match="is open in another copy"),
    ):
        change(filled)
    assert vault.unlock(filled, PASSPHRASE) == OLD_KEY


def test_it_can_be_stopped_until_the_records_are_put_in_place(filled, monkeypatch):
    monkeypatch.setattr(service, "_ASK_SECONDS", 0.0)
    for stage in ("Making the new keys", "Encrypting the records", "Moving the records"):
        begun = []

        def tell(said, done=0, total=0, *, wanted=stage, seen=begun):
            seen.append(said)
            return not said.startswith(wanted)

        with pytest.raises(CancelledError):
            change(filled, tell)
        assert begun
        assert vault.unlock(filled, PASSPHRASE) == OLD_KEY
        assert not [name for name in names(filled.parent) if name.startswith(".")]
        bootstrap.open_with_passphrase(filled, PASSPHRASE, hold=True).close()


def test_an_old_pair_that_can_not_be_removed_is_named_at_each_opening(filled, monkeypatch):
    def refuse(_kept):
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(placing, "remove_kept", refuse)
    left = change(filled).left
    assert left is not None
    assert left.name.startswith("records.visits.before-keys-")
    (told,) = nearby_files.tidy(filled)
    assert told.startswith(f"{left.name} contains the records from before the keys were changed")
    bootstrap.open_with_passphrase(left, PASSPHRASE).close()
    bootstrap.open_with_passphrase(filled, NEW).close()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_refuses_once_leaves_one_whole_pair(filled, tmp_path, error):
    def refusal():
        return OSError(error, os.strerror(error))

    for number in range(1, 100, 23):
        path = _fresh(filled, tmp_path, f"refused-{number}")
        with suppress(StorageError), dying_at(number, refusal):
            change(path)
        _is_whole(path)


def _fresh(filled, tmp_path, folder):
    (tmp_path / folder).mkdir()
    for one in (filled, vault.key_file(filled)):
        shutil.copy2(one, tmp_path / folder)
    return tmp_path / folder / filled.name


def _is_whole(path):
    """The old pair or the new one, with all that it held; whether it is the new one. What else
    lies there is named to a person."""
    told = " ".join(nearby_files.tidy(path))
    is_new = True
    try:
        opened = bootstrap.open_with_passphrase(path, NEW, hold=True)
    except WrongPassphraseError:
        is_new = False
        opened = bootstrap.open_with_passphrase(path, PASSPHRASE, hold=True)
    with opened:
        assert len(opened.services.people.people()) == 3
        assert opened.services.maintenance.check() == []
    around_it = {one for one in names(path.parent) if not one.endswith((".lock", ".holder"))}
    more = {one for one in around_it if one not in (path.name, f"{path.name}.key")}
    kept = {one.name for one in placing.kept_beside(path)}
    assert all(any(one.startswith(name) for name in kept) for one in more), more
    assert all(name in told for name in kept)
    return is_new


def _kill_at_each(filled, tmp_path, step):
    with dying_at(10**9) as made:
        change(_fresh(filled, tmp_path, "count"))
    assert len(made) > 30
    found = set()
    for number in sorted({*range(1, len(made) + 1, step), len(made)}):
        path = _fresh(filled, tmp_path, f"kill-{number}")
        with suppress(Killed), dying_at(number):
            change(path)
        gc.collect(1)  # a process that was killed holds no lock either
        found.add(_is_whole(path))
    assert found == {False, True}


def test_a_kill_leaves_the_old_pair_or_the_new_one(filled, tmp_path):
    _kill_at_each(filled, tmp_path, 9)


@pytest.mark.long
def test_a_kill_at_any_call_leaves_the_old_pair_or_the_new_one(filled, tmp_path):
    _kill_at_each(filled, tmp_path, 1)


@pytest.mark.skipif(os.name == "nt", reason="no such kill there")
def test_the_command_can_be_killed_at_any_moment(locked, tmp_path, request):
    """The whole process, with what SQLite has under way."""
    (tmp_path / "p").write_text(PASSPHRASE)
    (tmp_path / "n").write_text(NEW)
    command = [
        sys.executable, "-m", "visitapp", "change-keys", "--file", str(locked),
        "--passphrase-file", str(tmp_path / "p"), "--new-passphrase-file", str(tmp_path / "n"),
    ]  # fmt: skip
    seconds = (1.2, 2.4) if not request.config.getoption("--long") else [n / 4 for n in range(20)]
    for wait in seconds:
        running = subprocess.Popen(
            command, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        with suppress(subprocess.TimeoutExpired):
            running.wait(wait)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        nearby_files.tidy(locked)
        keys = [key for word in (PASSPHRASE, NEW) if (key := _opens(locked, word)) is not None]
        assert len(keys) == 1
        with bootstrap.open_with_key(locked, keys[0], hold=True) as opened:
            assert opened.services.maintenance.check() == []
        if keys[0] != OLD_KEY:
            break


def _opens(path, word):
    with suppress(WrongPassphraseError):
        return vault.unlock(path, word)
    return None


def test_a_removal_that_was_killed_is_finished_and_nothing_else_is_removed(filled):
    stem = f"{filled.name}.before-keys-20250410-120000"
    gone = [f"{stem}", f"{stem}-wal", f"{stem}-2"]
    stay = [
        f"{stem}-3", f"{stem}-3.key", f"{stem}-3.lock", f"{stem}-3.holder",
        f"{filled.name}.before-restore-20250410-120000", f"{stem}.lock", f"{stem} copy",
    ]  # fmt: skip
    for name in (*gone, *stay):
        filled.with_name(name).write_bytes(b"old")
    told = nearby_files.tidy(filled)
    there = names(filled.parent)
    assert not set(gone) & set(there)
    assert set(stay) <= set(there)
    assert [sentence.split()[0] for sentence in told] == [f"{stem}-3", stem]


def test_the_change_is_an_entry_of_the_ledger_and_the_chain_goes_on_after_it(filled, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    with bootstrap.open_with_passphrase(filled, PASSPHRASE, hold=True) as opened:
        opened.services.maintenance.backup(stick / "copy.visits")
        printed = opened.services.maintenance.look().anchor
    made = change(filled)
    assert made.backups == (stick,)
    with bootstrap.open_with_passphrase(filled, NEW, hold=True) as opened:
        with opened.database.reading() as connection:
            rows = list(connection.execute(select(ledger.c.event, ledger.c.by_whom)
                                           .order_by(ledger.c.position)))  # fmt: skip
        assert [event for event, _ in rows].count("keys") == 1
        assert rows[-1].event == "keys"
        assert rows[-1].by_whom
        sign(opened.services, make_visit(NOW.date()))
        assert opened.services.maintenance.check() == []
        compared = opened.services.maintenance.compare(printed.text)
        assert compared.agrees
        assert opened.services.maintenance.backup_folders() == (stick,)
        with opened.database.transaction() as connection:
            connection.execute(update(ledger).where(ledger.c.event == "keys").values(by_whom="X"))
        assert opened.services.maintenance.check() != []
