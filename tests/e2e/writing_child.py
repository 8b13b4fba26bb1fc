"""A window in which somebody writes and writes, until the process is killed.

Run as `python -m tests.e2e.writing_child FILE`; each line on standard output is the text that
the window said was saved.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.window import open_window
from visitapp.domain.scheme import Kind
from visitapp.ui.log.view import LogView

_LETTERS = "abcdefghijklmnopqrstuvwxyz "


def main(records: Path) -> None:
    application = QApplication([])
    window = open_window(application, records, bytes(range(32)))
    window.go("log", Kind.CUSTODY)
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, LogView)
    page.form.show_field("summary")
    typed = 0

    def write() -> None:
        nonlocal typed
        QTest.keyClick(window.windowHandle(), _LETTERS[typed % len(_LETTERS)])
        typed += 1

    def acknowledge() -> None:
        if page.model.saved_text().startswith("Saved"):
            print(page.model.content.get("summary", ""), flush=True)

    page.model.keeper.saved.connect(acknowledge)
    keys = QTimer()
    keys.timeout.connect(write)
    keys.start(20)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
