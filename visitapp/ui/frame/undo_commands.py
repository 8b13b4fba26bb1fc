"""Undo and Redo of the menu: the last change on the page, or the typing in a field."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from visitapp.ui.undoing import stack_of
from visitapp.ui.widgets.page import Page

_OF_LISTS = ("copy", "selectAll")
FindPage = Callable[[], Page | None]


def commands_for(page: FindPage) -> dict[str, Callable[..., object]]:
    """The commands `undo` and `redo`, and `undoable`, which says what they would do."""
    return {
        "undo": lambda: _do(page(), "undo"),
        "redo": lambda: _do(page(), "redo"),
        "undoable": lambda: _words(page()),
    }


def in_field(slot: str) -> None:
    """Call this slot of the field or list with the cursor, if there is one."""
    field = QApplication.focusWidget()
    is_list = hasattr(field, "listed") and slot in _OF_LISTS
    if is_list or isinstance(field, QLineEdit | QPlainTextEdit):
        getattr(field, slot)()


def _do(page: Page | None, verb: str) -> None:
    stack = stack_of(QApplication.focusWidget())
    if page is None:
        return
    if stack is not None and stack is not page.undo_stack:
        page.go_through(stack, verb)
    elif page.undo_stack is not None:
        getattr(page, verb)()
    else:
        in_field(verb)


def _words(page: Page | None) -> tuple[str, str]:
    stack = stack_of(QApplication.focusWidget()) or (None if page is None else page.undo_stack)
    return ("", "") if stack is None else (stack.undo_words, stack.redo_words)
