"""First start and unlock at the smallest screen and the largest text, in both themes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui import looking
from tests.ui.test_every_page import LOOKS, SCREEN
from visitapp.settings import Settings
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView

Show = Callable[[MainWindow, Path], None]


def _first_start(window: MainWindow, path: Path) -> None:
    window.show_first_start(path)


def _questions(window: MainWindow, path: Path) -> None:
    window.show_first_start(path)
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    view.ask_visitor()
    view.questions.begin.click()


def _joining(window: MainWindow, path: Path) -> None:
    window.show_first_start(path)
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    view.take_file(path.with_name("Invitation for Anne Example.visitinvite"))
    assert view.joining is not None
    view.joining.viewmodel.answer(code="1234")
    view.joining.begin.click()


def _reply(window: MainWindow, path: Path) -> None:
    _joining(window, path)
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    assert view.joining is not None
    view.joining.viewmodel.created.emit("NDN7TX-66NVHP-AYSFW4-Z8M92A-X0AH3K-EYDZ8M")
    assert view.sheet is not None
    view.sheet.written.setChecked(True)
    view.sheet.go.click()


def _sheet(window: MainWindow, path: Path) -> None:
    window.show_first_start(path)
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    view.viewmodel.created.emit("NDN7TX-66NVHP-AYSFW4-Z8M92A-X0AH3K-EYDZ8M")


def _unlock(window: MainWindow, path: Path) -> None:
    window.show_unlock(path, "Locked at 15:50, after 10 minutes without use.")
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    view.viewmodel.problem.emit("This passphrase does not open this file.")


def _code(window: MainWindow, path: Path) -> None:
    window.show_unlock(path)
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    view.show_code()


def _damaged(window: MainWindow, path: Path) -> None:
    window.show_unlock(path)
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    view.viewmodel.damaged.emit("The file is damaged. Check it, and restore a backup.", True)


def _restore(window: MainWindow, path: Path) -> None:
    window.show_unlock(path)
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    path.touch()
    view.show_restore(path.with_name("margaret-backup-2025-04-01.visits"))


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> Iterator[MainWindow]:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(*SCREEN)
    made.show()
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


@pytest.mark.parametrize(
    "show",
    [_first_start, _questions, _joining, _reply, _sheet, _unlock, _code, _damaged, _restore],
)
def test_no_page_before_unlock_cuts_off_words_or_hides_its_action(
    window: MainWindow, show: Show, tmp_path: Path
) -> None:
    show(window, tmp_path / "margaret.visits")
    wrong = []
    for theme, percent in LOOKS:
        window.preferences.change(theme=theme, text_percent=percent)
        for _ in range(3):
            QApplication.processEvents()
        view: QWidget = window.centralWidget()
        assert window.size().toTuple() == SCREEN, f"the window grew at {percent}%"
        wrong += [f"{theme} {percent}%: {what}" for what in looking.clipped(window)]
        hidden = looking.primary_out_of_sight(window, view)
        wrong += [f"{theme} {percent}%: {what!r} is out of sight" for what in hidden]
    assert wrong == []
    assert looking.nameless(window) == []


def test_the_first_thing_asked_has_the_focus(window: MainWindow, tmp_path: Path) -> None:
    _first_start(window, tmp_path / "x.visits")
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    assert view.focusWidget() is view.choosing.manage
    _unlock(window, tmp_path / "x.visits")
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    assert view.focusWidget() is view.field.edit
