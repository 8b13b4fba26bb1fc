"""A section with a table of entries and a form for the current one."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.ui.look.theme import fit
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.undoing import UndoStack, UndoStep
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.form_fields import Fields
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.table import framed
from visitapp.ui.widgets.table_cursor import go_to
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

_LEAST_MAIN = 340


class EntriesSection(SettingsSection):
    """Insert adds an entry, Enter moves to the form and saves it, Escape leaves it, Delete removes
    the entry.

    Moving to another row never discards what was typed: it has to be saved or cancelled first.
    """

    headings: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()
    """Column widths in logical pixels, and cells wrap; 0 stretches. Empty: each column is as wide
    as its text, and the table may scroll sideways."""
    side_width = 340
    add_words = ""
    """The text of the Add button; empty if nothing can be added."""
    is_removable = False
    remove_words = "Delete…"
    nothing_yet = "Nothing entered yet."

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self.item: Any = None
        self._clean: tuple[object, ...] | None = None
        self._is_turning = False
        self._given_up_of: Any = None
        self._removed = UndoStack(self._put_back_or_remove, self)
        self.tablemodel = EntryTableModel(self.headings, numbers=self.numbers, parent=self)
        self.table = EntryTable(self.title, self.tablemodel, self.widths)
        self.table.activated.connect(lambda _: self.focus_form())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        columns = Columns(
            self._make_main(), self._make_side(), side_width=self.side_width, least_main=_LEAST_MAIN
        )
        self.body.addWidget(columns, 1)
        self._at_rest: dict[str, Any] = {}
        self._above_at_rest: dict[str, Any] = {}
        form_fields.watch(self._panel, self._note_typed)

    # -- for subclasses ------------------------------------------------------------------

    def entries(self) -> list[ListEntry]:
        """The rows of the table, as stored."""
        raise NotImplementedError

    def make_form(self) -> None:
        """Add the fields of the form."""
        raise NotImplementedError

    def make_above(self) -> QWidget | None:
        """Add what goes above the table, if anything."""
        return None

    def make_beside_add(self, row: FlowRow) -> None:
        """Add more buttons below the table."""

    def fill(self, item: Any) -> None:
        """Show an item in the form; None for a new one."""
        raise NotImplementedError

    def state(self) -> tuple[object, ...]:
        """The values in the form."""
        raise NotImplementedError

    def save(self, item: Any) -> object | None:
        """Save the form. Returns the item's id, or None after showing a problem. Raises
        BadInputError, which is shown in the form."""
        raise NotImplementedError

    def name_of(self, item: Any) -> str:
        """The name of an item in sentences."""
        raise NotImplementedError

    # -- layout --------------------------------------------------------------------------

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._above = self.make_above()
        if self._above is not None:
            column.addWidget(self._above)
        self._nothing = label(self.nothing_yet, "body", "text2", wrap=True)
        column.addWidget(self._nothing)
        self._framed = framed(self.table)
        column.addWidget(self._framed)
        self._below = FlowRow(gap=8)
        if self.add_words:
            self.add_button = button(self.add_words, self.add, icon="plus")
            self.add_button.setToolTip("Insert")
            self._below.add(self.add_button)
        self.make_beside_add(self._below)
        column.addWidget(self._below)
        column.addStretch(1)
        return main

    def _make_side(self) -> Panel:
        self._panel = Panel()
        self._heading = label("", "h2", wrap=True)
        self._panel.body.addWidget(self._heading)
        self.fields = QVBoxLayout()
        self.fields.setSpacing(12)
        self._panel.body.addLayout(self.fields)
        self.make_form()
        self.save_button = primary_button("Save", self.press_save, icon="save")
        self.save_button.setToolTip("Enter")
        self.cancel_button = button("Cancel", self.cancel)
        self.cancel_button.setToolTip("Esc")
        self.remove_button = button(self.remove_words, self.remove, icon="trash-2")
        self.remove_button.setToolTip("Delete")
        self.make_foot(self.remove_button, self.cancel_button, self.save_button)
        return self._panel

    def add_line(self, text: str, hint: str = "", *, width: int = 240) -> tuple[QLineEdit, FormRow]:
        """Add a field of one line; returns the field and its row."""
        edit = LineField()
        fit(edit, width=width)
        row = FormRow(text, edit, hint)
        self.fields.addWidget(row)
        return edit, row

    # -- showing -------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the table again, and the form unless something is typed in it."""
        dirty = self.is_dirty
        item_id = getattr(self.item, "id", None)
        self._is_turning = True
        self.tablemodel.show(self.entries())
        self._is_turning = False
        rows = self.tablemodel.rowCount()
        self._nothing.setVisible(not rows)
        self._framed.setVisible(bool(rows))
        self.table.fit_entries()
        at = self.tablemodel.row_of(item_id) or 0
        is_new = self.item is None and self._clean is not None and dirty
        if not is_new:
            self._put_cursor(at)
        if not dirty:
            self._show(self.tablemodel.item(at))

    @property
    def is_dirty(self) -> bool:
        """Whether the form has unsaved changes."""
        return self._clean is not None and self.state() != self._clean

    def is_held(self) -> bool:
        """Whether unsaved typing stops another choice above the table. If so, the choice is set
        back."""
        if not self.is_dirty or self._above is None:
            return False
        form_fields.put_named(self._above, self._above_at_rest)
        self.say_problem("Save or cancel your changes here first.")
        return True

    def _put_cursor(self, row: int | None) -> None:
        self._is_turning = True
        go_to(self.table, row)
        self._is_turning = False

    def _on_row(self) -> None:
        if self._is_turning:
            return
        item = self.tablemodel.item(self.table.currentIndex().row())
        if item is None or getattr(item, "id", None) == getattr(self.item, "id", self):
            return
        if self.is_dirty:
            self._put_cursor(self.tablemodel.row_of(getattr(self.item, "id", None)))
            self.say_problem("Save or cancel your changes here first.")
            return
        self.say_done("")
        self._given_up.clear()
        self._show(item)

    def _show(self, item: Any) -> None:
        self.item = item
        can_show = item is not None or bool(self.add_words)
        self._panel.setVisible(can_show)
        if self.foot is not None:
            self.foot.setEnabled(can_show)
        if not can_show:
            return
        self._heading.setText(self.name_of(item) if item is not None else self.add_words)
        self._panel.setAccessibleName(self._heading.text())
        self.fill(item)
        self._clean = self.state()
        self._at_rest = form_fields.named(self._panel)
        self._above_at_rest = {} if self._above is None else form_fields.named(self._above)
        self.typed_changed.emit()
        self.remove_button.setVisible(self.is_removable and item is not None)

    def show_item(self, item_id: object) -> None:
        """Move the cursor to an item and show it."""
        at = self.tablemodel.row_of(item_id)
        if at is not None:
            self._put_cursor(at)
            self._show(self.tablemodel.item(at))

    # -- typed and not saved yet ---------------------------------------------------------

    def typed(self) -> dict[str, Any]:
        now = form_fields.named(self._panel)
        if self._clean is None or now == self._at_rest:
            return {}
        above = {} if self._above is None else form_fields.named(self._above)
        return {"item": str(getattr(self.item, "id", "")), "above": above, "form": now}

    def bring_typed(self, _content: Mapping[str, Any]) -> bool:
        if self._above is not None:
            for _ in range(2):  # the second choice's options depend on the first
                form_fields.put_named(self._above, _content.get("above", {}))
                self.item, self._clean = None, None
                self.reload()
        items = [self.tablemodel.item(row) for row in range(self.tablemodel.rowCount())]
        at = next((i for i, item in enumerate(items) if str(item.id) == _content.get("item")), -1)
        if at < 0 and not self.add_words:
            return False
        self._put_cursor(at)
        self._show(items[at] if at >= 0 else None)
        form = _content.get("form", {})
        form_fields.put_named(self._panel, form)
        for picker in self._panel.findChildren(Picker):
            picker.chosen.emit(picker.key())  # the options of the others may depend on it
        form_fields.put_named(self._panel, form)
        return True

    # -- actions -------------------------------------------------------------------------

    def add(self) -> None:
        """Show the form for a new entry."""
        if not self.add_words:
            return
        if self.is_dirty:
            self.say_problem("Save or cancel your changes here first.")
            return
        self.say_done("")
        self._put_cursor(-1)
        self._show(None)
        self.focus_form()

    def focus_form(self) -> None:
        """Move the cursor to the first field."""
        rows = [row for row in self._panel.findChildren(FormRow) if not row.isHidden()]
        placed = [row for row in rows if self.fields.indexOf(row) >= 0]
        if placed:
            row = min(placed, key=self.fields.indexOf)
            row.field.setFocus()
            scroll_into_view(self._heading)
            scroll_into_view(row)

    def press_save(self) -> None:
        """Save the form, show what is stored, and move the cursor to the table."""
        self.say_done("")
        if self.has_wrong_choice(self._panel):
            return
        try:
            kept = self.save(self.item)
        except BadInputError as error:
            self.say_problem(str(error))
            return
        if kept is None:
            self._look_again()
            return
        done_text = self.done_text
        self.show_item(kept)
        self.say_done(done_text)
        self.table.setFocus()
        scroll_into_view(self.table)

    def _look_again(self) -> None:
        """After a conflict, show what is stored now, together with the problem."""
        stored = self.tablemodel.item(self.tablemodel.row_of(getattr(self.item, "id", None)))
        if stored is not None and stored != self.item:
            sentence = self.reason.text()
            self._show(stored)
            self.say_problem(sentence)

    def cancel(self) -> None:
        """Show what is stored; Ctrl+Z brings back what was typed."""
        self.say_done("")
        row = self.tablemodel.row_of(getattr(self.item, "id", None))
        row = 0 if row is None else row
        self._put_cursor(row)
        self._given_up_of = self.item
        self.give_up(lambda: self._show(self.tablemodel.item(row)), dirty=self.is_dirty)
        self.table.setFocus()
        scroll_into_view(self.table)

    def bring_back(self, fields: Fields) -> None:
        """Show the entry again, or the new one, with what was typed."""
        item = self._given_up_of
        self._put_cursor(self.tablemodel.row_of(getattr(item, "id", None)))
        self._show(item)
        super().bring_back(fields)
        self.focus_form()

    def may_undo(self) -> bool:
        """False once something is typed: then each field undoes its own typing."""
        return not self.is_dirty

    def remove(self) -> None:
        """Delete an entry, if the user confirms."""
        if not self.is_removable or self.item is None:
            return
        name = self.name_of(self.item)
        sentence = f"{name} will be deleted. Figures will be recalculated without it."
        if SureDialog.ask(self, "Delete this entry?", sentence, f"Delete {name}"):
            self._remove_item(self.item)

    def _remove_item(self, item: Any) -> None:
        """Delete an item so that Ctrl+Z brings it back."""
        words = f"delete {self.name_of(item)}"
        self.item, self._clean = None, None
        self._given_up.clear()
        if not self.remove_item(item):
            self.reload()
            return
        self._removed.note(UndoStep(item, None, words))
        self.say_done(f"{self.done_text} Ctrl+Z brings it back.")
        (self.table if self.tablemodel.rowCount() else self.add_button).setFocus()

    def remove_item(self, item: Any) -> bool:
        """Delete an item. Returns whether it was deleted."""
        return self.viewmodel.remove(item)

    def put_back(self, item: Any) -> bool:
        """Save a deleted item again. Returns whether it was saved."""
        return self.viewmodel.put_back(item)

    def _put_back_or_remove(self, back: Any, step: UndoStep) -> bool:
        """Undo puts the item back, Redo deletes it again. Returns False if that isn't possible."""
        if back is not None:
            done = self.put_back(back)
            self.show_item(getattr(back, "id", None))
            return done
        stored = self.tablemodel.item(self.tablemodel.row_of(getattr(step.before, "id", None)))
        self.item, self._clean = None, None
        done = stored is not None and self.remove_item(stored)
        self.reload()
        return done

    @property
    def undo_stack(self) -> UndoStack | None:
        """Brings back what was typed and cancelled, or what was deleted. A form with new typing
        undoes it field by field."""
        given_up = super().undo_stack
        return given_up or (None if self.is_dirty or self._removed.is_empty else self._removed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press_save()
        elif key == Qt.Key.Key_Escape:
            self.cancel()
        elif key == Qt.Key.Key_Insert:
            self.add()
        elif key == Qt.Key.Key_Delete and self.table.hasFocus():
            self.remove()
        else:
            super().keyPressEvent(event)
