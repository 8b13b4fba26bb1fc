"""Roles for screen readers where Qt's widget class has the wrong one.

Qt has no widget for a heading, a list of pages or a page in it: its labels are text, and a button
that stays down is a check box. `set_role` and the others register another accessible object with
Qt, which stays for the widget's life.

Qt deletes that object together with the widget. Python must not do so earlier, so `_kept` holds it
until then. A factory (`QAccessible.installFactory`) doesn't work: it is called while the widget is
being made, before Python knows its class.
"""

from functools import partial
from itertools import count

from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QComboBox, QLabel, QWidget
from shiboken6 import isValid

_kept: dict[int, QAccessibleWidget] = {}
_numbers = count()


def _register(widget: QWidget, accessible: QAccessibleWidget) -> None:
    if QAccessible.isActive():  # a screen reader may already have asked for it
        known = QAccessible.queryAccessibleInterface(widget)
        if known is not None:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))
    QAccessible.registerAccessibleInterface(accessible)
    number = next(_numbers)
    _kept[number] = accessible
    widget.destroyed.connect(
        partial(_forget_deleted, number)
    )  # Qt connected first, so it has deleted it by then


def _forget_deleted(number: int, *_: object) -> None:
    if not isValid(_kept[number]):
        del _kept[number]


def set_role(widget: QWidget, role: QAccessible.Role) -> None:
    """Set the role of a widget that holds others: a group, a list of pages, a note."""
    _register(widget, QAccessibleWidget(widget, role))


def set_heading_role(words: QLabel) -> None:
    """Make a label a heading, so that a screen reader can jump from heading to heading."""
    _register(words, _AccessibleHeading(words, QAccessible.Role.Heading))


def set_page_role(button: QAbstractButton) -> None:
    """Make a checkable button a page in a list; checked means that the page is visible."""
    _register(button, _AccessiblePage(button, QAccessible.Role.PageTab))


def set_choice_role(box: QComboBox) -> None:
    """Name a drop-down by its label: on Linux and macOS Qt names it by its value."""
    _register(box, _AccessibleChoice(box, QAccessible.Role.ComboBox))


class _AccessibleHeading(QAccessibleWidget):
    """Has the current text of the label."""

    def text(self, what: QAccessible.Text) -> str:
        """The text of the heading is its name."""
        words = self.object()
        if what is QAccessible.Text.Name and isinstance(words, QLabel):
            return words.accessibleName() or words.text()
        return super().text(what)


class _AccessiblePage(QAccessibleWidget):
    """A page in a list: selected or not, and pressed to go there."""

    def state(self) -> QAccessible.State:
        """Selected if the button is checked."""
        state = super().state()
        button = self.object()
        state.selectable = 1
        state.selected = int(isinstance(button, QAbstractButton) and button.isChecked())
        return state

    def text(self, what: QAccessible.Text) -> str:
        """The button's accessible name, or its text."""
        button = self.object()
        if what is QAccessible.Text.Name and isinstance(button, QAbstractButton):
            return button.accessibleName() or button.text()
        return super().text(what)

    def actionNames(self) -> list[str]:
        """Press and focus."""
        return [
            QAccessibleActionInterface.pressAction(),
            QAccessibleActionInterface.setFocusAction(),
        ]

    def doAction(self, name: str) -> None:
        """Go to the page, or move the cursor to its button."""
        button = self.object()
        if not isinstance(button, QAbstractButton):
            return
        if name == QAccessibleActionInterface.pressAction():
            button.click()
        elif name == QAccessibleActionInterface.setFocusAction():
            button.setFocus()


class _AccessibleChoice(QAccessibleWidget):
    """A drop-down: its label, its value, and a list that can be opened."""

    def state(self) -> QAccessible.State:
        """It can be opened."""
        state = super().state()
        state.expandable = state.hasPopup = 1
        return state

    def text(self, what: QAccessible.Text) -> str:
        """The label is the name; what is chosen or typed is the value."""
        box = self.object()
        if what is QAccessible.Text.Value and isinstance(box, QComboBox):
            return box.currentText()
        return super().text(what)

    def actionNames(self) -> list[str]:
        """Open the list, or focus."""
        actions = QAccessibleActionInterface
        return [actions.showMenuAction(), actions.pressAction(), actions.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Open the list, or move the cursor to the field."""
        box = self.object()
        if not isinstance(box, QComboBox) or name not in self.actionNames():
            return
        box.setFocus()
        if name != QAccessibleActionInterface.setFocusAction():
            box.showPopup()
