"""The form: the task list, the current section, and "Check your answers"."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QFrame,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.draft.report_sections import CHECK, TaskSection
from visitapp.domain.report.answer_rules import COUNTS
from visitapp.domain.report.form import Form
from visitapp.domain.report.place import Place
from visitapp.ui.log.check import CheckView
from visitapp.ui.log.sections.animals_section import AnimalsSection
from visitapp.ui.log.sections.detainees_section import DetaineesSection
from visitapp.ui.log.sections.issues_section import IssuesSection
from visitapp.ui.log.sections.question_section import QuestionSection
from visitapp.ui.log.sections.rights_section import RightsSection
from visitapp.ui.log.sections.section import SectionWidget
from visitapp.ui.log.sections.times_section import TimesSection
from visitapp.ui.log.sections.visit_section import VisitSection
from visitapp.ui.log.task_list import DISCARD, WIDTH, SectionTask, TaskDrop, TaskList
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS
from visitapp.ui.widgets.arranging import stretch, turn
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.text_area import TextArea

_DROP_FROM = 1.5
"""From this text size on, the task list is a drop-down above the section."""
_LEAST_SECTION = 480
_MOST_BETWEEN = 12
"""The most buttons that Enter skips on its way to the next field."""
TO_CHECK = "Ctrl+Shift+A"
"""Opens "Check your answers"."""


def make_section(viewmodel: LogViewModel, section: TaskSection) -> SectionWidget:
    """The widget for a section, chosen by the questions in it."""
    core = {question.key for question in section.of.questions if question.is_core}
    if section.of.of_rows:
        return RightsSection(viewmodel, section)
    if COUNTS in core:
        of_animals = viewmodel.register.form.row_of == "animal"
        return (AnimalsSection if of_animals else DetaineesSection)(viewmodel, section)
    for key, kind in (
        ("visitors", VisitSection),
        ("arrived", TimesSection),
        ("issues", IssuesSection),
    ):
        if key in core:
            return kind(viewmodel, section)
    return QuestionSection(viewmodel, section)


class FormView(QWidget):
    """One section at a time.

    Signals: `discard_wanted` when the writer wants to throw the draft away.
    """

    discard_wanted = Signal()

    def __init__(self, viewmodel: LogViewModel, look_at_day: Callable[[], None]) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self.sections: dict[str, SectionWidget] = {}
        self._made_for: Form | None = None
        self.check = CheckView(viewmodel, look_at_day)
        self.check.wanted.connect(self.show_place)
        self.tasks, self.drop = TaskList(), TaskDrop()
        for chooser in (self.tasks, self.drop):
            chooser.chosen.connect(self.open_section)
        self.drop.discard_wanted.connect(self.discard_wanted)
        self._title, self._note = label("", "section"), label("", "second", "text2")
        self._head = FlowRow(gap=12, down=6)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(BETWEEN_ACROSS)
        self._layout.addWidget(self._make_side())
        self._layout.addWidget(self._make_main(), 1)
        viewmodel.opened.connect(self._on_opened)
        viewmodel.answered.connect(self._on_answered)
        viewmodel.judged.connect(self._on_judged)
        viewmodel.moved.connect(self._on_moved)
        viewmodel.undoing.restored.connect(self._on_restored)

    def _make_side(self) -> QWidget:
        self._side = QWidget()
        self._side_row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._side)
        self._side_row.setContentsMargins(0, 0, 0, 0)
        self._side_row.setSpacing(8)
        self._side_row.addWidget(self.tasks)
        self._side_row.addWidget(self.drop, 1)
        self.discard = link_button(DISCARD, self.discard_wanted.emit)
        self._side_row.addWidget(self.discard)
        self._side_row.addStretch(0)
        return self._side

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._head.add(self._title)
        self._head.add(self._note)
        self._head.add_stretch()
        column.addWidget(self._head)
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 4, 0, 8)
        self._inner.addWidget(self.check)
        self.check.hide()
        self._inner.addStretch(1)
        self.scroller = ClearScroll(inner)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column.addWidget(self.scroller, 1)
        return main

    def open_section(self, key: str) -> None:
        """Show a section and move the cursor into it."""
        self._viewmodel.move_to(key)
        self._show(key)
        self.take_cursor()

    def take_cursor(self) -> None:
        """Move the cursor into the current section."""
        if self._viewmodel.keeper.section == CHECK:
            self.check.focus_first()
        else:
            self.section(self._viewmodel.keeper.section).take_cursor()

    def section(self, key: str) -> SectionWidget:
        """A section's widget, created when it is first needed."""
        if key not in self.sections:
            section = make_section(self._viewmodel, self._viewmodel.section(key))
            section.hide()
            self.sections[key] = section
            self._inner.insertWidget(self._inner.count() - 2, section)
            if section.heading is not None:
                section.heading.hide()
                self._head.add(section.heading)
            section.fill()
        return self.sections[key]

    def _drop_sections(self) -> None:
        """Remove the sections of another scheme or version of the form."""
        for section in self.sections.values():
            for gone in (section, section.heading):
                if gone is not None:
                    gone.hide()
                    gone.deleteLater()
            if section.heading is not None and section.heading in self._head.widgets():
                self._head.take(section.heading)
            self._inner.removeWidget(section)
        self.sections = {}

    def show_place(self, place: Place) -> None:
        """Show the section of a place and move the cursor to the place."""
        section = next((task for task in self._viewmodel.sections() if task.has(place)), None)
        if section is not None:
            self._viewmodel.move_to(section.key)
            self._show(section.key)
            self.section(section.key).take_cursor(place)

    def _on_opened(self) -> None:
        if not self._viewmodel.is_open:
            return
        if self._made_for != self._viewmodel.register.form:
            self._drop_sections()
            self._made_for = self._viewmodel.register.form
        for section in self.sections.values():
            section.fill()
        self._show(self._viewmodel.keeper.section)

    def _on_restored(self, place: Place) -> None:
        """Show the restored answers, and take the cursor to the one that changed."""
        for section in self.sections.values():
            section.fill()
        self.show_place(place)
        self._on_judged()

    def add_issue(self) -> None:
        """Show the issues section and add an issue."""
        for key in [section.key for section in self._viewmodel.sections()]:
            section = self.section(key)
            if isinstance(section, IssuesSection):
                self._viewmodel.move_to(key)
                self._show(key)
                section.add.click()

    def current(self) -> SectionWidget | None:
        """The section that is shown. The others are updated when they are shown."""
        return (
            self.sections.get(self._viewmodel.keeper.section) if self._viewmodel.is_open else None
        )

    def _on_answered(self) -> None:
        """Keep the cursor in the section if the answer hid what had it, such as a button that has
        done its work: Qt would move it out of the form."""
        if (section := self.current()) is None:
            return
        inside = self._has_cursor()
        section.follow()
        self._show_note(section)
        if inside and not self._has_cursor():
            section.take_cursor()

    def go_to_next_field(self) -> bool:
        """Enter goes on to the next field of the section, past the buttons between fields, such
        as Now and Today; whether there is one."""
        start = QApplication.focusWidget()
        section = self.current()
        if not isinstance(start, LineField | Picker | TextArea) or section is None:
            return False
        for _ in range(_MOST_BETWEEN):
            self.window().focusNextPrevChild(True)
            here = QApplication.focusWidget()
            if here is None or here is start or not section.isAncestorOf(here):
                break
            if not isinstance(here, QAbstractButton) or isinstance(here.parent(), Segmented):
                return True
        start.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    def _has_cursor(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus) and focus.isVisible()

    def _on_judged(self) -> None:
        if (section := self.current()) is not None:
            section.judge()
        if self._viewmodel.is_open:
            self._show_tasks()
            if self.check.isVisibleTo(self):
                self.check.refresh()

    def _on_moved(self) -> None:
        self._show(self._viewmodel.keeper.section)

    def _show(self, key: str) -> None:
        if key == CHECK:
            self.check.refresh()
        else:
            self.section(key).follow()
            self.section(key).judge()
        inside = self._has_cursor()
        self.check.setVisible(key == CHECK)
        for name, section in sorted(self.sections.items(), key=lambda item: item[0] != key):
            if name != key and inside and not section.isHidden():
                self._hold_cursor(key)  # otherwise Qt would move it out of the form for a moment
            section.setVisible(name == key)
            if section.heading is not None:
                section.heading.setVisible(name == key)
        titles = {section.key: section.title for section in self._viewmodel.sections()}
        self._title.setText(titles.get(key, ""))
        self._show_note(self.sections.get(key))
        self.scroller.verticalScrollBar().setValue(0)
        self._show_tasks()
        self._arrange()

    def _hold_cursor(self, key: str) -> None:
        """Move the cursor to the section that comes into sight before the other one goes. An open
        list of choices is closed first, since it holds its field's focus."""
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.hide()
        if key == CHECK:
            self.check.focus_first()
        else:
            self.sections[key].take_cursor()

    def _show_note(self, section: SectionWidget | None) -> None:
        words = "" if section is None else section.note()
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _show_tasks(self) -> None:
        viewmodel, judgement = self._viewmodel, self._viewmodel.judgement
        tasks = [
            SectionTask(section.key, section.title, judgement.progress(section), f"Ctrl+{number}")
            for number, section in enumerate(viewmodel.sections(), 1)
        ]
        self.tasks.show_tasks(tasks, viewmodel.keeper.section, TO_CHECK)
        self.drop.show_tasks(tasks, viewmodel.keeper.section)

    def _arrange(self) -> None:
        """Place the list beside the section, or a drop-down above it if there is no room. "Check
        your answers" has the whole page."""
        chosen = theme()
        room = chosen.px(WIDTH + _LEAST_SECTION) + BETWEEN_ACROSS
        drops = chosen.factor >= _DROP_FROM or (self.isVisible() and self.width() < room)
        checks = self._viewmodel.keeper.section == CHECK
        self.tasks.setVisible(not drops and not checks)
        self.drop.setVisible(drops and not checks)
        self._side.setVisible(not checks)
        self._title.setVisible(not drops and not checks)  # the drop-down shows it
        self.discard.setVisible(not drops)  # the drop-down offers it too
        self._place_heading(drops=drops)
        self._head.setVisible(not checks and any(not w.isHidden() for w in self._head.widgets()))
        turn(self._layout, below=drops)
        turn(self._side_row, below=not drops)
        stretch(self._side_row, self._side_row.count() - 1, 0 if drops else 1)

    def _place_heading(self, *, drops: bool) -> None:
        """Put the widgets that belong to the section's name beside the drop-down, if there is
        room."""
        section = self.current()
        if section is None or section.heading is None:
            return
        heading = section.heading
        wide = self.drop.sizeHint().width() + heading.sizeHint().width() + 8
        above = drops and wide <= self.width()
        is_above = heading.parentWidget() is self._side
        if above and not is_above:
            self._head.take(heading)
            self._side_row.insertWidget(2, heading)
        elif is_above and not above:
            self._side_row.removeWidget(heading)
            self._head.add(heading)
        heading.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Check whether there is room for the list."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Check again when the text size changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._arrange()
