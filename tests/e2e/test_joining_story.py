"""By keys alone, in two real windows: the manager invites, the visitor joins, the manager takes the
reply in, and the visitor logs a visit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN
from tests.conftest import NOW
from tests.e2e.test_custody_story import log_the_visit
from tests.e2e.typist import CONTROL, SHIFT, Typist
from tests.e2e.window import close, visits_page
from tests.ui.keyboard import focus, words
from visitapp import clock
from visitapp.domain.office.scheme import Role
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.paths import documents_folder, user_folder
from visitapp.services import Services
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.look.theme import APPEARANCE
from visitapp.ui.session import Session

Key = Qt.Key
PASSPHRASE = "harbour candle thimble orchid"


@pytest.fixture
def visitors_window(qapp: QApplication, qtbot: QtBot, window: MainWindow) -> Iterator[MainWindow]:
    """The first start on the laptop of a visitor."""
    appearance = qapp.findChild(QObject, APPEARANCE)
    assert isinstance(appearance, Appearance)
    made = MainWindow(appearance, Session(qapp), Preferences())
    made.show_first_start(user_folder() / "records.visits")
    made.show()
    qtbot.waitExposed(made)
    yield made
    close(made)


def _to(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def _answer_with(typist: Typist, title: str, path: Path) -> None:
    """Type a path in the system's dialog, once it asks."""

    def place() -> None:
        typist.says(str(path))
        typist.press(Key.Key_Return)

    typist.expects(title, place)


def _invite(qtbot: QtBot, typist: Typist, out: Path) -> str:
    """From the list of people; the code as it is read out by telephone."""
    _to(qtbot, typist.window)
    typist.press(Key.Key_7, Qt.KeyboardModifier.AltModifier)
    typist.press(Key.Key_F, CONTROL)
    typist.says("anne")
    typist.tab_to("Invite…")
    _answer_with(typist, "Save the invitation", out)
    typist.press(Key.Key_Space)
    title = "Joining code for Anne Example"
    qtbot.waitUntil(lambda: focus().window().windowTitle() == title, timeout=20_000)
    code = next(line for line in words(focus().window()) if "-\n" in line)
    assert focus().accessibleName() == "Close"
    typist.press(Key.Key_Return)
    return code.replace("\n", "")


def _join(qtbot: QtBot, typist: Typist, invitation: Path, code: str) -> None:
    window = typist.window
    _to(qtbot, window)
    assert focus().accessibleName() == "Begin a scheme"
    typist.tab_to("Join my scheme")
    typist.press(Key.Key_Return)
    assert focus().accessibleName() == "Choose the invitation…"
    _answer_with(typist, "Choose the invitation", invitation)
    typist.press(Key.Key_Space)
    assert focus().accessibleName() == "Joining code"
    typist.says(code.lower().replace("-", " "))
    typist.tab_to("Passphrase")
    whose = "This invitation is for Anne Example."
    qtbot.waitUntil(lambda: any(line.startswith(whose) for line in words(window)), timeout=20_000)
    typist.says(PASSPHRASE)
    typist.tab_to("Repeat passphrase")
    typist.says(PASSPHRASE)
    typist.press(Key.Key_Return)
    qtbot.waitUntil(lambda: focus().accessibleName() == "Print…", timeout=30_000)
    typist.tab_to("Save as PDF…")
    typist.tab()  # to "I have written it down"
    typist.press(Key.Key_Space)
    typist.tab_to("I have it on paper: continue")
    typist.press(Key.Key_Return)
    assert "Send the reply to your manager" in words(window)
    assert focus().accessibleName() == "Open my file"
    typist.press(Key.Key_Return)
    qtbot.waitUntil(lambda: window.shell is not None, timeout=30_000)


def test_a_visitor_joins_and_logs_a_visit_by_keys_alone(
    window: MainWindow, window_services: Services, visitors_window: MainWindow, qtbot: QtBot,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: NOW)
    manager, visitor = Typist(window, qtbot), Typist(visitors_window, qtbot)
    invitation = tmp_path / "for anne.visitinvite"
    code = _invite(qtbot, manager, invitation)
    _join(qtbot, visitor, invitation, code)
    assert visitors_window.session.current is not None
    services = visitors_window.session.current.services
    assert (services.access.actor.name, services.access.actor.role) == (
        "Anne Example",
        Role.VISITOR,
    )
    assert visitors_window.shell is not None
    assert visitors_window.shell.page_name == "home"

    _to(qtbot, window)
    _answer_with(manager, "Open a message", documents_folder() / "Reply to my manager.visitmsg")
    manager.press(Key.Key_O, CONTROL | SHIFT)
    said = "Anne Example has joined."
    qtbot.waitUntil(lambda: window.status.message.text() == said, timeout=20_000)
    assert window_services.copy_register.people()[ANNE].words == "Joined"

    _to(qtbot, visitors_window)
    log_the_visit(visitors_window, visitor)
    visitor.confirm_and_sign()
    assert visits_page(visitors_window).title.endswith("Northgate, Wednesday 9 April 2025")
    [row] = services.visits.page(VisitQuery()).rows
    assert services.visits.get(row.id).visitors == (ANNE, BEN)
    assert window_services.visits.page(VisitQuery()).rows == ()
