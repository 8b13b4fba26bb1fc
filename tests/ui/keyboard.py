"""Keys pressed on the shown window, and the words that are seen in it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from visitapp.ui.widgets.segmented import Segmented

Key = Qt.Key


def words(page: QWidget) -> list[str]:
    QApplication.processEvents()
    return [
        label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()
    ]


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key on the shown window, as a person does."""
    QTest.keyClick(focus().window().windowHandle(), key, held)


def write(text: str) -> None:
    """Type a text on the shown window."""
    for letter in text:
        QTest.keyClick(focus().window().windowHandle(), letter)


def spoken(widget: QWidget) -> str:
    """What names a widget; an answer is named with its question, as a reader says them."""
    name, group = widget.accessibleName(), widget.parentWidget()
    return f"{group.accessibleName()}: {name}" if isinstance(group, Segmented) else name


def names_of_focus(steps: int) -> list[str]:
    """The accessible names that Tab goes to."""
    names = [focus().accessibleName()]
    for _ in range(steps):
        press(Key.Key_Tab)
        names.append(focus().accessibleName())
    return names
