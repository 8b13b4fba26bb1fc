"""Read and write all fields of a form: as values for Undo, and by name as JSON to keep what isn't
saved yet."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.read_field import ReadField
from visitapp.ui.widgets.text_area import TextArea

Fields = list[tuple[Callable[[Any], object], Any]]
"""For each field, the function that sets its value, and the value."""


def take(form: QWidget) -> Fields:
    """The values of all fields of a form."""
    fields: Fields = []
    for box in form.findChildren(QCheckBox):
        fields.append((box.setChecked, box.isChecked()))
    for picker in form.findChildren(Picker):
        fields.append((picker.set_value, picker.value()))
    for edit in form.findChildren(QLineEdit):
        if not isinstance(edit.parent(), Picker):
            fields.append((edit.setText, edit.text()))
    for area in form.findChildren(QPlainTextEdit):
        fields.append((area.setPlainText, area.toPlainText()))
    for rows in form.findChildren(QWidget):
        if callable(show := getattr(rows, "show_rows", None)):
            fields.append((show, getattr(rows, "rows")))  # noqa: B009 - duck-typed
    return fields


def put(fields: Fields) -> None:
    """Put the values back."""
    for set_value, value in fields:
        set_value(value)


def named(form: QWidget) -> dict[str, Any]:
    """The values of all fields by name, ready for JSON, including the cell that is being edited."""
    return {name: get() for name, get, _ in _named(form)}


def put_named(form: QWidget, values: Mapping[str, Any]) -> None:
    """Set the values that `named` returned. Names that the form doesn't have, and values of the
    wrong type, are skipped."""
    for name, _, set_value in _named(form):
        if name in values:
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                set_value(values[name])


def watch(form: QWidget, typed: Callable[..., object]) -> None:
    """Call `typed`, a method of a QObject, whenever the user changes a field of the form."""
    for box in form.findChildren(QCheckBox):
        box.clicked.connect(typed)
    for picker in form.findChildren(Picker):
        picker.chosen.connect(typed)
    for field in form.findChildren(ReadField):
        field.changed.connect(typed)
    for area in form.findChildren(TextArea):
        area.changed.connect(typed)
    for edit in _lines(form, with_pickers=True):
        edit.textEdited.connect(typed)
    for rows in _rows(form):
        for signal in (
            rows.tablemodel.dataChanged,
            rows.tablemodel.rowsInserted,
            rows.tablemodel.rowsRemoved,
        ):
            signal.connect(typed)


def _named(
    form: QWidget,
) -> Iterator[tuple[str, Callable[[], Any], Callable[[Any], object]]]:
    seen: Counter[str] = Counter()

    def name(kind: str, field: QWidget) -> str:
        base = f"{kind}: {field.accessibleName()}"
        seen[base] += 1
        return f"{base} {seen[base]}"

    for box in form.findChildren(QCheckBox):
        yield name("tick", box), box.isChecked, partial(_tick, box)
    for picker in form.findChildren(Picker):
        yield name("choice", picker), partial(_plain, picker), partial(_choose, picker)
    for edit in _lines(form):
        yield name("line", edit), edit.text, partial(_write, edit)
    for area in form.findChildren(TextArea):
        yield name("text", area), area.text, area.set_text
    for rows in _rows(form):
        yield name("rows", rows), rows.typed_rows, rows.show_typed


def _tick(box: QCheckBox, value: Any) -> None:
    box.setChecked(value is True)


def _write(edit: QLineEdit, value: Any) -> None:
    field = edit.parent()
    (field.set_text if isinstance(field, ReadField) else edit.setText)(str(value or ""))


def _lines(form: QWidget, *, with_pickers: bool = False) -> list[QLineEdit]:
    """The form's own line fields, without the editors of table cells."""
    return [
        edit for edit in form.findChildren(QLineEdit)
        if (with_pickers or not isinstance(edit.parent(), Picker))
        and not isinstance(_grandparent(edit), QAbstractItemView)
    ]  # fmt: skip


def _grandparent(edit: QLineEdit) -> object:
    parent = edit.parent()
    return None if parent is None else parent.parent()


def _rows(form: QWidget) -> list[Any]:
    """Editors of rows, recognised by their `typed_rows` method."""
    return [w for w in form.findChildren(QWidget) if callable(getattr(w, "typed_rows", None))]


def _plain(picker: Picker) -> Any:
    value = picker.value()
    if isinstance(value, UUID):
        return {"id": value.hex}
    return value if value is None or isinstance(value, int) else str(value)


def _choose(picker: Picker, value: Any) -> None:
    picker.set_value(UUID(value["id"]) if isinstance(value, dict) else value)
