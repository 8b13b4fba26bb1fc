"""What the tests would miss: `python3 run.py mutate [WORD ...]`.

Each rule of `domain` and `planning` is changed a little (`<` to `<=`, `and` to `or`, 1 to 2), one
change at a time, and the tests that reach the changed line are run. A change that fails none of
them survives: a test is missing, or the change alters nothing, which `survivors.json` then says
with its reason. WORDs choose modules by a part of their path. What was found is kept in
`build/mutants`, so that a run that was stopped goes on; `--again` forgets it. No file of the
program is changed: the changed code is given to Python in memory, in a process of its own.
"""

import argparse
import importlib
import json
import os
import sys
from pathlib import Path

from tests.mutating.changes import FOLDERS, KEPT, ROOT, Mutant, mutants
from tests.mutating.findings import Findings
from tests.mutating.reaching import SECONDS, Reaching, reaching_tests
from tests.mutating.trying import is_killed, try_quickly

LISTED = ROOT / "tests" / "survivors.json"
TESTS = ("tests/domain", "tests/planning", "tests/services")
_LIBRARIES = ("sqlalchemy", "alembic.command", "cryptography", "ortools.sat.python.cp_model")
"""Loaded once for all changes, as they know nothing of the program."""


def survivors_of(path: Path, tests: Reaching, listed: set[str], *, quickly: bool) -> list[Mutant]:
    """The changes of a module that no test sees and no reason is given for."""
    every, before = list(mutants(path)), Findings(path)
    for name in listed - {mutant.name for mutant in every}:
        if name.startswith(f"{path.relative_to(ROOT).as_posix()}: "):
            print(f"  listed, but there is no such change: {name}")
    changes = [
        mutant for mutant in every if mutant.name not in listed and not before.is_killed(mutant)
    ]
    try_quickly(path, changes, tests)
    findings, survivors, left_out = Findings(path), [], 0
    for mutant in changes:
        if findings.is_killed(mutant):
            continue
        decides_on_loading = tests.decides_on_loading(mutant)
        if decides_on_loading and quickly:
            left_out += 1
            continue
        if decides_on_loading and is_killed(mutant, tests):
            findings.keep(mutant)
        else:
            survivors.append(mutant)
            print(f"  survives, line {mutant.line}: {mutant.name}", flush=True)
    print(f"  {len(every)} changes, {len(survivors)} survive, {left_out} left out")
    return survivors


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py mutate", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--again", action="store_true", help="forget what was found before")
    parser.add_argument(
        "--quick", action="store_true", help="leave out changes of what is made by loading"
    )
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="how long the tests of one change may take"
    )
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="FOLDER")
    chosen = parser.parse_args()
    if not hasattr(os, "fork"):
        sys.exit("Changes are tried in forked processes, which this system does not have.")
    KEPT.mkdir(parents=True, exist_ok=True)
    for kept in KEPT.iterdir() if chosen.again else ():
        kept.unlink()
    every = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    paths = [p for p in every if not chosen.words or any(w in p.as_posix() for w in chosen.words)]
    reaching = reaching_tests(chosen.tests, paths, chosen.seconds)
    for library in _LIBRARIES:
        importlib.import_module(library)
    listed = set(json.loads(LISTED.read_text("utf-8")))
    number = 0
    for at, path in enumerate(paths, 1):
        name = path.relative_to(ROOT).as_posix()
        print(f"{at} of {len(paths)}: {name}", flush=True)
        number += len(
            survivors_of(path, reaching.get(name, Reaching.none()), listed, quickly=chosen.quick)
        )
    print(f"{number} changes survive." if number else "Every change is seen by a test.")
    return 1 if number or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
