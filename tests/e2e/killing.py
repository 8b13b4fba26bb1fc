"""Commands that are killed, or refused a call, at a chosen call to the file system.

Run as `python -m tests.e2e.killing`: a process that has loaded the program once and starts each
command in a child of its own, to which strace is attached before it begins, so that its calls
are counted from the command's first one. Requests and answers are lines of JSON.
"""

import compileall
import ctypes
import gc
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import visitapp
from visitapp.domain.errors import VisitAppError

_OPENING = ("openat", "open", "creat")
WRITING = ("write", "pwrite64", "writev", "pwritev", "ftruncate", "truncate", "fallocate")
_NAMING = ("rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
           "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir")  # fmt: skip
_SYNCING = ("fsync", "fdatasync", "sync_file_range")
CALLS = (*_OPENING, *WRITING, *_NAMING, *_SYNCING)
FULL, READ_ONLY = "error=ENOSPC", "error=EROFS"
KILL = "signal=KILL"

_HOMES = ("HOME", "USERPROFILE", "APPDATA")
"""Whoever kills and whoever comes next have the same home: they are one person on one computer."""
_SET_PTRACER, _ANYBODY = 0x59616D61, ctypes.c_ulong(-1)
_LINE = re.compile(r"(?P<pid>\d+)\s+(?P<call>\w+)\((?P<rest>.*)")
_ONLY_READS = re.compile(r"O_RDONLY(?!.*O_CREAT)")


def is_possible() -> bool:
    """Whether strace is here and may look at another process."""
    strace = shutil.which("strace")
    return (
        strace is not None
        and subprocess.run([strace, "-qq", "-o", os.devnull, "true"], check=False).returncode == 0
    )


@dataclass(frozen=True)
class Call:
    """The `number`th call of this name, from 1, that a command makes."""

    name: str
    number: int

    def can_be(self, inject: str) -> bool:
        """Whether a disk can refuse such a call for this reason."""
        if inject == FULL:
            return self.name in (*_OPENING, *WRITING, "fsync", "fdatasync", *_NAMING[:7], "mkdir")
        return inject != READ_ONLY or self.name in (*_OPENING, *_NAMING)


class Killer:
    """The process that starts the commands; `close` ends it."""

    def __init__(self) -> None:
        # What is compiled while a command is counted would be no call of it when it is killed.
        compileall.compile_dir(str(Path(visitapp.__file__).parent), quiet=1)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.killing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._ask({}) == {}

    def calls(self, folder: Path, command: list[str], **more: Any) -> list[Call]:
        """Run a command unharmed: the calls by which it changes something in a folder."""
        answer = self.run(command, None, "", **more)
        assert answer["code"] == 0, answer["said"]
        seen: Counter[tuple[str, str]] = Counter()
        calls = []
        for line in answer["log"].splitlines():
            match = _LINE.match(line)
            if match is None:
                continue
            pid, name, rest = match.group("pid", "call", "rest")
            seen[pid, name] += 1
            is_ours = str(folder) in rest and int(pid) == answer["pid"]
            if is_ours and not (name in _OPENING and _ONLY_READS.search(rest)):
                calls.append(Call(name, seen[pid, name]))
        return calls

    def run(
        self, command: list[str], call: Call | None, inject: str, **more: Any
    ) -> dict[str, Any]:
        """Run a command; what it said, its exit code (negative: a signal), strace's log."""
        homes = {name: os.environ[name] for name in _HOMES if name in os.environ}
        environment = homes | more.pop("environment", {})
        request = {"command": command, "inject": inject, "environment": environment} | more
        if call is not None:
            request |= {"call": call.name, "number": call.number}
        return self._ask(request)

    def refuse(
        self, folder: Path, command: list[str], call: Call, inject: str, **more: Any
    ) -> dict[str, Any] | None:
        """Run a command, one of whose calls in a folder is refused; None where another call had
        that number this time."""
        answer = self.run(command, call, inject, **more)
        refused = [line for line in answer["log"].splitlines() if "(INJECTED)" in line]
        return None if any(str(folder) not in line for line in refused) else answer

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        self._process.communicate()


def quick_key(passphrase: bytes, salt: bytes, entry: dict[str, Any]) -> bytes:
    """In the place of Argon2id, whose quarter of a gigabyte would be taken at each kill."""
    return hashlib.sha256(passphrase + salt).digest()


def _serve() -> None:
    from visitapp.security import vault

    vault._argon2 = quick_key
    _load()
    gc.freeze()  # no child copies the pages of all this to look for garbage
    for line in sys.stdin:
        request = json.loads(line)
        print(json.dumps(_carry_out(request) if request else {}), flush=True)


def _load() -> None:
    """What commands import on their way, so that each child has it."""
    import alembic.command  # noqa: F401

    import visitapp.cli
    import visitapp.demonstration
    import visitapp.persistence.integrity
    import visitapp.persistence.salvage
    import visitapp.planning.crews
    import visitapp.services.records.rescue
    import visitapp.services.year.year_folder  # noqa: F401


def _carry_out(request: dict[str, Any]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as scratch:
        log, errors = Path(scratch, "log"), Path(scratch, "said")
        wait, go = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(go)
            _be_the_command(request, wait, errors)
        os.close(wait)
        trace = subprocess.Popen(_strace(request, pid, log), stderr=subprocess.PIPE)
        _wait_for_tracer(pid, trace)
        os.close(go)
        _, status = os.waitpid(pid, 0)
        trace.communicate()
        code = os.waitstatus_to_exitcode(status)
        text = errors.read_text("utf-8", "replace") if errors.exists() else ""
        return {"pid": pid, "code": code, "said": text, "log": log.read_text("utf-8", "replace")}


def _strace(request: dict[str, Any], pid: int, log: Path) -> list[str]:
    calls = CALLS
    options = ["-f", "-y", "-qq", "-s", "0"]
    if request["inject"]:
        calls = (request["call"],)  # each call that is looked at takes its time
        options += ["-e", f"inject={request['call']}:{request['inject']}:when={request['number']}"]
    options += ["-e", f"trace=?{',?'.join(calls)}"]
    return ["strace", *options, "-o", str(log), "-p", str(pid)]


def _wait_for_tracer(pid: int, trace: "subprocess.Popen[bytes]") -> None:
    status = Path(f"/proc/{pid}/status")
    while "TracerPid:\t0" in status.read_text():
        if trace.poll() is not None:
            assert trace.stderr is not None
            raise AssertionError(trace.stderr.read().decode())
        time.sleep(0.002)


def _be_the_command(request: dict[str, Any], wait: int, errors: Path) -> None:
    code = 1
    try:
        ctypes.CDLL(None).prctl(_SET_PTRACER, _ANYBODY, 0, 0, 0)
        os.dup2(os.open(os.devnull, os.O_RDWR), 0)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        os.dup2(os.open(errors, os.O_CREAT | os.O_WRONLY), 2)
        os.read(wait, 1)
        os.environ.update(request["environment"])
        if request.get("later"):
            _be_a_later_version(Path(request["later"]))
        code = _carry_out_here(request["command"])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stderr.flush()
        os._exit(code)


def _carry_out_here(words: list[str]) -> int:
    from visitapp import bootstrap, cli

    if words != ["automatic", "backup"]:
        return cli.main(words)
    records = Path(os.environ["VISITAPP_FILE"])
    with bootstrap.open_with_passphrase(
        records, os.environ["VISITAPP_PASSPHRASE"], hold=True
    ) as opened:
        try:
            opened.services.backups.make(None)
        except VisitAppError as error:
            print(error, file=sys.stderr)
            return 2
    return 0


def _be_a_later_version(scripts: Path) -> None:
    from visitapp.persistence import migrate

    migrate.migrations_folder = lambda: scripts
    migrate.HEAD = "0999"


if __name__ == "__main__":
    _serve()
