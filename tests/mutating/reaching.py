"""Which tests run which line, and how long they take."""

import hashlib
import itertools
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

from tests.mutating.changes import FOLDERS, KEPT, ROOT, Mutant

SECONDS = 5.0
"""Tests that are run for one change take so long together when nothing is changed."""
MOST_TESTS = 600
_COVERAGE, _TIMES = KEPT / "measured.coverage", KEPT / "measured.xml"


@dataclass(frozen=True)
class Reaching:
    """The tests that run each line of a module, and all of the files that have one of them (what
    is made by loading is used without a line being run)."""

    by_line: dict[int, list[str]]
    every: list[str]
    loading: frozenset[int]
    """Lines that run when the program is loaded, before any test."""
    seconds: dict[str, float]
    """How long each test takes when nothing is changed."""

    @classmethod
    def none(cls) -> "Reaching":
        """Of a module that no test loads."""
        return cls({}, [], frozenset(), {})

    def of(self, mutant: Mutant) -> list[str]:
        return self.by_line.get(mutant.line) or self.every

    def decides_on_loading(self, mutant: Mutant) -> bool:
        """Whether the change may alter what is made by loading; also if that isn't known."""
        return mutant.line in self.loading or mutant.line not in self.by_line


def reaching_tests(
    folders: Sequence[str], paths: Sequence[Path], most: float = SECONDS
) -> dict[str, Reaching]:
    """For each module of `paths` and each of its lines, the tests that run it: those that are most
    to the point, as many as take `most` seconds together. A file of tests is measured again when
    it, or a module of `paths` that it runs, is another: what it runs of others may be a little out
    of date, which can hide a test but not invent one."""
    marks = {path.relative_to(ROOT).as_posix(): mark_of(path) for path in paths}
    files = [path for folder in folders for path in _test_files(ROOT / folder)]
    outdated = [path for path in files if not is_measured(path, marks)]
    if outdated:
        print(f"Which tests reach which line: {len(outdated)} files of tests", flush=True)
        _measure(outdated)
    records = [json.loads(_record(path).read_text("utf-8")) for path in files]
    return {module: _reaching(module, mark, records, most) for module, mark in marks.items()}


def _test_files(path: Path) -> list[Path]:
    return sorted(path.rglob("test_*.py")) if path.is_dir() else [path]


def mark_of(path: Path) -> str:
    """What changes with a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


def _record(tests: Path) -> Path:
    return KEPT / f"{tests.relative_to(ROOT).as_posix().replace('/', '.')}.json"


def is_measured(tests: Path, marks: dict[str, str]) -> bool:
    """Whether what a file of tests runs of the modules in `marks` is known."""
    if not _record(tests).exists():
        return False
    kept = json.loads(_record(tests).read_text("utf-8"))
    reached = {module for lines in kept["lines"].values() for module in lines}
    alike = all(kept["modules"][module] == marks[module] for module in reached & marks.keys())
    return alike and kept["mark"] == mark_of(tests)


def _measure(files: Sequence[Path]) -> None:
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-p", "tests.mutating.caches"),
        *(f"--cov={folder}" for folder in FOLDERS),
        *("--cov-context=test", "--cov-report=", f"--junit-xml={_TIMES}"),
        *files,
    ]
    environment = dict(os.environ, COVERAGE_FILE=str(_COVERAGE))
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        sys.exit("The tests must pass before anything is changed.")
    keep_measured(files, _COVERAGE, _TIMES)
    _COVERAGE.unlink()
    _TIMES.unlink()


def keep_measured(files: Sequence[Path], coverage: Path, times: Path) -> None:
    """Writes a record of each file of tests from what coverage and pytest measured of them all."""
    from coverage import CoverageData
    from coverage.numbits import nums_to_numbits

    data = CoverageData(str(coverage))
    data.read()
    lines: dict[str, dict[str, str]] = defaultdict(dict)
    modules = {}
    for measured in sorted(data.measured_files()):
        module = Path(measured).relative_to(ROOT).as_posix()
        modules[module] = mark_of(Path(measured))
        by_test = defaultdict(set)
        for line, contexts in data.contexts_by_lineno(measured).items():
            for context in contexts:
                by_test[context.rpartition("|")[0]].add(line)
        for test, numbers in by_test.items():
            lines[test][module] = nums_to_numbits(numbers).hex()
    seconds = _seconds(times)
    for path in files:
        name = path.relative_to(ROOT).as_posix()
        tests = [test for test in {*lines, *seconds} if test.partition("::")[0] == name]
        content = {
            "mark": mark_of(path),
            "modules": modules,
            "loading": lines[""],
            "seconds": {test: seconds.get(test, 0.0) for test in sorted(tests)},
            "lines": {test: lines[test] for test in sorted(tests)},
        }
        _record(path).write_text(json.dumps(content), "utf-8")


def _seconds(times: Path) -> dict[str, float]:
    """How long each test took."""
    return {
        f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}": float(
            case.get("time", 0)
        )
        for case in ElementTree.parse(times).iter("testcase")
    }


def _reaching(module: str, mark: str, records: Sequence[dict[str, Any]], most: float) -> Reaching:
    by_line: dict[int, set[str]] = defaultdict(set)
    loading: set[int] = set()
    seconds: dict[str, float] = {}
    for record in records:
        if record["modules"].get(module) == mark:
            loading.update(_numbers(record["loading"].get(module)))
        for test, lines in record["lines"].items():
            for line in _numbers(lines.get(module)):
                by_line[line].add(test)
        if any(module in lines for lines in record["lines"].values()):
            seconds |= record["seconds"]
    return Reaching(
        {line: _ordered(tests, module, seconds, most) for line, tests in by_line.items()},
        _ordered(seconds, module, seconds, most),
        frozenset(loading),
        seconds,
    )


def _numbers(hexadecimal: str | None) -> Iterator[int]:
    from coverage.numbits import numbits_to_nums

    return iter(numbits_to_nums(bytes.fromhex(hexadecimal)) if hexadecimal else ())


def _ordered(
    tests: Iterable[str], module: str, seconds: dict[str, float], most: float
) -> list[str]:
    """The quickest tests first, and those of the module itself and of its room before others that
    are as quick; as many as take so many seconds together."""
    mirrored = Path(module.replace("visitapp", "tests", 1))
    room, own = mirrored.parent.as_posix(), f"{mirrored.parent.as_posix()}/test_{mirrored.name}::"

    def weighed(test: str) -> float:
        distance = 1 if test.startswith(own) else 3 if test.startswith(room) else 9
        return distance * (seconds.get(test, 0.0) + 0.005)

    first = sorted(tests, key=lambda test: (weighed(test), test))
    so_far = itertools.accumulate(seconds.get(test, 0.0) for test in first)
    within = [test for test, total in zip(first, so_far, strict=True) if total <= most]
    return (within or first[:1])[:MOST_TESTS]
