"""Buttons that lead to pages or sections, one of which is in sight."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from visitapp.ui.widgets.faces import told_as, told_as_page

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class PageList(QObject):
    """Tab stops at the button of the page in sight alone; Up, Down, Home and End go from button
    to button, Enter and Space go to the page.

    Readers hear of `holder` as a list of pages, where it is given, and of each button as a page.
    """

    def __init__(self, parent: QWidget, holder: QWidget | None, name: str) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QAbstractButton] = {}
        self._current = ""
        if holder is not None:
            told_as(holder, QAccessible.Role.PageTabList)
            holder.setAccessibleName(name)

    def add(self, key: str, button: QAbstractButton) -> None:
        """Add a button at the end."""
        button.setCheckable(True)
        told_as_page(button)
        button.installEventFilter(self)
        button.clicked.connect(self._hold)
        self._buttons[key] = button
        self._draw()

    def remove(self, key: str) -> None:
        """Forget a button, which is about to go."""
        self._buttons.pop(key).removeEventFilter(self)

    def put_last(self, key: str) -> None:
        """Have a button at the end of the list."""
        self._buttons[key] = self._buttons.pop(key)

    def current(self) -> str:
        """The key of the page in sight; empty for none of these."""
        return self._current

    def show_current(self, key: str) -> None:
        """Mark the page in sight; a key that isn't listed marks none."""
        self._current = key if key in self._buttons else ""
        self._draw()

    def _hold(self) -> None:
        """A press goes somewhere, and doesn't mark by itself."""
        self._draw()

    def _draw(self) -> None:
        stop = self._current or next(iter(self._buttons), "")
        for key, button in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
            if button.isChecked() != (key == self._current):
                button.setChecked(key == self._current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go from button to button, without going to the pages."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, shown = Qt.Key(event.key()), [b for b in self._buttons.values() if not b.isHidden()]
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or watched not in shown:
            return False
        if key in _STEPS:
            at = max(0, min(len(shown) - 1, shown.index(watched) + _STEPS[key]))
        elif key in _ENDS:
            at = _ENDS[key]
        else:
            return False
        shown[at].setFocus(Qt.FocusReason.OtherFocusReason)
        return True
