"""The real window over a real file, for stories."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.log.view import LogView
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.look.theme import APPEARANCE
from visitapp.ui.session import Session
from visitapp.ui.visits.view import VisitsView


def open_window(application: QApplication, records: Path, key: bytes) -> MainWindow:
    """The window with a file open in it, held as by a person, at noon on 10 April 2025."""
    appearance = application.findChild(QObject, APPEARANCE)
    if not isinstance(appearance, Appearance):
        appearance = Appearance(application, "light", 100)
    window = MainWindow(appearance, Session(application), Preferences())
    window.session.adopt(bootstrap.open_with_key(records, key, hold=True, clock=lambda: NOW))
    window.show()
    return window


def close(window: MainWindow) -> None:
    """Close it, and let go of all that it made."""
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def log_page(window: MainWindow) -> LogView:
    """The page in sight, which is to be Log a visit."""
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, LogView)
    return page


def visits_page(window: MainWindow) -> VisitsView:
    """The page in sight, which is to be Visits."""
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, VisitsView)
    return page
