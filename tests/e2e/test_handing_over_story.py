"""By keys alone, in two real programs with a folder between them: a visitor logs a visit, which is
handed over; the manager reads it and asks a question; the visitor amends; the manager accepts."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ANNE
from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from tests.copies import make_copies
from tests.e2e.program import Program
from tests.planted import lying_open
from visitapp import bootstrap, clock
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.paths import make_private_folder
from visitapp.security import vault
from visitapp.settings import Settings, settings_file, write_settings

OFFICE_KEY, VISITOR_KEY = bytes(range(32)), bytes(range(1, 33))
NAMES = len("Anne Example") + len("Ben Sample")
"""Letters that are counted apart: both names stand under each report."""
LONGEST = 30
"""Seconds until a window has seen what another put in the folder."""


@dataclass
class Stories:
    """Both programs, and the folder between them. In `home` lies all that they write."""

    home: Path
    folder: Path
    records: dict[str, tuple[Path, bytes]]
    visitor: Program
    manager: Program

    def waits(self, program: Program, text: str) -> dict[str, Any]:
        """Until a window says so; what is in sight then. A program does nothing between two steps,
        so both are asked in turn."""
        latest = time.monotonic() + LONGEST
        while text not in (words := "\n".join((seen := program.keys())["words"])):
            assert time.monotonic() < latest, words
            for other in (self.visitor, self.manager):
                other.keys()
            time.sleep(0.02)
        return seen


@pytest.fixture
def stories(furnished_file: Path, tmp_path: Path) -> Iterator[Stories]:
    """Anne's copy, which has joined, and the office's, both locked; today is today."""
    folder = tmp_path / "folder"
    copies = make_copies(furnished_file, folder, OFFICE_KEY)
    copies.clock.now = clock.now()
    copies.join("anne", ANNE)
    copies.exchange("office", "anne", "office")
    paths = [opened.path for opened in copies.open_files]
    copies.close()
    records = {"office": (paths[0], OFFICE_KEY), "anne": (paths[1], VISITOR_KEY)}
    programs = {}
    for name, (path, key) in records.items():
        vault._write(
            path, vault._wrap_passphrase(key, PASSPHRASE), vault._wrap_code(key, RECOVERY_SECRET)
        )
        home = tmp_path / f"home-{name}"
        places = {name: str(home) for name in ("HOME", "USERPROFILE", "APPDATA", "TMPDIR")}
        with pytest.MonkeyPatch.context() as environment:
            for variable, place in places.items():
                environment.setenv(variable, place)
            make_private_folder(settings_file().parent)
            write_settings(Settings(exchange_folder=str(folder)), settings_file())
        programs[name] = Program("--file", str(path), **places)
    yield Stories(tmp_path, folder, records, programs["anne"], programs["office"])
    for program in programs.values():
        program.process.kill()
        program.process.communicate()


def sign(program: Program) -> dict[str, Any]:
    """Check the answers, and type both names."""
    return program.keys(
        ["chord", "Ctrl+Shift+A"],
        ["next_section"],
        ["types", "Anne Example"],
        ["chord", "Return"],
        ["types", "Ben Sample"],
        ["chord", "Return"],
        ["next_section"],
    )


def log(program: Program) -> dict[str, Any]:
    """The visit of yesterday afternoon, from Home to locked."""
    day = clock.now().date() - timedelta(days=1)
    program.keys(
        ["begin", "Custody visit"],
        ["tab"],
        ["types", f"{day.day}/{day.month}/{day:%y}"],
        ["tab", 7],
        ["types", "ben"],
        ["next_section"],
        ["types", "1412", "", "1415", "", "1510"],
        ["section", 4],
        ["types", "5", "3", "1", "1"],
        ["section", 9],
        ["types", "1"],
    )
    return sign(program)


QUESTION, SUMMARY = "How many cells did you see?", "We saw all six cells in use."


def test_a_report_is_handed_over_asked_about_amended_and_accepted_by_keys_alone(
    stories: Stories,
) -> None:
    visitor, manager = stories.visitor, stories.manager
    for program in (visitor, manager):
        assert program.do("unlock", PASSPHRASE)["page"][0] == "home"
    seen = log(visitor)
    assert seen["page"] == "visits"
    ref = next(line for line in seen["words"] if line.startswith("NOR-")).partition(":")[0]
    assert visitor.keys(["chord", "Alt+5"])["focus"] == "Your reports"
    stories.waits(visitor, ", in the folder)")
    assert stories.waits(visitor, "Received by the office")["keys"] - NAMES <= 55

    stories.waits(manager, "1 report waits in the inbox")  # Home says so
    assert manager.keys(["chord", "Alt+9"])["focus"] == "Inbox"
    asked = [["says", QUESTION], ["tab"], ["chord", "Space"]]
    seen = manager.keys(
        ["tab_to", "Ask a question…"], ["expects", f"Ask about {ref}", asked], ["chord", "Space"]
    )
    assert seen["keys"] <= 6

    seen = stories.waits(visitor, QUESTION)
    nothing_lies_open(stories)
    before = seen["keys"]
    visitor.keys(
        ["chord", "Alt+3"],
        ["chord", "Return"],
        ["begin_to_amend", ref, "The cells were left out"],
        ["section", 9],
        ["tab_to", "Summary"],
        ["says", SUMMARY],
    )
    nothing_lies_open(stories)
    assert sign(visitor)["keys"] - before - NAMES <= 25

    seen = stories.waits(manager, SUMMARY)
    before = seen["keys"]
    assert manager.keys(["tab_to", "Accept"], ["chord", "Space"])["keys"] - before <= 5
    visitor.keys(["chord", "Alt+5"])
    stories.waits(visitor, "Accepted")
    nothing_lies_open(stories)
    for program in (visitor, manager):
        assert program.end() == 0
    all_have_it(stories)


def nothing_lies_open(stories: Stories) -> None:
    """Neither in the folder, nor in settings, backups, caches or temporary files of either."""
    assert lying_open([stories.home], [QUESTION, SUMMARY, "Ben Sample", "Northgate"]) == []


def all_have_it(stories: Stories) -> None:
    """Both editions lie in both files, the second stands, and it was accepted."""
    editions = {}
    for name, (path, key) in stories.records.items():
        with bootstrap.open_with_key(path, key) as opened:
            services = opened.services
            [row] = services.visits.page(VisitQuery()).rows
            visit = services.visits.get(row.id)
            assert visit.replaces_id is not None
            first = services.visits.get(visit.replaces_id)
            editions[name] = (visit, replace(first, version=1))  # of the row, in each file its own
            if name == "anne":
                assert services.handing_over.states()[visit.id].stage is Handover.ACCEPTED
    assert editions["anne"] == editions["office"]
    assert editions["office"][0].summary == SUMMARY
    nothing_lies_open(stories)
