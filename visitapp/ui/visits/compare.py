"""Two versions of a report side by side, with what was changed marked."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.period import day_and_time
from visitapp.domain.reading.comparing import Pair, compared
from visitapp.domain.report.visit import Visit
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import INSET
from visitapp.ui.visits.viewmodel import OpenedVisit
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.reading_lines import ReadArea, make_line
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.tag import Tag

CHANGED, ALL = "changed", "all"
_KEY_WIDTH = 200


class CompareView(QWidget):
    """Shows what changed, or all answers, section by section."""

    def __init__(self) -> None:
        super().__init__()
        self._pairs: tuple[Pair, ...] = ()
        self._heads: tuple[str, str] = ("", "")
        self._why = ""
        self.which = Segmented("What to show", [(CHANGED, "What changed"), (ALL, "All answers")])
        self.which.set_key(CHANGED)
        self.which.chosen.connect(lambda _: self._show())
        self._area = ReadArea()
        top = QHBoxLayout()
        top.addWidget(self.which)
        top.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._area, 1)

    def show_versions(self, opened: OpenedVisit) -> None:
        """Compare the report with the one it amended, or with its amendment."""
        visit, about = opened.visit, opened.about
        if opened.replaces is not None:
            before, after = opened.replaces, visit
            self._pairs = compared(before, opened.about_other, visit, about)
        else:
            assert opened.replaced_by is not None
            before, after = visit, opened.replaced_by
            self._pairs = compared(visit, about, after, opened.about_other)
        self._heads = (_when(before), _when(after))
        self._why = why_amended(after, before)
        self._show()

    def _show(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 8)
        column.setSpacing(12)
        column.addWidget(Banner("info", self._why))
        every = self.which.key() == ALL
        wanted = [pair for pair in self._pairs if every or pair.differs]
        if not wanted:
            column.addWidget(label("Both versions have the same answers.", "lead", "text2"))
        for title, pairs in groupby(wanted, key=lambda pair: pair.section):
            column.addWidget(self._panel(title, list(pairs)))
        column.addStretch(1)
        self._area.setWidget(inner)

    def _panel(self, title: str, pairs: Sequence[Pair]) -> Panel:
        panel = Panel(title, flush=True)
        held = QWidget()
        grid = QGridLayout(held)
        grid.setContentsMargins(INSET, 8, INSET, 8)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, words in enumerate(self._heads, 1):
            grid.addWidget(label(words, "smallStrong", "text2", wrap=True), 0, column)
        for at, pair in enumerate(pairs):
            line = 1 + 2 * at
            grid.addWidget(hairline(), line, 0, 1, 4)
            name = label(pair.label, "strong", wrap=True)
            fit(name, width=_KEY_WIDTH)
            make_line(name, _spoken(pair))
            grid.addWidget(name, line + 1, 0)
            for column, words in ((1, pair.before), (2, pair.after)):
                grid.addWidget(_words(words, changed=pair.differs), line + 1, column)
            if pair.differs:
                grid.addWidget(Tag("Changed", "change", "history"), line + 1, 3)
        panel.body.addWidget(held)
        return panel


def _spoken(pair: Pair) -> str:
    before, after = pair.before or "not answered", pair.after or "not answered"
    if not pair.differs:
        return f"{pair.label}: {after}"
    return f"{pair.label}, changed. Before: {before}. After: {after}"


def _words(words: str, *, changed: bool) -> QWidget:
    words_label = label(words or "Not answered", "body", "text" if words else "text3", wrap=True)
    if changed and words:
        words_label.setProperty("tone", "change")
    return words_label


def _when(visit: Visit) -> str:
    edition = 1 if visit.report is None else visit.report.edition
    return f"Version {edition}, locked {_at(visit.locked_at)}"


def why_amended(after: Visit, before: Visit) -> str:
    """Who amended a report, when and why."""
    report = after.report
    by = f" by {report.amended_by}" if report is not None and report.amended_by else ""
    return f"Amended{by} on {_at(after.locked_at)}: {before.amended_reason.rstrip('.')}."


def _at(moment: datetime | None) -> str:
    return "on an unknown day" if moment is None else day_and_time(moment)
