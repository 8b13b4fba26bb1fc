"""The panel with a visitor's next visits."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visitapp.domain.exchange.given_back import AssignedWeek
from visitapp.ui.look.tokens import INSET
from visitapp.ui.own_visits.viewmodel import OwnVisitsViewModel
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel


class OwnVisitsPanel(Panel):
    """A row for each week: site, partner, who knows the day and time, and a button to show them."""

    def __init__(self, viewmodel: OwnVisitsViewModel) -> None:
        super().__init__("Your next visits", flush=True)
        self.viewmodel = viewmodel
        viewmodel.setParent(self)
        self.rows: list[_WeekRow] = []
        viewmodel.changed.connect(self._on_changed)
        viewmodel.revealed.connect(self._on_revealed)
        self._on_changed()

    def _on_changed(self) -> None:
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [_WeekRow(self.viewmodel, week) for week in self.viewmodel.weeks]
        for at, row in enumerate(self.rows):
            if at:
                self.body.addWidget(hairline())
            self.body.addWidget(row)
        self.setVisible(bool(self.rows))

    def _on_revealed(self) -> None:
        for row in self.rows:
            row.show_moments()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what has changed since."""
        super().showEvent(event)
        self.viewmodel.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """Hide all days and times."""
        super().hideEvent(event)
        self.viewmodel.sleep()


class _WeekRow(QWidget):
    def __init__(self, viewmodel: OwnVisitsViewModel, week: AssignedWeek) -> None:
        super().__init__()
        self._viewmodel, self._draw_id = viewmodel, week.draw_id
        self._title = viewmodel.title(week)
        line = QHBoxLayout(self)
        line.setContentsMargins(INSET, 8, INSET, 8)
        line.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(self._title, "strong", wrap=True))
        words.addWidget(label(viewmodel.words(week), "second", "text2", wrap=True))
        self.moments = label("", "section", wrap=True)
        self.check = label("", "second", "text2", wrap=True)
        words.addWidget(self.moments)
        words.addWidget(self.check)
        line.addLayout(words, 1)
        self.show_button: QPushButton | None = None
        if week.draw_id is not None:
            self.show_button = button("", self._turn)
            line.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignTop)
        self.show_moments()

    def _turn(self) -> None:
        if self._draw_id is None:
            return
        if self._draw_id in self._viewmodel.moments:
            self._viewmodel.mask(self._draw_id)
        else:
            self._viewmodel.reveal(self._draw_id)
            if words := self._viewmodel.moments.get(self._draw_id):
                announce(self, words)

    def show_moments(self) -> None:
        """Show the days and times, if they are to be seen now."""
        words = self._viewmodel.moments.get(self._draw_id, "") if self._draw_id else ""
        self.moments.setText(words)
        self.moments.setVisible(bool(words))
        self.check.setText(
            self._viewmodel.check_words.get(self._draw_id, "") if self._draw_id else ""
        )
        self.check.setVisible(bool(words))
        if self.show_button is not None:
            text = "Hide day and time" if words else "Show day and time"
            self.show_button.setText(text)
            self.show_button.setAccessibleName(f"{text}: {self._title}")
