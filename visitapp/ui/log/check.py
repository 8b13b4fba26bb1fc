"""The page "Check your answers": every answer in words, what to put right, and who confirmed."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visitapp.domain.reading.report_cards import Card, cards
from visitapp.domain.report.answer_rules import to_ring
from visitapp.domain.report.rules import Finding
from visitapp.domain.text.wording import plural
from visitapp.ui.log.confirm import ConfirmPanel
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.answer_cards import answer_panel, in_columns
from visitapp.ui.widgets.buttons import SentenceLink, link_button
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import icon_label, label
from visitapp.ui.widgets.reading_lines import read_on


class FindingList(QFrame):
    """A banner of findings, each a link to its field.

    Signals: `chosen` (Place).
    """

    chosen = Signal(object)

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind
        self.setProperty("class", "banner")
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        mark = icon_label("triangle-alert", 20, kind)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        self._title = label("", "strong", "onBadSoft" if kind == "bad" else "onWarnSoft", wrap=True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._lines)
        row.addLayout(column, 1)
        self._shown_words: tuple[str, ...] = ()
        self._links: list[SentenceLink] = []
        self.hide()

    def show_findings(self, title: str, findings: Sequence[Finding]) -> None:
        """Show findings under a title; hide the banner if there are none."""
        words = (title, *(finding.sentence for finding in findings))
        self.setVisible(bool(findings))
        if words == self._shown_words:
            return
        self._shown_words = words
        self._title.setText(title)
        self.setAccessibleName(" ".join(words))
        for link in self._links:
            link.hide()
            link.deleteLater()
        self._links = [
            SentenceLink(finding.sentence, partial(self.chosen.emit, finding.place))
            for finding in findings
        ]
        for link in self._links:
            self._lines.addWidget(link)
        if findings:
            announce(self, self.accessibleName())

    def links(self) -> list[QWidget]:
        """The links, in order."""
        return [*self._links]


class CheckView(QWidget):
    """Signals: `wanted` (Place) when a line is to be changed."""

    wanted = Signal(object)

    def __init__(self, viewmodel: LogViewModel, look_at_day: Callable[[], None]) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self.errors, self.warnings = FindingList("bad"), FindingList("warn")
        self.errors.chosen.connect(self.wanted)
        self.warnings.chosen.connect(self.wanted)
        self.day = link_button("Show the visits on that day", look_at_day)
        self.confirm = ConfirmPanel(viewmodel)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        grid = FormGrid(least=430)
        for layout in (self._left, self._right):
            side = QWidget()
            side.setLayout(layout)
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(12)
            grid.add(side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.errors)
        column.addWidget(self.warnings)
        column.addWidget(self.day, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(grid)
        column.addWidget(self.confirm)
        column.setContentsMargins(0, 0, 4, 0)
        self._shown: object = None

    def refresh(self) -> None:
        """Show the answers as they are now."""
        viewmodel = self._viewmodel
        blocking = viewmodel.judgement.blocking
        things = plural(len(blocking), "this", f"these {len(blocking)} things")
        self.errors.show_findings(f"Fix {things} before you sign", blocking)
        warnings = (
            *to_ring(viewmodel.reading.visit, viewmodel.register.form),
            *viewmodel.judgement.warnings,
        )
        self.warnings.show_findings("Check these (you can still sign)", warnings)
        self.day.setVisible(any(finding.place.part == "arrived" for finding in warnings))
        shown = cards(
            viewmodel.reading.visit,
            viewmodel.surroundings(),
            answered=viewmodel.reading.answered,
            has_day=viewmodel.reading.has_day,
            has_arrival=viewmodel.reading.has_arrival,
            typed_arrival=viewmodel.report.arrived,
        )
        if (shown, viewmodel.sum()) != self._shown:
            self._shown = (shown, viewmodel.sum())
            self._fill(shown)
        self.confirm.refresh()

    def focus_first(self) -> None:
        """Move the cursor to the first thing to put right, or else to the first answer."""
        links = self.errors.links() if not self.errors.isHidden() else []
        buttons = [w for w in self.findChildren(QPushButton) if w.property("link")]
        targets = links or [w for w in buttons if w.isVisibleTo(self) and w is not self.day]
        if targets:
            targets[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down read the answers line by line."""
        if read_on(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _fill(self, shown: Sequence[Card]) -> None:
        for layout in (self._left, self._right):
            while (item := layout.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
        for layout, column in zip((self._left, self._right), in_columns(shown), strict=True):
            for card in column:
                layout.addWidget(answer_panel(card, self._viewmodel.sum(), self.wanted.emit))
            layout.addStretch(1)
