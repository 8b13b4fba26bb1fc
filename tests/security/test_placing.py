"""Records and their key file change together, at whichever step the program is killed."""

import errno
import os
import shutil
from contextlib import suppress

import pytest

from tests.conftest import NOW
from tests.security.dying import Killed, dying_at
from visitapp.security import placing
from visitapp.security.placing import NewPair, settle

OLD, NEW = b"old", b"new"


def write_pair(path, word, log=False):
    path.write_bytes(b"records " + word)
    path.with_name(path.name + ".key").write_bytes(b"key " + word)
    if log:
        path.with_name(path.name + "-wal").write_bytes(b"log " + word)


def pair(path):
    """The word that records and key agree on; None where nothing stands there."""
    parts = [path.with_name(path.name + ending) for ending in ("", ".key")]
    found = [part.read_bytes().split()[1] if part.exists() else None for part in parts]
    assert found[0] == found[1], f"the key of {path.name} does not open it"
    return found[0]


def put_new(path):
    with NewPair(path) as new:
        write_pair(new.records, NEW)
        return new.put("restore", NOW)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
def path(tmp_path):
    (tmp_path / "begin").mkdir()
    return tmp_path / "begin" / "my.visits"


@pytest.fixture(params=["nothing", "a pair", "a pair and its log", "a key alone", "a log alone"])
def before(request, path):
    if request.param in ("a pair", "a pair and its log"):
        write_pair(path, OLD, log="log" in request.param)
    elif request.param == "a key alone":
        path.with_name("my.visits.key").write_bytes(b"key old")
    elif request.param == "a log alone":
        path.with_name("my.visits-wal").write_bytes(b"log old")
    return request.param


def test_what_stood_there_is_kept_whole_under_a_name_that_says_why(path, before):
    kept = put_new(path)
    assert pair(path) == NEW
    assert not path.with_name("my.visits-wal").exists()
    if before == "nothing":
        assert kept is None
        assert names(path.parent) == ["my.visits", "my.visits.key"]
    else:
        assert kept.name == "my.visits.before-restore-20250410-120000"
    if before == "a pair and its log":
        assert pair(kept) == OLD
        assert kept.with_name(kept.name + "-wal").read_bytes() == b"log old"


def calls(path, work):
    with dying_at(10**9) as made:
        work(path)
    return len(made)


def fresh(tmp_path, path, folder):
    """The same beginning in a folder of its own."""
    shutil.copytree(path.parent, tmp_path / folder)
    return tmp_path / folder / path.name


def check(path, before):
    """Nothing is lost, nothing half done, nothing left without a name."""
    word = pair(path) if before != "a key alone" or path.exists() else None
    assert word in ((OLD, NEW) if before.startswith("a pair") else (None, NEW))
    found = {one.name: one.read_bytes() for one in path.parent.iterdir()}
    assert not [name for name in found if name.startswith(".")]
    if before != "nothing":
        assert any(content.endswith(OLD) for content in found.values())
    if before == "a pair and its log":
        (log,) = [name for name in found if name.endswith("-wal")]
        assert found[log.removesuffix("-wal")] == b"records old", "a log stays with its records"


def test_a_kill_at_any_call_leaves_the_old_pair_or_the_new_one(tmp_path, path, before):
    total = calls(fresh(tmp_path, path, "count"), put_new)
    assert total > 20
    words = set()
    for number in range(1, total + 1):
        tried = fresh(tmp_path, path, f"kill-{number}")
        with suppress(Killed), dying_at(number):
            put_new(tried)
        settle(tried)
        check(tried, before)
        words.add(tried.exists() and tried.read_bytes().endswith(NEW))
    assert words == {False, True}, "some kills leave what was there, some what is new"


def test_a_kill_while_a_killed_one_is_finished_loses_nothing_either(tmp_path, path):
    write_pair(path, OLD, log=True)
    total = calls(fresh(tmp_path, path, "count"), put_new)
    tries = 0
    for first in range(1, total + 1):
        half_done = fresh(tmp_path, path, f"first-{first}")
        with suppress(Killed), dying_at(first):
            put_new(half_done)
        second, is_done = 0, False
        while not is_done:
            second += 1
            tried = fresh(tmp_path, half_done, f"second-{first}-{second}")
            with suppress(Killed), dying_at(second) as made:
                settle(tried)
            is_done = len(made) < second
            settle(tried)
            check(tried, "a pair and its log")
            shutil.rmtree(tried.parent)
            tries += 1
    assert tries > 100


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_call_that_is_refused_leaves_the_old_pair_or_the_new_one(tmp_path, path, before, code):
    def refused():
        return OSError(code, os.strerror(code))

    total = calls(fresh(tmp_path, path, "count"), put_new)
    for number in range(1, total + 1):
        tried = fresh(tmp_path, path, f"refused-{number}")
        with dying_at(number, refused), suppress(OSError):
            put_new(tried)
        settle(tried)
        check(tried, before)


def test_without_hard_links_the_same_holds(tmp_path, path, monkeypatch):
    def no_links(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", no_links)
    write_pair(path, OLD, log=True)
    for number in range(1, calls(fresh(tmp_path, path, "count"), put_new) + 1):
        tried = fresh(tmp_path, path, f"kill-{number}")
        with suppress(Killed), dying_at(number):
            put_new(tried)
        settle(tried)
        check(tried, "a pair and its log")


def test_what_was_finished_and_where_the_old_file_is_are_told(path):
    write_pair(path, OLD)
    with suppress(Killed), dying_at(_call(path, "link", 4)):
        put_new(path)
    assert not path.exists() or pair(path) is not None
    assert settle(path) == [
        "visitapp stopped while it was moving my.visits into place. That is now finished. The "
        "old file is now called my.visits.before-restore-20250410-120000."
    ]
    assert pair(path) == NEW
    assert settle(path) == []


def _call(path, kind, which):
    """The number of the `which`th call of a kind, from the end."""
    copy = path.parent.parent / "counted"
    shutil.copytree(path.parent, copy)
    with dying_at(10**9) as made:
        put_new(copy / path.name)
    found = [number for number, name in enumerate(made, 1) if name == kind]
    return found[-which]


def test_where_the_new_pair_is_gone_the_old_one_comes_back(path):
    write_pair(path, OLD, log=True)
    with suppress(Killed), dying_at(_call(path, "link", 2)):
        put_new(path)
    for one in path.parent.glob(".*.new*"):
        one.unlink()
    assert settle(path) == [
        "visitapp stopped while it was replacing my.visits. The file has not changed. The new "
        "file is lost."
    ]
    assert pair(path) == OLD
    assert path.with_name("my.visits-wal").read_bytes() == b"log old"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"[]", b"{", b"[" * 100_000, b"\xff",
        b'{"new": "../victim", "aside": "my.visits.before-x", "key_digest": ""}',
        b'{"new": ".my.visits.0123456789abcdef.new", "aside": "../victim", "key_digest": ""}',
        b'{"new": "other.visits", "aside": "my.visits.before-x", "key_digest": ""}',
    ],
)  # fmt: skip
def test_a_plan_that_is_not_ours_moves_nothing(path, content):
    write_pair(path, OLD)
    for other in ("other.visits", "victim"):
        path.with_name(other).write_bytes(b"theirs")
    path.with_name(".my.visits.placing").write_bytes(content)
    assert settle(path) == []
    assert pair(path) == OLD
    assert path.with_name("other.visits").read_bytes() == b"theirs"
    put_new(path)
    assert pair(path) == NEW


def test_a_file_that_came_meanwhile_is_kept_as_well(path):
    write_pair(path, OLD)
    with suppress(Killed), dying_at(_call(path, "link", 2)):
        put_new(path)
    write_pair(path, b"third")
    settle(path)
    assert pair(path) == NEW
    kept = [one.read_bytes() for one in path.parent.glob("my.visits.before-restore*")]
    for word in (OLD, b"third"):
        assert b"records " + word in kept
        assert b"key " + word in kept


def test_a_link_at_the_place_is_set_aside_itself(path, tmp_path):
    other = tmp_path / "other.visits"
    write_pair(other, OLD)
    path.symlink_to(other)
    kept = put_new(path)
    assert kept.is_symlink()
    assert not path.is_symlink()
    assert pair(other) == OLD


def test_leftovers_of_this_file_alone_are_removed(path):
    ours = [
        ".my.visits.0123abcd.new", ".my.visits.0123abcd.new-wal", ".my.visits.0123abcd.new.key",
        ".my.visits.0123abcd.new.journal-of-another-version-0a1b2c3d-journal",
        ".my.visits.key.4242.new", ".my.visits.before-migration-20250410-120000.0123abcd.new",
    ]  # fmt: skip
    others = [".my.visits.new", ".my.visits.old.new", ".other.visits.0123abcd.new", "a.new"]
    for name in (*ours, *others):
        path.with_name(name).touch()
    assert not placing.is_tidy(path)
    settle(path)
    assert names(path.parent) == sorted(others)
    assert placing.is_tidy(path)


def test_what_was_kept_is_found_the_newest_first_and_put_back(path):
    for stamp in ("before-restore-20250101-120000", "before-migration-20250301-120000",
                  "before-backup-20250201-120000"):  # fmt: skip
        write_pair(path.with_name(f"my.visits.{stamp}"), stamp.encode(), log=True)
    found = placing.kept_beside(path)
    assert [one.name.split("-")[1] for one in found] == ["migration", "backup", "restore"]
    assert placing.put_back(path, found[0], NOW) is None
    assert pair(path) == b"before-migration-20250301-120000"
    assert path.with_name("my.visits-wal").exists()
    assert len(placing.kept_beside(path)) == 2
