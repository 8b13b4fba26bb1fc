"""What a screen reader is told of a widget where Qt's own class would tell it something else.

Qt has no widget that is a heading, a list of pages or a page in it: its labels are texts, and a
button that stays down is a check box. `told_as` registers another answer with Qt, for good.

Qt deletes what it was given together with the widget. Python must not do that before, so what was
given is kept here until Qt has deleted it. A factory (`QAccessible.installFactory`) would be asked
about each widget while it is still being made, when Python knows it by no name yet.
"""

from functools import partial
from itertools import count

from PySide6.QtGui import QAccessible, QAccessibleActionInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QComboBox, QLabel, QWidget
from shiboken6 import isValid

_kept: dict[int, QAccessibleWidget] = {}
_numbers = count()


def _register(widget: QWidget, face: QAccessibleWidget) -> None:
    if QAccessible.isActive():  # a reader may have asked already, while the widget was made
        known = QAccessible.queryAccessibleInterface(widget)
        if known is not None:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(known))
    QAccessible.registerAccessibleInterface(face)
    number = next(_numbers)
    _kept[number] = face
    widget.destroyed.connect(partial(_let_go, number))  # Qt, which was first, deletes it before


def _let_go(number: int, *_: object) -> None:
    if not isValid(_kept[number]):
        del _kept[number]


def told_as(widget: QWidget, role: QAccessible.Role) -> None:
    """Let readers hear of a widget that holds others as a group, a list of pages, a note."""
    _register(widget, QAccessibleWidget(widget, role))


def told_as_heading(words: QLabel) -> None:
    """Let readers hear of a label as a heading, and go from one heading to the next."""
    _register(words, _HeadingFace(words, QAccessible.Role.Heading))


def told_as_page(button: QAbstractButton) -> None:
    """Let readers hear of a checkable button as a page in a list; checked, it is the one that is
    in sight."""
    _register(button, _PageFace(button, QAccessible.Role.PageTab))


def told_as_choice(box: QComboBox) -> None:
    """Let readers hear of a drop-down by its label. On Linux and macOS Qt names it by its value."""
    _register(box, _ChoiceFace(box, QAccessible.Role.ComboBox))


class _HeadingFace(QAccessibleWidget):
    """Its words are those of the label, whatever they become."""

    def text(self, what: QAccessible.Text) -> str:
        """The words of the heading are its name."""
        words = self.object()
        if what is QAccessible.Text.Name and isinstance(words, QLabel):
            return words.accessibleName() or words.text()
        return super().text(what)


class _PageFace(QAccessibleWidget):
    """A page of a list: selected or not, and pressed to go there."""

    def state(self) -> QAccessible.State:
        """Selected where the button is down."""
        state = super().state()
        button = self.object()
        state.selectable = 1
        state.selected = int(isinstance(button, QAbstractButton) and button.isChecked())
        return state

    def text(self, what: QAccessible.Text) -> str:
        """The words of the button, unless it is named."""
        button = self.object()
        if what is QAccessible.Text.Name and isinstance(button, QAbstractButton):
            return button.accessibleName() or button.text()
        return super().text(what)

    def actionNames(self) -> list[str]:
        """What can be done with it."""
        return [
            QAccessibleActionInterface.pressAction(),
            QAccessibleActionInterface.setFocusAction(),
        ]

    def doAction(self, name: str) -> None:
        """Go to the page, or take the cursor to its button."""
        button = self.object()
        if not isinstance(button, QAbstractButton):
            return
        if name == QAccessibleActionInterface.pressAction():
            button.click()
        elif name == QAccessibleActionInterface.setFocusAction():
            button.setFocus()


class _ChoiceFace(QAccessibleWidget):
    """A drop-down: its label, what is chosen, and a list that can be opened."""

    def state(self) -> QAccessible.State:
        """It can be opened."""
        state = super().state()
        state.expandable = state.hasPopup = 1
        return state

    def text(self, what: QAccessible.Text) -> str:
        """The label is the name, what is chosen or typed the value."""
        box = self.object()
        if what is QAccessible.Text.Value and isinstance(box, QComboBox):
            return box.currentText()
        return super().text(what)

    def actionNames(self) -> list[str]:
        """What can be done with it."""
        actions = QAccessibleActionInterface
        return [actions.showMenuAction(), actions.pressAction(), actions.setFocusAction()]

    def doAction(self, name: str) -> None:
        """Open the list, or take the cursor to the field."""
        box = self.object()
        if not isinstance(box, QComboBox) or name not in self.actionNames():
            return
        box.setFocus()
        if name != QAccessibleActionInterface.setFocusAction():
            box.showPopup()
