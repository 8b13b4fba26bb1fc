import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE
from visitapp.__main__ import wants_window
from visitapp.paths import user_folder
from visitapp.settings import Settings
from visitapp.ui import application
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView
from visitapp.ui.widgets.banner import Banner


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> Iterator[MainWindow]:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


def _show(window: MainWindow, *arguments: str) -> object:
    application._show_first(window, application._options(list(arguments)))
    return window.centralWidget()


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], True),
        (["--demonstration"], True),
        (["--file", "my.visits"], True),
        (["--file=my.visits", "--passphrase-file", "p"], True),
        (["check"], False),
        (["--file", "my.visits", "check"], False),
        (["--version"], False),
    ],
)
def test_the_window_opens_unless_a_command_is_given(arguments: list[str], wanted: bool) -> None:
    assert wants_window(arguments) is wanted


def test_without_a_file_it_is_a_first_start(window: MainWindow) -> None:
    view = _show(window)
    assert isinstance(view, FirstStartView)
    assert view.viewmodel.path == user_folder() / "records.visits"


def test_a_file_that_is_named_and_not_there_is_to_be_made(
    window: MainWindow, tmp_path: Path
) -> None:
    view = _show(window, "--file", str(tmp_path / "new.visits"))
    assert isinstance(view, FirstStartView)
    assert view.viewmodel.path == tmp_path / "new.visits"


def test_the_last_file_is_asked_for_again(window: MainWindow, locked: Path) -> None:
    window.preferences.change(last_file=str(locked))
    view = _show(window)
    assert isinstance(view, UnlockView)
    assert view.viewmodel.path == locked


def test_a_last_file_that_is_gone_is_said_above_the_first_start(
    window: MainWindow, tmp_path: Path
) -> None:
    gone = tmp_path / "gone.visits"
    window.preferences.change(last_file=str(gone))
    view = _show(window)
    assert isinstance(view, FirstStartView)
    (note,) = view.findChildren(Banner)
    assert note.sentence.startswith(f"We can\u2019t find the last file you opened: {gone}.")


def test_the_environment_names_a_file_behind_the_arguments(
    window: MainWindow, locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISITAPP_FILE", str(locked))
    view = _show(window)
    assert isinstance(view, UnlockView)
    assert isinstance(_show(window, "--file", str(tmp_path / "other.visits")), FirstStartView)


def test_a_passphrase_file_opens_it_without_asking(
    qtbot: QtBot, window: MainWindow, locked: Path, tmp_path: Path
) -> None:
    given = tmp_path / "passphrase.txt"
    given.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _show(window, "--file", str(locked), "--passphrase-file", str(given))
    assert window.shell is not None


def test_a_passphrase_file_that_is_not_there_asks(window: MainWindow, locked: Path) -> None:
    view = _show(window, "--file", str(locked), "--passphrase-file", "none.txt")
    assert isinstance(view, UnlockView)
    assert view._banner is not None
    assert view._banner.sentence == "The passphrase file none.txt can't be read."


def test_without_a_screen_a_sentence_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert application.main([]) == 2
    assert capsys.readouterr().err == (
        "There is no screen here, so the window cannot open. You can still use commands: see "
        "visitapp --help.\n"
    )


def test_an_option_without_its_value_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        application.main(["--file"])
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "Argument --file: expected one argument. See visitapp --help.\n"
    )


def test_the_demonstration_opens_by_itself_and_leaves_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=60_000):
        _show(window, "--demonstration")
    assert window.session.current is not None
    folder = window.session.current.path.parent
    assert window.status.note.text().endswith("Thu 10 Apr 2025")
    assert window.preferences.settings.last_file == ""
    window.close()
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process at once")
def test_a_signal_closes_the_window_in_good_order(qtbot: QtBot, window: MainWindow) -> None:
    window.show()
    with application.closing_on_signals(window):
        os.kill(os.getpid(), signal.SIGTERM)
        qtbot.waitUntil(lambda: not window.isVisible(), timeout=5000)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_another_file_can_be_begun_beside_the_first(window: MainWindow, locked: Path) -> None:
    user_folder().mkdir(parents=True)
    (user_folder() / "records.visits").touch()
    view = _show(window, "--file", str(locked))
    assert isinstance(view, UnlockView)
    view.another_new.click()
    started = window.centralWidget()
    assert isinstance(started, FirstStartView)
    assert started.viewmodel.path == user_folder() / "records-2.visits"
