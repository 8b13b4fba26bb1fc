"""Buttons that lead to pages or sections, one of which is shown."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from visitapp.ui.widgets.accessible_roles import set_page_role, set_role

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}


class PageList(QObject):
    """Tab stops only at the button of the current page. Up, Down, Home and End move between the
    buttons, Enter and Space open the page.

    For screen readers `holder`, if any, is a list of pages and each button a page.
    """

    def __init__(self, parent: QWidget, holder: QWidget | None, name: str) -> None:
        super().__init__(parent)
        self._buttons: dict[str, QAbstractButton] = {}
        self._current = ""
        if holder is not None:
            set_role(holder, QAccessible.Role.PageTabList)
            holder.setAccessibleName(name)

    def add(self, key: str, button: QAbstractButton) -> None:
        """Add a button at the end."""
        button.setCheckable(True)
        set_page_role(button)
        button.installEventFilter(self)
        button.clicked.connect(self._hold)
        self._buttons[key] = button
        self._draw()

    def remove(self, key: str) -> None:
        """Forget a button, which is about to go."""
        self._buttons.pop(key).removeEventFilter(self)

    def put_last(self, key: str) -> None:
        """Move a button to the end."""
        self._buttons[key] = self._buttons.pop(key)

    def current(self) -> str:
        """The key of the current page; empty if it is none of these."""
        return self._current

    def show_current(self, key: str) -> None:
        """Mark the current page; a key that isn't listed marks none."""
        self._current = key if key in self._buttons else ""
        self._draw()

    def _hold(self) -> None:
        """Undo the check mark of a press: a press opens a page, which then marks its button."""
        self._draw()

    def _draw(self) -> None:
        stop = self._current or next(iter(self._buttons), "")
        for key, button in self._buttons.items():
            policy = Qt.FocusPolicy.StrongFocus if key == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
            if button.isChecked() != (key == self._current):
                button.setChecked(key == self._current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move between buttons without opening the pages."""
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
