"""The real program, steered by lines on standard input, since its window is of another process.

Run as `python -m tests.e2e.steered ARGUMENTS OF THE PROGRAM`. Each line is a name of `STEPS` and
a text; each is answered by a line of JSON. A process that takes this one's place reads on where
it ended: lines are read one byte at a time.
"""

import json
import os
import sys
import traceback
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.waiting import wait
from visitapp import core_dumps
from visitapp.domain.draft.draft_content import content_of
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.place import Place
from visitapp.ui import application
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.log.view import LogView
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.window_dialogs import FaultDialog

if TYPE_CHECKING:
    from tests.e2e.typist import Typist

_WINDOWS: list[MainWindow] = []
_TYPISTS: list["Typist"] = []
_POLL_MS = 20
_SOON_MS, _LOOK_MS = 100, 200
"""How soon a program exchanges what was saved, and looks at the folder again."""
_STAYS = os.environ.get("STEERED") == "stays"
"""In one process, whatever is locked: as where the program can't begin anew."""


def _window() -> MainWindow:
    return _WINDOWS[0]


def _unlock(passphrase: str) -> object:
    chosen = _window().centralWidget().findChild(PassphraseField)
    assert isinstance(chosen, PassphraseField)
    field = chosen.edit
    QTest.keyClicks(field, passphrase)
    QTest.keyClick(field, Qt.Key.Key_Return)
    while _window().shell is None:
        wait(_POLL_MS)
    return _state("")


def _write(sentence: str) -> object:
    """In the summary of a new draft, and select it all."""
    _window().go("log", Kind.CUSTODY)
    page = _page()
    page.form.show_place(Place.parse("summary"))
    wait(_POLL_MS)
    area = _window().focusWidget()  # without a window manager nothing has the focus
    assert isinstance(area, QPlainTextEdit)
    QTest.keyClicks(area, sentence)
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        QTest.keyClick(area, key, Qt.KeyboardModifier.ControlModifier)
    assert page.viewmodel.flush()
    return area.toPlainText()


def _page() -> LogView:
    shell = _window().shell
    assert shell is not None
    assert isinstance(shell.page, LogView)
    return shell.page


def _read(visit_id: str) -> object:
    """Open a report, and come back to the draft."""
    shell = _window().shell
    assert shell is not None
    place = shell.place()
    shell.go("visits", UUID(visit_id))
    wait(_POLL_MS)
    shell.go(*place)
    return _state("")


def _lock(how: str) -> object:
    """Answers before the window is gone: the process after this one can't."""
    if how == "rest":
        QTimer.singleShot(0, _window().lock_when_idle)
    elif how == "another":
        QTimer.singleShot(0, _window().begin_new_file)
    else:
        QTimer.singleShot(
            0, lambda: QTest.keyClick(_window(), Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        )
    return "locking"


def _state(_: str) -> object:
    window, clipboard = _window(), QGuiApplication.clipboard()
    shell = window.shell
    place = None if shell is None else [shell.page_name, str(shell.place()[1])]
    return {
        "pid": os.getpid(),
        "title": window.windowTitle(),
        "words": [field.text() for field in window.centralWidget().findChildren(QLineEdit)],
        "page": None if shell is None else place,
        "summary": content_of(_page().viewmodel.report).get("summary")
        if shell is not None and isinstance(shell.page, LogView)
        else None,
        "geometry": list(window.geometry().getRect()),
        "throw_away": str(window.session.throw_away),
        "copied": clipboard.text(QClipboard.Mode.Clipboard),
        "selected": clipboard.text(QClipboard.Mode.Selection),
    }


def _move(numbers: str) -> object:
    _window().setGeometry(*map(int, numbers.split()))
    wait(5 * _POLL_MS)
    return _state("")


def _close(_: str) -> object:
    QTimer.singleShot(0, _window().close)
    return "closing"


def _wait(_: str) -> object:
    while _window().shell is None:
        wait(_POLL_MS)
    return _state("")


class _Waiting:
    """What a typist needs of pytest-qt, in a process without pytest."""

    def waitUntil(self, is_so: Callable[[], bool], *, timeout: int = 20_000) -> None:  # noqa: N802
        """Return once it is so. Raises AssertionError after `timeout` milliseconds."""
        for _ in range(timeout // _POLL_MS):
            if is_so():
                return
            wait(_POLL_MS)
        raise AssertionError("it did not come about")


def _do(typist: "Typist", steps: list[list[Any]]) -> None:
    for name, *arguments in steps:
        if name == "expects":
            title, then = arguments
            typist.expects(title, partial(_do, typist, then))
        else:
            getattr(typist, name)(*arguments)


def _keys(steps: str) -> object:
    """Steps of a typist at the window, as `[[method, argument, ...], ...]`; `expects` has the steps
    in the dialog as its second argument."""
    from tests.e2e.typist import Typist
    from tests.ui.keyboard import spoken, words

    if not _TYPISTS:
        _TYPISTS.append(Typist(_window(), _Waiting()))  # type: ignore[arg-type]
    typist = _TYPISTS[0]
    problem = {}
    try:
        _do(typist, json.loads(steps))
    except AssertionError:
        problem = {"problem": traceback.format_exc()}
    in_focus, shell = QApplication.focusWidget(), _window().shell
    return problem | {
        "keys": typist.keys,
        "focus": "" if in_focus is None else spoken(in_focus),
        "page": "" if shell is None else shell.page_name,
        "words": words(_window()),
    }


STEPS = {
    "keys": _keys, "unlock": _unlock, "write": _write, "read": _read, "lock": _lock,
    "state": _state, "move": _move, "close": _close, "wait": _wait,
}  # fmt: skip


def _take_a_step() -> None:
    line = b""
    while not line.endswith(b"\n"):
        got = os.read(0, 1)
        if not got:
            _window().close()
            return
        line += got
    name, _, text = line.decode().strip().partition(" ")
    print(json.dumps(STEPS[name](text)), flush=True)
    if name != "close" and (_STAYS or name != "lock"):
        QTimer.singleShot(_POLL_MS, _take_a_step)


def _end_with(_parent: QWidget, report: str) -> None:
    """A fault ends the program here: nobody answers its dialog."""
    print(report, file=sys.stderr, flush=True)
    os._exit(1)


def main() -> int:
    core_dumps.refuse()
    FaultDialog.ask = _end_with  # type: ignore[method-assign, assignment]
    make = application.make_window

    def kept(*arguments: object) -> MainWindow:
        from visitapp.ui import exchanging

        exchanging.SOON_MS, exchanging.LOOK_MS = _SOON_MS, _LOOK_MS
        window = make(*arguments[:2]) if _STAYS else make(*arguments)  # type: ignore[arg-type]
        _WINDOWS.append(window)
        QTimer.singleShot(200, _take_a_step)
        return window

    application.make_window = kept
    return application.main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
