"""Asks which other entry is of the same person or place, under which of the two both are counted,
and why; what that does to the figures is said before."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import short_date
from visitapp.ui.look.theme import fit
from visitapp.ui.typed import HERE_AGAIN, DialogWords
from visitapp.ui.widgets.arranging import clear
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.text_area import TextArea

_WIDTH = 520


class Together(NamedTuple):
    """What was decided: the entry that is counted under the kept one, and why."""

    entry_id: UUID
    kept_id: UUID
    why: str


class EntryChoice(NamedTuple):
    """An entry that can be chosen. `words` are its name with what makes it look the same."""

    id: UUID
    name: str
    words: str
    is_likely: bool = False


class _Outcome(NamedTuple):
    """What counting two together does, or why they can't be the same."""

    figures: str = ""
    problem: str = ""


Effect = Callable[[UUID, UUID], Sequence[str]]
"""What counting the first entry under the second does, as lines. Raises VisitAppError for two that
can't be the same."""


class CountTogetherDialog(FormDialog):
    """The other entry is chosen from a list, likely ones first; the first of these is there when it
    opens."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        own: EntryChoice,
        others: Sequence[EntryChoice],
        effect: Effect,
    ) -> None:
        super().__init__(parent, title, sentence, "Count together")
        fit(self, least_width=_WIDTH)
        self._own, self._others, self._effect = own, others, effect
        self._outcomes: dict[tuple[UUID, UUID], _Outcome] = {}
        self.other = Picker("The other entry", width=360, placeholder="Choose")
        self.other.set_choices([(item.id, item.words) for item in others])
        self._other_row = FormRow("The other entry", self.other)
        self.content.addWidget(self._other_row)
        self.kept: Segmented | None = None
        self._kept_row: FormRow | None = None
        self._figures = label("", "second", "text2", wrap=True)
        self._problem = Reason()
        self.why = TextArea("Why they are the same", lines=2, most_lines=4)
        self._why_row = FormRow("Why they are the same", self.why, wide=True)
        for widget in (self._figures, self._problem, self._why_row):
            self.content.addWidget(widget)
        if DialogWords(self, title, own.name, self.why).was_typed:
            self.content.addWidget(label(HERE_AGAIN, "small", "text2", wrap=True))
        likely = next((item.id for item in others if item.is_likely), None)
        self.other.chosen.connect(lambda *_: self._on_other())
        if likely is not None:
            self.other.set_key(likely)
            self._on_other()
        self.other.setFocus()

    def _on_other(self) -> None:
        """Offer both to be kept: the entry at hand, unless only the other one can be."""
        if self._kept_row is not None:
            self._kept_row.hide()
            self._kept_row.deleteLater()
        self.kept = self._kept_row = None
        self._other_row.set_error("")
        other = self._chosen()
        if other is not None:
            self.kept = Segmented(
                "Counted as", [(item.id, item.name) for item in (self._own, other)]
            )
            self._kept_row = FormRow("Counted as", self.kept)
            self.content.insertWidget(1, self._kept_row)
            as_own, as_other = self._outcome(other.id, self._own.id), (self._own.id, other.id)
            only_other = as_own.problem and not self._outcome(*as_other).problem
            self.kept.set_key((other if only_other else self._own).id)
            self.kept.chosen.connect(lambda _: self._say())
        self._say()

    def _outcome(self, entry_id: UUID, kept_id: UUID) -> _Outcome:
        """What counting them together does; counted once, as it takes all years."""
        pair = (entry_id, kept_id)
        if pair not in self._outcomes:
            try:
                self._outcomes[pair] = _Outcome("\n".join(self._effect(*pair)))
            except VisitAppError as error:
                self._outcomes[pair] = _Outcome(problem=str(error))
        return self._outcomes[pair]

    def _chosen(self) -> EntryChoice | None:
        return next((item for item in self._others if item.id == self.other.key()), None)

    def decided(self) -> Together | None:
        """What is chosen; None without another entry."""
        other = self._chosen()
        if other is None or self.kept is None:
            return None
        ids = (self._own.id, other.id)
        entry_id, kept_id = ids if self.kept.key() == other.id else ids[::-1]
        return Together(entry_id, kept_id, self.why.text().strip())

    def _say(self) -> None:
        """What would be counted, or why the two can't be the same."""
        decided = self.decided()
        words = _Outcome() if decided is None else self._outcome(decided.entry_id, decided.kept_id)
        self._figures.setText(words.figures)
        self._figures.setVisible(bool(words.figures))
        self._problem.say(words.problem)
        self._why_row.set_error("")
        self.grow()

    def accept(self) -> None:
        """Close if the two can be the same, and somebody says why."""
        decided = self.decided()
        self._other_row.set_error("" if decided else "Choose the other entry.")
        no_reason = decided is not None and not decided.why
        self._why_row.set_error("Say why. It is saved with the decision." if no_reason else "")
        if decided is None:
            self.other.setFocus()
        elif self._problem.text() and self.kept is not None:
            self.kept.setFocus()
        elif no_reason:
            self.why.setFocus()
        else:
            super().accept()
        self.grow()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        title: str,
        sentence: str,
        own: EntryChoice,
        others: Sequence[EntryChoice],
        effect: Effect,
    ) -> Together | None:
        """The decision, or None if the user cancelled."""
        dialog = cls(parent, title, sentence, own, others, effect)
        taken = dialog.exec() == FormDialog.DialogCode.Accepted
        decided = dialog.decided()
        dialog.deleteLater()
        return decided if taken else None


class CountedEntry(NamedTuple):
    """An entry that counts as another one, and the decision."""

    name: str
    why: str
    by: str
    at: datetime
    undo: Callable[[], object]


class OtherEntries(QWidget):
    """The entries that count as the one shown, each with Undo. `what` is that they are: `the same
    person`."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self._what = what
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_of(self, kept: str, known: Sequence[CountedEntry]) -> None:
        """Show the entries, by name, that count as the one with the name `kept`."""
        clear(self._column)
        self.setVisible(bool(known))
        for item in known:
            self._column.addWidget(hairline())
            words = f"{item.name} counts as {kept}: {self._what}"
            self._column.addWidget(label(words, "strong", wrap=True))
            by = f"Decided by {item.by}, {short_date(uk_time(item.at))}. {item.why}"
            self._column.addWidget(label(by, "second", "text2", wrap=True))
            self._column.addWidget(link_button("Undo", item.undo, about=words))
