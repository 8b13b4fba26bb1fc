"""What is missing before a report is published: a list, in which Enter goes to the place."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.records.lists import missing_list
from visitapp.domain.text.wording import count_text
from visitapp.domain.year.missing import Missing, MissingKind, MissingPart
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.table import framed
from visitapp.ui.widgets.table_cursor import go_to
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

_TITLE = "What is missing"
_WORDS = (
    "The report can be published without these. Choose one and press Enter to go to it; then come "
    "back to Reports for the next."
)
_ALL = "all"
_NAMES = {
    MissingPart.PERIOD: "Texts and reviews",
    MissingPart.VISIT: "Visits",
    MissingPart.SITE: "Sites",
    MissingPart.PERSON: "People",
}
_PAGES = {
    MissingKind.REPLY: "settings",
    MissingKind.REPORT: "plan",
    MissingKind.DECISION: "exchange",
    MissingKind.ANSWER: "issues",
    MissingKind.OPENING: "settings",
    MissingKind.SITE_TWICE: "settings",
    MissingKind.VETTING: "people",
    MissingKind.JOINING: "people",
    MissingKind.TWICE: "people",
}


def page_of(item: Missing) -> str:
    """The page on which it is put right; a text is written on the page Reports itself."""
    return "reports" if item.kind is MissingKind.TEXT else _PAGES.get(item.kind, "visits")


class MissingDialog(Dialog):
    """Closes with `chosen`, the thing to go to; None if there is none."""

    def __init__(self, parent: QWidget | None, items: Sequence[Missing]) -> None:
        super().__init__(parent)
        self._items = items
        self.chosen: Missing | None = None
        self.setWindowTitle(_TITLE)
        self.setAccessibleName(_TITLE)
        fit(self, least_width=880)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(_TITLE, "h2", wrap=True))
        column.addWidget(label(_WORDS, "second", "text2", wrap=True))
        self.parts = Segmented("Show", self._choices())
        self.parts.set_key(_ALL)
        self.parts.chosen.connect(lambda _: self._show())
        line = QHBoxLayout()
        line.addWidget(self.parts)
        line.addStretch(1)
        column.addLayout(line)
        self.tablemodel = EntryTableModel(
            ("Where", "What is missing", "Report"), sheet=missing_list, parent=self
        )
        self.table = EntryTable(_TITLE, self.tablemodel, (330, 0, 130))
        self.table.activated.connect(self._on_activated)
        column.addWidget(framed(self.table))
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.go_button = primary_button("Go to it", self.table.open_current)
        foot.addWidget(self.go_button)
        foot.addWidget(button("Close", self.reject))
        foot.addStretch(1)
        column.addLayout(foot)
        self._show()
        self.table.setFocus()

    def _choices(self) -> list[tuple[object, str]]:
        parts = [item.kind.part for item in self._items]
        of_each = [
            (part, f"{words} ({count_text(parts.count(part))})")
            for part, words in _NAMES.items()
            if part in parts
        ]
        return [(_ALL, f"All ({count_text(len(parts))})"), *of_each]

    def _show(self) -> None:
        """List the chosen part, with the cursor on its first line."""
        part = self.parts.key()
        listed = [item for item in self._items if part in (_ALL, item.kind.part)]
        self.tablemodel.show(
            [ListEntry(item, (item.about, item.sentence, item.ref)) for item in listed]
        )
        self.table.fit_entries()
        go_to(self.table, 0)

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen = self.tablemodel.item(index.row())
        self.accept()
