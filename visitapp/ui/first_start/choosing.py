"""The first question: how somebody is going to use visitapp."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.office.scheme import Role
from visitapp.ui.first_start.viewmodel import FirstStartViewModel
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import SIDE_PANELS_BELOW
from visitapp.ui.widgets.arranging import align, turn
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import icon_label, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.progress import ProgressPanel

_MANAGES = (
    "You plan, follow up and publish for your scheme. Answer three questions, and invite your "
    "visitors later."
)
_JOINS = (
    "Open the invitation and type the code that your manager gave you. It brings your sites, "
    "timeslots and forms."
)
_LOOKS = (
    "Two years of visits to two suites and a dog unit. The totals are the ones published for "
    "2023/24. All the people are invented. Nothing is kept afterwards."
)


class WayPanel(Panel):
    """One answer: its words at the left, what to press at the right, or below at large text."""

    def __init__(self, icon: str, title: str, words: str, *actions: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(title)
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addWidget(label(title, "section", wrap=True))
        self.words = label(words, "body", "text2", wrap=True)
        text.addWidget(self.words)
        self._below = QVBoxLayout()
        text.addLayout(self._below)
        text.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        whole = QHBoxLayout()
        whole.setSpacing(16)
        whole.addWidget(icon_label(icon, 30, "primary"), 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(text, 1)
        self._row.addLayout(whole, 1)
        self._actions = QWidget()
        pressed = QVBoxLayout(self._actions)
        pressed.setContentsMargins(0, 0, 0, 0)
        pressed.setSpacing(8)
        for action in actions:
            pressed.addWidget(action)
        pressed.addStretch(1)
        self._row.addWidget(self._actions)
        self.body.addLayout(self._row)
        self._arrange()

    def add_below(self, widget: QWidget) -> None:
        """Add something under the words."""
        self._below.addWidget(widget)

    def _arrange(self) -> None:
        below = theme().factor >= SIDE_PANELS_BELOW
        turn(self._row, below=below, spacing=12)
        align(
            self._row, self._actions, Qt.AlignmentFlag.AlignLeft if below else Qt.AlignmentFlag(0)
        )

    def changeEvent(self, event: QEvent) -> None:
        """Another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_row"):
            self._arrange()


class ChoosingPage(QWidget):
    """Signals: `manages`, `takes_over` (an office), `joins`, `visits` (without an invitation) when
    that was chosen."""

    manages = Signal()
    takes_over = Signal()
    joins = Signal()
    visits = Signal()

    def __init__(self, viewmodel: FirstStartViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self.manage = _way("Begin a scheme", self.manages.emit, "arrow-right")
        self.take_over = link_button("I take over from another manager", self.takes_over.emit)
        self.join = _way("Join my scheme", self.joins.emit, "arrow-right")
        self.no_invitation = link_button("I have no invitation yet", self.visits.emit)
        self.as_manager = _way("Look as a manager", lambda: self.look(Role.MANAGER), "play")
        self.as_visitor = _way("Look as a visitor", lambda: self.look(Role.VISITOR), "play")
        self.restore = link_button("Restore a backup…")
        self.other = link_button("Open a file where it is…")
        self.progress = ProgressPanel()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(label("Welcome. How will you use visitapp?", "hero", wrap=True))
        words = "Everything stays on this computer, in one encrypted file."
        column.addWidget(label(words, "lead", "text2", wrap=True))
        invited = "I visit, and my manager sent me an invitation"
        looking = WayPanel(
            "flask-conical", "Show me the demonstration", _LOOKS, self.as_manager, self.as_visitor
        )
        looking.add_below(self.progress)
        for way in (
            WayPanel("users", "I manage a scheme", _MANAGES, self.manage, self.take_over),
            WayPanel("square-pen", invited, _JOINS, self.join, self.no_invitation),
            looking,
        ):
            column.addWidget(way)
        moving = FlowRow(
            label("Moving from another computer?", "strong"), self.restore, self.other, gap=12
        )
        column.addWidget(moving)
        column.addStretch(1)
        self._waits: tuple[QPushButton, ...] = (
            self.manage, self.take_over, self.join, self.no_invitation, self.as_manager,
            self.as_visitor, self.restore, self.other,
        )  # fmt: skip
        viewmodel.busy.connect(self._on_busy)
        self.setFocusProxy(self.manage)

    def look(self, role: Role) -> None:
        """Make the demonstration and open it."""
        job = self._viewmodel.open_demonstration(role)
        if job is not None:
            self.progress.follow(job, "Making the demonstration")

    def _on_busy(self, busy: bool) -> None:
        for waiting in self._waits:
            waiting.setEnabled(not busy)


def _way(words: str, pressed: Callable[[], object], icon: str) -> QPushButton:
    way = button(words, pressed, icon=icon, main=True)
    way.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return way
