"""A field of one line: what is pasted becomes one line, and the keys of undo go to the page that
keeps one stack for all its fields."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from visitapp.ui.undoing import is_redo, is_undo, stack_of

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.OtherFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def one_line(text: str) -> str:
    """A text whose line ends and tabs became spaces; none stands around it."""
    return " ".join(text.split())


def claims(event: QEvent) -> bool:
    """Whether a field takes a key of Undo or Redo before any menu does."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (is_undo(event) or is_redo(event))
    )


def undoes(field: QLineEdit | QPlainTextEdit, event: QKeyEvent) -> bool:
    """Take a key of Undo or Redo: the page that keeps a stack gets it, else the field itself
    goes back. Whether it was such a key."""
    if not is_undo(event) and not is_redo(event):
        return False
    if stack_of(field) is not None:
        event.ignore()
    elif is_undo(event):
        field.undo()
    else:
        field.redo()
    return True


class LineField(QLineEdit):
    """Selects all when the keyboard brings the cursor, so that typing replaces what stands
    there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selects_all = True

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z goes on to the page where it keeps a stack; Ctrl+Y is Redo on every system."""
        if claims(event):
            event.accept()  # before the menu, which would do it a second time
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo, redo and paste are ours; the rest is Qt's."""
        if undoes(self, event):
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Insert what was copied, as one line."""
        self.take_paste(QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard))

    def take_paste(self, text: str) -> None:
        """Insert a pasted text as if it had been typed."""
        if line := one_line(text):
            self.insert(line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu; what it does is what the keys do."""
        menu = self.createStandardContextMenu()
        for name, act in (("edit-paste", self.paste), ("edit-undo", None), ("edit-redo", None)):
            action = menu.findChild(QAction, name)
            if action is None:
                continue
            if act is not None:
                action.triggered.disconnect()
                action.triggered.connect(act)
            elif stack_of(self) is not None:
                action.setVisible(False)  # the menu Edit says what would be undone
        menu.exec(event.globalPos())
        menu.deleteLater()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button pastes what was marked, where the system has that."""
        clipboard = QGuiApplication.clipboard()
        if event.button() is Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self.take_paste(clipboard.text(QClipboard.Mode.Selection))
            return
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select all, unless the mouse chose a place."""
        super().focusInEvent(event)
        if self.selects_all and event.reason() in _BY_KEYS and not self.isReadOnly():
            self.selectAll()
