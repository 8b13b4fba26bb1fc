"""Sections of the office's own: added to the report, renamed, moved and removed."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.text.pasted import word_count
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.own_sections import OwnSection, in_place, moved
from visitapp.services.year.year_texts import YearTextService
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog, ReasonDialog, SureDialog
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.fields import Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.table import framed
from visitapp.ui.widgets.table_cursor import go_to
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

TITLE = "Sections of your own"
_WORDS = (
    "A new section comes after the one chosen here, and you can move it anywhere in the report. "
    "Like the others, it is in the list of contents."
)
_FIXED = "Part of every report"
_ADDING = "It comes after \u201c{}\u201d. You can move it afterwards."
_RENAMING = "The title is printed above the section and in the list of contents."


class OwnSectionsDialog(Dialog):
    """The sections of the report in order. Insert adds one, Alt and an arrow key moves it, Delete
    removes it. Closes with `chosen`, the section to write; None if there is none."""

    def __init__(
        self,
        parent: QWidget | None,
        service: YearTextService,
        period: Period,
        titles: tuple[str, ...],
        words_of: Callable[[str], str],
        tell: Callable[[Changes], None],
    ) -> None:
        """`titles` are the program's sections; `words_of` gives the text of a section by its
        key; `tell` says what changed."""
        super().__init__(parent)
        self._service, self._period, self._titles = service, period, titles
        self._words_of, self._tell = words_of, tell
        self._sections = service.own_sections(period)
        self.chosen: OwnSection | None = None
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        fit(self, least_width=720)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(TITLE, "h2", wrap=True))
        column.addWidget(label(_WORDS, "second", "text2", wrap=True))
        self.tablemodel = EntryTableModel(("Section", "Text"), parent=self)
        self.table = EntryTable(TITLE, self.tablemodel, (0, 240))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self.table.activated.connect(lambda _: self.write())
        column.addWidget(framed(self.table))
        self.add_button = button("Add\u2026", self.add, icon="plus", shortcut="Ins")
        self.rename_button = button("Rename\u2026", self.rename)
        self.up_button = button("Up", partial(self.move_by, -1), shortcut="Alt+Up")
        self.down_button = button("Down", partial(self.move_by, 1), shortcut="Alt+Down")
        self.remove_button = button("Remove\u2026", self.remove, shortcut="Del")
        self._of_own = (self.rename_button, self.up_button, self.down_button, self.remove_button)
        self.table.installEventFilter(self)
        column.addWidget(FlowRow(self.add_button, *self._of_own, gap=8))
        self._problem = Reason()
        column.addWidget(self._problem)
        column.addStretch(1)
        self.write_button = primary_button("Write it", self.write)
        column.addWidget(FlowRow(self.write_button, button("Close", self.reject), gap=12))
        self._show(0)
        self.table.setFocus()

    def current(self) -> OwnSection | None:
        """The chosen section, if it is one's own."""
        item = self.tablemodel.item(self.table.currentIndex().row())
        return item if isinstance(item, OwnSection) else None

    def _show(self, row: int) -> None:
        self.tablemodel.show(
            [
                ListEntry(place, (place, _FIXED))
                if isinstance(place, str)
                else ListEntry(place, (place.title, self._state(place)))
                for place in in_place(self._titles, self._sections)
            ]
        )
        self.table.fit_entries()
        go_to(self.table, row)
        self._offer()

    def _state(self, section: OwnSection) -> str:
        count = word_count(self._words_of(section.key))
        return number_of(count, "word") if count else "To write, not printed yet"

    def _offer(self) -> None:
        is_own = self.current() is not None
        for each in (*self._of_own, self.write_button):
            each.setEnabled(is_own)
        self._problem.say("")

    def _go_to(self, key: str) -> None:
        placed = in_place(self._titles, self._sections)
        keys = [each.key if isinstance(each, OwnSection) else "" for each in placed]
        self._show(keys.index(key) if key in keys else self.table.currentIndex().row())

    def _after(self, changes: Changes, key: str) -> None:
        """Show the sections as they are now, and tell the other pages."""
        self._sections = self._service.own_sections(self._period)
        self._go_to(key)
        self._tell(changes)

    # -- commands ------------------------------------------------------------------------

    def add(self) -> None:
        """Ask for a title, and add a section after the chosen one."""
        chosen = self.tablemodel.item(self.table.currentIndex().row())
        after = chosen.after if isinstance(chosen, OwnSection) else str(chosen or "")
        named = chosen.title if isinstance(chosen, OwnSection) else after
        typed = ReasonDialog.ask(self, "Add a section", _ADDING.format(named), "Add", what="Title")
        if typed is None:
            return
        try:
            added, changes = self._service.add_section(self._period, typed, after, self._titles)
        except BadInputError as error:
            self._problem.say(str(error))
            return
        self._after(changes, added.key)

    def rename(self) -> None:
        """Ask for another title of the chosen section."""
        section = self.current()
        if section is None:
            return
        title = f"Rename \u201c{section.title}\u201d"
        typed = ReasonDialog.ask(
            self, title, _RENAMING, "Rename", what="Title", words=section.title
        )
        if typed is None:
            return
        try:
            changes = self._service.rename_section(self._period, section.key, typed, self._titles)
        except BadInputError as error:
            self._problem.say(str(error))
            return
        self._after(changes, section.key)

    def move_by(self, by: int) -> None:
        """Move the chosen section up (-1) or down (1) in the report."""
        section = self.current()
        if section is None:
            return
        placed = moved(self._titles, self._sections, section.key, by)
        if placed != self._sections:
            self._after(self._service.place_sections(self._period, placed), section.key)

    def remove(self) -> None:
        """Remove the chosen section, if that is meant."""
        section = self.current()
        if section is None:
            return
        sentence = f"The section and its text ({self._state(section).lower()}) are taken out."
        title = f"Remove \u201c{section.title}\u201d?"
        if SureDialog.ask(self, title, sentence, "Remove the section"):
            self._after(self._service.remove_section(self._period, section.key), "")

    def write(self) -> None:
        """Close, to write the chosen section."""
        self.chosen = self.current()
        if self.chosen is not None:
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Insert, Delete, and Alt with an arrow key act on the list."""
        is_key = watched is self.table and event.type() is QEvent.Type.KeyPress
        if not is_key or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        pressed = {
            (Qt.Key.Key_Insert, False): self.add_button,
            (Qt.Key.Key_Delete, False): self.remove_button,
            (Qt.Key.Key_Up, True): self.up_button,
            (Qt.Key.Key_Down, True): self.down_button,
        }.get((Qt.Key(event.key()), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)))
        if pressed is not None:
            pressed.click()
        return pressed is not None
