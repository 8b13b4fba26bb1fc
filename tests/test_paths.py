"""Files that nobody else may read, written whole or not at all."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from visitapp import paths

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")

WRITES_AND_WAITS = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from visitapp import paths
def wait(*_):
    print("written", flush=True)
    sys.stdin.read()
paths.os.fsync = wait
paths.write_whole(Path(sys.argv[1]), b"half")
"""


@pytest.fixture
def umask():
    before = os.umask(0o022)
    yield os.umask
    os.umask(before)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


@needs_posix
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_whatever_is_written_is_private_whatever_the_mask_and_the_file_before(
    tmp_path, umask, mask
):
    umask(mask)
    new, old = tmp_path / "new.pdf", tmp_path / "old.pdf"
    old.write_bytes(b"for all to read")
    old.chmod(0o644)
    for path in (new, old):
        paths.write_whole(path, b"content")
        assert path.read_bytes() == b"content"
        assert path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["new.pdf", "old.pdf"]


@needs_posix
@pytest.mark.parametrize("name", [".new.pdf.{pid}.new", "new.pdf.part"])
def test_a_link_that_waits_at_the_name_that_could_be_guessed_is_not_followed(tmp_path, name):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / name.format(pid=os.getpid())).symlink_to(victim)
    paths.write_whole(tmp_path / "new.pdf", b"content")
    assert victim.read_bytes() == b"precious"


@needs_posix
def test_a_link_at_the_unfinished_name_itself_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(paths.secrets, "token_hex", lambda length: "0" * 2 * length)
    victim = tmp_path / "victim"
    waiting = tmp_path / f".new.pdf.{'0' * 16}.part"
    waiting.symlink_to(victim)
    with pytest.raises(FileExistsError):
        paths.write_whole(tmp_path / "new.pdf", b"content")
    assert waiting.is_symlink()
    assert not victim.exists()
    with pytest.raises(FileExistsError):
        paths.make_private_file(waiting)
    assert not victim.exists()


@needs_posix
def test_a_link_at_the_final_name_is_replaced_and_its_target_left_alone(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    (tmp_path / "new.pdf").symlink_to(victim)
    paths.write_whole(tmp_path / "new.pdf", b"content")
    assert victim.read_bytes() == b"precious"
    assert not (tmp_path / "new.pdf").is_symlink()


@needs_posix
@pytest.mark.skipif(sys.platform == "win32", reason="no such locks there")
def test_a_file_that_another_program_tidies_away_as_it_is_begun_is_begun_again(
    tmp_path, monkeypatch
):
    """Between its creation and its lock a file looks like one that was left behind."""
    create, tidied = paths._new_file, []

    def tidied_at_once(path):
        descriptor = create(path)
        if len(tidied) < 3:
            paths.remove_unfinished(tmp_path)
            tidied.append(path)
        return descriptor

    monkeypatch.setattr(paths, "_new_file", tidied_at_once)
    paths.write_whole(tmp_path / "left.pdf", b"whole")
    assert len(tidied) == 3
    assert names(tmp_path) == ["left.pdf"]
    assert (tmp_path / "left.pdf").read_bytes() == b"whole"


def test_writers_in_one_folder_never_take_each_others_files_for_abandoned(tmp_path):
    def write(number):
        for at in range(30):
            paths.write_whole(tmp_path / f"{number}-{at}", bytes([number]))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert len(names(tmp_path)) == 240


def test_what_a_killed_program_left_unfinished_goes_at_the_next_write(tmp_path):
    left = tmp_path / "left.pdf"
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES_AND_WAITS, str(left)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"written\n"
    (part,) = names(tmp_path)
    assert part.startswith(".left.pdf.")
    for bystander in (".notes.part", ".left.pdf.0123.part", "left.pdf.0123456789abcdef.part"):
        (tmp_path / bystander).touch()
    (tmp_path / ".linked.0123456789abcdef.part").symlink_to(tmp_path / "nowhere")
    paths.write_whole(tmp_path / "other.pdf", b"content")
    assert part in names(tmp_path), "it is being written"
    process.kill()
    process.communicate()
    paths.write_whole(tmp_path / "another.pdf", b"content")
    assert names(tmp_path) == [
        ".left.pdf.0123.part", ".linked.0123456789abcdef.part", ".notes.part", "another.pdf",
        "left.pdf.0123456789abcdef.part", "other.pdf",
    ]  # fmt: skip


def test_a_name_as_long_as_a_name_can_be_is_written(tmp_path):
    path = tmp_path / ("ü" * 125 + ".pdf")
    paths.write_whole(path, b"content")
    assert names(tmp_path) == [path.name]


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "kept.pdf"
    paths.write_whole(path, b"before")

    def full(_):
        raise OSError("no space")

    monkeypatch.setattr(paths.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        paths.write_whole(path, b"after")
    assert path.read_bytes() == b"before"
    assert names(tmp_path) == ["kept.pdf"]


def test_a_file_moves_only_to_a_name_that_nothing_has(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"one")
    other.write_bytes(b"other")
    with pytest.raises(FileExistsError):
        paths.put_as_new(one, other)
    assert other.read_bytes() == b"other"
    other.unlink()
    paths.put_as_new(one, other)
    assert names(tmp_path) == ["other"]


@needs_posix
def test_a_move_that_was_killed_half_way_is_finished_by_the_next(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"one")
    other.hardlink_to(one)
    paths.put_as_new(one, other)
    assert names(tmp_path) == ["other"]


@needs_posix
def test_a_dangling_link_takes_a_name_and_moves_as_a_link(tmp_path):
    link, target = tmp_path / "link", tmp_path / "target"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        paths.put_as_new(target, link)
    assert paths.is_taken(link)
    assert paths.free_path(link) == tmp_path / "link-2"
    paths.put_as_new(link, target)
    assert target.is_symlink()


@needs_posix
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="Not an ordinary file"):
        paths.read_small(tmp_path / "pipe", 10)
    (tmp_path / "file").write_bytes(b"0123456789abc")
    assert paths.read_small(tmp_path / "file", 10) == b"0123456789"
