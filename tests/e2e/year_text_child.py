"""A window in which somebody writes a text of the year, until the process is killed.

Run as `python -m tests.e2e.year_text_child FILE`; each line on standard output is JSON: the words
that the window said were saved.
"""

import json
import sys
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.window import open_window
from visitapp.ui.reports.view import ReportsView


def main(records: Path) -> None:
    application = QApplication([])
    window = open_window(application, records, bytes(range(32)))
    window.go("reports")
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, ReportsView)
    letters = cycle("what comes next year ")

    def write() -> None:
        if page.viewmodel.report is None:
            return  # it is still being made
        if "plans" not in page.writer.fields:
            page.write("The year in words", "plans")
        QTest.keyClick(page.writer.fields["plans"], next(letters))

    def acknowledge() -> None:
        if page.writer.saved.text().startswith("Saved"):
            print(json.dumps(page.viewmodel.text("plans")), flush=True)

    page.viewmodel.keeper.saved.connect(acknowledge)
    timer = QTimer()
    timer.timeout.connect(write)
    timer.start(20)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
