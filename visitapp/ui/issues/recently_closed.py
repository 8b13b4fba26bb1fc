"""A few recently closed issues, below the open ones."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.following.issue_list import IssueLine, days_words
from visitapp.domain.text.wording import day_of_month
from visitapp.ui.issues.tablemodel import where
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.tag import Tag


class RecentlyClosed(Panel):
    """Each line links to its issue."""

    def __init__(self, go: Callable[[UUID], object]) -> None:
        super().__init__("Recently closed", flush=True)
        self._go = go

    def show_lines(self, lines: Sequence[IssueLine], total: int) -> None:
        """Show these lines, out of `total`."""
        while (item := self.body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        more = f"{total} in the last 60 days" if total > len(lines) else ""
        self.set_title("Recently closed", more)
        for at, line in enumerate(lines):
            if at:
                self.body.addWidget(hairline())
            self.body.addWidget(self._line(line))
        self.setVisible(bool(lines))

    def _line(self, line: IssueLine) -> QWidget:
        """A line that wraps where there is no room."""
        place = label(line.site_name, "small", "text2")
        closed = line.issue.closed_on or line.raised_on
        day = day_of_month(closed)
        after = f"after {days_words(line.days)}" if line.days else "the same day"
        row = FlowRow(
            link_button(line.title, partial(self._go, line.issue.id), about=where(line)),
            place,
            gap=10,
            down=0,
        )
        row.add_stretch()
        row.add(label(f"{day}, {after}", "small", "text2"))
        row.add(Tag("Closed", "good", "circle-check", plain=True))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(12, 2, 12, 2)
        column.addWidget(row)
        return holder
