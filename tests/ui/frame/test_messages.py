"""Messages are opened from the menu, or dropped on the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN
from tests.copies import Clock, Copies
from visitapp import bootstrap
from visitapp.ui import window_dialogs
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.people.view import PeopleView
from visitapp.ui.session import Session


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> Iterator[MainWindow]:
    made = MainWindow(appearance, Session(), Preferences())
    made.show()
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


@pytest.fixture
def copies(
    qtbot: QtBot, window: MainWindow, records: Path, furnished: object, key: bytes, tmp_path: Path
) -> Iterator[Copies]:
    """The office is open in the window."""
    clock = Clock()
    opened = bootstrap.open_with_key(records, key, clock=clock)
    window.session.adopt(opened)
    made = Copies(tmp_path / "folder", opened.services, clock)
    yield made
    made.close()


def _drop(window: MainWindow, *paths: Path) -> bool:
    """Drop files as a file manager does; whether the window takes them."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    keys = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), action, content, left, keys)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), action, content, left, keys))
    return enter.isAccepted()


def _reply(copies: Copies, name: str, person_id: object, out: Path) -> Path:
    invitation, _ = copies.office.exchange.invite(person_id)  # type: ignore[arg-type]
    services = copies.begin(name, invitation.file, invitation.code)
    out.write_bytes(services.exchange.reply())
    return out


def _wait(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)


def _problem(window: MainWindow) -> str:
    assert window.shell is not None
    assert window.shell.page is not None
    return " ".join(banner.sentence for banner in window.shell.page.banners())


def test_a_dropped_reply_makes_the_visitor_joined_at_once(
    qtbot: QtBot, window: MainWindow, copies: Copies, tmp_path: Path
) -> None:
    reply = _reply(copies, "anne", ANNE, tmp_path / "reply.visitmsg")
    window.go("people")
    assert _drop(window, reply)
    _wait(qtbot, window)
    assert window.status.message.text() == "Anne Example has joined."
    page = window.shell.page if window.shell else None
    assert isinstance(page, PeopleView)
    row = page.viewmodel.person(ANNE)
    assert row is not None
    assert row.copies.words == "Joined"
    assert _drop(window, reply)
    _wait(qtbot, window)
    sentence = "This message was taken in before. Nothing has changed."
    assert window.status.message.text() == sentence
    assert _problem(window) == ""


def test_the_menu_opens_several_and_names_those_that_are_refused(
    qtbot: QtBot, window: MainWindow, copies: Copies, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    first = _reply(copies, "anne", ANNE, tmp_path / "a.visitmsg")
    cut = tmp_path / "b.visitmsg"
    cut.write_bytes(_reply(copies, "ben", BEN, cut).read_bytes()[:-1])
    gone = tmp_path / "c.visitmsg"
    monkeypatch.setattr(window_dialogs, "ask_messages", lambda *_: [first, cut, gone])
    window.open_message()
    _wait(qtbot, window)
    assert window.status.message.text() == "Anne Example has joined."
    assert _problem(window) == (
        "b.visitmsg: This message isn’t complete. Wait until all of it has been copied, or ask for "
        f"it again. c.visitmsg: There is no file {gone}."
    )


def test_an_invitation_is_no_message_and_the_sentence_says_what_to_do(
    qtbot: QtBot, window: MainWindow, copies: Copies, tmp_path: Path
) -> None:
    invitation, _ = copies.office.exchange.invite(ANNE)
    path = tmp_path / "x.visitinvite"
    path.write_bytes(invitation.file)
    assert _drop(window, path)
    _wait(qtbot, window)
    assert _problem(window).startswith("This is an invitation. To join a scheme by it, choose File")
    assert path.exists()


def test_an_invitation_dropped_at_the_first_start_is_joined_by(
    window: MainWindow, tmp_path: Path
) -> None:
    window.show_first_start(tmp_path / "new.visits")
    assert _drop(window, tmp_path / "x.visitinvite")
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    assert view.joining is not None
    assert view.joining.isVisible()
    assert view.joining.invitation.file.text() == "x.visitinvite"


def test_words_dragged_over_the_window_are_not_taken(window: MainWindow, tmp_path: Path) -> None:
    window.show_first_start(tmp_path / "new.visits")
    content = QMimeData()
    content.setText("some words")
    enter = QDragEnterEvent(
        QPoint(300, 300), Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()
