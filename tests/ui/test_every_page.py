"""What holds for every page: at the smallest screen and the largest text, in both themes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.ui import looking
from tests.ui.waiting import wait_until
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Role
from visitapp.settings import Settings
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.focus_ring import ringed
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.pages import PLACES, places_for
from visitapp.ui.session import Session

SCREEN = (1366, 720)
LOOKS = (("light", 100), ("dark", 150), ("light", 200))
ALL_LOOKS = [(theme, percent) for percent in (100, 150, 200) for theme in ("light", "dark")]
"""For `--long`: a colour takes no room, so that each size in one theme shows what is cut off."""
CASES = [
    pytest.param(role, place.name, id=f"{role.value}-{place.name}")
    for role in (Role.MANAGER, Role.VISITOR)
    for place in PLACES
    if role in place.roles
]


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, _demonstration: Path, tmp_path: Path, key: bytes,
    request: pytest.FixtureRequest,
) -> Iterator[MainWindow]:  # fmt: skip
    """The demonstration, open for the role of the test."""
    import shutil

    path = Path(shutil.copy2(_demonstration, tmp_path / "demonstration.visits"))
    role = request.node.callspec.params["role"]
    if role is Role.VISITOR:
        with bootstrap.open_with_key(path, key) as opened:
            opened.services.setup.set_account(Actor("Margaret Okafor", role))
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(*SCREEN)
    made.show()
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        made.session.adopt(opened)
        yield made
        made.close()
        made.session.end()
    made.deleteLater()


@pytest.fixture
def empty_window(
    qtbot: QtBot, appearance: Appearance, records: Path, key: bytes
) -> Iterator[MainWindow]:
    """A new file with no site, no person and no visit, open for its manager."""
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(*SCREEN)
    made.show()
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as opened:
        made.session.adopt(opened)
        yield made
        made.close()
        made.session.end()
    made.deleteLater()


def _settled(window: MainWindow) -> None:
    wait_until(lambda: not window.session.jobs.is_busy)
    for _ in range(3):
        QApplication.processEvents()


@pytest.mark.parametrize(("role", "name"), CASES)
def test_no_page_cuts_off_words_or_hides_its_action_and_all_that_takes_the_focus_has_a_name(
    window: MainWindow, role: Role, name: str, request: pytest.FixtureRequest
) -> None:
    """One window for both: to make it takes longer than to look at it."""
    window.go(name)
    _settled(window)
    _names_and_rings_what_takes_the_focus(window)
    wrong = []
    for theme, percent in ALL_LOOKS if request.config.getoption("--long") else LOOKS:
        window.preferences.change(theme=theme, text_percent=percent)
        _settled(window)
        assert window.shell is not None
        page = window.shell.page
        assert page is not None
        assert window.size().toTuple() == SCREEN, f"the window grew at {percent}%"
        wrong += [f"{theme} {percent}%: {what}" for what in looking.clipped(window)]
        hidden = looking.primary_out_of_sight(window, page)
        wrong += [f"{theme} {percent}%: {what!r} is out of sight" for what in hidden]
    assert wrong == []


@pytest.mark.parametrize("name", [place.name for place in PLACES if Role.MANAGER in place.roles])
def test_no_page_of_an_empty_file_cuts_off_words(empty_window: MainWindow, name: str) -> None:
    window = empty_window
    window.go(name)
    wrong = []
    for percent in (100, 200):
        window.preferences.change(text_percent=percent)
        _settled(window)
        assert window.size().toTuple() == SCREEN
        wrong += [f"{percent}%: {what}" for what in looking.clipped(window)]
    assert wrong == []


def _names_and_rings_what_takes_the_focus(window: MainWindow) -> None:
    assert window.shell is not None
    page = window.shell.page
    assert page is not None
    assert looking.nameless(window) == []
    assert looking.out_of_order(page) == []
    assert looking.focusable(window), "there is nothing to do by keyboard"
    for widget in looking.focusable(page):
        assert ringed(widget) is not None or _rings_inside(widget), widget


@pytest.mark.parametrize("name", ["visits", "coverage", "issues", "availability", "people"])
@pytest.mark.parametrize("role", [Role.MANAGER])
def test_the_arrows_work_as_soon_as_a_page_with_a_table_is_in_sight(
    qtbot: QtBot, window: MainWindow, role: Role, name: str
) -> None:
    window.go(name)
    _settled(window)
    table = window.focusWidget()
    assert isinstance(table, QTableView)
    before = table.currentIndex()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert table.currentIndex().row() > before.row()


def _rings_inside(widget: object) -> bool:
    return isinstance(widget, QAbstractItemView)


def test_every_role_has_a_home() -> None:
    assert all(places_for(role)[0].name == "home" for role in Role)
