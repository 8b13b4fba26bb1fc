"""The file that was open last is found again, from wherever the program is started."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE
from visitapp.paths import user_folder, whole_path
from visitapp.settings import Settings, read_settings
from visitapp.ui import application, window_dialogs
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView
from visitapp.ui.widgets.banner import Banner


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance, kept: Path) -> Iterator[MainWindow]:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light"), kept))
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


def _show(window: MainWindow, *arguments: str) -> object:
    application._show_first(window, application._options(list(arguments)))
    return window.centralWidget()


def _named(locked: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file's name as somebody may give it."""
    monkeypatch.chdir(locked.parent)
    if how == "home":
        monkeypatch.setenv("HOME", str(locked.parent))
        monkeypatch.setenv("USERPROFILE", str(locked.parent))
        return f"~/{locked.name}"
    if how == "link":
        (locked.parent / "link.visits").symlink_to(locked)
        return "link.visits"
    return {"name": locked.name, "dots": f"./deep/../{locked.name}"}[how]


@pytest.mark.parametrize("how", ["name", "dots", "home", "link"])
@pytest.mark.parametrize("by", ["argument", "environment"])
def test_a_file_named_from_one_folder_is_found_from_another(
    qtbot: QtBot, window: MainWindow, locked: Path, quick: None, kept: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, how: str, by: str,
) -> None:  # fmt: skip
    (locked.parent / "deep").mkdir()
    name = _named(locked, how, monkeypatch)
    if by == "environment":
        monkeypatch.setenv("VISITAPP_FILE", name)
    view = _show(window, *(["--file", name] if by == "argument" else []))
    assert isinstance(view, UnlockView)
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        view.viewmodel.unlock(PASSPHRASE)
    assert read_settings(kept).last_file == str(locked.resolve())
    window.lock()
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    monkeypatch.delenv("VISITAPP_FILE", raising=False)
    view = _show(window)
    assert isinstance(view, UnlockView)
    assert view.viewmodel.path == locked.resolve()


def test_a_new_file_named_by_its_name_alone_is_made_where_that_was_said(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    view = _show(window, "--file", "new.visits")
    assert isinstance(view, FirstStartView)
    assert view.viewmodel.path == tmp_path.resolve() / "new.visits"


@pytest.mark.parametrize("exists", [False, True], ids=["first start", "another file"])
def test_a_name_kept_without_its_folder_means_no_file_and_is_said(
    window: MainWindow, locked: Path, monkeypatch: pytest.MonkeyPatch, exists: bool
) -> None:
    monkeypatch.chdir(locked.parent)  # there is one of that name, but is it the same?
    if exists:
        user_folder().mkdir(parents=True)
        (user_folder() / "records.visits").touch()
    window.preferences.change(last_file=locked.name)
    view = _show(window)
    assert isinstance(view, UnlockView if exists else FirstStartView)
    assert view.viewmodel.path == user_folder() / "records.visits"
    said = f"The last file you opened is called {locked.name}, but we don\u2019t know its folder."
    shown = [label.text() for label in view.findChildren(QLabel)]
    shown += [banner.sentence for banner in view.findChildren(Banner)]
    assert any(said in words for words in shown)


def test_documents_are_offered_the_home_folder_where_only_a_name_was_kept(
    window: MainWindow, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(locked.parent)
    asked: list[Path] = []
    monkeypatch.setattr(window_dialogs, "ask_records", lambda _, folder: asked.append(folder))
    window.preferences.change(last_file=locked.name)
    window.open_other_file()
    window.preferences.change(last_file=str(locked))
    window.open_other_file()
    assert asked == [Path.home(), locked.parent]


@pytest.mark.parametrize("name", ["\0", "~nobody-of-that-name/a.visits", "loop"])
def test_a_name_that_leads_nowhere_is_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loop").symlink_to("loop")
    assert whole_path(Path(name)).is_absolute()


def test_a_folder_for_settings_that_depends_on_where_the_program_starts_is_not_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "data")
    monkeypatch.setenv("APPDATA", "data")
    assert user_folder().is_absolute()
    assert Path.home() in user_folder().parents
