"""What happens to a folder that several computers share: each is really done to it."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import ANNE, BEN, CARA
from tests.copies import DAY, Clock, Copies, written
from visitapp.domain.errors import StorageError
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.exchange.messages import ALTERED
from visitapp.persistence import integrity
from visitapp.services import Services
from visitapp.services.exchange.folder import FolderWork, next_step

CONFLICTS = (
    "{stem} (1){suffix}",
    "{stem}-ANNES-PC-conflict{suffix}",
    "{stem}.sync-conflict-20250410-120000-ABCDEFG{suffix}",
    "{stem} (Anne's conflicted copy 2025-04-10){suffix}",
    "Copy of {stem}{suffix}",
)


def refs(copies: Copies) -> list[str]:
    return sorted(line.ref for line in copies.office.inbox.lines(also_decided=True))


def stages(services: Services) -> set[Handover]:
    return {state.stage for state in services.handing_over.states().values()}


def sound(services: Services) -> bool:
    with services.access.database.reading() as connection:
        return not list(integrity.contradictions(connection))


def put_out(copies: Copies) -> Path:
    """A report of Anne's in the folder."""
    anne = copies.join("anne", ANNE)
    written(anne)
    copies.exchange("anne")
    (path,) = copies.folder.iterdir()
    return path


@pytest.mark.parametrize("length", [0, 5, 45, 46, 47, 3_000, -1])
def test_a_file_that_is_being_copied_is_left_until_all_of_it_is_there(copies, length):
    path = put_out(copies)
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    (office,) = copies.exchange("office")
    assert (office.taken_in, office.refused) == ({}, ())
    assert path.exists()
    path.write_bytes(whole)
    copies.exchange("office")
    assert len(refs(copies)) == 1
    assert not path.exists()


@pytest.mark.parametrize("name", [".{name}.tmp", ".syncthing.{name}.tmp", "~{name}.part"])
def test_what_a_program_is_still_copying_under_another_name_is_left(copies, name):
    path = put_out(copies)
    copying = path.with_name(name.format(name=path.name))
    whole = path.read_bytes()
    path.unlink()
    copying.write_bytes(whole[:2_000])
    (office,) = copies.exchange("office")
    assert (office.taken_in, office.refused) == ({}, ())
    copying.write_bytes(whole)
    copying.rename(path)
    copies.exchange("office")
    assert len(refs(copies)) == 1


def test_copies_that_programs_make_of_a_file_count_once_and_go(copies):
    path = put_out(copies)
    for name in CONFLICTS:
        shutil.copy2(path, path.with_name(name.format(stem=path.stem, suffix=path.suffix)))
    (office,) = copies.exchange("office")
    assert office.taken_in == {"report": 1}
    assert office.refused == ()
    assert len(refs(copies)) == 1
    copies.settle()
    assert list(copies.folder.iterdir()) == []


def test_a_copy_that_was_altered_is_named_and_stays_and_the_sound_one_is_taken_in(copies):
    path = put_out(copies)
    altered = path.with_name(f"{path.stem}-conflict{path.suffix}")
    content = bytearray(path.read_bytes())
    content[2_000] ^= 1
    altered.write_bytes(content)
    (office,) = copies.exchange("office")
    assert [(refused.name, refused.sentence) for refused in office.refused] == [
        (altered.name, ALTERED)
    ]
    assert altered.exists()
    assert len(refs(copies)) == 1


@pytest.mark.parametrize("at", range(6))
def test_a_folder_that_vanishes_at_any_step_loses_nothing(copies, at):
    """At the first five of its steps in the folder; at the sixth it is over."""
    anne = copies.join("anne", ANNE)
    for day in (7, 8, 9):
        written(anne, DAY.replace(day=day))
    copies.exchange("anne")
    for name in ("office", "anne", "office", "anne"):
        exchange_and_lose(copies, name, at)
    copies.folder.mkdir(exist_ok=True)
    copies.settle()
    assert len(refs(copies)) == 3
    assert stages(anne) == {Handover.RECEIVED}
    assert sound(copies.office)
    assert list(copies.folder.iterdir()) == []


def exchange_and_lose(copies: Copies, name: str, at: int) -> None:
    """An exchange during which the folder is removed before a step; it comes back empty."""
    copies.folder.mkdir(exist_ok=True)
    copies.clock.move(days=2)
    steps = copies.of(name).folder.steps(copies.folder)
    step, number = next_step(steps), 0
    with suppress(StorageError):
        while isinstance(step, FolderWork):
            if number == at:
                shutil.rmtree(copies.folder)
            number += 1
            step = next_step(steps, step.do())


@pytest.fixture(params=[40, 96], ids=["settings never fit", "all fit in turns"])
def small_disk(copies: Copies, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of exchange is a disk of so many KB."""
    mount = shutil.which("mount")
    words = ["-t", "tmpfs", "-o", f"size={request.param}k", "tmpfs", str(copies.folder)]
    if (
        sys.platform != "linux"
        or mount is None
        or subprocess.run([mount, *words], capture_output=True, check=False).returncode
    ):
        pytest.skip("nothing may be mounted here")
    yield copies.folder
    subprocess.run(["umount", str(copies.folder)], check=True)


def test_a_folder_that_is_full_takes_what_fits_and_the_rest_later(copies, small_disk):
    anne = copies.join("anne", ANNE)
    for day in range(1, 15):
        written(anne, DAY - timedelta(days=day))
    for _ in range(3):  # nothing is put out twice while it is full
        with pytest.raises(StorageError, match="is full"):
            copies.exchange("anne")
        names = [path.name for path in small_disk.iterdir()]
        assert 0 < len(names) < 14
        handed = [
            state
            for state in anne.handing_over.states().values()
            if state.stage is Handover.HANDED_OVER
        ]
        assert len(handed) == len(names)
        assert not any(name.endswith(".part") for name in names)
    for _ in range(8):
        copies.clock.move(hours=1)
        for name in ("anne", "office"):
            with suppress(StorageError):
                copies.exchange(name)
    assert len(refs(copies)) == 14
    assert stages(anne) == {Handover.RECEIVED}


def test_all_copies_exchange_at_the_same_moment(copies):
    people = {"anne": ANNE, "ben": BEN, "cara": CARA}
    for name, person_id in people.items():
        copies.join(name, person_id)
    names = [*people, "office"]
    with ThreadPoolExecutor(len(names)) as pool:
        for number in range(4):
            for name, person_id in people.items():
                partner = BEN if person_id == ANNE else ANNE
                day = DAY - timedelta(days=3 * number)
                written(copies.of(name), day, visitors=(person_id, partner))
            copies.clock.move(hours=30)
            list(pool.map(copies.exchange, names))
    copies.settle()
    assert len(refs(copies)) == len(set(refs(copies))) == 12
    for name in people:
        assert stages(copies.of(name)) == {Handover.RECEIVED}
        assert sound(copies.of(name))
    assert sound(copies.office)
    assert list(copies.folder.iterdir()) == []


@pytest.mark.parametrize("days", [-400, -3, 3, 400])
def test_a_visitors_clock_that_is_wrong_by_days_changes_nothing(copies, days):
    invitation, _ = copies.office.exchange.invite(ANNE)
    right = copies.clock
    copies.clock = wrong = Clock(right.now + timedelta(days=days))
    anne = copies.begin("anne", invitation.file, invitation.code, today=right.now.date())
    copies.office.exchange.take_in(anne.exchange.reply())
    visit = written(anne, wrong.now.date() - timedelta(days=1))
    copies.exchange("anne", "office")
    assert refs(copies) == [visit.ref]
    copies.office.inbox.ask(visit.id, "How many cells did you see?")
    copies.exchange("office", "anne")
    anne.handing_over.answer(visit.id, "All six.")
    wrong.now = right.now  # somebody sets it right, in the middle
    copies.exchange("anne", "office")
    assert copies.office.inbox.lines()[0].answer == "All six."
    copies.office.inbox.accept([visit.id])
    copies.exchange("office")
    for path in copies.folder.iterdir():
        path.unlink()
    for clock in (wrong, right):
        clock.move(days=2)
    copies.exchange("anne", "office", "anne")
    assert stages(anne) == {Handover.ACCEPTED}


def test_a_lost_message_is_put_out_again_though_the_clock_was_put_back(copies):
    path = put_out(copies)
    path.unlink()
    copies.clock.move(days=-30)
    copies.exchange("anne", "office")
    assert len(refs(copies)) == 1
