"""What all tests share: a real encrypted file, opened for a manager on a known day."""

import gc
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Connection, Engine, event

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests import chance
from tests.builders import SCHEME_IDS, furnish
from tests.copies import Copies, make_copies
from tests.e2e.killing import quick_key
from tests.handing import Handing
from tests.planners import START, furnish_planning, planner
from tests.remembering import remember
from visitapp import bootstrap, cli, clock, demonstration
from visitapp.domain.errors import WrongPassphraseError
from visitapp.domain.office.scheme import Actor, Office, Role
from visitapp.security import vault
from visitapp.services import Services
from visitapp.services.records.new_file import new_records

NOW = datetime(2025, 4, 10, 12, tzinfo=UTC)
JULY = datetime(2025, 7, 4, 23, 30, tzinfo=UTC)
"""Another day by UK clocks, and another one again in New Zealand."""
PASSPHRASE = "lantern orchard pebble violin"
RECOVERY_SECRET = bytes(range(100, 120))
_SELDOM = (10_000, 20, 20)
"""When garbage is collected in tests: Python's own 700 is for a program that makes less at once."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a private folder in it
_ROOM = 2 << 30
"""Bytes: more than a whole run needs, since the files of tests that passed are removed."""
_QUIET = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)

_FILLED = {
    "furnished": "_furnished",
    "records_in_use": "_furnished",
    "planning_records": "_planning_office",
    "planning_office": "_planning_office",
    "planned_office": "_planned_office",
}
"""Which file `records` is a copy of in tests that ask for a fixture of that name."""

settings.register_profile(
    "short",
    max_examples=25,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=_QUIET,
)
settings.register_profile(
    "long", max_examples=1000, deadline=None, database=None, suppress_health_check=_QUIET
)


class _CompiledForAll(dict[Any, Any]):
    """What SQLAlchemy compiled for one engine serves them all: each file that a test opens has an
    engine of its own, and all have the same dialect."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


_compiled = _CompiledForAll()


@event.listens_for(Engine, "engine_connect")
def _share_what_is_compiled(connection: Connection) -> None:
    connection.execution_options(compiled_cache=_compiled)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the full counts of heavy tests")
    parser.addoption("--zone", default="Europe/London", help="the zone the machine is in")
    parser.addoption("--in-july", action="store_true", help="the system's clock stands in July")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("long" if config.getoption("--long") else "short")
    remember()
    if not _is_long(config):
        config.pluginmanager.register(chance)
    # Each change of records waits for the disk, some 10 ms: on Linux they are made in memory.
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
    if hasattr(time, "tzset"):
        os.environ["TZ"] = config.getoption("--zone")
        time.tzset()
    if config.getoption("--in-july"):
        now, written_at, later = clock.now, clock.written_at, JULY - clock.now()
        clock.now = lambda: now() + later
        clock.written_at = lambda path: written_at(path) + later


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    # It looks at every object that is alive, so it comes while there are few.
    items.sort(key=lambda item: not item.nodeid.startswith("tests/ui/frame/test_after_lock.py"))
    if not config.getoption("--long"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="run with --long"))


def pytest_collection_finish() -> None:
    # Half a million objects, of the tests themselves and all they import, stay for good: no
    # collection of garbage has to look at them.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_SELDOM)


@pytest.fixture(autouse=True)
def _same_chance(request: pytest.FixtureRequest) -> Iterator[None]:
    """By chance only with --long: a test that passed once passes for everybody."""
    with nullcontext() if _is_long(request.config) else chance.drawn_alike(request.node.nodeid):
        yield


def _is_long(config: pytest.Config) -> bool:
    return bool(config.getoption("--long"))


@pytest.fixture(scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _own_home(_home: Path) -> Iterator[None]:
    """No test sees, or leaves anything in, the home of whoever runs it, not even one that takes
    its own changes of the environment back before it ends; nor what another test left."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("HOME", "USERPROFILE"):
            environment.setenv(name, str(_home))
        environment.setenv("APPDATA", str(_home / "AppData"))
        environment.setenv("WIN_PD_OVERRIDE_APPDATA", str(_home / "AppData"))
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "VISITAPP_FILE", "VISITAPP_PASSPHRASE"):
            environment.delenv(name, raising=False)
        yield
    if any(_home.glob("*")):  # it is gone itself where a run was broken off
        shutil.rmtree(_home)
        _home.mkdir(0o700)


@pytest.fixture(autouse=True)
def _collected_between_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    """As in the program's window, no cycle is collected in the middle of a test of one: that would
    destroy widgets on the worker's thread, or while they get an event."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from visitapp.ui.frame.collector import generation_due

    thawed: list[None] = []
    gc.disable()
    try:
        with pytest.MonkeyPatch.context() as patched:  # to ask how much is frozen takes 20 ms
            patched.setattr(gc, "unfreeze", lambda thaw=gc.unfreeze: thawed.append(thaw()))
            yield
    finally:
        if (generation := generation_due()) is not None:
            gc.collect(generation)
        if thawed:  # the program's own collector thawed what tests are made of
            pytest_collection_finish()
        gc.enable()


@pytest.fixture
def key() -> bytes:
    """The data key of `records`."""
    return bytes(range(32))


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.visits"
    bootstrap.make_records(
        path,
        bytes(range(32)),
        office=Office(UUID(int=1), "Office of the Commissioner", "Anyshire"),
        actor=Actor("Mary Manager", Role.MANAGER),
        scheme_ids=SCHEME_IDS,
    )
    return path


@pytest.fixture(scope="session")
def _furnished(tmp_path_factory: pytest.TempPathFactory, _template: Path) -> Path:
    """Made once: many tests ask for it, and each of its rows is brought to the disk."""
    path = Path(shutil.copy2(_template, tmp_path_factory.mktemp("furnished") / "template.visits"))
    with bootstrap.open_with_key(path, bytes(range(32)), clock=lambda: NOW) as opened:
        furnish(opened.services)
    return path


@pytest.fixture(scope="session")
def _planning_office(tmp_path_factory: pytest.TempPathFactory, _template: Path) -> Path:
    path = Path(shutil.copy2(_template, tmp_path_factory.mktemp("planning") / "template.visits"))
    with bootstrap.open_with_key(path, bytes(range(32)), clock=lambda: NOW) as opened:
        furnish_planning(opened.services)
    return path


@pytest.fixture(scope="session")
def _planned_office(tmp_path_factory: pytest.TempPathFactory, _planning_office: Path) -> Path:
    """Pairs are looked for once for all tests."""
    path = Path(
        shutil.copy2(_planning_office, tmp_path_factory.mktemp("planned") / "template.visits")
    )
    with bootstrap.open_with_key(path, bytes(range(32)), clock=lambda: NOW) as opened:
        planner(opened.services).make(START)
    return path


@pytest.fixture(scope="session")
def _key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Argon2id takes its 256 MiB once for all tests that need a passphrase."""
    path = tmp_path_factory.mktemp("key") / "template.visits"
    vault._write(
        path,
        vault._wrap_passphrase(bytes(range(32)), PASSPHRASE),
        vault._wrap_code(bytes(range(32)), RECOVERY_SECRET),
    )
    return vault.key_file(path)


@pytest.fixture
def records(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A new file of records with both schemes (`SCHEME_IDS`), no site and no person but for
    tests that ask for one of `_FILLED` too."""
    asked = (_FILLED[name] for name in request.fixturenames if name in _FILLED)
    template = request.getfixturevalue(next(asked, "_template"))
    return Path(shutil.copy2(template, tmp_path / "records.visits"))


@pytest.fixture
def locked(records: Path, _key_file: Path) -> Path:
    """`records` with a key file, for `PASSPHRASE` and the code of `RECOVERY_SECRET`."""
    shutil.copy2(_key_file, vault.key_file(records))
    return records


@pytest.fixture
def opened(records: Path, key: bytes) -> Iterator[bootstrap.OpenedFile]:
    """`records`, opened for a manager at noon on 10 April 2025."""
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as file:
        yield file


@pytest.fixture
def services(opened: bootstrap.OpenedFile) -> Services:
    """The services of `opened`."""
    return opened.services


@pytest.fixture
def furnished(services: Services) -> Services:
    """The same with the builders' suite, kennels and three people in both schemes."""
    return services


@pytest.fixture
def planning_records(records: Path) -> Path:
    """`records`, with a suite, kennels and ten people who can go at any time."""
    return records


@pytest.fixture
def planning_office(services: Services) -> Services:
    """The same with a suite, kennels and ten people who can go at any time; nothing is planned."""
    return services


@pytest.fixture
def planned_office(services: Services) -> Services:
    """The same with a draft of a quarter, drawn by `planner`."""
    return services


@pytest.fixture(scope="session")
def _demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demonstration") / "demonstration.visits"
    new_records(path, bytes(range(32)), demonstration.fill)
    return path


@pytest.fixture
def shown(tmp_path: Path, key: bytes, _demonstration: Path) -> Iterator[bootstrap.OpenedFile]:
    """The demonstration's records, opened for its manager; each test has a copy of its own."""
    path = Path(shutil.copy2(_demonstration, tmp_path / "demonstration.visits"))
    with bootstrap.open_with_key(path, key) as file:
        yield file


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, key: bytes) -> None:
    """`PASSPHRASE` opens at once; what Argon2id does is tested in tests/security."""

    def unlock(records: Path, passphrase: str) -> bytes:
        vault._read(records)
        if passphrase != PASSPHRASE:
            raise WrongPassphraseError("This passphrase does not open this file.")
        return key

    monkeypatch.setattr(vault, "unlock", unlock)


@pytest.fixture
def without_learners(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra `watchers` is not installed."""
    for name in ("sklearn", "threadpoolctl"):
        monkeypatch.setitem(sys.modules, name, None)  # what makes an import fail


@pytest.fixture
def named(locked: Path, quick: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`locked`, named to the command line by the environment, with its passphrase."""
    monkeypatch.setenv("VISITAPP_FILE", str(locked))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    return locked


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, list[str]]]:
    """Run a command: its exit code, standard output, and the lines of standard error."""

    def command(*arguments: object) -> tuple[int, str, list[str]]:
        code = cli.main([str(argument) for argument in arguments])
        printed = capfd.readouterr()
        assert "Traceback" not in printed.err
        return code, printed.out, printed.err.splitlines()

    return command


@pytest.fixture
def furnished_file(_furnished: Path) -> Path:
    """The builders' office as a file to copy."""
    return _furnished


@pytest.fixture
def copies(tmp_path: Path, furnished_file: Path, key: bytes) -> Iterator[Copies]:
    """The builders' office, and nobody joined."""
    office = make_copies(furnished_file, tmp_path / "folder", key)
    yield office
    office.close()


@pytest.fixture
def handing(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> Handing:
    """The same, with an office that can be handed over."""
    monkeypatch.setattr(vault, "_argon2", quick_key)
    return Handing(copies)
