"""The panels of Home."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.period import Period
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.site_quarter import SiteQuarter
from visitapp.ui.home.squares import LEGEND, Example, Months, Squares
from visitapp.ui.home.tasks import HomeTask
from visitapp.ui.home.viewmodel import Status
from visitapp.ui.home.year_figures import Figure, ShareBars
from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import INSET
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, icon_label, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.tag import Tag

_NAME, _STATUS = 150, 196


def quarter_panel(
    title: str,
    note: str,
    quarters: Sequence[SiteQuarter],
    statuses: Sequence[Status],
    weeks: Sequence[Period],
    *,
    stacked: bool,
) -> Panel:
    """Each site with this week's state and its squares, which go below it if `stacked`."""
    panel = Panel(title, note, flush=True)
    if not stacked:
        panel.body.addWidget(_head(weeks))
    for quarter, status in zip(quarters, statuses, strict=True):
        panel.body.addWidget(_site_row(quarter, status, weeks, months=stacked))
        panel.body.addWidget(hairline())
    legend = FlowRow(gap=16)
    for mark in LEGEND:
        legend.add(_legend_item(Example(mark), mark.value))
    panel.body.addWidget(_inset(legend))
    return panel


def _head(weeks: Sequence[Period]) -> QWidget:
    head = QFrame()
    head.setProperty("class", "tableHead")
    row = QHBoxLayout(head)
    row.setContentsMargins(INSET, 6, INSET, 6)
    row.setSpacing(12)
    for words, width in (("Site", _NAME), ("Now", _STATUS)):
        heading = label(words, "smallStrong", "text2")
        fit(heading, width=width)
        row.addWidget(heading)
    row.addWidget(Months(weeks))
    row.addStretch(1)
    return head


def _site_row(
    quarter: SiteQuarter, status: Status, weeks: Sequence[Period], *, months: bool
) -> QWidget:
    row = FlowRow(gap=12)
    name = label(quarter.site.name, "strong", wrap=True)
    fit(name, width=_NAME)
    row.add(name)
    state = QWidget()
    fit(state, width=_STATUS)
    column = QVBoxLayout(state)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    column.addWidget(Tag(status.word, status.kind, status.icon), 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(label(status.note, "small", "text2", wrap=True))
    row.add(state)
    row.add(Squares(quarter, weeks, months=months))
    return _inset(row)


def _legend_item(example: QWidget, words: str) -> QWidget:
    item = QWidget()
    row = QHBoxLayout(item)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(example)
    row.addWidget(label(words, "small", "text2"))
    return item


def _inset(inner: QWidget) -> QWidget:
    outer = QWidget()
    column = QVBoxLayout(outer)
    column.setContentsMargins(INSET, 8, INSET, 8)
    column.addWidget(inner)
    return outer


def tasks_panel(
    tasks: Sequence[HomeTask], act: Callable[[HomeTask], object], *, leads: bool = True
) -> Panel:
    """Tasks, most urgent first, with a button each; the first is primary if it `leads` the
    page."""
    several = "things, most urgent first"
    many = number_of(len(tasks), "thing", several) if tasks else "nothing at the moment"
    panel = Panel("To do", many, flush=True)
    for at, task in enumerate(tasks):
        if at:
            panel.body.addWidget(hairline())
        panel.body.addWidget(_task_row(task, act, first=leads and at == 0))
    if not tasks:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(INSET, 10, INSET, 10)
        line.setSpacing(10)
        line.addWidget(icon_label("circle-check", 20, "good"))
        line.addWidget(
            label("Every week so far is covered, and there is nothing to do.", "body", wrap=True), 1
        )
        panel.body.addWidget(row)
    return panel


def _task_row(task: HomeTask, act: Callable[[HomeTask], object], *, first: bool) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(INSET, 6, INSET, 6)
    line.setSpacing(12)
    line.addWidget(_square(task))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(task.title, "strong", wrap=True))
    words.addWidget(label(task.note, "small", "text2", wrap=True))
    line.addLayout(words, 1)
    make = primary_button if first else button
    task_button = make(task.action, lambda: act(task))
    task_button.setAccessibleName(f"{task.action}: {task.title}")
    line.addWidget(task_button)
    return row


def _square(task: HomeTask) -> QFrame:
    square = QFrame()
    square.setProperty("class", "square")
    square.setProperty("kind", task.kind)
    fit(square, width=32, height=32)
    inside = QHBoxLayout(square)
    inside.setContentsMargins(0, 0, 0, 0)
    _, tone, _ = KINDS[task.kind]
    inside.addWidget(icon_label(task.icon, 18, tone), 0, Qt.AlignmentFlag.AlignCenter)
    return square


def figure_block(figure: Figure) -> QWidget:
    """A number, its total and share, what it is made of, and a bar filled to the share."""
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(INSET, 8, INSET, 10)
    column.setSpacing(3)
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(label(figure.number, "figure"), 0, Qt.AlignmentFlag.AlignBottom)
    line.addWidget(label(figure.words, "body", "text2", wrap=True), 1, Qt.AlignmentFlag.AlignBottom)
    line.addWidget(label(figure.share.text, "strong"), 0, Qt.AlignmentFlag.AlignBottom)
    column.addLayout(line)
    column.addWidget(label(figure.note, "small", "text2", wrap=True))
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, figure.share.whole)
    bar.setValue(min(figure.share.part, figure.share.whole))
    bar.setAccessibleName(f"{figure.number} {figure.words}, {figure.share.text}")
    column.addWidget(bar)
    return block


class BarRows(QWidget):
    """A bar for each label in proportion to its count, with the number at the end."""

    def __init__(self, bars: ShareBars) -> None:
        super().__init__()
        self._rows = bars.rows
        words = ", ".join(f"{words} {number}" for words, number in bars.rows)
        self.setAccessibleName(f"{bars.title}: {words}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """27 logical pixels for each row."""
        return QSize(theme().px(280), theme().px(27) * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        """Room for label, number and a small bar."""
        return QSize(theme().px(190), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Change height with the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw labels, bars and numbers."""
        chosen = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, left, after = chosen.px(27), chosen.px(98), chosen.px(36)
        most = max(number for _, number in self._rows) or 1
        room = max(1, self.width() - left - after)
        middle = Qt.AlignmentFlag.AlignVCenter
        for at, (words, number) in enumerate(self._rows):
            top = at * height
            painter.setPen(chosen.colour("text2"))
            painter.setFont(chosen.font("second"))
            painter.drawText(QRectF(0, top, left, height), middle, words)
            long = room * number / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("primary"))
            bar = chosen.px(16)
            painter.drawRoundedRect(QRectF(left, top + (height - bar) / 2, long, bar), 3, 3)
            painter.setPen(chosen.colour("text"))
            painter.setFont(chosen.font("strong"))
            painter.drawText(QRectF(left + long + 8, top, after, height), middle, str(number))


def bars_block(bars: ShareBars) -> QWidget:
    """A title, bars, and a sentence about them."""
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(INSET, 10, INSET, 12)
    column.setSpacing(6)
    column.addWidget(label(bars.title, "strong", wrap=True))
    column.addWidget(BarRows(bars))
    column.addWidget(label(bars.note, "small", "text2", wrap=True))
    return block


def step_row(done: bool, title: str, note: str, action: QWidget) -> QWidget:
    """A first step: what, why, and its button; a tick once it is done."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(INSET, 8, INSET, 8)
    line.setSpacing(12)
    icon: QLabel = icon_label(
        "circle-check" if done else "circle",
        20,
        "good" if done else "text3",
        word="Done" if done else "Still to do",
    )
    line.addWidget(icon)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(title, "strong", wrap=True))
    words.addWidget(label(note, "small", "text2", wrap=True))
    line.addLayout(words, 1)
    line.addWidget(action)
    return row
