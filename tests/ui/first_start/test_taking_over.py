"""The next manager takes over an office on the first start, by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from visitapp import clock
from visitapp.domain.office.scheme import Role
from visitapp.paths import user_folder
from visitapp.security import handed_file
from visitapp.services import Services
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.session import Session

Key = Qt.Key
PASSPHRASE = "harbour candle thimble orchid"


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    session = Session()
    yield session
    session.end()


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> FirstStartView:
    view = FirstStartView(session, user_folder() / "records.visits")
    qtbot.addWidget(view)
    view.resize(1366, 690)
    view.show()
    view.activateWindow()
    return view


@pytest.fixture
def handed(
    furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, str]:
    monkeypatch.setattr(clock, "now", furnished.access.clock)
    sign(furnished, make_visit())
    path = tmp_path / "Office for Nia Newcome.visitoffice"
    code, _ = furnished.succession.hand_over(path, "Nia Newcome")
    return path, code


def _press(qtbot: QtBot, key: Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key)


def test_an_office_is_taken_over_by_keys_alone(
    qtbot: QtBot, view: FirstStartView, session: Session, handed: tuple[Path, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    file, code = handed
    view.choosing.manage.setFocus()
    qtbot.waitUntil(view.choosing.manage.hasFocus)
    _press(qtbot, Key.Key_Tab)
    assert QApplication.focusWidget() is view.choosing.take_over
    _press(qtbot, Key.Key_Space)
    page = view.taking_over
    assert page is not None
    monkeypatch.setattr(page.office, "_ask_file", lambda _: file)
    assert QApplication.focusWidget() is page.office.choose
    _press(qtbot, Key.Key_Space)
    assert QApplication.focusWidget() is page.office.code
    qtbot.keyClicks(page.office.code, code.lower().replace("-", " "))
    _press(qtbot, Key.Key_Tab)
    qtbot.waitUntil(page.office.whose.isVisible, timeout=20_000)
    assert page.office.whose.text().startswith("The code opens this file.")
    assert QApplication.focusWidget() is page.person.name
    qtbot.keyClicks(page.person.name, "Nia Newcome")
    qtbot.keyClicks(page.passphrase.first.edit, PASSPHRASE)
    qtbot.keyClicks(page.passphrase.again.edit, PASSPHRASE)
    qtbot.keyClick(page.passphrase.again.edit, Key.Key_Return)
    qtbot.waitUntil(lambda: view.sheet is not None, timeout=60_000)
    assert view.sheet is not None
    view.sheet.written.setChecked(True)
    with qtbot.waitSignal(session.opened, timeout=60_000):
        view.sheet.go.click()
    assert session.current is not None
    account = session.current.services.access.actor
    assert (account.name, account.role) == ("Nia Newcome", Role.MANAGER)
    assert session.current.closed_words == ""
    assert session.current.services.setup.office().name == "Office of the Commissioner"


def test_an_office_that_is_dropped_asks_for_its_code_and_says_what_is_wrong(
    qtbot: QtBot, view: FirstStartView, handed: tuple[Path, str]
) -> None:
    file, code = handed
    view.take_file(file)
    page = view.taking_over
    assert page is not None
    assert page.office.file.text() == file.name
    qtbot.keyClicks(page.office.code, code[:-1])
    page.office.look_at_code()
    assert page.office.code_row.error() == handed_file.SLIP
    page.press()
    assert dict(page.viewmodel.missing())["code"] == handed_file.SLIP
    handed_file.mark_used(file)
    page.office.code.clear()
    qtbot.keyClicks(page.office.code, code)
    page.office.look_at_code()
    qtbot.waitUntil(lambda: page.viewmodel.wrong == handed_file.USED, timeout=20_000)
    assert not page.office.whose.isVisible()


def test_escape_goes_back_to_where_it_was_chosen(qtbot: QtBot, view: FirstStartView) -> None:
    view.choosing.take_over.click()
    assert view.taking_over is not None
    qtbot.keyClick(view.taking_over, Key.Key_Escape)
    assert QApplication.focusWidget() is view.choosing.take_over
