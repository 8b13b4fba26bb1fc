"""What the tests would miss: `python3 run.py mutate [WORD ...]`.

Each rule of `domain` and `planning` is changed a little (`<` to `<=`, `and` to `or`, 1 to 2), one
change at a time, and the tests that reach the changed line are run. A change that fails none of
them survives: a test is missing, or the change alters nothing, which `survivors.json` then says
with its reason. WORDs choose modules by a part of their path. What was found is kept in
`build/mutants`, so that a run that was stopped goes on; `--again` forgets it. No file of the
program is changed: the changed module is given to Python in memory, in a process of its own.
"""

import argparse
import ast
import copy
import hashlib
import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "mutants"
LISTED = ROOT / "tests" / "survivors.json"
FOLDERS = ("visitapp/domain", "visitapp/planning")
TESTS = ("tests/domain", "tests/planning", "tests/services")
_MOST_TESTS = 60
"""Tests that are run for one change: those of `TESTS`' first folders before the others."""
_SECONDS = 120
"""A change that makes its tests run longer is found."""

_COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
              ast.Div: ast.Mult, ast.Mod: ast.Mult}  # fmt: skip
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """One change and the changed module. `name` stays the same when lines come or go elsewhere:
    the module, the words of the line, and what becomes of what."""

    module: str
    line: int
    name: str
    tree: ast.Module


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of a module, in the order of its lines."""
    source, module = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
    tree, lines = ast.parse(source), source.splitlines()
    seen: Counter[str] = Counter()
    for at, node in enumerate(_rules(tree)):
        for number in range(len(_changes(node))):
            changed = copy.deepcopy(tree)
            twin = next(itertools.islice(_rules(changed), at, None))
            before = _words(twin)
            _changes(twin)[number]()
            words = f"{lines[node.lineno - 1].strip()} [{before} -> {_words(twin)}]"
            seen[words] += 1
            again = f" ({seen[words]})" if seen[words] > 1 else ""
            yield Mutant(module, node.lineno, f"{module}: {words}{again}", changed)


def _words(node: ast.expr | ast.stmt) -> str:
    return ast.unparse(node.test if isinstance(node, ast.If | ast.While) else node)


def _rules(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The nodes that decide anything: no annotation, decorator, default of a field or docstring."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue  # it changes only what happens to a fault
        if isinstance(node, ast.expr | ast.stmt):
            yield node
        fields = [
            value
            for name, value in ast.iter_fields(node)
            if name not in ("annotation", "returns", "decorator_list", "bases")
        ]
        kept = [one for value in fields for one in (value if isinstance(value, list) else [value])]
        yield from _rules(ast.Module([one for one in kept if isinstance(one, ast.AST)], []))


def _changes(node: ast.AST) -> list:
    """What can be done to a node; each call changes it in place."""
    if isinstance(node, ast.Compare):
        others = [_COMPARISONS[type(sign)] for sign in node.ops]
        return [
            lambda at=at, other=other: node.ops.__setitem__(at, other())
            for at, other in enumerate(others)
        ]
    if isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        return [lambda: setattr(node, "op", other())]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return [lambda: setattr(node, "op", _OPERATORS[type(node.op)]())]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        return [lambda: setattr(node.func, "id", _CALLS[node.func.id])]
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        value = node.value
        other = not value if isinstance(value, bool) else value + 1
        return [lambda: setattr(node, "value", other)]
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        test = node.test
        if isinstance(test, ast.Compare | ast.BoolOp) or ast.unparse(test) == "TYPE_CHECKING":
            return []
        bare = test.operand if isinstance(test, ast.UnaryOp) else ast.UnaryOp(ast.Not(), test)
        return [lambda: setattr(node, "test", ast.copy_location(bare, test))]
    return []


class _Changed(MetaPathFinder, SourceLoader):
    """Gives Python the changed module where it asks for that one."""

    def __init__(self, mutant: Mutant) -> None:
        self._path = str(ROOT / mutant.module)
        self._name = mutant.module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        self._tree = ast.fix_missing_locations(mutant.tree)

    def find_spec(self, fullname, _path=None, _target=None) -> ModuleSpec | None:
        if fullname != self._name:
            return None
        is_package = self._path.endswith("__init__.py")
        within = [str(Path(self._path).parent)] if is_package else None
        return spec_from_file_location(
            fullname, self._path, loader=self, submodule_search_locations=within
        )

    def get_filename(self, _fullname: str) -> str:
        return self._path

    def get_data(self, path: str) -> bytes:
        raise OSError(path)  # so that nothing compiled beforehand is taken

    def get_code(self, _fullname: str):
        return compile(self._tree, self._path, "exec")


def reaching_tests(folders: Sequence[str]) -> dict[str, dict[int, list[str]]]:
    """For each module and line, the tests that run it: measured once and kept."""
    mark = hashlib.sha256(" ".join(folders).encode()).hexdigest()[:8]
    kept = KEPT / f"reaching-{mark}.coverage"
    if not kept.exists():
        print(f"Once: which tests reach which line ({', '.join(folders)})", flush=True)
        covered = [f"--cov={folder}" for folder in FOLDERS]
        environment = dict(os.environ, COVERAGE_FILE=str(kept.with_suffix(".part")))
        command = [sys.executable, "-m", "pytest", "-q", *covered, "--cov-context=test",
                   "--cov-report=", *folders]  # fmt: skip
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            sys.exit("The tests must pass before anything is changed.")
        kept.with_suffix(".part").replace(kept)
    from coverage import CoverageData

    data = CoverageData(str(kept))
    data.read()
    found = {}
    for file in data.measured_files():
        by_line = data.contexts_by_lineno(file)
        found[Path(file).relative_to(ROOT).as_posix()] = {
            line: _ordered({one.rpartition("|")[0] for one in contexts if one}, folders)
            for line, contexts in by_line.items()
        }
    return found


def _ordered(tests: set[str], folders: Sequence[str]) -> list[str]:
    def place(test: str) -> tuple[int, str]:
        return next((at for at, one in enumerate(folders) if test.startswith(one)), 99), test

    return sorted(tests, key=place)[:_MOST_TESTS]


def is_killed(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether any of the tests fails with the change (None: as it is), or runs without end."""
    child = os.fork()
    if child == 0:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            os.setsid()
            os._exit(_run(mutant, tests))
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return status != 0
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run(mutant: Mutant | None, tests: Sequence[str]) -> int:
    import pytest

    try:
        if mutant is not None:
            sys.meta_path.insert(0, _Changed(mutant))
        return int(pytest.main(["-x", "-q", *tests]))
    except BaseException:  # noqa: BLE001 - whatever the change broke, it was seen
        return 1


class Findings:
    """What became of each change of a module, kept as long as the module is the same."""

    def __init__(self, path: Path) -> None:
        name = path.relative_to(ROOT).as_posix().replace("/", ".")
        self._file = KEPT / f"{name}.json"
        self._mark = hashlib.sha256(path.read_bytes()).hexdigest()
        kept = json.loads(self._file.read_text("utf-8")) if self._file.exists() else {}
        self._killed = set(kept["killed"]) if kept.get("source") == self._mark else set()

    def is_killed(self, mutant: Mutant) -> bool:
        return mutant.name in self._killed

    def keep(self, mutant: Mutant) -> None:
        self._killed.add(mutant.name)
        content = {"source": self._mark, "killed": sorted(self._killed)}
        self._file.write_text(json.dumps(content, indent=1), "utf-8")


def survivors_of(path: Path, reaching: dict[int, list[str]], listed: set[str]) -> list[Mutant]:
    """The changes of a module that no test sees and no reason is given for."""
    findings, survivors = Findings(path), []
    every = sorted({test for tests in reaching.values() for test in tests})[:_MOST_TESTS]
    if every and is_killed(None, every):
        sys.exit("Its tests fail before anything is changed: try again with --again.")
    for mutant in mutants(path):
        if mutant.name in listed or findings.is_killed(mutant):
            continue
        tests = reaching.get(mutant.line) or every
        if tests and is_killed(mutant, tests):
            findings.keep(mutant)
        else:
            survivors.append(mutant)
            print(f"  survives, line {mutant.line}: {mutant.name}", flush=True)
    return survivors


def main() -> int:
    parser = argparse.ArgumentParser(prog="run.py mutate", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD")
    parser.add_argument("--again", action="store_true", help="forget what was found before")
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="FOLDER")
    chosen = parser.parse_args()
    if not hasattr(os, "fork"):
        sys.exit("Changes are tried in forked processes, which this system does not have.")
    KEPT.mkdir(parents=True, exist_ok=True)
    for kept in KEPT.iterdir() if chosen.again else ():
        kept.unlink()
    every = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    paths = [p for p in every if not chosen.words or any(w in p.as_posix() for w in chosen.words)]
    reaching = reaching_tests(chosen.tests)
    listed = set(json.loads(LISTED.read_text("utf-8")))
    number = 0
    for at, path in enumerate(paths, 1):
        name = path.relative_to(ROOT).as_posix()
        print(f"{at} of {len(paths)}: {name}", flush=True)
        number += len(survivors_of(path, reaching.get(name, {}), listed))
    print(f"{number} changes survive." if number else "Every change is seen by a test.")
    return 1 if number or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
