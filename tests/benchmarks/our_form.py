"""Times ours for bench_form, and counts the form's widgets. Arguments: the file, its data key in
hexadecimal."""

import sys
import time
from pathlib import Path
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from visitapp import bootstrap
from visitapp.domain.office.scheme import Kind
from visitapp.ui.application import make_window
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.log.view import LogView
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.widgets.answer_choice import AnswerChoice

ANSWERS = 20


def main() -> None:
    application = QApplication(sys.argv[:1])
    window = make_window(application, Preferences())
    sys.excepthook = sys.__excepthook__  # nobody is there to answer a dialog
    window.session.adopt(bootstrap.open_with_key(Path(sys.argv[1]), bytes.fromhex(sys.argv[2])))
    window.resize(1366, 720)
    window.show()
    window.go("log", Kind.CUSTODY)
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, LogView)
    for section in page.viewmodel.sections():
        page.form.open_section(section.key)
        settle()
    answered = answer(page)
    changed = median(change_text(window, percent) for percent in (110, 100, 110))
    print(answered, changed, len(page.findChildren(QWidget)))
    window.close()


def settle() -> None:
    """As the window's own loop does, which ends what is to be deleted as well."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def answer(page: LogView) -> float:
    """Seconds that twenty answers take, each until it is in sight and on its way to the disk."""
    taken, left = 0.0, ANSWERS
    for section in page.viewmodel.sections():
        page.form.open_section(section.key)
        settle()
        for choice in page.form.section(section.key).findChildren(AnswerChoice):
            buttons = choice.findChildren(QAbstractButton)
            if left and choice.isVisible():
                began = time.perf_counter()
                QTest.mouseClick(buttons[0], Qt.MouseButton.LeftButton)
                settle()
                taken += time.perf_counter() - began
                left -= 1
    assert not left, f"{left} questions were not found"
    return taken


def change_text(window: MainWindow, percent: int) -> float:
    """Seconds until all text has another size."""
    began = time.perf_counter()
    window.preferences.change(text_percent=percent)
    for _ in range(5):
        settle()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
