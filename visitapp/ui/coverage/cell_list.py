"""The visits of the chosen timeslot, listed below the grids."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE
from visitapp.domain.text.wording import short_date
from visitapp.domain.year.visit_list import VisitPage, VisitRow
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import INSET
from visitapp.ui.widgets.buttons import glyph_button, link_button
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel

_CARD_WIDTH = 360
_LINK_PADDING = 4


def visit_words(row: VisitRow) -> str:
    """`S Keane and Y Karim; waited 2 min, 4 seen`."""
    if row.wait_minutes is not None:
        details = [f"waited {row.wait_minutes} min"]
    else:
        missing = "wait not known" if row.status == COMPLETED else "not admitted"
        details = [missing] if row.mode == FACE_TO_FACE else []
    if row.seen is not None:
        details.append(f"{row.seen} seen")
    return "; ".join(part for part in (row.visitors, ", ".join(details)) if part)


class CellList(Panel):
    """Some visits of a timeslot, each a link, and a link to all of them."""

    def __init__(
        self, open_all: Callable[[], object], open_one: Callable[[UUID], object],
        close: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__()
        self._open_one = open_one
        self._heading = label("", "strong", wrap=True)
        self._all = link_button("Open in Visits", open_all)
        close_button = glyph_button("x", "Close this list", close)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._heading, 1)
        head.addWidget(self._all)
        head.addWidget(close_button)
        self.body.setSpacing(8)
        self.body.setContentsMargins(INSET, 6, INSET, 12)
        self.body.addLayout(head)
        self._holder = QWidget()
        self._cards: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self._holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self.body.addWidget(self._holder)
        self._more = label("", "second", "text2", wrap=True)
        self.body.addWidget(self._more)
        self.hide()

    @property
    def title(self) -> str:
        """The heading of the list."""
        return self._heading.text()

    @property
    def words(self) -> tuple[str, ...]:
        """The text of the listed visits."""
        return tuple(card.accessibleName() for card in self._cards)

    def show_visits(self, title: str, page: VisitPage) -> None:
        """List these visits under a title."""
        self._heading.setText(title)
        self.setAccessibleName(title)
        self._all.setVisible(bool(page.rows))
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [self._card(row) for row in page.rows]
        left = page.total - len(page.rows)
        self._more.setText(f"and {left:,} more" if left else "")
        self._more.setVisible(left > 0)
        self._holder.setVisible(bool(self._cards))
        self._columns = 0
        self._arrange()
        self.show()

    def _card(self, row: VisitRow) -> QWidget:
        when = f"{short_date(row.arrived.day)}, {row.arrived_at}"
        card = QWidget()
        card.setAccessibleName(f"{when}: {visit_words(row)}")
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(link_button(when, lambda: self._open_one(row.id), about=visit_words(row)))
        words = label(visit_words(row), "second", "text2", wrap=True)
        words.setIndent(_LINK_PADDING)
        column.addWidget(words)
        column.addStretch(1)
        return card

    def _arrange(self) -> None:
        columns = max(1, min(3, self.width() // theme().px(_CARD_WIDTH)))
        if columns == self._columns:
            return
        self._columns = columns
        for i, card in enumerate(self._cards):
            self._grid.addWidget(card, i // columns, i % columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
