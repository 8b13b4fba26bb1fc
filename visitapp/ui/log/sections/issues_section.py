"""The section "Issues": one card for each, and a word for there being none; the form's own
questions before and after them, as the form has them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.draft.report_sections import TaskSection
from visitapp.domain.report.place import ISSUES, NOWHERE, Place
from visitapp.ui.log.questions.issue_card import IssueCard
from visitapp.ui.log.sections.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.empty_state import EmptyState


class IssuesSection(SectionWidget):
    """A card for each issue, in the order in which they were added in any section."""

    def __init__(self, viewmodel: LogViewModel, section: TaskSection) -> None:
        super().__init__(viewmodel, section)
        self.cards: dict[str, IssueCard] = {}
        self.add = button("Add an issue", self._on_add, icon="plus", shortcut="Ctrl+Shift+I")
        self.none = QCheckBox("There was nothing to raise")
        self.none.setAccessibleName(self.none.text())
        self.none.toggled.connect(lambda on: viewmodel.answer("nothing_raised", on))
        self._empty = EmptyState(
            "flag",
            "Record anything you raised, anything that needs fixing, and good practice.",
        )
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        row = QHBoxLayout()
        row.setContentsMargins(6, 6, 6, 6)
        row.setSpacing(16)
        row.addWidget(self.add)
        row.addWidget(self.none)
        row.addStretch(1)
        keys = [question.key for question in section.of.questions]
        first = keys[: keys.index("issues")]
        self.add_list([q for q in self.own_questions() if q.key in first])
        self.body.addWidget(self._empty)
        self.body.addLayout(self._cards)
        self.body.addLayout(row)
        self.add_list([q for q in self.own_questions() if q.key not in first])

    def fill(self) -> None:
        """Show the answers of the report that was opened."""
        for issue_id in list(self.cards):
            self._take(issue_id)
        super().fill()

    def follow(self) -> None:
        """Show a card for each issue."""
        super().follow()
        ids = [issue.id for issue in self.viewmodel.issues.all()]
        for gone in set(self.cards) - set(ids):
            self._take(gone)
        for number, issue_id in enumerate(ids, 1):
            if issue_id not in self.cards:
                self._make(issue_id)
            card = self.cards[issue_id]
            card.set_number(number)
            card.follow()
        self._empty.setVisible(not ids)
        self.none.setVisible(not ids)
        self.none.blockSignals(True)
        self.none.setChecked(self.viewmodel.report.nothing_raised)
        self.none.blockSignals(False)

    def _make(self, issue_id: str) -> None:
        card = IssueCard(self.viewmodel, issue_id, least=self._least_of(issue_id))
        card.removed.connect(self._on_remove)
        self.cards[issue_id] = card
        self._cards.addWidget(card)

    def _least_of(self, issue_id: str) -> int:
        """The lowest grade of an issue, by the answer that opened it."""
        key = self.viewmodel.issues.get(issue_id).question.name
        form = self.viewmodel.register.form
        asked = [*form.questions(), *form.row_questions()]
        return next((q.raises_severity for q in asked if key and q.key == key), 0)

    def _take(self, issue_id: str) -> None:
        card = self.cards.pop(issue_id)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _on_add(self) -> None:
        issue_id = self.viewmodel.issues.add()
        self.follow()
        self.cards[issue_id].show()  # a hidden widget can't take the cursor
        self.cards[issue_id].take_cursor("category")

    def _on_remove(self, issue_id: str) -> None:
        self.viewmodel.issues.remove(issue_id)
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def judge(self) -> None:
        """Show at each card what is missing."""
        super().judge()
        for card in self.cards.values():
            card.judge()

    def take_cursor(self, place: Place = NOWHERE) -> None:
        """Move the cursor to a field of a card, or to the first field of the section."""
        cards = list(self.cards.values())
        if place.part == ISSUES and 0 <= place.number < len(cards):
            cards[place.number].take_cursor(place.key)
        elif place.part == ISSUES:
            self._first().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_cursor(place)

    def _first(self) -> QWidget:
        """The first card, or the button that adds one."""
        cards = list(self.cards.values())
        return cards[0].category if cards else self.add

    def first_field(self) -> QWidget | None:
        """The first card or the button, unless the form asks something before the issues."""
        return self._first() if self.section.of.questions[0].key == "issues" else None
