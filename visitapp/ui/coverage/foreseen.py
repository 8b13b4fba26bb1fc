"""The panel "How predictable are we?": a sentence and a gauge for each site."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visitapp.domain.plan.foresight import FEWEST, Foresight
from visitapp.ui.coverage.foreseen_viewmodel import (
    ForeseenViewModel,
    figures,
    leaked_words,
    spread_words,
    ticks_words,
)
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.gauge import Gauge
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel


class ForeseenPanel(Panel):
    """Estimates based only on the visits that were made."""

    def __init__(self, viewmodel: ForeseenViewModel) -> None:
        super().__init__("How predictable are we?")
        self._viewmodel = viewmodel
        self.gauges: list[Gauge] = []
        self._sites = QVBoxLayout()
        self._sites.setSpacing(10)
        self.body.addLayout(self._sites)
        self._shown: tuple[Foresight, ...] = ()
        self.waiting = label("", "second", "text2")
        self.body.addWidget(self.waiting)
        self.advice = label("", "second", wrap=True)
        self.body.addWidget(self.advice)
        self.left_out = label("", "small", "text2", wrap=True)
        self.body.addWidget(self.left_out)
        self._link = QVBoxLayout()
        self.body.addLayout(self._link)
        self.figures = QWidget()
        self._tables = QVBoxLayout(self.figures)
        self._tables.setContentsMargins(0, 0, 0, 0)
        self._tables.setSpacing(12)
        self.body.addWidget(self.figures)
        self.figures.hide()
        viewmodel.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        viewmodel = self._viewmodel
        if viewmodel.foresights[: len(self._shown)] != self._shown:
            for layout in (self._sites, self._tables):
                _empty(layout)
            self.gauges, self._shown = [], ()
        for foresight in viewmodel.foresights[len(self._shown) :]:
            self._sites.addWidget(self._site(foresight))
            if foresight.visits >= FEWEST:
                self._tables.addWidget(_table(foresight))
        self._shown = viewmodel.foresights
        for part, words in (
            (self.waiting, viewmodel.waiting_words),
            (self.advice, viewmodel.advice),
            (self.left_out, viewmodel.left_out),
        ):
            part.setText(words)
            part.setVisible(bool(words))
        self.put_link_last()
        self.setVisible(bool(viewmodel.foresights or viewmodel.waiting_words))

    def _site(self, foresight: Foresight) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(foresight.sentence, "second", wrap=True))
        if foresight.visits >= FEWEST:
            gauge = Gauge(
                f"{foresight.site_name}, predicted by someone on the alert one day a week"
            )
            ticks = [foresight.day.chance]
            if foresight.floor_day is not None:
                ticks.append(foresight.floor_day)
            gauge.show_share(foresight.day.caught.share, ticks)
            self.gauges.append(gauge)
            column.addWidget(gauge)
            for words in (spread_words(foresight), leaked_words(foresight), ticks_words(foresight)):
                column.addWidget(label(words, "small", "text2", wrap=True))
        return holder

    def put_link_last(self) -> None:
        """Create the link again, so that it comes last in the Tab order."""
        _empty(self._link)
        self.more = link_button("", self._toggle)
        self._say_link()
        known = any(foresight.visits >= FEWEST for foresight in self._viewmodel.foresights)
        self._link.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.setVisible(known)

    def _toggle(self) -> None:
        self.figures.setVisible(self.figures.isHidden())
        self._say_link()

    def _say_link(self) -> None:
        words = "All figures" if self.figures.isHidden() else "Fewer figures"
        self.more.setText(words)
        self.more.setAccessibleName(f"{words} on how predictable we are")


def _table(foresight: Foresight) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    grid.addWidget(label(foresight.site_name, "strong", wrap=True), 0, 0, 1, 2)
    for at, (what, figure) in enumerate(figures(foresight), 1):
        grid.addWidget(label(what, "second", "text2", wrap=True), at, 0)
        grid.addWidget(label(figure, "second", wrap=True), at, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return table


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
