"""A draft that was acknowledged is on the disk, whatever happens next."""

import subprocess
import sys

import pytest

from visitapp import bootstrap

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from visitapp import bootstrap
with bootstrap.open_with_key(Path(sys.argv[1]), bytes(range(32)), hold=True) as opened:
    drafts = opened.services.drafts
    both = [drafts.begin(scheme.id)[0] for scheme in opened.services.setup.schemes()]
    number = 0
    while True:
        number += 1
        for place, draft in enumerate(both):
            content = {"number": number, "summary": "word " * (number % 500)}
            both[place] = drafts.save(replace(draft, content=content, section=f"part {place}"))
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
            assert draft.content["number"] in (last, last + 1)
            assert draft.content["summary"] == "word " * (draft.content["number"] % 500)
        assert opened.services.maintenance.check() == []
