"""The real window over a real file, for stories."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.ui.appearance import Appearance
from visitapp.ui.main_window import MainWindow
from visitapp.ui.session import Session
from visitapp.ui.taste import Taste
from visitapp.ui.theme import APPEARANCE


def open_window(application: QApplication, records: Path, key: bytes) -> MainWindow:
    """The window with a file open in it, held as by a person, at noon on 10 April 2025."""
    appearance = application.findChild(QObject, APPEARANCE)
    if not isinstance(appearance, Appearance):
        appearance = Appearance(application, "light", 100)
    window = MainWindow(appearance, Session(application), Taste())
    window.session.adopt(bootstrap.open_with_key(records, key, hold=True, clock=lambda: NOW))
    window.show()
    return window
