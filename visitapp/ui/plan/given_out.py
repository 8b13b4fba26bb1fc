"""Who was given which visit, and when."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.plan.notice import NoticeLine, NoticeStanding
from visitapp.domain.records.lists import given_list
from visitapp.domain.text.wording import number_of, out_of
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.listing import copy_list
from visitapp.ui.widgets.table import framed
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

HEADS = ("Visitor", "When", "Site", "With", "State", "Given")


def cells(line: NoticeLine) -> tuple[str, ...]:
    """A line of the list."""
    return (
        line.visitor, line.when, line.site_name, line.partner, line.standing_words,
        line.given_words,
    )  # fmt: skip


class GivenOutDialog(QDialog):
    """What needs doing comes first; the list copies as a table."""

    def __init__(self, parent: QWidget, lines: Sequence[NoticeLine]) -> None:
        super().__init__(parent)
        title = "Who was given what"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=1280)
        self._lines = tuple(lines)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(title, "h2"))
        column.addWidget(label(self._words(), "second", "text2", wrap=True))
        self.tablemodel = EntryTableModel(HEADS, sheet=given_list, parent=self)
        self.tablemodel.show([ListEntry(line, cells(line)) for line in self._lines])
        self.table = EntryTable(title, self.tablemodel, (160, 140, 150, 160, 220, 0))
        column.addWidget(framed(self.table))
        row = QHBoxLayout()
        row.setSpacing(12)
        self.copy = button("Copy the table", self._copy, icon="copy")
        row.addWidget(primary_button("Close", self.accept))
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def _words(self) -> str:
        visits = [line for line in self._lines if not line.is_rota]
        up_to_date = sum(line.standing is NoticeStanding.GIVEN for line in visits)
        changed = sum(
            line.standing in (NoticeStanding.CHANGED, NoticeStanding.WITHDRAWN) for line in visits
        )
        words = f"{out_of(up_to_date, len(visits))} given out as the plan is now."
        if changed:
            words += f" {number_of(changed, 'visitor has', 'visitors have')} an earlier plan."
        if any(line.is_rota and line.standing is NoticeStanding.CHANGED for line in self._lines):
            words += " A rota that was handed out no longer shows the plan."
        return words

    def _copy(self) -> None:
        copy_list(self.table.listed())
        self.copy.setText("Copied")

    @classmethod
    def ask(cls, parent: QWidget, lines: Sequence[NoticeLine]) -> None:
        """Show the list until it is closed."""
        dialog = cls(parent, lines)
        dialog.exec()
        dialog.deleteLater()
