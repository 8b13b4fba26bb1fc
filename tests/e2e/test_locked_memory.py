"""After a lock another process has taken the window's place, and remembers nothing of the file."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from tests.builders import SCHEME_IDS, furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE, RECOVERY_SECRET
from tests.e2e.program import Program
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Office, Role
from visitapp.security import vault

WRITTEN = "Quartzy lanterns hummed beneath the wet zinc gables"
REPORTED = "Plump gherkins were juggled by a vexed night watch"
VISIT = UUID(int=4711)
SCREEN = {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96,
          "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
needs_memory = pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows memory so")
needs_x = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no X server")


@pytest.fixture
def key() -> bytes:
    """Not the tests' usual one: bytes that count upwards stand in any program's tables."""
    return os.urandom(32)


@pytest.fixture
def records(tmp_path: Path, key: bytes) -> Path:
    """A file with a signed report, for `PASSPHRASE`."""
    made = tmp_path / "records.visits"
    office, actor = Office(UUID(int=1), "An office"), Actor("Mary Manager", Role.MANAGER)
    bootstrap.make_records(made, key, office=office, actor=actor, scheme_ids=SCHEME_IDS)
    vault._write(
        made,
        vault._wrap_passphrase(key, PASSPHRASE),
        vault._wrap_code(key, RECOVERY_SECRET),
    )
    with bootstrap.open_with_key(made, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit(id=VISIT, summary=REPORTED))
    return made


@pytest.fixture
def program(records: Path) -> Iterator[Program]:
    """It, on a small laptop's screen."""
    screens = records.with_name("screens.json")
    screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
    platform = f"offscreen:configfile={screens}"
    made = Program("--file", str(records), QT_QPA_PLATFORM=platform)
    yield made
    made.process.kill()
    made.process.communicate()


def needles(key: bytes) -> list[bytes]:
    """What may stand in no locked window's memory."""
    words = (WRITTEN, REPORTED, PASSPHRASE, key.hex())
    return [key, *(word.encode(code) for word in words for code in ("utf-8", "utf-16-le"))]


@needs_memory
@pytest.mark.parametrize("how", ["key", "rest", "another"])
def test_a_locked_program_holds_no_key_no_passphrase_and_no_words(
    program: Program, key: bytes, how: str
) -> None:
    first = program.do("unlock", PASSPHRASE)
    program.do("write", WRITTEN)
    program.do("read", VISIT.hex)
    moved = program.do("move", "60 70 1000 600")
    assert set(program.holds(*needles(key))) >= {key, WRITTEN.encode(), REPORTED.encode()}
    program.do("lock", how)
    state = program.do("state")  # answered by the process that took its place
    assert state["pid"] == first["pid"]
    assert state["title"] == f"visitapp – {'first start' if how == 'another' else 'locked'}"
    assert state["page"] is None
    assert state["geometry"] == moved["geometry"]
    assert program.holds(*needles(key)) == []
    command = Path(f"/proc/{program.process.pid}/cmdline").read_bytes()
    assert b"log" not in command.split(b"\0")
    if how == "another":
        assert program.end() == 0
        return
    back = program.do("unlock", PASSPHRASE)
    assert back["page"][0] == "log"
    assert back["summary"] == WRITTEN
    assert program.end() == 0


@needs_memory
def test_no_picture_of_the_memory_is_written(program: Program, records: Path) -> None:
    program.do("state")
    own = Path(f"/proc/{program.process.pid}")
    [line] = [
        line
        for line in (own / "limits").read_text(encoding="utf-8").splitlines()
        if line.startswith("Max core file size")
    ]
    assert line.split()[4:6] == ["0", "0"]
    assert int((own / "coredump_filter").read_text(encoding="ascii"), 16) == 0
    assert program.end() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there another process follows this one")
def test_the_demonstration_outlives_a_lock_and_goes_at_the_end(tmp_path: Path) -> None:
    made = Program("--demonstration", TMPDIR=str(tmp_path))
    try:
        made.do("wait")
        made.do("lock", "key")
        state = made.do("state")
        folder = Path(state["throw_away"])
        assert folder.parent == tmp_path
        assert folder.is_dir()
        made.do("unlock", bootstrap.DEMONSTRATION_PASSPHRASE)
        assert made.end() == 0
        assert not folder.exists()
    finally:
        made.process.kill()
        made.process.communicate()


def test_a_passphrase_of_the_environment_is_not_handed_on(records: Path) -> None:
    made = Program("--file", str(records), VISITAPP_PASSPHRASE=PASSPHRASE)
    try:
        made.do("wait")
        made.do("lock", "key")
        assert made.do("state")["page"] is None
        if sys.platform == "linux":
            assert made.holds(PASSPHRASE.encode()) == []
        assert made.end() == 0
    finally:
        made.process.kill()
        made.process.communicate()


@pytest.fixture
def display() -> Iterator[str]:
    """An X server of the test's own."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=(writer,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader, encoding="ascii") as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


_ASK = """
import sys
from PySide6.QtGui import QClipboard, QGuiApplication
application = QGuiApplication([])
clipboard = QGuiApplication.clipboard()
application.processEvents()
for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
    print(repr(clipboard.text(mode)))
"""


def clipboards(display: str) -> list[str]:
    """What another program finds in both of X11's clipboards."""
    asked = subprocess.run(
        [sys.executable, "-c", _ASK],
        env=os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [line.strip("'") for line in asked.stdout.splitlines()]


@needs_x
@pytest.mark.parametrize(("leave", "process"), [("lock", "stays"), ("lock", "anew"), ("close", "")])
def test_no_other_program_can_paste_what_was_selected_or_copied(
    display: str, records: Path, leave: str, process: str
) -> None:
    made = Program("--file", str(records), DISPLAY=display, QT_QPA_PLATFORM="xcb", STEERED=process)
    try:
        made.do("unlock", PASSPHRASE)
        made.do("write", WRITTEN)
        state = made.do("state")
        assert (state["copied"], state["selected"]) == (WRITTEN, WRITTEN)
        made.do(leave, "rest")  # no window manager, no focus: Ctrl+L would reach nobody
        if leave == "lock":
            state = made.do("state")
            assert (state["copied"], state["selected"]) == ("", "")
            assert clipboards(display) == ["", ""]
            assert made.end() == 0
        else:
            assert made.process.wait(timeout=60) == 0
            assert clipboards(display) == ["", ""]
    finally:
        made.process.kill()
        made.process.communicate()
