"""A file in use, the shown window over it, and somebody at its keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.typist import Typist
from tests.e2e.window import close, open_window
from visitapp.services import Services
from visitapp.ui.frame.main_window import MainWindow


@pytest.fixture
def records_in_use(records: Path) -> Path:
    """A file with a suite, kennels and three people."""
    return records


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, records_in_use: Path, key: bytes
) -> Iterator[MainWindow]:
    window = open_window(qapp, records_in_use, key)
    qtbot.waitExposed(window)
    yield window
    close(window)


@pytest.fixture
def window_services(window: MainWindow) -> Services:
    assert window.session.current is not None
    return window.session.current.services


@pytest.fixture
def typist(window: MainWindow, qtbot: QtBot) -> Typist:
    return Typist(window, qtbot)
