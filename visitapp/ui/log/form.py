"""The form itself: the task list, the section in sight, and "Check your answers"."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from visitapp.domain.report_sections import CHECK
from visitapp.domain.rules import Finding
from visitapp.ui.log.check import CheckView
from visitapp.ui.log.counts_section import CountsSection
from visitapp.ui.log.issues_section import IssuesSection
from visitapp.ui.log.section import SectionWidget
from visitapp.ui.log.summary_section import SummarySection
from visitapp.ui.log.task_list import WIDTH, Task, TaskDrop, TaskList
from visitapp.ui.log.times_section import TimesSection
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.log.visit_section import VisitSection
from visitapp.ui.theme import theme
from visitapp.ui.tokens import BETWEEN_ACROSS
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.labels import label

_DROP_FROM = 1.5
"""Text size from which the task list is a drop-down above the section."""
_LEAST_SECTION = 480


class FormView(QWidget):
    """One section at a time.

    Signals: `discard_wanted` when the writer wants to throw the draft away.
    """

    discard_wanted = Signal()

    def __init__(self, model: LogViewModel, look_at_day: Callable[[], None]) -> None:
        super().__init__()
        self._model = model
        self.sections: dict[str, SectionWidget] = {
            "visit": VisitSection(model),
            "times": TimesSection(model),
            "counts": CountsSection(model),
            "issues": IssuesSection(model),
            "summary": SummarySection(model),
        }
        self.check = CheckView(model, look_at_day)
        self.check.wanted.connect(self.show_field)
        self.tasks, self.drop = TaskList(), TaskDrop()
        for chooser in (self.tasks, self.drop):
            chooser.chosen.connect(self.open_section)
        self._title = label("", "section")
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(BETWEEN_ACROSS)
        self._layout.addWidget(self._make_side())
        self._layout.addWidget(self._make_main(), 1)
        model.opened.connect(self._on_opened)
        model.answered.connect(self._on_answered)
        model.judged.connect(self._on_judged)
        model.moved.connect(self._on_moved)

    def _make_side(self) -> QWidget:
        self._side = QWidget()
        self._side_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._side)
        self._side_row.setContentsMargins(0, 0, 0, 0)
        self._side_row.setSpacing(8)
        self._side_row.addWidget(self.tasks)
        self._side_row.addWidget(self.drop, 1)
        self.discard = link_button("Discard this draft\u2026", self.discard_wanted.emit)
        self._side_row.addWidget(self.discard)
        self._side_row.addStretch(0)
        return self._side

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        inner = QWidget()
        inner_column = QVBoxLayout(inner)
        inner_column.setContentsMargins(0, 4, 0, 8)
        for widget in (*self.sections.values(), self.check):
            inner_column.addWidget(widget)
            widget.hide()
        inner_column.addStretch(1)
        self.scroller = QScrollArea()
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroller.setWidget(inner)
        inner.setAutoFillBackground(False)
        self.scroller.viewport().setAutoFillBackground(False)
        column.addWidget(self.scroller, 1)
        return main

    def open_section(self, key: str) -> None:
        """Show a section and take the cursor into it."""
        self._model.move_to(key)
        self._show(key)
        self.take_cursor()

    def take_cursor(self) -> None:
        """Take the cursor into the section in sight."""
        section = self.sections.get(self._model.keeper.section)
        if section is None:
            self.check.focus_first()
        else:
            section.focus_field("")

    def show_field(self, field: str) -> None:
        """Show the section of a field and take the cursor to it."""
        finding = Finding(field, "", False)
        section = next((s for s in self._model.sections() if s.holds(finding)), None)
        if section is not None:
            self._model.move_to(section.key)
            self._show(section.key)
            self.sections[section.key].focus_field(field)

    def _on_opened(self) -> None:
        if not self._model.is_open:
            return
        for section in self.sections.values():
            section.fill()
            section.follow()
            section.judge()
        self._show(self._model.keeper.section)

    def _on_answered(self) -> None:
        if self._model.is_open:
            for section in self.sections.values():
                section.follow()

    def _on_judged(self) -> None:
        if self._model.is_open:
            for section in self.sections.values():
                section.judge()
            self._show_tasks()
            if self.check.isVisibleTo(self):
                self.check.refresh()

    def _on_moved(self) -> None:
        self._show(self._model.keeper.section)

    def _show(self, key: str) -> None:
        if key == CHECK:
            self.check.refresh()
        self.check.setVisible(key == CHECK)
        for name, section in self.sections.items():
            section.setVisible(name == key)
        titles = {section.key: section.title for section in self._model.sections()}
        self._title.setText(titles.get(key, ""))
        self.scroller.verticalScrollBar().setValue(0)
        self._show_tasks()
        self._arrange()

    def _show_tasks(self) -> None:
        model = self._model
        tasks = [
            Task(section.key, section.title, model.progress(section), f"Ctrl+{number}")
            for number, section in enumerate(model.sections(), 1)
        ]
        self.tasks.show_tasks(tasks, model.keeper.section, f"Ctrl+{len(tasks) + 1}")
        self.drop.show_tasks(tasks, model.keeper.section)

    def _arrange(self) -> None:
        """The list beside the section; a drop-down above it where there is no room. To check
        one's answers the whole page is given."""
        chosen = theme()
        room = chosen.px(WIDTH + _LEAST_SECTION) + BETWEEN_ACROSS
        drops = chosen.factor >= _DROP_FROM or (self.isVisible() and self.width() < room)
        checks = self._model.keeper.section == CHECK
        self.tasks.setVisible(not drops and not checks)
        self.drop.setVisible(drops and not checks)
        self._side.setVisible(not checks)
        self._title.setVisible(not drops and not checks)  # the drop-down says it
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._layout.setDirection(down if drops else across)
        self._side_row.setDirection(across if drops else down)
        self._side_row.setStretch(self._side_row.count() - 1, 0 if drops else 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look whether there is room for the list."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Look again when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._arrange()
