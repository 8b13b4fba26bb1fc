"""Keys and values with a "Change" link at the right, as on a page to check answers."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import INSET
from visitapp.ui.widgets.accessible_roles import set_role
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.reading_lines import make_line

_KEY_WIDTH = 160


class SummaryList(QWidget):
    """Rows of key, value, and a link or a note ("worked out")."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, QAccessible.Role.List)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def clear(self) -> None:
        """Remove every row."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add(
        self,
        key: str,
        value: str,
        change: Callable[[], object] | None = None,
        *,
        note: str = "",
        link: str = "Change",
        tone: str = "text",
    ) -> None:
        """Add a row. `change` runs when its link is followed; `note` is shown where there is no
        link."""
        if self._rows.count():
            self._rows.addWidget(hairline())
        line = QWidget()
        make_line(line, f"{key}: {value}")
        row = QHBoxLayout(line)
        row.setContentsMargins(INSET, 1, INSET, 1)
        row.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        name, words = label(key, "strong", wrap=True), label(value, "body", tone, wrap=True)
        fit(name, width=_KEY_WIDTH)
        for text in (name, words):
            text.setContentsMargins(0, 6, 0, 6)  # aligns the first line with the link
        row.addWidget(name, 0, top)
        row.addWidget(words, 1, top)
        if change is not None:
            row.addWidget(link_button(link, change, about=key), 0, top)
        elif note:
            aside = label(note, "small", "text3")
            aside.setContentsMargins(0, 7, 0, 6)
            row.addWidget(aside, 0, top)
        self._rows.addWidget(line)
