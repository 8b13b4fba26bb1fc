"""The window of a copy to read: counts, coverage and the report, and nothing that changes."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.domain.office.scheme import Role
from visitapp.domain.period import Period
from visitapp.security import vault
from visitapp.settings import Settings
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.go_to.viewmodel import GoToViewModel
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.pages import PLACES, places_for
from visitapp.ui.session import Session

PAGES = ["home", "coverage", "reports"]
SAYS = "This is a copy to read, as the records were on 10 April 2025."


@pytest.fixture(scope="session")
def _to_read(tmp_path_factory: pytest.TempPathFactory, _demonstration: Path) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("to read")
    office = Path(shutil.copy2(_demonstration, folder / "office.visits"))
    with (
        pytest.MonkeyPatch.context() as patch,
        bootstrap.open_with_key(office, bytes(range(32))) as opened,
    ):
        patch.setattr(vault, "_argon2", quick_key)
        path = folder / "copy.visits"
        return path, opened.services.readers_copy.write(path, "saddle meadow copper thimble")


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, _to_read: tuple[Path, str], tmp_path: Path
) -> Iterator[MainWindow]:
    """A copy to read of the demonstration, as its reader sees it; somebody used a folder of
    exchange on this computer before."""
    path, code = _to_read
    key = vault.unlock_with_code(path, code)
    here = Path(shutil.copy2(path, tmp_path / "copy.visits"))
    settings = Settings(theme="light", exchange_folder=str(tmp_path))
    made = MainWindow(appearance, Session(), Preferences(settings))
    made.resize(1366, 720)
    made.show()
    with bootstrap.open_with_key(here, key, clock=lambda: NOW) as opened:
        made.session.adopt(opened)
        yield made
        made.close()
        made.session.end()
    made.deleteLater()


def menu_words(menu: QMenu) -> list[str]:
    return [action.text().replace("&", "") for action in menu.actions() if action.text()]


def shown_buttons(page) -> set[str]:
    return {
        words
        for button in page.findChildren(QAbstractButton)
        if button.isVisibleTo(page) and (words := button.text() or button.accessibleName())
    }


def test_it_has_three_pages_and_each_says_what_it_is(window: MainWindow, qtbot: QtBot) -> None:
    assert [place.name for place in places_for(Role.READER)] == PAGES
    assert list(window.shell.navigation.buttons()) == PAGES
    for number, name in enumerate(PAGES, 1):
        qtbot.keyClick(window, Qt.Key.Key_0 + number, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda name=name: window.shell.page_name == name)
        page = window.shell.page
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=60_000)
        sentences = [banner.sentence for banner in page.banners()]
        assert len(sentences) == 1, sentences
        assert sentences[0].startswith(SAYS)
    for place in PLACES:
        window.go(place.name)
        assert window.shell.page_name in PAGES


def test_nothing_in_it_changes_the_records(window: MainWindow, qtbot: QtBot) -> None:
    offered: set[str] = set()
    for name in PAGES:
        window.go(name)
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=60_000)
        offered |= shown_buttons(window.shell.page)
    refused = ("Log", "Brief", "Write", "Add", "Save a backup", "List", "Open in", "Settings")
    assert not [words for words in offered if words.startswith(refused)]
    assert {"Coverage", "Annual report", "Copy picture", "Save as", "Export PDF…"} <= offered


def test_menus_and_go_to_anything_lead_only_to_its_pages(window: MainWindow) -> None:
    menus = {menu.title().replace("&", ""): menu for menu in window.menuBar().findChildren(QMenu)}
    assert "Visit" not in menus
    of_file = ["New file…", "Open another file…", "Save this list…", "Lock", "Quit"]
    assert menu_words(menus["File"]) == of_file
    go_to_viewmodel = GoToViewModel(window._context, window.shell.can_go)
    assert [item.page for item in go_to_viewmodel.find("")] == PAGES
    for letters in ("a", "Visitor 1", "Euston", "food"):
        assert {item.page for item in go_to_viewmodel.find(letters)} <= {*PAGES, "glossary"}
    window.take_in([Path("message.visitmsg")])
    assert window.status.message.text() == "A copy to read takes in no messages."


def test_a_timeslot_has_its_number_and_no_list(window: MainWindow, qtbot: QtBot) -> None:
    window.go("coverage")
    page = window.shell.page
    for panel in page.grids.panels:
        model = panel.heatmap.tablemodel
        panel.heatmap.chosen.emit(model.index(0, 0))
    assert page.cell_list.isHidden()
    assert page.foreseen.isHidden()
    assert "timeslots visited" in page.viewmodel.facts


def test_the_report_is_the_office_s_but_for_its_texts(window: MainWindow, qtbot: QtBot) -> None:
    window.go("reports")
    viewmodel = window.shell.page.viewmodel
    qtbot.waitUntil(lambda: viewmodel.report is not None, timeout=60_000)
    assert viewmodel.period == Period(date(2024, 4, 1), date(2025, 3, 31))
    for section in viewmodel.sections():
        viewmodel.go_to_section(section.title)
        assert not viewmodel.is_writing
    assert window.shell.page.banners()[0].sentence.startswith(SAYS)
    assert not window.shell.page.prepare_to_leave()
