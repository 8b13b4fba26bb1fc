"""One meeting, in the panel next to the table."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.moment import uk_time
from visitapp.domain.office.meeting import Meeting, MeetingAction, MeetingEdition
from visitapp.domain.text.bold_words import without_marks
from visitapp.domain.text.wording import number_of, out_of, short_date, time_given
from visitapp.ui.meetings.viewmodel import MeetingsViewModel
from visitapp.ui.widgets.arranging import clear
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label


def edition_words(edition: MeetingEdition) -> str:
    """`As saved by Rowena Tollgate, Thu 16 Jan 2025 at 10:00`."""
    if edition.at is None:
        return "As it was first saved, day not known"
    at = uk_time(edition.at)
    return f"As saved by {edition.by}, {short_date(at.date())} at {at:%H:%M}"


class MeetingDetails(QWidget):
    """How it was held, who came, its actions with a link to say that one is done, and minutes."""

    def __init__(
        self,
        viewmodel: MeetingsViewModel,
        edit: Callable[[], object],
        save_paper: Callable[[], object],
    ) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._earlier: Sequence[MeetingEdition] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        buttons = FlowRow(gap=8)
        self.edit_button = button("Edit", edit, icon="pencil", small=True)
        self.edit_button.setToolTip("Enter")
        self.paper_button = button("Meeting pack\u2026", save_paper, icon="printer", small=True)
        self.paper_button.setToolTip("Ctrl+P")
        buttons.add(self.edit_button)
        buttons.add(self.paper_button)
        column.addWidget(buttons)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        column.addLayout(self._lines)
        column.addStretch(1)

    def show_meeting(self, meeting: Meeting) -> None:
        """Show this meeting."""
        clear(self._lines)
        length = "" if meeting.length is None else f", {time_given(meeting.length)}"
        self._add(f"{meeting.mode.label}{length}")
        for name, words in (
            ("", meeting.place),
            ("Chair: ", meeting.chair),
            ("Others: ", meeting.guests),
        ):
            if words:
                self._add(f"{name}{words}")
        called = len(meeting.present) + len(meeting.apologies)
        if called:
            self._add(f"{out_of(len(meeting.present), called)} came", "strong")
        if meeting.apologies:
            self._add(f"Apologies: {self._viewmodel.names(meeting.apologies)}", tone="text2")
        if meeting.actions:
            self._lines.addWidget(hairline())
            self._add("Actions", "strong")
        for at, action in enumerate(meeting.actions):
            self._add_action(meeting, at, action)
        minutes = without_marks(meeting.record)
        for name, words in (("More for the agenda", meeting.topics), ("Minutes", minutes)):
            if words:
                self._lines.addWidget(hairline())
                self._add(name, "strong")
                self._add(words)
        self._add_earlier(meeting)

    def _add_earlier(self, meeting: Meeting) -> None:
        """A link that shows what minutes and actions were before."""
        self._earlier = self._viewmodel.earlier(meeting)
        if self._earlier:
            self._lines.addWidget(hairline())
            number = number_of(len(self._earlier), "earlier version")
            self._earlier_link = link_button(f"Show {number}", self._show_earlier)
            self._earlier_link.setObjectName("earlier")
            row = FlowRow(gap=10)
            row.add(self._earlier_link)
            self._lines.addWidget(row)

    def _show_earlier(self) -> None:
        self._earlier_link.hide()
        for edition in self._earlier:
            self._add(edition_words(edition), "strong")
            for action in edition.actions:
                owner = f"{action.owner}: " if action.owner else ""
                done = f", done {short_date(action.done_on)}" if action.done_on else ""
                self._add(f"{owner}{action.what}{done}", tone="text2")
            self._add(without_marks(edition.record) or "No minutes", tone="text2")

    def _add(self, words: str, style: str = "second", tone: str = "text") -> None:
        self._lines.addWidget(label(words, style, tone, wrap=True))

    def _add_action(self, meeting: Meeting, at: int, action: MeetingAction) -> None:
        owner = f"{action.owner}: " if action.owner else ""
        self._add(f"{owner}{action.what}")
        if action.done_on is not None:
            words, tone = f"Done {short_date(action.done_on)}", "text2"
        elif action.due_on is None:
            words, tone = "To do, no date", "text2"
        else:
            is_late = action.is_overdue(self._viewmodel.today)
            words = f"{'Late: ' if is_late else ''}by {short_date(action.due_on)}"
            tone = "onBadSoft" if is_late else "text2"
        row = FlowRow(gap=10)
        row.add(label(words, "small", tone))
        verb = "Done" if action.done_on is None else "Not done yet"
        done = partial(self._viewmodel.mark_done, meeting, at)
        row.add(link_button(verb, done, about=action.what))
        self._lines.addWidget(row)
