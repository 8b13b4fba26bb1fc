"""The start and end of the window: preferences, theme, and what to show first."""

import argparse
import contextlib
import dataclasses
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from visitapp import __version__, private_copies
from visitapp.arguments import Parser
from visitapp.bootstrap import nearby_files
from visitapp.domain.errors import BadInputError, CantOpenError, VisitAppError
from visitapp.paths import passphrase_in, resources_folder, user_folder, whole_path
from visitapp.settings import Settings, read_settings, settings_file
from visitapp.ui.frame import restart_state
from visitapp.ui.frame.collector import collecting_between_events
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.frame.restart import replace_process
from visitapp.ui.frame.restart_state import RestartState
from visitapp.ui.look.appearance import Appearance, system_percent
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session

_ENDINGS = (signal.SIGINT, signal.SIGTERM)
_NO_SCREEN = (
    "There is no screen here, so the window cannot open. You can still use commands: see "
    "visitapp --help."
)


def main(arguments: list[str]) -> int:
    """Open the window, and run until it is closed. `arguments` are those without a command:
    `--file`, `--passphrase-file`, `--demonstration`."""
    chosen = _options(arguments)
    if not has_screen():
        print(_NO_SCREEN, file=sys.stderr)
        return 2
    application = QApplication(sys.argv[:1])
    application.setApplicationName("visitapp")
    application.setApplicationVersion(__version__)
    application.setWindowIcon(QIcon(str(resources_folder() / "icons" / "eye.svg")))
    path, state = settings_file(), restart_state.take()
    preferences = Preferences(_placed(_settings(path, application), state), path, application)
    window = make_window(application, preferences, replace_process)
    if state is None:
        _show_first(window, chosen)
        window.show()
    else:
        window.show_next(state)
        _show_as_it_was(window, state)
    with closing_on_signals(window), collecting_between_events(application):
        return application.exec()


def has_screen() -> bool:
    """Whether Qt can show a window; where it can't, Qt would end the program without a message."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform != "linux" or any(os.environ.get(name) for name in names)


def make_window(
    application: QApplication,
    preferences: Preferences,
    replace: Callable[[RestartState], object] | None = None,
) -> MainWindow:
    """An empty window; `replace` restarts the program after a lock."""
    settings = preferences.settings
    appearance = Appearance(application, settings.theme, settings.text_percent)
    return MainWindow(appearance, Session(application), preferences, replace)


def _settings(path: Path, application: QApplication) -> Settings:
    """The user's preferences; at first, text as large as the system's own."""
    settings = read_settings(path)
    if path.exists():
        return settings
    dots = application.primaryScreen().logicalDotsPerInch()
    return dataclasses.replace(settings, text_percent=system_percent(application.font(), dots))


def _placed(settings: Settings, state: RestartState | None) -> Settings:
    """Put the window where the previous process had it."""
    if state is None or not state.window:
        return settings
    return dataclasses.replace(settings, window=state.window, window_maximised=state.maximised)


def _show_as_it_was(window: MainWindow, state: RestartState) -> None:
    """In front and with the focus only if it had that: an automatic lock should disturb nobody."""
    if state.minimised:
        window.showMinimized()
        return
    unnoticed = Qt.WidgetAttribute.WA_ShowWithoutActivating
    window.setAttribute(unnoticed, not state.active)
    window.show()
    window.setAttribute(unnoticed, False)
    if state.active:
        window.activateWindow()


@contextlib.contextmanager
def closing_on_signals(window: MainWindow) -> Iterator[None]:
    """Close the window properly when the terminal or the system asks the program to end.

    Python handles a signal only while Python code runs, so a pipe wakes Qt's event loop. Windows
    has only Ctrl+C, which waits there for the next key or click.
    """
    kept = {kind: signal.signal(kind, lambda *_: window.close()) for kind in _ENDINGS}
    try:
        with contextlib.nullcontext() if sys.platform == "win32" else _woken_by_signals():
            yield
    finally:
        for kind, handler in kept.items():
            signal.signal(kind, handler)


@contextlib.contextmanager
def _woken_by_signals() -> Iterator[None]:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    notifier = QSocketNotifier(reader, QSocketNotifier.Type.Read)
    notifier.activated.connect(lambda: os.read(reader, 1))
    try:
        yield
    finally:
        notifier.setEnabled(False)
        signal.set_wakeup_fd(before)
        os.close(reader)
        os.close(writer)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = Parser(prog="visitapp")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--passphrase-file", type=Path)
    parser.add_argument("--demonstration", action="store_true")
    try:
        return parser.parse_args(arguments)
    except BadInputError as error:
        parser.exit(2, f"{error}\n")


def _show_first(window: MainWindow, chosen: argparse.Namespace) -> None:
    """Show the demonstration if asked for, the named file, or the last one; otherwise the first
    start."""
    private_copies.remove_left()
    usual = user_folder() / "records.visits"
    named, last = _named(chosen), window.preferences.settings.last_file
    path = named or _last(last) or usual
    note = _about_last(last) if named is None and path == usual else ""
    note = " ".join(filter(None, (note, _finished(path))))
    if chosen.demonstration:
        window.show_first_start(usual)
        window.open_demonstration()
    elif path.exists():
        window.show_unlock(path, note)
        _try_passphrase(window, chosen)
    else:
        window.show_first_start(path, note)


def _named(chosen: argparse.Namespace) -> Path | None:
    if chosen.file is not None:
        return whole_path(chosen.file)
    named = os.environ.get("VISITAPP_FILE")
    return whole_path(Path(named)) if named else None


def _last(last: str) -> Path | None:
    """The file that was open last, if it is there. A name without a folder is ignored, as the
    current folder may have another file of that name."""
    path = Path(last)
    if not last or not path.is_absolute():
        return None
    _finished(path)  # it may be missing because a replacement was interrupted
    return path if path.exists() or nearby_files.kept_beside(path) else None


def _finished(path: Path) -> str:
    """Finish what a killed program left half done at a file. Returns what the user should know;
    problems are reported when the file is opened."""
    try:
        return " ".join(nearby_files.tidy(path))
    except VisitAppError:
        return ""


def _about_last(last: str) -> str:
    """Explain why the last file isn't shown, for a user whose file is on a disk that isn't
    connected, or was stored without its folder."""
    if not last or (Path(last).is_absolute() and Path(last).exists()):
        return ""
    if not Path(last).is_absolute():
        return (
            f"The last file you opened is called {last}, but we don’t know its folder. Open it "
            "once and we will find it next time."
        )
    return (
        f"We can’t find the last file you opened: {last}. If it is on another drive, connect the "
        "drive and restart visitapp."
    )


def _try_passphrase(window: MainWindow, chosen: argparse.Namespace) -> None:
    """Use the passphrase file; a problem with it is shown on the locked page."""
    path: Path | None = chosen.passphrase_file
    passphrase = os.environ.get("VISITAPP_PASSPHRASE")
    if path is not None:
        try:
            passphrase = passphrase_in(path)
        except CantOpenError as error:
            window.say_on_locked_page(str(error))
            return
    if passphrase is not None:
        window.try_passphrase(passphrase)
