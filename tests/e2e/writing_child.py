"""A window in which somebody writes and writes, until the process is killed.

Run as `python -m tests.e2e.writing_child FILE`; each line on standard output is JSON: the field
that was being written when the window said that all was saved, and the answers it said it of.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.e2e.window import open_window
from visitapp.domain.draft.draft_content import content_of
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.place import Place
from visitapp.ui.log.view import LogView

TOUR = (
    ("date", "9/4/2025"),
    ("arrived", "1405"),
    ("left", "1550"),
    ("delay_explanation", "Two at once"),
    ("answers:escort_number", "C42"),
    ("answers:cells_in_use", "7"),
    ("present", "9"),
    ("answers:women", "2"),
)
"""Fields of several sections and kinds, and what is typed there; then the summary, for good."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz "


def _keys() -> Iterator[tuple[str, str]]:
    for field, words in TOUR:
        yield from ((field, letter) for letter in words)
    while True:
        yield from (("summary", letter) for letter in _LETTERS)


def main(records: Path) -> None:
    application = QApplication([])
    window = open_window(application, records, bytes(range(32)))
    window.go("log", Kind.CUSTODY)
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, LogView)
    keys, at = _keys(), ""

    def write() -> None:
        nonlocal at
        field, letter = next(keys)
        if field != at:
            at = field
            page.form.show_place(Place.parse(field))
        QTest.keyClick(window.windowHandle(), letter)

    def acknowledge() -> None:
        if page.viewmodel.keeper.saved_text.startswith("Saved"):
            print(json.dumps({"at": at, "answers": content_of(page.viewmodel.report)}), flush=True)

    page.viewmodel.keeper.saved.connect(acknowledge)
    timer = QTimer()
    timer.timeout.connect(write)
    timer.start(20)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
