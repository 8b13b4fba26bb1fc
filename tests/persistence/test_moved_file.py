"""Nothing is said to be saved to a file that is not at its path any more."""

import os
import shutil
import sys
from dataclasses import replace

import pytest

from tests.builders import CUSTODY, furnish
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.errors import MovedError, StorageError
from visitapp.persistence import leftover_logs, open_file_watch

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be moved there")


@pytest.fixture
def version(own, key, tmp_path):
    """Another sound version of the records, with two drafts."""
    (tmp_path / "versions").mkdir()
    path = shutil.copy2(own, tmp_path / "versions" / "version.visits")
    with bootstrap.open_with_key(path, key) as opened:
        furnish(opened.services)
        opened.services.drafts.begin(CUSTODY)
        opened.services.drafts.begin(CUSTODY)
    return path


def move(path, version):
    path.rename(path.with_name("moved.visits"))


def delete(path, version):
    path.unlink()


def put_over(path, version):
    shutil.copy2(version, path.with_name("new"))
    path.with_name("new").replace(path)


def write_over(path, version):
    path.write_bytes(version.read_bytes())


def move_folder(path, version):
    path.parent.rename(path.parent.with_name("elsewhere"))


def put_folder(path, version):
    path.unlink()
    path.mkdir()


ACCIDENTS = [move, delete, put_over, write_over, move_folder, put_folder]


def drafts(path, key):
    with bootstrap.open_with_key(path, key) as opened:
        assert opened.services.maintenance.check() == []
        return len(opened.services.drafts.drafts())


@pytest.fixture
def own(records, tmp_path):
    """The records in a folder of their own."""
    (tmp_path / "own").mkdir()
    return records.rename(tmp_path / "own" / records.name)


@pytest.mark.parametrize("accident", ACCIDENTS)
@pytest.mark.parametrize("before", [0, 1])
def test_a_change_is_refused_and_said_when_the_file_is_another(own, version, key, accident, before):
    with bootstrap.open_with_key(own, key) as opened:
        for _ in range(before):
            opened.services.drafts.begin(CUSTODY)
        accident(own, version)
        for _ in range(2):
            with pytest.raises(MovedError, match=r"records\.visits.*Nothing more can be saved"):
                opened.services.drafts.begin(CUSTODY)
    if accident in (put_over, write_over):
        assert drafts(own, key) == 2, "the file that was put there is as it was put there"


@pytest.mark.parametrize("accident", ACCIDENTS)
def test_what_happens_within_a_transaction_is_met_before_it_is_acknowledged(
    own, version, key, accident
):
    with bootstrap.open_with_key(own, key) as opened:
        opened.services.drafts.begin(CUSTODY)

        def forget_drafts():
            with opened.database.transaction() as connection:
                connection.exec_driver_sql("DELETE FROM draft")
                accident(own, version)

        with pytest.raises(MovedError):
            forget_drafts()
    if accident in (put_over, write_over):
        assert drafts(own, key) == 2


def test_a_file_that_was_only_touched_is_the_same(own, key):
    with bootstrap.open_with_key(own, key) as opened:
        draft, _ = opened.services.drafts.begin(CUSTODY)
        for number in range(3):
            os.utime(own)
            draft = opened.services.drafts.save(
                replace(draft, report=typed_report({"number": number}))
            )
    assert drafts(own, key) == 1


def test_a_file_written_over_is_left_alone_and_the_log_is_kept_beside_it(own, version, key):
    with bootstrap.open_with_key(own, key) as opened:
        opened.services.drafts.begin(CUSTODY)
        log = leftover_logs.beside(own, "-wal").read_bytes()
        write_over(own, version)
    assert own.read_bytes() == version.read_bytes()
    (aside,) = own.parent.glob("records.visits.log-of-another-version-*")
    assert aside.read_bytes() == log
    assert drafts(own, key) == 2


def test_the_log_of_another_program_that_has_the_new_file_open_is_not_touched(own, version, key):
    first = bootstrap.open_with_key(own, key)
    first.services.drafts.begin(CUSTODY)
    put_over(own, version)
    with bootstrap.open_with_key(own, key) as second:
        second.services.drafts.begin(CUSTODY)
        first.close()
        second.services.drafts.begin(CUSTODY)
    assert drafts(own, key) == 4


def test_nothing_is_written_after_the_end_to_whatever_lies_there_then(own, version, key):
    opened = bootstrap.open_with_key(own, key)
    opened.services.drafts.begin(CUSTODY)
    put_over(own, version)
    opened.close()
    with pytest.raises(StorageError, match="is closed"):
        opened.services.drafts.begin(CUSTODY)
    assert drafts(own, key) == 2


def test_saved_changes_of_a_file_that_is_gone_are_kept_at_the_end(own, key):
    with pytest.raises(MovedError, match="The records saved before that are in") as told:
        begin_two_drafts_of_which_the_file_sees_one(own, key)
    (kept,) = own.parent.glob("records.visits.before-moved-*")
    assert str(kept) in str(told.value)
    assert drafts(kept, key) == 1


def begin_two_drafts_of_which_the_file_sees_one(path, key):
    with bootstrap.open_with_key(path, key) as opened:
        opened.services.drafts.begin(CUSTODY)
        path.unlink()
        opened.services.drafts.begin(CUSTODY)


@pytest.mark.parametrize("of_page_one", ["before and after", "half written"])
def test_a_log_that_another_thread_of_ours_brings_into_the_file_is_no_other_program(
    furnished, opened, monkeypatch, of_page_one
):
    """While one thread looks whether the file was written over, the other one writes to it."""
    real, looks = open_file_watch.main_mark, []

    def look(path, key):
        looks.append(path)
        if len(looks) == 1:
            opened.database.checkpoint()
            if of_page_one == "half written":
                return None
        return real(path, key)

    furnished.drafts.begin(CUSTODY)
    monkeypatch.setattr(open_file_watch, "main_mark", look)
    os.utime(opened.path, (0, 0))
    opened.database.must_be_as_opened()
    assert looks
    furnished.drafts.begin(CUSTODY)
