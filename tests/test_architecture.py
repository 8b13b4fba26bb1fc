"""The architecture as a test: what ARCHITECTURE.md and pyproject.toml promise."""

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trees import kept_for_a_while, tree

ROOT = Path(__file__).resolve().parent.parent
_OF_MIGRATIONS = {"alembic", "sqlalchemy", "datetime", "collections", "uuid"}
PROGRAM = sorted((ROOT / "visitapp").rglob("*.py"))
EVERYTHING = [
    *PROGRAM,
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "db").rglob("*.py")),
]
LONGEST_FILE = 400
LOCKS = ("requirements.lock", "tests/requirements.lock")
TOP_LEVEL = {
    "visitapp", "resources", "db", "tests", "pyproject.toml", "build.spec", "README.md",
    "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "run.py", "requirements.lock",
    ".gitignore", ".ci", "docs",
}  # fmt: skip


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_imports_keep_the_contracts() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    with kept_for_a_while():
        yield


def test_no_file_is_long() -> None:
    lines = {_name(path): path.read_bytes().count(b"\n") for path in EVERYTHING}
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


def test_every_module_says_what_it_is() -> None:
    assert [_name(path) for path in PROGRAM if not ast.get_docstring(tree(path))] == []


def test_no_class_name_stands_twice() -> None:
    names = Counter(
        node.name
        for path in PROGRAM
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    )
    assert {name: count for name, count in names.items() if count > 1} == {}


_SAYS_NOTHING = {"found", "made", "said", "told", "given", "one"}


def _names_given(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and name of each variable, parameter, attribute and function that a module defines."""
    for node in ast.walk(module):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.FunctionDef(name=name):
                yield node.lineno, name


def _names_that_say_nothing(module: ast.AST) -> list[str]:
    return [
        f"line {line}: {name}"
        for line, name in _names_given(module)
        if name.strip("_") in _SAYS_NOTHING
    ]


def test_names_say_what_the_thing_is() -> None:
    helpers = [path for path in (ROOT / "tests").rglob("*.py") if path.name[:5] != "test_"]
    names = {
        _name(path): [*_names_that_say_nothing(tree(path)), *({path.stem} & _SAYS_NOTHING)]
        for path in (*PROGRAM, *helpers, ROOT / "run.py")
    }
    assert {name: lines for name, lines in names.items() if lines} == {}


@pytest.mark.parametrize(
    "words",
    ["found = 1", "for one in rows: pass", "def told(): pass", "def f(given): pass",
     "self._made = 1", "[said for said in rows]", "with f() as (found, _): pass"],
)  # fmt: skip
def test_a_name_that_says_nothing_is_seen(words: str) -> None:
    assert _names_that_say_nothing(ast.parse(words))


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "helpers", "common", "misc", "base", "manager", "handler"}
    assert [_name(path) for path in PROGRAM if path.stem in drawers] == []


def test_migrations_import_nothing_of_the_program() -> None:
    for path in (ROOT / "db").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            for name in names:
                assert name.split(".")[0] in _OF_MIGRATIONS


def _tracked() -> list[str]:
    done = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("not in a git checkout")
    return done.stdout.splitlines()


def test_nothing_else_lies_at_the_top() -> None:
    assert {name.split("/")[0] for name in _tracked()} <= TOP_LEVEL


def test_threads_are_started_in_two_places_only() -> None:
    """The worker, and what may wait for a drive for ever."""
    for path in PROGRAM:
        if path not in {ROOT / "visitapp" / "ui" / name for name in ("jobs.py", "drive.py")}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(
                r"^\s*(import threading|from threading|from concurrent)", text, re.MULTILINE
            )
            assert "QThread" not in text, _name(path)


def test_boxes_are_turned_in_one_place_only() -> None:
    """Elsewhere it would be done whether anything changes or not: a window that never rests."""
    turning = [
        _name(path)
        for path in PROGRAM
        if path.name != "arranging.py" and ".setDirection(" in path.read_text(encoding="utf-8")
    ]
    assert turning == []


_CLOCKS = {
    "datetime": {"now", "utcnow", "today", "fromtimestamp", "utcfromtimestamp"},
    "date": {"today", "fromtimestamp"},
    "time": {"time", "time_ns", "localtime", "gmtime", "strftime", "ctime"},
    "QDateTime": {"currentDateTime", "currentDateTimeUtc", "currentMSecsSinceEpoch"},
    "QDate": {"currentDate"},
    "QTime": {"currentTime"},
}
_GIVE_A_ZONE = {
    "visitapp/domain/moment.py",
    "visitapp/persistence/stored_time.py",
}


def _reads_of_a_clock(module: ast.AST) -> list[str]:
    found = []
    for call in (node for node in ast.walk(module) if isinstance(node, ast.Call)):
        if not isinstance(call.func, ast.Attribute):
            continue
        of = call.func.value
        of_name = of.id if isinstance(of, ast.Name) else getattr(of, "attr", "")
        if call.func.attr in _CLOCKS.get(of_name, ()):
            found.append(f"line {call.lineno}: {of_name}.{call.func.attr}()")
    return found


def _guesses_at_a_zone(module: ast.AST) -> list[str]:
    """`at.astimezone()` takes a time without a zone for the machine's."""
    return [
        f"line {call.lineno}"
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and (
            (call.func.attr == "astimezone" and not call.args)
            or (call.func.attr == "replace" and "tzinfo" in {k.arg for k in call.keywords})
        )
    ]


def test_the_clock_is_read_and_zones_are_given_in_one_place() -> None:
    reads = {
        _name(path): _reads_of_a_clock(tree(path))
        for path in PROGRAM
        if path != ROOT / "visitapp" / "clock.py"
    }
    guesses = {
        _name(path): _guesses_at_a_zone(tree(path))
        for path in PROGRAM
        if path.relative_to(ROOT).as_posix() not in _GIVE_A_ZONE
    }
    for found in (reads, guesses):
        assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "words",
    ["datetime.now()", "datetime.now(UTC)", "datetime.datetime.utcnow()", "date.today()",
     "datetime.fromtimestamp(1)", "time.time()", "QDate.currentDate()"],
)  # fmt: skip
def test_a_read_of_the_clock_is_seen(words: str) -> None:
    assert _reads_of_a_clock(ast.parse(words))


@pytest.mark.parametrize("words", ["at.astimezone()", "at.replace(tzinfo=UTC)"])
def test_a_guess_at_a_zone_is_seen(words: str) -> None:
    assert _guesses_at_a_zone(ast.parse(words))


def test_no_closure_is_connected_to_what_outlives_a_page() -> None:
    """`ui.connecting.connect` is the way: a closure alone is called after the page is gone."""
    found = [
        f"{_name(path)}, line {call.lineno}: {ast.unparse(call)}"
        for path in PROGRAM
        if "/ui/" in path.as_posix() and path.name != "connecting.py"
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for call in _loose_connections(function)
    ]
    assert found == []


_LONG_LIVED = {
    "context", "preferences", "session", "jobs", "job", "application", "appearance", "window",
    "styleHints", "clipboard", "instance", "parent",
}  # fmt: skip


def _loose_connections(function: ast.FunctionDef) -> Iterator[ast.Call]:
    """Calls of `sender.signal.connect` with a lambda, a partial or a function of the function,
    where the sender lives longer than a page, or is a model that was given."""
    inside = list(ast.walk(function))
    closures = {node.name for node in inside if isinstance(node, ast.FunctionDef)} - {function.name}
    given = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
    for call in inside:
        match call:
            case ast.Call(func=ast.Attribute(ast.Attribute(sender), "connect"), args=[what, *_]):
                words = re.findall(r"\w+", ast.unparse(sender))
                loose = isinstance(what, ast.Lambda) or ast.unparse(what).startswith("partial(")
                loose = loose or (isinstance(what, ast.Name) and what.id in closures)
                outlives = {word.strip("_") for word in words} & _LONG_LIVED
                outlives |= {words[0]} & given & {"model", "viewmodel", "signal", "sender"}
                if loose and outlives:
                    yield call


def test_a_loose_connection_is_seen() -> None:
    (function,) = ast.parse(
        "def make(self, preferences, sender):\n"
        "    def listen(): pass\n"
        "    preferences.changed.connect(lambda _: self.show())\n"
        "    self._context.saved.connect(listen)\n"
        "    sender.pressed.connect(partial(self.show, 1))\n"
        "    self.button.clicked.connect(lambda: self.show())\n"
        "    preferences.changed.connect(self.show)\n"
    ).body
    assert isinstance(function, ast.FunctionDef)
    assert [call.lineno for call in _loose_connections(function)] == [3, 4, 5]


def test_the_program_opens_no_network_connection() -> None:
    banned = r"^\s*(?:from|import) (?:socket|http|urllib|ssl|ftplib|smtplib|PySide6\.QtNetwork)\b"
    for path in PROGRAM:
        assert not re.search(banned, path.read_text(encoding="utf-8"), re.MULTILINE), _name(path)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8")
    packages = re.findall(
        r"^[A-Za-z0-9._-]+==[^\n]*\\\n((?:    --hash=sha256:[0-9a-f]{64}[^\n]*\n)+)",
        lines,
        re.MULTILINE,
    )
    assert len(packages) == len(re.findall(r"^[A-Za-z0-9._-]+==", lines, re.MULTILINE)) > 0
    assert "://" not in lines


def test_the_program_is_locked_without_the_tools_of_tests_in_the_versions_tests_run_with() -> None:
    locked = [
        set(re.findall(r"^([A-Za-z0-9._-]+==\S+)", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
        for lock in LOCKS
    ]
    assert locked[0] < locked[1]
    assert not {one.split("==")[0] for one in locked[0]} & {"pytest", "ruff", "mypy", "hypothesis"}


def test_the_page_on_security_names_tests_that_are_there() -> None:
    words = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w/]*test_\w+\.py|tests/\w+/)`", words)
    there = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
    missing = [
        name
        for name in named
        if not ((ROOT / name).exists() or ("/" not in name and name in there))
    ]
    assert named
    assert missing == []
