"""What the manager hands to a pair: pages to print, and a calendar file.

Qt's own dialogs ask where: those of a system may put what is saved, under the name of a visitor,
on the desktop's list of recent files.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QCheckBox, QFileDialog, QWidget

from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker

_OWN = QFileDialog.Option.DontUseNativeDialog
Choice = tuple[UUID, bool, bool]
"""Whose calendar, with the site or without, with the partner's name or without."""


class CalendarDialog(FormDialog):
    """Whose visits, and what the pair wants to see in their calendars; the week is always in
    it, a day or a time never."""

    def __init__(self, parent: QWidget, people: Sequence[tuple[UUID, str]]) -> None:
        super().__init__(
            parent,
            "Calendar file of a visitor",
            "Each visit is shown as a whole week, or a month for kennels. Other people may see a "
            "calendar: only include details the visitor has agreed to.",
            "Save the calendar file…",
        )
        self.person = Picker("Visitor", width=260)
        self.person.set_choices(people)
        self.site = QCheckBox("The site")
        self.partner = QCheckBox("The name of the other visitor")
        self._row = FormRow("Visitor", self.person)
        self.content.addWidget(self._row)
        for box in (self.site, self.partner):
            box.setAccessibleName(f"Put in: {box.text()}")
            self.content.addWidget(box)
        self.person.setFocus()

    def choice(self) -> Choice | None:
        """What was chosen; None without a visitor."""
        who = self.person.key()
        if not isinstance(who, UUID):
            return None
        return who, self.site.isChecked(), self.partner.isChecked()

    def accept(self) -> None:
        """Close, once a visitor is chosen."""
        if self.choice() is not None:
            super().accept()
        else:
            self._row.set_error(self.person.error() or "Choose a visitor.")
            self.person.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, people: Sequence[tuple[UUID, str]]) -> Choice | None:
        """What was chosen, or None if the person thought better of it."""
        dialog = cls(parent, people)
        taken = dialog.exec() == FormDialog.DialogCode.Accepted
        found = dialog.choice()
        dialog.deleteLater()
        return found if taken else None


def ask_folder(parent: QWidget) -> Path | None:
    """The folder for pages, or None."""
    where = QFileDialog.getExistingDirectory(
        parent, "A folder for the pages", str(Path.home()), _OWN | QFileDialog.Option.ShowDirsOnly
    )
    return Path(where) if where else None


def ask_calendar(parent: QWidget) -> Path | None:
    """Where to save a calendar file, or None."""
    where, _ = QFileDialog.getSaveFileName(
        parent,
        "Save the calendar file",
        str(Path.home() / "visits.ics"),
        "Calendar file (*.ics)",
        options=_OWN,
    )
    if not where:
        return None
    return Path(where if Path(where).suffix else f"{where}.ics")
