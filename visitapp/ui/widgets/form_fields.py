"""What stands in the fields of a form, taken as a value and put back: for Undo."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from visitapp.ui.widgets.picker import Picker

Fields = list[tuple[Callable[[Any], object], Any]]
"""For each field what puts a value into it, and the value."""


def take(form: QWidget) -> Fields:
    """The values of all fields of a form."""
    found: Fields = []
    for box in form.findChildren(QCheckBox):
        found.append((box.setChecked, box.isChecked()))
    for picker in form.findChildren(Picker):
        found.append((picker.set_value, picker.value()))
    for edit in form.findChildren(QLineEdit):
        if not isinstance(edit.parent(), Picker):
            found.append((edit.setText, edit.text()))
    for area in form.findChildren(QPlainTextEdit):
        found.append((area.setPlainText, area.toPlainText()))
    for rows in form.findChildren(QWidget):
        if callable(show := getattr(rows, "show_rows", None)):
            found.append((show, getattr(rows, "rows")))  # noqa: B009 - known by its shape
    return found


def put(fields: Fields) -> None:
    """Put the values back."""
    for set_value, value in fields:
        set_value(value)
