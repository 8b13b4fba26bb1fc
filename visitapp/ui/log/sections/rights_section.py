"""The section "Rights and welfare": one detainee at a time of those who were seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from visitapp.domain.draft.report_sections import TaskSection, asked, seen_rows
from visitapp.domain.reading.report_cards import ends_of, row_title
from visitapp.domain.report.answer_rules import groups_of
from visitapp.domain.report.answers import Counting, Row
from visitapp.domain.report.kinds import NOT_CHECKED
from visitapp.domain.report.place import NOWHERE, Place, of_row
from visitapp.domain.text.wording import out_of
from visitapp.ui.log.questions.answer_source import RowAnswers
from visitapp.ui.log.questions.question_list import QuestionList
from visitapp.ui.log.sections.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel

_COUNTED = (
    "To answer questions about each detainee, choose \u201cOne row each\u201d or "
    "\u201cBoth\u201d under Detainees."
)
_NOBODY = "These questions appear when you have added a detainee you saw."


class RightsSection(SectionWidget):
    """Questions of the groups rights, welfare and record check, for the current row."""

    def __init__(self, viewmodel: LogViewModel, section: TaskSection) -> None:
        super().__init__(viewmodel, section)
        self.about = RowAnswers(viewmodel, section.key)
        self.groups = [
            QuestionList(viewmodel, self.about, group.questions, group.title)
            for group in groups_of(viewmodel.register.form, section.of)
        ]
        self.previous = button(
            "Previous", lambda: self.turn(-1), icon="chevron-left", shortcut="Alt+Left", small=True
        )
        self.next = button(
            "Next", lambda: self.turn(1), icon="chevron-right", shortcut="Alt+Right", small=True
        )
        self.others = button("", self.rest_by_key, icon="minus", shortcut="Ctrl+Shift+R")
        self.heading = FlowRow()
        self.heading.add(self.others)
        self._who = label("", "h2")
        self._where = label("", "second", "text2")
        self._pager = self._make_pager()
        self._empty = Panel()
        self._nothing = EmptyState("users", _COUNTED)
        self._empty.body.addWidget(self._nothing)
        self.add_list(self.own_questions())
        for widget in (self._empty, self._pager, *self.groups):
            self.body.addWidget(widget)
        self._shown = ""

    def _make_pager(self) -> QWidget:
        pager = Panel(flush=True)
        flow = FlowRow(gap=10)
        flow.add(self._who)
        flow.add(self._where)
        flow.add_stretch()
        flow.add(self.previous)
        flow.add(self.next)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(flow)
        pager.body.addLayout(row)
        return pager

    def seen(self) -> tuple[Row, ...]:
        """The rows of those who were seen."""
        return seen_rows(self.viewmodel.reading)

    def fill(self) -> None:
        """Start with the first detainee who has unanswered questions."""
        self._shown = ""
        self.about.row_id = ""
        super().fill()

    def follow(self) -> None:
        """Show the current detainee, and the questions about them."""
        super().follow()
        rows = self.seen()
        if self.about.row_id not in [row.id for row in rows]:
            waiting = [row for row in rows if self._left(row)]
            self.about.row_id = (waiting or list(rows))[0].id if rows else ""
        by_numbers = self.viewmodel.reading.answered.counting is Counting.COUNTS
        self._nothing.sentence.setText(_COUNTED if by_numbers else _NOBODY)
        self._empty.setVisible(not rows)
        self._pager.setVisible(bool(rows))
        is_other, self._shown = self._shown != self.about.row_id, self.about.row_id
        for group in self.groups:
            if not rows:
                group.hide()
            elif is_other:
                group.fill()
            else:
                group.follow()
        self.others.setVisible(bool(rows))
        if rows:
            self._show_pager(rows)

    def _show_pager(self, rows: tuple[Row, ...]) -> None:
        at = self._at(rows)
        row, about = rows[at], self.viewmodel.surroundings()
        ends = ends_of(self.viewmodel.reading.answered)
        self._who.setText(row_title(row, about, self.viewmodel.register.form.row_of, ends))
        book = self.viewmodel.register.book
        count = row.count
        known = [] if count is None else [
            book.label("gender", count.gender), book.label("age_group", count.age_group)
        ]  # fmt: skip
        left = len(self._left(row))
        done = f"{left} to answer" if left else "done"
        facts = [fact for fact in known if fact]
        self._where.setText("; ".join([f"{out_of(at + 1, len(rows))} seen", *facts, done]))
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(at + 1 < len(rows))
        self.others.setVisible(bool(left))
        self.others.setText(f"Mark the remaining {left} as not checked")
        self.others.setAccessibleName(self.others.text())

    def _at(self, rows: tuple[Row, ...]) -> int:
        return [row.id for row in rows].index(self.about.row_id)

    def _left(self, row: Row) -> list[str]:
        """Questions without an answer that can be marked as not checked."""
        questions = asked(self.viewmodel.register.basis, self.section, row)
        return [q.key for q in questions if q.traits.answers and q.key not in row.answers]

    def turn(self, step: int) -> None:
        """Go to the next or the previous detainee."""
        rows = self.seen()
        if not rows:
            return
        self.about.row_id = rows[max(0, min(len(rows) - 1, self._at(rows) + step))].id
        self.follow()
        self.judge()
        self.groups[0].take_cursor()

    def rest_by_key(self) -> None:
        """Mark the remaining questions about the current detainee as not checked."""
        row = self.viewmodel.row(self.about.row_id)
        if row is None:
            return
        left = self._left(row)
        if left and self.others.hasFocus():  # the button is about to be hidden
            self.take_cursor(of_row(row.number, left[0]))
        self.about.put_all(dict.fromkeys(left, NOT_CHECKED))

    def judge(self) -> None:
        """Show what is wrong in an answer."""
        super().judge()
        for group in self.groups:
            if not group.isHidden():
                group.judge()

    def take_cursor(self, place: Place = NOWHERE) -> None:
        """Move the cursor to an answer about a row, or to the first question."""
        wanted = [row for row in self.seen() if place == of_row(row.number, place.key)]
        if wanted:
            self.about.row_id = wanted[0].id
            self.follow()
        lists = [shown for shown in (*self.lists, *self.groups) if not shown.isHidden()]
        if not any(group.take_cursor(place.key) for group in lists):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
