"""What stands in the fields of a form, taken as a value and put back: for Undo; and by name, as it
is kept while it isn't saved."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.read_field import ReadField

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


def named(form: QWidget) -> dict[str, Any]:
    """The values of all fields of a form by their names, fit for JSON; what is being written in
    a cell stands in its row."""
    return {name: get() for name, get, _ in _named(form)}


def put_named(form: QWidget, values: Mapping[str, Any]) -> None:
    """Put values back that `named` gave; names that the form lacks are passed over, and values
    of another kind too."""
    for name, _, set_value in _named(form):
        if name in values:
            with suppress(ValueError, TypeError, KeyError, AttributeError):
                set_value(values[name])


def watch(form: QWidget, typed: Callable[..., object]) -> None:
    """Call `typed`, a method of a QObject, whenever a person changes a field of a form."""
    for box in form.findChildren(QCheckBox):
        box.clicked.connect(typed)
    for picker in form.findChildren(Picker):
        picker.chosen.connect(typed)
    for field in form.findChildren(ReadField):
        field.changed.connect(typed)
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
        found = f"{kind}: {field.accessibleName()}"
        seen[found] += 1
        return f"{found} {seen[found]}"

    for box in form.findChildren(QCheckBox):
        yield name("tick", box), box.isChecked, partial(_tick, box)
    for picker in form.findChildren(Picker):
        yield name("choice", picker), partial(_plain, picker), partial(_choose, picker)
    for edit in _lines(form):
        yield name("line", edit), edit.text, partial(_write, edit)
    for rows in _rows(form):
        yield name("rows", rows), rows.typed_rows, rows.show_typed


def _tick(box: QCheckBox, value: Any) -> None:
    box.setChecked(value is True)


def _write(edit: QLineEdit, value: Any) -> None:
    field = edit.parent()
    (field.set_text if isinstance(field, ReadField) else edit.setText)(str(value or ""))


def _lines(form: QWidget, *, with_pickers: bool = False) -> list[QLineEdit]:
    """Lines of the form itself, no cell of a table that is being written in."""
    return [
        edit for edit in form.findChildren(QLineEdit)
        if (with_pickers or not isinstance(edit.parent(), Picker))
        and not isinstance(_grandparent(edit), QAbstractItemView)
    ]  # fmt: skip


def _grandparent(edit: QLineEdit) -> object:
    parent = edit.parent()
    return None if parent is None else parent.parent()


def _rows(form: QWidget) -> list[Any]:
    """Tables of rows, known by their shape."""
    return [w for w in form.findChildren(QWidget) if callable(getattr(w, "typed_rows", None))]


def _plain(picker: Picker) -> Any:
    value = picker.value()
    if isinstance(value, UUID):
        return {"id": value.hex}
    return value if value is None or isinstance(value, int) else str(value)


def _choose(picker: Picker, value: Any) -> None:
    picker.set_value(UUID(value["id"]) if isinstance(value, dict) else value)
