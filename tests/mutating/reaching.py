"""Which tests run which line, and how long they take."""

import hashlib
import itertools
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from defusedxml import ElementTree

from tests.mutating.changes import FOLDERS, KEPT, ROOT, Mutant

SECONDS = 5
"""Tests that are run for one change take so long together when nothing is changed; a change that
makes them work three times as long is noticed."""
MOST_TESTS = 250


@dataclass(frozen=True)
class Reaching:
    """The tests that run each line of a module, and all of the files that have one of them (what
    is made by loading is used without a line being run)."""

    by_line: dict[int, list[str]]
    every: list[str]
    loading: frozenset[int]
    """Lines that run when the program is loaded, before any test."""

    @classmethod
    def none(cls) -> "Reaching":
        """Of a module that no test loads."""
        return cls({}, [], frozenset())

    def of(self, mutant: Mutant) -> list[str]:
        return self.by_line.get(mutant.line) or self.every

    def decides_on_loading(self, mutant: Mutant) -> bool:
        """Whether the change may alter what is made by loading; also if that isn't known."""
        return mutant.line in self.loading or mutant.line not in self.by_line


def reaching_tests(folders: Sequence[str]) -> dict[str, Reaching]:
    """For each module and line, the tests that run it: measured once, and again when a rule or a
    test is another."""
    files = [path for folder in (*FOLDERS, *folders) for path in _python_files(ROOT / folder)]
    mark = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:16]
    lines, times = KEPT / f"{mark}.coverage", KEPT / f"{mark}.xml"
    if not lines.exists():
        print(f"Once: which tests reach which line ({', '.join(folders)})", flush=True)
        covered = [f"--cov={folder}" for folder in FOLDERS]
        part = lines.with_suffix(".part")
        command = [sys.executable, "-m", "pytest", "-q", *covered, "--cov-context=test",
                   "--cov-report=", f"--junit-xml={times}", *folders]  # fmt: skip
        environment = dict(os.environ, COVERAGE_FILE=str(part))
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            sys.exit("The tests must pass before anything is changed.")
        part.replace(lines)
    from coverage import CoverageData

    data, seconds = CoverageData(str(lines)), _seconds(times)
    data.read()
    reaching = {}
    for file in data.measured_files():
        module = Path(file).relative_to(ROOT).as_posix()
        by_line = {
            line: {context.rpartition("|")[0] for context in contexts}
            for line, contexts in data.contexts_by_lineno(file).items()
        }
        reaching[module] = Reaching(
            {line: _ordered(tests, module, seconds) for line, tests in by_line.items()},
            _ordered(_beside(set().union(*by_line.values()), seconds), module, seconds),
            frozenset(line for line, tests in by_line.items() if "" in tests),
        )
    return reaching


def _python_files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.py")) if path.is_dir() else [path]


def _beside(tests: Iterable[str], seconds: Iterable[str]) -> list[str]:
    files = {test.partition("::")[0] for test in tests}
    return [test for test in seconds if test.partition("::")[0] in files]


def _seconds(times: Path) -> dict[str, float]:
    """How long each test took."""
    return {
        f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}": float(
            case.get("time", 0)
        )
        for case in ElementTree.parse(times).iter("testcase")
    }


def _ordered(tests: Iterable[str], module: str, seconds: dict[str, float]) -> list[str]:
    """The tests of the module's own room, then the others; the quickest first, as many as take
    `SECONDS` together."""
    room = Path(module.replace("visitapp", "tests", 1)).parent.as_posix()
    quickest = sorted(
        set(tests) - {""},
        key=lambda test: (not test.startswith(room), seconds.get(test, 0.0), test),
    )
    so_far = itertools.accumulate(seconds.get(test, 0.0) for test in quickest)
    within = [test for test, total in zip(quickest, so_far, strict=True) if total <= SECONDS]
    return (within or quickest[:1])[:MOST_TESTS]
