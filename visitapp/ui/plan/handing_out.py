"""Dialogs for what the manager gives a pair: pages to print, and a calendar file.

They use Qt's own file dialogs: the system's may add the saved file, named after a visitor, to the
list of recent files.
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
"""Whose calendar, whether with the site, and whether with the partner's name."""


class CalendarDialog(FormDialog):
    """Asks whose visits to include, and what the pair wants in their calendar. The week is always
    included, a day or a time never."""

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
        """The answers; None without a visitor."""
        who = self.person.key()
        if not isinstance(who, UUID):
            return None
        return who, self.site.isChecked(), self.partner.isChecked()

    def accept(self) -> None:
        """Close if a visitor is chosen."""
        if self.choice() is not None:
            super().accept()
        else:
            self._row.set_error(self.person.error() or "Choose a visitor.")
            self.person.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, people: Sequence[tuple[UUID, str]]) -> Choice | None:
        """The answers, or None if the user cancelled."""
        dialog = cls(parent, people)
        taken = dialog.exec() == FormDialog.DialogCode.Accepted
        choice = dialog.choice()
        dialog.deleteLater()
        return choice if taken else None


def ask_folder(parent: QWidget) -> Path | None:
    """The folder for the pages, or None if the user cancelled."""
    where = QFileDialog.getExistingDirectory(
        parent, "A folder for the pages", str(Path.home()), _OWN | QFileDialog.Option.ShowDirsOnly
    )
    return Path(where) if where else None


def ask_calendar(parent: QWidget) -> Path | None:
    """Where to save a calendar file, or None if the user cancelled."""
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
