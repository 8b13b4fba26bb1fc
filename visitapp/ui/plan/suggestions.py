"""Who could take a place in a visit, with the reasons for and against each."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.plan.planned import Substitute
from visitapp.domain.text.wording import capitalised, number_of
from visitapp.ui.widgets.buttons import button, glyph_button, link_button
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel

_AT_FIRST = 4


class SuggestionsPanel(Panel):
    """Hidden until somebody asks for suggestions."""

    def __init__(self) -> None:
        super().__init__("Who could go")
        self.close_button = glyph_button("x", "Close the suggestions", self.hide, size=16)
        self.head.addWidget(self.close_button)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addLayout(self._list)
        self.hide()

    def show_substitutes(
        self, where: str, substitutes: tuple[Substitute, ...], put: Callable[[UUID], object]
    ) -> None:
        """Show the first few, and the rest behind a link."""
        while (item := self._list.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._list.addWidget(label(where, "second", "text2", wrap=True))
        if not substitutes:
            self._list.addWidget(label("There is nobody else in the scheme.", wrap=True))
        for substitute in substitutes[:_AT_FIRST]:
            self._list.addWidget(self._row(substitute, put))
        rest = substitutes[_AT_FIRST:]
        if rest:
            more = QWidget()
            column = QVBoxLayout(more)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(8)
            for substitute in rest:
                column.addWidget(self._row(substitute, put))
            more.hide()
            words = number_of(len(rest), "other")
            link = link_button(words, about=where)

            def open_rest() -> None:
                more.show()
                link.hide()

            link.clicked.connect(lambda *_: open_rest())
            self._list.addWidget(link)
            self._list.addWidget(more)
        self.show()

    def _row(self, substitute: Substitute, put: Callable[[UUID], object]) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        top = QHBoxLayout()
        top.addWidget(label(substitute.name, "strong", wrap=True), 1)
        choose = button("Choose", lambda: self._chosen(substitute.person_id, put), small=True)
        choose.setAccessibleName(f"Choose {substitute.name}")
        top.addWidget(choose)
        column.addLayout(top)
        if substitute.telephone:
            number = label(substitute.telephone, "second", "text", wrap=True)
            number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(number)
        reasons = "; ".join(substitute.reasons)
        column.addWidget(label(f"{capitalised(reasons)}.", "small", "text2", wrap=True))
        for words in substitute.breaks:
            column.addWidget(label(words, "small", "bad", wrap=True))
        column.addWidget(hairline())
        return row

    def _chosen(self, person_id: UUID, put: Callable[[UUID], object]) -> None:
        self.hide()
        put(person_id)
