"""A draft that was acknowledged is on the disk, whatever happens next."""

import os
import subprocess
import sys

import pytest

from visitapp import bootstrap
from visitapp.domain.draft.draft_content import content_of

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import content_of, typed_report
with bootstrap.open_with_key(Path(sys.argv[1]), bytes(range(32)), hold=True) as opened:
    drafts = opened.services.drafts
    both = [drafts.begin(scheme.id)[0] for scheme in opened.services.setup.schemes()]
    number = 0
    while True:
        number += 1
        for place, draft in enumerate(both):
            content = {"number": number, "summary": "word " * (number % 500)}
            typed = typed_report(content)
            both[place] = drafts.save(replace(draft, report=typed, section=f"part {place}"))
        print(number, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [1, 7, 60])
def test_every_acknowledged_save_is_there_after_the_process_is_killed(records, key, acknowledged):
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(records)], stdout=subprocess.PIPE, text=True
    )
    last = 0
    while last < acknowledged:
        last = int(process.stdout.readline())
    process.kill()
    rest, _ = process.communicate()
    last = max([last, *map(int, rest.split("\n")[:-1])])
    assert records.with_name("records.visits-wal").exists()
    with bootstrap.open_with_key(records, key, hold=True) as opened:
        found = opened.services.drafts.drafts()
        assert sorted(draft.section for draft in found) == ["part 0", "part 1"]
        for draft in found:
            assert content_of(draft.report)["number"] in (last, last + 1)
            assert draft.report.summary == "word " * (content_of(draft.report)["number"] % 500)
        assert opened.services.maintenance.check() == []


FORKER = """
import os, random, signal, sys, time
from dataclasses import replace
from pathlib import Path
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import content_of, typed_report
path, kills, key = Path(sys.argv[1]), int(sys.argv[2]), bytes(range(32))
chance = random.Random(kills)

def write(pipe):
    with bootstrap.open_with_key(path, key, hold=True) as opened:
        drafts = opened.services.drafts
        (draft,) = drafts.drafts() or (drafts.begin(opened.services.setup.schemes()[0].id)[0],)
        while True:
            number = content_of(draft.report).get("number", 0) + 1
            content = {"number": number, "summary": "word " * (number % 300)}
            draft = drafts.save(replace(draft, report=typed_report(content)))
            os.write(pipe, number.to_bytes(4, "big"))

last = 0
for kill in range(kills):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        write(writing)
    os.close(writing)
    for _ in range(chance.randint(1, 12)):
        last = int.from_bytes(os.read(reading, 4), "big")
    time.sleep(chance.random() * 0.004)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    rest = os.read(reading, 65536)
    os.close(reading)
    if rest:
        last = int.from_bytes(rest[-4:], "big")
    with bootstrap.open_with_key(path, key, hold=True) as opened:
        (found,) = opened.services.drafts.drafts()
        number = content_of(found.report)["number"]
        assert number in (last, last + 1), (kill, last, number)
        assert found.report.summary == "word " * (number % 300)
        last = number
print(kills)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.long)])
def test_kills_in_forked_children_lose_nothing_that_was_acknowledged(records, key, kills):
    done = subprocess.run(
        [sys.executable, "-c", FORKER, str(records), str(kills)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == (str(kills), "")
    with bootstrap.open_with_key(records, key) as opened:
        assert opened.services.maintenance.check() == []
