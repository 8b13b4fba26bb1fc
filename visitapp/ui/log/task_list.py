"""The sections as a list with the progress of each, and what is left to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from visitapp.domain.draft.report_sections import CHECK, SectionProgress
from visitapp.domain.text.wording import lowered, out_of
from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.theme import Theme, fit, theme
from visitapp.ui.look.tokens import PANEL_RADIUS
from visitapp.ui.widgets.buttons import DropButton, menu_action, menu_choice
from visitapp.ui.widgets.labels import hairline
from visitapp.ui.widgets.page_list import PageList
from visitapp.ui.widgets.panel import Panel

WIDTH = 284
DISCARD = "Discard this draft\u2026"
_ROW, _LEAST_ROW, _BAR, _SIDE = 44, 34, 4, 12

_MARKS = {
    SectionProgress.NOT_STARTED: ("circle", "text2"),
    SectionProgress.IN_PROGRESS: ("circle-dot", "onPrimarySoft"),
    SectionProgress.DONE: ("circle-check", "good"),
    SectionProgress.PROBLEM: ("triangle-alert", "bad"),
    SectionProgress.NOT_NEEDED: ("minus", "text2"),
}
_HEAVY = (SectionProgress.IN_PROGRESS, SectionProgress.PROBLEM)


@dataclass(frozen=True, slots=True)
class SectionTask:
    """A line of the list: a section, its progress, and its shortcut."""

    key: str
    title: str
    progress: SectionProgress
    shortcut: str


class _TaskRow(QAbstractButton):
    """Name on the left, progress on the right. The current section has a bar and a tint."""

    def __init__(self, task: SectionTask) -> None:
        super().__init__()
        self._task = task
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(task.shortcut)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.show_task(task)

    def show_task(self, task: SectionTask) -> None:
        """Show the progress of the section."""
        self._task = task
        self.setText(task.title)
        self.setAccessibleName(f"{task.title}: {lowered(task.progress.words)}")
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the name and the progress."""
        chosen = theme()
        name = QFontMetrics(chosen.font("strong")).horizontalAdvance(self._task.title)
        words = QFontMetrics(chosen.font("smallStrong"))
        longest = max(words.horizontalAdvance(progress.words) for progress in SectionProgress)
        return QSize(name + longest + chosen.px(16) + 3 * _SIDE + 6, chosen.px(_ROW))

    def minimumSizeHint(self) -> QSize:
        """Words are never cut off, but lines are closer together on a low screen."""
        return QSize(self.sizeHint().width(), theme().px(_LEAST_ROW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        chosen, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.fillRect(self.rect(), chosen.colour("primarySoft" if on else "hover"))
        if on:
            painter.fillRect(QRect(0, 0, _BAR, self.height()), chosen.colour("primary"))
        inner = self.rect().adjusted(_SIDE, 0, -_SIDE, 0)
        painter.setFont(chosen.font("strong" if on else "body"))
        painter.setPen(chosen.colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignLeft, self._task.title)
        self._paint_state(painter, inner, chosen)

    def _paint_state(self, painter: QPainter, inner: QRect, chosen: Theme) -> None:
        progress = self._task.progress
        icon, token = _MARKS[progress]
        side = chosen.px(16)
        painter.drawPixmap(
            inner.right() - side + 1, (self.height() - side) // 2, pixmap(icon, 16, token)
        )
        font = chosen.font("smallStrong" if progress in _HEAVY else "small")
        if progress is SectionProgress.DONE:
            font.setWeight(QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(chosen.colour(token))
        words = inner.adjusted(0, 0, -side - 6, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(words, flags, progress.words)


class _CheckCard(QAbstractButton):
    """The button for "Check your answers", with what is done so far."""

    def __init__(self) -> None:
        super().__init__()
        self._facts = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText("Check your answers")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_facts(self, facts: str, shortcut: str) -> None:
        """Show what is done so far."""
        self._facts = facts
        self.setToolTip(shortcut)
        self.setAccessibleName(f"Check your answers. {facts}")
        self.updateGeometry()
        self.update()

    def _inner(self, width: int) -> tuple[QRect, QRect]:
        chosen = theme()
        left, top = _SIDE, 12
        title = QRect(left, top, width - 2 * _SIDE, chosen.px(22))
        words = QRect(left, title.bottom() + 4, title.width(), 10_000)
        metrics = QFontMetrics(chosen.font("small"))
        words = metrics.boundingRect(words, Qt.TextFlag.TextWordWrap, self._facts)
        return title, words

    def hasHeightForWidth(self) -> bool:
        """The height depends on the width, since the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the words need."""
        return self._inner(width)[1].bottom() + 13

    def sizeHint(self) -> QSize:
        """The size at the usual width."""
        wide = theme().px(WIDTH)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a panel with an icon, a title and the facts."""
        chosen, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "primarySoft" if self.isChecked() else "hover" if self.underMouse() else "panel"
        painter.setBrush(chosen.colour(fill))
        painter.setPen(chosen.colour("primary" if self.isChecked() else "line"))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), PANEL_RADIUS, PANEL_RADIUS)
        title, words = self._inner(self.width())
        icon = pixmap("list-checks", 18, "text")
        painter.drawPixmap(title.left(), title.top() + (title.height() - chosen.px(18)) // 2, icon)
        painter.setFont(chosen.font("strong"))
        painter.setPen(chosen.colour("text"))
        shifted = title.adjusted(chosen.px(18) + 8, 0, 0, 0)
        painter.drawText(shifted, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(chosen.font("small"))
        painter.setPen(chosen.colour("text3"))
        painter.drawText(words, Qt.TextFlag.TextWordWrap, self._facts)


def facts(tasks: Sequence[SectionTask]) -> str:
    """How many sections are done, with a note that none has to be done yet."""
    done = sum(task.progress.is_done for task in tasks)
    return f"{out_of(done, len(tasks))} sections done. Nothing is compulsory until you sign."


class TaskList(QWidget):
    """Signals: `chosen` (key of a section, or `CHECK`)."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, _TaskRow] = {}
        self._panel = Panel(flush=True)
        self._list = PageList(self, self._panel, "Sections of the report")
        self.check = _CheckCard()
        self._list.add(CHECK, self.check)
        self.check.clicked.connect(lambda: self.chosen.emit(CHECK))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._panel)
        column.addWidget(self.check)
        fit(self, width=WIDTH)

    def show_tasks(self, tasks: Sequence[SectionTask], current: str, check_shortcut: str) -> None:
        """Show the sections and mark the current one."""
        if list(self.rows) != [task.key for task in tasks]:
            self._make_rows(tasks)
        for task in tasks:
            self.rows[task.key].show_task(task)
        self.check.show_facts(facts(tasks), check_shortcut)
        self._list.show_current(current)

    def _make_rows(self, tasks: Sequence[SectionTask]) -> None:
        while (item := self._panel.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key in self.rows:
            self._list.remove(key)
        self.rows = {}
        for task in tasks:
            if self.rows:
                self._panel.body.addWidget(hairline())
            row = _TaskRow(task)
            self._list.add(task.key, row)
            row.clicked.connect(partial(self.chosen.emit, task.key))
            self.rows[task.key] = row
            self._panel.body.addWidget(row)
        self._list.put_last(CHECK)


class TaskDrop(DropButton):
    """The task list as a drop-down, if there is no room for a column.

    Signals: `chosen` (key of a section, or `CHECK`); `discard_wanted`.
    """

    chosen = Signal(str)
    discard_wanted = Signal()

    def __init__(self) -> None:
        super().__init__("Section")
        self._tasks: tuple[SectionTask, ...] = ()
        self._current = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def show_tasks(self, tasks: Sequence[SectionTask], current: str) -> None:
        """Show the current section and its progress."""
        self._tasks, self._current = tuple(tasks), current
        for number, task in enumerate(tasks, 1):
            if task.key == current:
                state = lowered(task.progress.words)
                self.show_choice(f"{task.title}: section {out_of(number, len(tasks))}, {state}")
        if current == CHECK:
            self.show_choice("Check your answers")

    def menu_of_sections(self) -> QMenu:
        """A new menu of the sections."""
        menu = QMenu(self)
        for task in self._tasks:
            words = f"{task.title}: {lowered(task.progress.words)}"
            go = partial(self.chosen.emit, task.key)
            menu_choice(menu, words, go, is_current=task.key == self._current)
        menu.addSeparator()
        menu_action(menu, "Check your answers", partial(self.chosen.emit, CHECK))
        menu.addSeparator()
        menu_action(menu, DISCARD, self.discard_wanted.emit)
        return menu

    def _open(self) -> None:
        menu = self.menu_of_sections()
        menu.aboutToHide.connect(menu.deleteLater)
        self.open_menu(menu)
