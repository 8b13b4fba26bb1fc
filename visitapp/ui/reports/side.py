"""Next to the pages: the section's figure and visits, its texts, and the checks."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.text.pasted import word_count
from visitapp.domain.text.wording import number_of, out_of
from visitapp.domain.year.year_texts import TextField
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import BETWEEN_DOWN, INSET
from visitapp.ui.reports.section_figures import SectionFigure
from visitapp.ui.reports.viewmodel import ReportsViewModel
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, icon_label, label
from visitapp.ui.widgets.panel import Panel

WIDTH = 284
_ON_ALL_SITES = (
    "This report is made from the figures alone. Texts and your own wording belong to the report "
    "on all sites."
)
_LEAST, _MOST, _BAR = 120, 2_000, 4


def words_text(words: str) -> str:
    """`to write`, `1 word`, `212 words`."""
    count = word_count(words)
    return number_of(count, "word") if count else "to write"


class SidePanels(ClearScroll):
    """Scrolls by itself next to the pages; below them it shows everything.

    Signals: `asked_to_write` (section, key of a text or sentence, or empty);
    `asked_what_is_missing` for the list.
    """

    asked_to_write = Signal(str, str)
    asked_what_is_missing = Signal()

    def __init__(self, viewmodel: ReportsViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inner = QWidget()
        self._column = QVBoxLayout(self._inner)
        self._column.setContentsMargins(0, 0, _BAR, 0)
        self._column.setSpacing(BETWEEN_DOWN)
        self.setWidget(self._inner)
        self._places = [QVBoxLayout() for _ in range(3)]
        for place in self._places:
            self._column.addLayout(place)
        self._column.addStretch(1)
        self._shown: list[QWidget | None] = [None, None, None]

    def show_section(self) -> None:
        """Show the figure and texts of the current section."""
        figure = self._viewmodel.section_figure()
        self._put(0, _figure_panel(figure, self._viewmodel) if figure is not None else None)
        self._put(1, None if self._viewmodel.reads_only else self._texts_panel())

    def show_checks(self) -> None:
        """Show what to check before publishing."""
        report = self._viewmodel.report
        is_checked = report is not None and not self._viewmodel.reads_only
        self._put(2, self._checks_panel() if is_checked else None)

    def _put(self, at: int, panel: QWidget | None) -> None:
        before = self._shown[at]
        if before is not None:
            before.hide()
            self._places[at].removeWidget(before)
            before.deleteLater()
        self._shown[at] = panel
        if panel is not None:
            self._places[at].addWidget(panel)
            panel.show()
        self.updateGeometry()

    # -- texts ---------------------------------------------------------------------------

    def _texts_panel(self) -> QWidget | None:
        viewmodel = self._viewmodel
        if viewmodel.report is None:
            return None
        if viewmodel.chosen is not None:
            panel = Panel("Texts of the report")
            panel.body.addWidget(label(_ON_ALL_SITES, "second", "text2", wrap=True))
            return panel
        panel = Panel("Texts of the report", flush=True)
        fields, sentences = (
            viewmodel.fields_of(viewmodel.section),
            viewmodel.sentences_of(viewmodel.section),
        )
        for field in fields:
            panel.body.addWidget(self._text_row(field))
            panel.body.addWidget(hairline())
        if sentences:
            panel.body.addWidget(self._sentences_row())
            panel.body.addWidget(hairline())
        panel.body.addWidget(self._progress())
        panel.body.setContentsMargins(0, 0, 0, 8)
        return panel

    def _text_row(self, field: TextField) -> QWidget:
        words = self._viewmodel.text(field.key)
        icon, tone = ("circle-check", "good") if words.strip() else ("circle", "text2")
        state = words_text(words) if words.strip() or not field.is_optional else "optional"
        report = self._viewmodel.report
        if report is not None and report.from_last_year(field.key):
            icon, tone, state = "triangle-alert", "warn", "not yet read"
        write = partial(self.asked_to_write.emit, field.section, field.key)
        return _row(icon, tone, link_button(field.title, write, about=state), state)

    def _sentences_row(self) -> QWidget:
        sentences = self._viewmodel.sentences_of(self._viewmodel.section)
        edited = sum(sentence.is_edited for sentence in sentences)
        outdated = any(sentence.is_outdated for sentence in sentences)
        icon, tone = ("triangle-alert", "warn") if outdated else ("pencil", "text2")
        state = f"{edited} edited" if edited else "as suggested"
        write = partial(self.asked_to_write.emit, self._viewmodel.section, sentences[0].key)
        words = number_of(len(sentences), "drafted sentence", "sentences")
        return _row(icon, tone, link_button(words, write, about=state), state)

    def _progress(self) -> QWidget:
        viewmodel = self._viewmodel
        assert viewmodel.report is not None
        missing = viewmodel.report.unwritten()
        written = len(viewmodel.report.written())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(INSET - 4, 8, INSET, 0)
        column.setSpacing(0)
        of = f"{out_of(written, written + len(missing))} texts are written."
        words = label(of, "second", "text2", wrap=True)
        words.setIndent(4)
        column.addWidget(words)
        if missing:
            field = missing[0]
            write = partial(self.asked_to_write.emit, field.section, field.key)
            column.addWidget(link_button("Write the next", write, about=field.title))
        return holder

    # -- checks --------------------------------------------------------------------------

    def _checks_panel(self) -> QWidget:
        report = self._viewmodel.report
        assert report is not None
        panel = Panel("Checked")
        panel.body.setSpacing(8)
        if number := len(self._viewmodel.missing_items):
            count = number_of(number, "missing", "missing")
            panel.head.addWidget(link_button(count, self.asked_what_is_missing.emit, about="list"))
        places = {sentence.key: sentence.section for sentence in report.sentences}
        for check in report.checks:
            icon, tone = ("check", "good") if check.good else ("triangle-alert", "warn")
            row = QHBoxLayout()
            row.setSpacing(8)
            top = Qt.AlignmentFlag.AlignTop
            row.addWidget(icon_label(icon, 18, tone, word="" if check.good else "Look"), 0, top)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(label(check.sentence, "second", wrap=True))
            if check.key in places:
                look = partial(self.asked_to_write.emit, places[check.key], check.key)
                words.addWidget(link_button("Open", look, about=check.sentence))
            row.addLayout(words, 1)
            panel.body.addLayout(row)
        return panel

    # -- size ----------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """The size of all panels."""
        return QSize(theme().px(WIDTH), max(self._height(), _MOST))

    def minimumSizeHint(self) -> QSize:
        """Next to the pages it may scroll; below them it needs its full height."""
        is_below = self.width() > theme().px(WIDTH) + 40
        return QSize(0, self._height() if is_below else _LEAST)

    def _height(self) -> int:
        if self._inner.hasHeightForWidth():
            return self._inner.heightForWidth(self.viewport().width())
        return self._inner.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Update whether it is next to the pages or below."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()


def _figure_panel(figure: SectionFigure, viewmodel: ReportsViewModel) -> QWidget:
    panel = Panel()
    panel.setAccessibleName(f"{figure.figure}: {figure.sentence}")
    panel.body.setSpacing(4)
    head = QHBoxLayout()
    head.addWidget(label(figure.figure, "h2"))
    head.addStretch(1)
    visits = number_of(figure.visits, "visit")
    if viewmodel.reads_only:
        head.addWidget(label(visits, "second", "text2"))
    else:
        about = "list the visits behind it"
        head.addWidget(link_button(visits, viewmodel.open_visits, about=about))
    panel.body.addLayout(head)
    panel.body.addWidget(label(figure.sentence, "second", "text2", wrap=True))
    return panel


def _row(icon: str, tone: str, link: QWidget, state: str) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(INSET, 2, INSET, 2)
    line.setSpacing(4)
    line.addWidget(icon_label(icon, 18, tone))
    words = FlowRow(gap=4)
    words.add(link)
    words.add_stretch()
    words.add(label(state, "small", "text2"))
    line.addWidget(words, 1)
    return holder
