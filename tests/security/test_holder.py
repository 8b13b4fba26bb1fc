"""One copy of the program at a time, by name."""

import json
import subprocess
import sys
import threading

import pytest

from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.errors import HeldError
from visitapp.security.holder import Holder

OTHER_COPY = """
import sys
from pathlib import Path
from visitapp import bootstrap
with bootstrap.open_with_key(Path(sys.argv[1]), bytes(range(32)), hold=True):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_copy(records):
    """Another process that has the file open in its window."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_COPY, str(records)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_copy_is_refused_and_told_who_has_the_file(records, key, other_copy):
    with pytest.raises(HeldError) as refused:
        bootstrap.open_with_key(records, key, hold=True)
    assert "records.visits is open in another copy of visitapp: Mary Manager on " in str(
        refused.value
    )
    assert ", since " in str(refused.value)


def test_reading_commands_work_beside_an_open_window(records, key, other_copy):
    with bootstrap.open_with_key(records, key) as reading:
        assert reading.services.setup.office().area == "Anyshire"


def test_a_copy_that_was_killed_locks_nobody_out(records, key, other_copy):
    other_copy.kill()
    other_copy.wait()
    with bootstrap.open_with_key(records, key, hold=True) as opened:
        assert opened.held is not None


def test_a_copy_that_was_closed_leaves_no_name(records, key):
    name = records.with_name("records.visits.holder")
    with bootstrap.open_with_key(records, key, hold=True):
        assert json.loads(name.read_text())["who"] == "Mary Manager"
        for path in (name, records.with_name("records.visits.lock")):
            assert path.stat().st_mode & 0o777 == 0o600
    assert not name.exists()
    with bootstrap.open_with_key(records, key, hold=True):
        assert name.exists()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"who": "x"}', "\udcff"])
def test_an_unreadable_name_still_refuses(records, text):
    held = Holder(records, "Mary Manager", NOW)
    name = records.with_name("records.visits.holder")
    name.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(HeldError, match=r"open in another copy of visitapp\.$"):
        Holder(records, "Somebody Else", NOW)
    held.release()


def test_a_file_taken_in_one_thread_is_let_go_in_another(records):
    taken = []
    thread = threading.Thread(target=lambda: taken.append(Holder(records, "Mary", NOW)))
    thread.start()
    thread.join()
    taken[0].release()
    Holder(records, "Mary", NOW).release()


def test_a_holder_that_cannot_write_its_name_holds_nothing(records):
    name = records.with_name("records.visits.holder")
    name.mkdir()
    (name / "in the way").touch()
    with pytest.raises(OSError, match="directory"):
        Holder(records, "Mary", NOW)
    (name / "in the way").unlink()
    name.rmdir()
    Holder(records, "Mary", NOW).release()
