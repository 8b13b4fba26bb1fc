"""Somebody at the keyboard of the shown window, whose keystrokes are counted."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.e2e.window import visits_page
from tests.ui.keyboard import focus, press, spoken, words, write
from visitapp.ui.frame.main_window import MainWindow

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTHING = Qt.KeyboardModifier.NoModifier
_MOST_STOPS = 40


class Typist:
    """Presses keys on the shown window and counts them; `says` are free words, which a report
    on paper would take as well."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.keys = 0
        self.letters_of_names = 0
        self._expected: list[str] = []

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING) -> None:
        self.keys += 1
        press(key, held)

    def chord(self, keys: str) -> None:
        """Keys that are held together, e.g. `Ctrl+Shift+A`."""
        [combination] = QKeySequence(keys)
        self.press(combination.key(), combination.keyboardModifiers())

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Key.Key_Tab)

    def tab_to(self, name: str, *, back: bool = False) -> None:
        passed = []
        while spoken(focus()) != name and len(passed) < _MOST_STOPS:
            passed.append(spoken(focus()))
            self.press(*((Key.Key_Backtab, SHIFT) if back else (Key.Key_Tab,)))
        assert spoken(focus()) == name, passed

    def types(self, *texts: str) -> None:
        """Each text, and Tab between them."""
        for at, text in enumerate(texts):
            if at:
                self.tab()
            self.keys += len(text)
            write(text)

    def says(self, words: str) -> None:
        write(words)

    def next_section(self) -> None:
        self.press(Key.Key_PageDown, CONTROL)

    def section(self, number: int) -> None:
        self.press(getattr(Key, f"Key_{number}"), CONTROL)

    def waits_for(self, text: str) -> None:
        """Look at the window until it says so."""
        self.qtbot.waitUntil(lambda: text in words(self.window), timeout=20_000)

    def expects(self, title: str, act: Callable[[], object]) -> None:
        """Once a dialog of this title asks, `act`, which has to answer it by keys."""
        self._expected.append(title)
        timer = QTimer(self.window)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog) or dialog.windowTitle() != title:
                return
            if not dialog.isActiveWindow():
                return  # the keys would go elsewhere
            timer.deleteLater()
            timer.stop()
            self._expected.remove(title)
            parent = dialog.parentWidget().window()
            try:
                act()
            except BaseException:
                dialog.reject()  # else it would wait for ever
                raise
            parent.activateWindow()  # as the system does once a dialog is closed

        timer.timeout.connect(look)
        timer.start(10)

    # What both stories do

    def begin(self, kind: str) -> None:
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        self.press(Key.Key_N, CONTROL)
        self.qtbot.waitUntil(lambda: focus().accessibleName() == "Custody visit")
        self.tab_to(kind)
        self.press(Key.Key_Space)
        self.qtbot.waitUntil(lambda: focus().accessibleName() in ("Suite", "Site"))

    def write_the_visit(self, day: str) -> None:
        """The only site is known already."""
        self.tab()
        self.types(day)
        self.tab(6)
        self.types("anne", "ben")

    def confirm_and_sign(self) -> None:
        """Names are counted among the keys, and apart: they are the visitors' own words."""
        self.press(Key.Key_A, CONTROL | SHIFT)
        self.next_section()  # to the first name
        for name in ("Anne Example", "Ben Sample"):
            self.types(name)
            self.letters_of_names += len(name)
            self.press(Key.Key_Return)
        self.next_section()  # sign

    def begin_to_amend(self, ref: str, reason: str) -> None:
        """From the report that was just signed."""

        def why() -> None:
            self.says(reason)
            self.tab()
            self.press(Key.Key_Space)

        self.expects(f"Amend {ref}?", why)
        self.tab_to("Amend\u2026", back=True)
        self.press(Key.Key_Space)
        self.qtbot.waitUntil(lambda: focus().accessibleName() in ("Suite", "Site"))

    def compare(self) -> tuple[str, list[tuple[str, ...]]]:
        """Why the report was amended, and what was changed, field by field: its name, before,
        after, as they stand in sight. Back to the report after it."""
        self.tab_to("Compare versions", back=True)
        self.press(Key.Key_Space)
        texts = words(visits_page(self.window).compare)
        self.press(Key.Key_Escape)
        changed = [at for at, text in enumerate(texts) if text == "Changed"]
        return texts[0], [tuple(texts[at - 3 : at]) for at in changed]

    def save_copy(self, ref: str, recipient: str, how: str, out: Path, *, grave: bool) -> list[str]:
        """A copy as PDF; what the list of copies says then. `grave`: after a caution."""
        texts: list[str] = []

        def place() -> None:
            self.says(str(out))
            self.press(Key.Key_Return)

        def sure() -> None:
            self.tab_to("Save the copy", back=True)
            self.press(Key.Key_Space)

        def choose() -> None:
            self.says(how)
            self.tab_to(f"Save the copy for: {recipient}")
            self.expects("Save the copy", place)
            if grave:
                self.expects(f"The copy for: {recipient}", sure)
            self.press(Key.Key_Space)
            texts.extend(words(focus().window()))
            self.press(Key.Key_Escape)

        self.expects(f"Copies of {ref}", choose)
        self.tab_to("Copies\u2026")
        self.press(Key.Key_Space)
        assert not self._expected
        return texts

    def find(self, text: str) -> None:
        """Search for words, and open the first report that has them."""
        self.press(Key.Key_F, CONTROL)
        self.says(text)
        self.press(Key.Key_Return)
        assert visits_page(self.window).viewmodel.tablemodel.total == 1
        self.press(Key.Key_Return)
