"""Whether the tests notice a change, tried in a forked process."""

import gc
import importlib
import math
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

from tests.mutating.caches import clear_caches
from tests.mutating.changes import ROOT, Mutant
from tests.mutating.findings import Findings
from tests.mutating.reaching import Reaching

if TYPE_CHECKING:
    import pytest

_MEMORY = 6 << 30
_TO_LOAD = 8
"""Seconds within which the program is loaded and tests are collected."""
_WITHOUT_END = -getattr(signal, "SIGXCPU", 0)
_PYTEST = ("-q", "--tb=no", "-o", "tmp_path_retention_policy=failed")


def _module_name(module: str) -> str:
    return module.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


class _Changed(MetaPathFinder, SourceLoader):
    """Gives Python the changed module where it asks for that one."""

    def __init__(self, mutant: Mutant) -> None:
        self._path = str(ROOT / mutant.module)
        self._name = _module_name(mutant.module)
        self._tree = mutant.tree()

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


def in_a_fork(work: Callable[[], int], *, seconds: float | None = None) -> int:
    """What `work` returns (0 to 255) in a process of its own; -N if signal N ended it, which is
    `_WITHOUT_END` if it used more than so many seconds of the processor."""
    child = os.fork()
    if child == 0:
        code = 1  # whatever a change breaks was noticed
        try:
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            if seconds is not None:
                import resource  # which only systems that can fork have

                os.setsid()
                most = math.ceil(seconds)  # at the second bound the signal would be another
                resource.setrlimit(resource.RLIMIT_CPU, (most, most + 5))
                resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            code = work()
        finally:
            os._exit(code)
    until = time.monotonic() + 100 * (seconds or 0)
    while seconds is not None and time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    if seconds is not None:
        os.killpg(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def is_killed(mutant: Mutant, tests: Reaching) -> bool:
    """Whether any of the tests fails with the change and passes without, or runs without end. The
    program is loaded with the change in it, so that this holds for values made by loading, too. The
    file of the first test is asked first: fewer are collected for it."""
    chosen = tests.of(mutant)
    file = chosen[0].partition("::")[0] if chosen else ""
    first = tuple(test for test in chosen if test.partition("::")[0] == file)
    others = tuple(test for test in chosen if test not in first)
    return any(
        part and _fail(part, _limit(part, tests), mutant) and not _fail_anyway(part)
        for part in (first, others)
    )


def _fail(tests: Sequence[str], seconds: float | None, mutant: Mutant | None = None) -> bool:
    def work() -> int:
        import pytest

        if mutant is not None:
            sys.meta_path.insert(0, _Changed(mutant))
        return int(pytest.main(["-x", *_PYTEST, *tests], plugins=[_WithoutShrinking()]))

    return in_a_fork(work, seconds=seconds and _TO_LOAD + seconds) != 0


@cache
def _fail_anyway(tests: tuple[str, ...]) -> bool:
    return _fail(tests, None)


def _limit(tests: Iterable[str], reaching: Reaching) -> float:
    """How long tests may take in a fork: longer than they took while reach was measured, which
    makes them slower."""
    return 2 + 1.5 * sum(reaching.seconds.get(test, 0.0) for test in tests)


class _WithoutShrinking:
    """Makes hypothesis stop at the first example that fails: that one does is all we ask."""

    def pytest_collection(self) -> None:
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutate", settings.default, phases=phases)
        settings.load_profile("mutate")


class _Quick(_WithoutShrinking):
    """Tries changes without loading the program for each: the tests are collected once, and in a
    fork for each change the functions that are loaded get its code. Values that were made by
    loading are as they were: whatever decides on those is left to `is_killed`.
    """

    def __init__(self, path: Path, changes: Sequence[Mutant], tests: Reaching) -> None:
        self._path, self._changes, self._tests = path, changes, tests
        self._findings = Findings(path)
        self._trusted: set[str] = set()
        self._killers: list[str] = []

    def pytest_runtestloop(self, session: "pytest.Session") -> bool:
        items = {item.nodeid: item for item in session.items}
        importlib.import_module(_module_name(self._path.relative_to(ROOT).as_posix()))
        gc.unfreeze()  # the tests set apart what was loaded with them
        self._loaded = [
            thing
            for thing in gc.get_objects()
            if isinstance(thing, FunctionType) and thing.__code__.co_filename == str(self._path)
        ]
        self._before = _codes(compile(self._path.read_bytes(), str(self._path), "exec"))
        self._make_what_they_share(session, items)
        gc.freeze()  # so that a fork needs no copy of what it leaves alone
        for mutant in self._changes:
            while self._must_try_again(session, mutant, items):
                pass
        return True

    def _make_what_they_share(self, session: "pytest.Session", items: dict) -> None:
        """Runs a quick test for each fixture that serves the whole session, as every fork would
        make its own otherwise."""
        wanted = {test for mutant in self._changes for test in self._tests.of(mutant)}
        ready: set[str] = set()
        for test in sorted(wanted & items.keys(), key=self._tests.seconds.__getitem__):
            fixtures = items[test]._fixtureinfo.name2fixturedefs
            shared = {name for name, of in fixtures.items() if of[-1].scope == "session"}
            if shared - ready and not self._can_be_trusted(session, items[test]):
                del items[test]
            ready |= shared

    def _must_try_again(self, session: "pytest.Session", mutant: Mutant, items: dict) -> bool:
        tests = [test for test in self._tests.of(mutant) if test in items]
        tests.sort(key=lambda test: (*self._killers, test).index(test))
        chosen = [items[test] for test in tests]
        code = self._tried(session, lambda: self._first_failure(session, mutant, chosen), tests)
        if code == _WITHOUT_END:
            self._findings.keep(mutant)
        elif code > 0:
            killer = tests[code - 1]
            if not self._can_be_trusted(session, items[killer]):
                del items[killer]
                return True
            self._findings.keep(mutant)
            self._killers = [killer, *(test for test in self._killers if test != killer)]
        return False

    def _tried(self, session, work: Callable[[], int], tests: Sequence[str]) -> int:
        """Does the work in a fork, and throws away what it left in the folder of temporary files:
        the next ones would look through it."""
        folder = session.config._tmp_path_factory.getbasetemp()
        before = set(folder.iterdir())
        code = in_a_fork(work, seconds=_limit(tests, self._tests))
        for left in set(folder.iterdir()) - before:
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        return code

    def _first_failure(self, session, mutant: Mutant, items: Sequence) -> int:
        """Which test fails first, counted from 1; 0 if none does."""
        after = _codes(compile(mutant.tree(), str(self._path), "exec"))
        pairs = zip(self._before, after, strict=True)
        changed = {before: code for before, code in pairs if before != code}
        functions = [function for function in self._loaded if function.__code__ in changed]
        for function in functions:
            function.__code__ = changed[function.__code__]
        clear_caches()
        for number, item in enumerate(items if functions else (), 1):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
            if session.testsfailed:
                return number
        return 0

    def _can_be_trusted(self, session, item) -> bool:
        """Whether a test passes without a change, too. What it makes for the whole session stays,
        for all further changes."""
        if item.nodeid not in self._trusted:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)
            if session.testsfailed:
                session.testsfailed = 0
                return False
            self._trusted.add(item.nodeid)
        return True


def _codes(code: CodeType) -> list[CodeType]:
    """The code of a module and of every function in it, in an order that no change alters."""
    within = [part for part in code.co_consts if isinstance(part, CodeType)]
    return [code, *(part for inner in within for part in _codes(inner))]


def try_quickly(path: Path, changes: Sequence[Mutant], tests: Reaching) -> None:
    """Tries all changes of a module whose effect shows without loading the program again, and
    keeps what was noticed in its findings."""
    files = sorted({test.partition("::")[0] for mutant in changes for test in tests.of(mutant)})
    if files:
        quick = _Quick(path, changes, tests)
        in_a_fork(lambda: _collected(files, quick))


def _collected(files: Sequence[str], quick: _Quick) -> int:
    import pytest

    return int(pytest.main([*_PYTEST, *files], plugins=[quick]))
