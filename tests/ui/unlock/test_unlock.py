from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from visitapp.security import recovery
from visitapp.security.tries import Tries
from visitapp.services.records import unlocking
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    made = Session()
    yield made
    made.end()


@pytest.fixture
def view(qtbot: QtBot, session: Session, locked: Path) -> UnlockView:
    made = UnlockView(session, locked, "Locked at 15:50.")
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    return made


def _words(view: UnlockView) -> str:
    return "\n".join(
        one.text() for one in view.findChildren(QLabel) + view.findChildren(QPushButton)
    )


def test_the_right_passphrase_opens_the_file(
    qtbot: QtBot, session: Session, view: UnlockView
) -> None:
    with qtbot.waitSignal(session.opened, timeout=20_000):
        qtbot.keyClicks(view.field.edit, PASSPHRASE)
        qtbot.keyClick(view.field.edit, Qt.Key.Key_Return)
        assert not view.go.isEnabled()
    assert session.current is not None
    assert session.current.services.setup.office().name == "Office of the Commissioner"


def test_a_wrong_passphrase_is_a_sentence_and_another_try(
    qtbot: QtBot, session: Session, view: UnlockView
) -> None:
    qtbot.keyClicks(view.field.edit, "not this one")
    qtbot.mouseClick(view.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view._banner is not None, timeout=20_000)
    assert view._banner is not None
    assert view._banner.sentence == "This passphrase does not open this file."
    assert view.go.isEnabled()
    assert session.current is None


def test_the_locked_page_knows_the_name_of_the_file_and_nothing_from_inside(
    view: UnlockView,
) -> None:
    words = _words(view)
    assert "records.visits" in words
    for secret in ("Mary Manager", "Office of the Commissioner", "Anyshire", "Custody visits"):
        assert secret not in words


def test_the_recovery_code_opens_it_too(qtbot: QtBot, session: Session, view: UnlockView) -> None:
    view.show_code()
    code = recovery.as_code(RECOVERY_SECRET).lower().replace("-", " ")
    qtbot.keyClicks(view.code, code)
    with qtbot.waitSignal(session.opened, timeout=20_000):
        qtbot.keyClick(view.code, Qt.Key.Key_Return)


def test_a_slip_in_the_code_is_told(qtbot: QtBot, view: UnlockView) -> None:
    view.show_code()
    qtbot.keyClicks(view.code, "ABC")
    qtbot.keyClick(view.code, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view._banner is not None, timeout=20_000)
    assert view._banner is not None
    assert "recovery code is not quite right" in view._banner.sentence
    view.show_passphrase()
    assert view.field.edit.isVisible()


def test_after_several_wrong_tries_the_page_counts_down_and_then_takes_the_right_one(
    qtbot: QtBot, session: Session, view: UnlockView, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = [0.0]
    tries = Tries(lambda: 1_700_000_000.0 + passed[0], lambda: passed[0])
    monkeypatch.setattr(unlocking, "_tries", tries)
    view.show_code()
    for _ in range(4):
        passed[0] += 30
        view.viewmodel.must_wait()
        view.code.setText(recovery.as_code(bytes(20)))
        view.use.click()
        qtbot.waitUntil(lambda: view._banner is not None, timeout=20_000)
    assert view._banner is not None
    assert view._banner.sentence.endswith("Wait 4 seconds before you try again.")
    assert not view.use.isEnabled()
    assert not view.go.isEnabled()
    said = "Too many wrong tries. You can try again in 4 seconds."
    assert view.wait_for_code.text() == view.wait.text() == said
    view.code.setText(recovery.as_code(RECOVERY_SECRET))
    qtbot.keyClick(view.code, Qt.Key.Key_Return)
    assert session.current is None
    passed[0] += 3
    qtbot.waitUntil(lambda: view.wait.text().endswith("in 1 second."), timeout=20_000)
    passed[0] += 1
    qtbot.waitUntil(view.use.isEnabled, timeout=20_000)
    assert view.wait.text() == "It takes about a second."
    with qtbot.waitSignal(session.opened, timeout=20_000):
        view.use.click()


def test_nothing_typed_is_asked_for_without_waiting(qtbot: QtBot, view: UnlockView) -> None:
    qtbot.mouseClick(view.go, Qt.MouseButton.LeftButton)
    assert view._banner is not None
    assert view._banner.sentence == "Type the passphrase of this file."


def test_another_file_can_be_asked_for(qtbot: QtBot, view: UnlockView) -> None:
    with qtbot.waitSignal(view.other_file):
        view.another.click()


def test_a_file_that_another_copy_holds_is_told_with_its_holder(
    qtbot: QtBot, session: Session, view: UnlockView, locked: Path, key: bytes
) -> None:
    from visitapp import bootstrap

    with bootstrap.open_with_key(locked, key, hold=True):
        view.viewmodel.unlock(PASSPHRASE)
        qtbot.waitUntil(lambda: view._banner is not None, timeout=20_000)
    assert view._banner is not None
    assert "is open in another copy of visitapp: Mary Manager" in view._banner.sentence
