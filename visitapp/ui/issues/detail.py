"""One issue next to the list: what it is, what has happened, and what to record next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.following.issue_list import IssueFile, IssueLine, after_title, days_words
from visitapp.domain.following.issue_steps import response_or_reason
from visitapp.domain.text.wording import day_of_month
from visitapp.ui.issues.response import ResponseForm
from visitapp.ui.issues.tablemodel import where
from visitapp.ui.issues.viewmodel import IssueEvent, IssuesViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, icon_label, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.tag import Tag

_SEVERE = {3: "warn", 4: "bad"}


class IssueDetail(Panel):
    """Shows one issue at a time. The form stays, and keeps what was typed for each issue."""

    def __init__(self, viewmodel: IssuesViewModel, go_to_visit: Callable[[], object]) -> None:
        super().__init__()
        self._viewmodel, self._go_to_visit = viewmodel, go_to_visit
        self._tags = FlowRow(gap=8)
        self._title = label("", "h2", wrap=True)
        self._where = label("", "second", "text2", wrap=True)
        self._words = label("", "body", wrap=True)
        self._history = QVBoxLayout()
        self._history.setSpacing(0)
        self._line = hairline()
        self._answer = QVBoxLayout()
        self._answer.setSpacing(4)
        self.form = ResponseForm(viewmodel)
        for widget in (self._tags, self._title, self._where, self._words, hairline()):
            self.body.addWidget(widget)
        self.body.addLayout(self._history)
        self.body.addLayout(self._answer)
        self.body.addWidget(self._line)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.body.setSpacing(8)
        viewmodel.shown.connect(self._on_shown)
        self._on_shown()

    def _on_shown(self) -> None:
        file = self._viewmodel.file
        self.setVisible(file is not None)
        if file is None:
            return
        line = file.line
        self.setAccessibleName(line.title)
        self._show_tags(line)
        self._title.setText(line.title)
        place = line.issue.place.strip()
        in_place = f"; {place}" if place and place != line.site_name else ""
        self._where.setText(f"{where(line)}{in_place}")
        rest = after_title(line.issue.description)
        self._words.setText(rest)
        self._words.setVisible(bool(rest))
        _clear(self._history)
        events = self._viewmodel.history()
        for at, event in enumerate(events):
            self._history.addWidget(_Event(event, is_last=at == len(events) - 1))
        self._show_answer(file)
        may_record = self._viewmodel.may_record and bool(self._viewmodel.choices())
        self._line.setVisible(may_record)
        self.form.setVisible(may_record)
        self.form.show_issue()

    def _show_tags(self, line: IssueLine) -> None:
        self._tags.clear()
        if line.is_open and line.is_at_once and not line.is_positive:
            self._tags.add(Tag("Due at once", "bad", "triangle-alert"))
        elif line.is_overdue:
            over = f"{days_words(line.days_over)} over the limit"
            self._tags.add(Tag(over, "bad", "triangle-alert"))
        elif line.is_open:
            self._tags.add(Tag(f"{days_words(-line.days_over)} left", "grey", "hourglass"))
        if not line.is_positive:
            book = self._viewmodel.books[line.scheme_id]
            severity = book.name("issue_severity", str(line.issue.severity))
            self._tags.add(Tag(severity, _SEVERE.get(line.issue.severity, "grey")))
        else:
            self._tags.add(Tag(line.category, "good", "circle-check"))
        self._tags.add_stretch()
        if line.visit_id is not None:
            day = day_of_month(line.raised_on)
            self._tags.add(link_button(f"The visit of {day}", self._go_to_visit))

    def _show_answer(self, file: IssueFile) -> None:
        """Show `You said, we did` once the force has answered and the issue is closed; in other
        words for what no visitor said."""
        _clear(self._answer)
        done = response_or_reason(file.steps)
        if file.line.is_open or file.line.is_positive or not done:
            return
        self._answer.addWidget(hairline())
        of_visit = file.line.visit_id is not None
        raised, answer = ("You said", "We did") if of_visit else ("The issue", "What was done")
        for name, words in (
            (raised, file.line.issue.description or file.line.title),
            (answer, done),
        ):
            self._answer.addWidget(label(name, "smallStrong", "text2"))
            self._answer.addWidget(label(words.strip(), "body", wrap=True))


class _Event(QWidget):
    """An event in the history: an icon on a line to the next one, when and what, and details."""

    def __init__(self, event: IssueEvent, *, is_last: bool) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        marks = QVBoxLayout()
        marks.setContentsMargins(0, 2, 0, 2)
        marks.setSpacing(2)
        marks.addWidget(icon_label(event.icon, 18, "primary"), 0, Qt.AlignmentFlag.AlignHCenter)
        thread = QFrame()
        thread.setProperty("class", "hairline")
        thread.setFixedWidth(2)
        thread.setVisible(not is_last)
        fit(thread, least_height=8)
        marks.addWidget(thread, 1, Qt.AlignmentFlag.AlignHCenter)
        if is_last:
            marks.addStretch(1)
        row.addLayout(marks)
        words = QVBoxLayout()
        words.setContentsMargins(0, 0, 0, 6)
        words.setSpacing(0)
        words.addWidget(label(event.title, "strong", wrap=True))
        if event.words:
            words.addWidget(label(event.words, "second", "text2", wrap=True))
        row.addLayout(words, 1)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
