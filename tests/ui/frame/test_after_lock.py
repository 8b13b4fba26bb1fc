"""After a lock nothing of the open file is alive, and nothing is called that died with it."""

import contextlib
import gc
import shutil
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import Enum
from pathlib import Path
from types import CellType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import Engine, event

from tests.conftest import NOW, _share_what_is_compiled
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.settings import Settings
from visitapp.ui.connecting import connect
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.go_to.view import GoToDialog
from visitapp.ui.go_to.viewmodel import GoToViewModel
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.pages import places_for
from visitapp.ui.session import Session
from visitapp.ui.settings.view import SettingsView

_OF_THE_FILE = (
    "visitapp.services.", "visitapp.persistence.", "visitapp.bootstrap.",
    "visitapp.ui.frame.shell.", "visitapp.ui.context.", "visitapp.ui.frame.navigation.",
    "visitapp.ui.home.view", "visitapp.domain.office.people.Person",
    "visitapp.domain.report.visit.Visit", "visitapp.domain.draft.draft.",
    "visitapp.domain.report.issue.Issue", "visitapp.domain.office.site.Site",
)  # fmt: skip

_ABOVE_METHODS = "visitapp.services.roles.Declaration"
"""Belongs to the modules of services, which know no file."""


@pytest.fixture
def thawed() -> Iterator[None]:
    """What `alive` set apart can go with everything else."""
    yield
    gc.unfreeze()
    gc.collect()
    gc.freeze()


@pytest.fixture
def own_statements() -> Iterator[None]:
    """Each file compiles its own statements, as in the program: those that the tests share keep
    the types of the engine that compiled them."""
    event.remove(Engine, "engine_connect", _share_what_is_compiled)
    yield
    event.listen(Engine, "engine_connect", _share_what_is_compiled)


@pytest.fixture
def demonstration(_demonstration: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(_demonstration, tmp_path / "demonstration.visits"))


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> Iterator[MainWindow]:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(1366, 720)
    made.show()
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


def use_as(role: Role, path: Path, key: bytes) -> None:
    """From the next start on, by somebody who has a report in the file."""
    with bootstrap.open_with_key(path, key) as opened:
        services = opened.services
        newest = services.visits.get(services.visits.page(VisitQuery(limit=1)).rows[0].id)
        names = {person.id: person.name for person in services.people.people()}
        services.setup.set_account(Actor(names[newest.visitors[0]], role))


def unlock(qtbot: QtBot, window: MainWindow, path: Path, key: bytes) -> None:
    session = window.session
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.jobs.run(
            lambda: bootstrap.open_with_key(path, key, hold=True, clock=lambda: NOW),
            owner=session,
            done=session.adopt,
        )


def go_everywhere(qtbot: QtBot, window: MainWindow, role: Role) -> None:
    """Every page, every section of Settings, a draft, a report and a search."""
    assert window.shell is not None
    context = window._context
    assert context is not None
    for place in places_for(role):
        window.go(place.name)
        rest(qtbot, window)
        page = window.shell.page
        if isinstance(page, SettingsView):
            for name in page._places:
                page.show_section(name)
    schemes = context.services.setup.schemes()
    window.go("log", context.services.drafts.begin(schemes[0].id)[0].id)
    window.go("visits", context.services.visits.page(VisitQuery(limit=1)).rows[0].id)
    dialog = GoToDialog(window, GoToViewModel(context, window.shell.can_go))
    dialog.deleteLater()
    rest(qtbot, window)


def rest(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=120_000)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def alive(key: bytes) -> tuple[Counter[str], int]:
    """Objects of the program's own classes that are alive, by class; and in how many closures and
    attributes the data key is at hand. What was there before the tests began may hold something of
    the file as well, so it is looked at too."""
    gc.unfreeze()
    gc.collect()
    objects = gc.get_objects()  # a million: each is looked at as little as can be
    gc.freeze()  # until it is asked again, no collection looks at them
    classes = {
        cls: count
        for cls, count in Counter(map(type, objects)).items()
        if str(cls.__module__).startswith("visitapp.") and not issubclass(cls, Enum)
    }
    ours = Counter[str]()
    for cls, count in classes.items():
        ours[f"{cls.__module__}.{cls.__qualname__}"] += count
    holding = sum(_holds(each.values(), key) for each in objects if type(each) is dict)
    for each in objects:
        if type(each) is CellType:
            with contextlib.suppress(ValueError):  # an empty cell
                holding += _holds((each.cell_contents,), key)
    return ours, holding


def _holds(values: Iterable[object], key: bytes) -> bool:
    return bytes in map(type, values) and any(
        isinstance(value, bytes) and value == key for value in values
    )


@pytest.mark.usefixtures("thawed", "own_statements")
@pytest.mark.parametrize("role", [Role.MANAGER, Role.VISITOR])
def test_after_locks_nothing_of_the_open_file_is_alive_and_nothing_that_died_is_called(
    qtbot: QtBot, window: MainWindow, demonstration: Path, key: bytes, role: Role,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    use_as(role, demonstration, key)
    window.show_unlock(demonstration)
    rest(qtbot, window)
    before, keys = alive(key)
    first: Counter[str] = Counter()
    for _ in range(2):
        unlock(qtbot, window, demonstration, key)
        go_everywhere(qtbot, window, role)
        shell = "visitapp.ui.frame.shell.Shell"
        in_use, keys_in_use = alive(key)
        assert in_use[shell] == before[shell] + 1
        assert keys_in_use > keys
        window.lock()
        rest(qtbot, window)
        after, keys_after = alive(key)
        left = after - before
        of_the_file = {name: n for name, n in left.items() if name.startswith(_OF_THE_FILE)}
        of_the_file.pop(_ABOVE_METHODS, None)
        assert of_the_file == {}
        assert keys_after == keys
        first = first or left  # constants of modules that were imported meanwhile
        assert dict(left - first) == {}
        window.change_text(10)
        window.choose_theme("dark")
        rest(qtbot, window)
    # Each change alone with --long: every page and each kind of listener hears of it either way.
    told = list(Changes) if request.config.getoption("--long") else [Changes.EVERYTHING]
    tell_everything(qtbot, window, demonstration, key, told)  # a fault fails the test


def tell_everything(
    qtbot: QtBot, window: MainWindow, path: Path, key: bytes, told: Iterable[Changes]
) -> None:
    """Whatever pages listen to, with the file open again and after the window is closed."""
    unlock(qtbot, window, path, key)
    rest(qtbot, window)
    window.change_text(-20)
    window.choose_theme("light")
    for _ in range(2):
        window.toggle_navigation()
    window.preferences.change(lock_minutes=7, last_file="elsewhere.visits", window_maximised=True)
    assert window._context is not None
    for changes in told:
        window._context.tell(changes)
    window._context.note_saved()
    window._context.note_backup()
    window._context.say("A sentence.")
    rest(qtbot, window)
    window.close()


def test_a_connection_does_not_outlive_its_receiver(qtbot: QtBot) -> None:
    preferences = Preferences()
    heard: list[object] = []

    class Listener(QObject):
        def listen(self) -> None:
            connect(preferences.changed, self, lambda settings: heard.append((self, settings)))

    listener = Listener()
    listener.listen()
    gone = weakref.ref(listener)
    preferences.change(text_percent=110)
    assert len(heard) == 1
    heard.clear()
    listener.deleteLater()
    del listener
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    preferences.change(text_percent=120)
    assert heard == []
    gc.collect()
    assert gone() is None
