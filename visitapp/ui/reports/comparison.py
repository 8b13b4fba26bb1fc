"""Figures beside those that other bodies published, each with its base and source."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import FaultyFileError, VisitAppError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.indicators import (
    ComparedFigure,
    compared_words,
    indicator_label,
    names_in,
    published_words,
    side_by_side,
)
from visitapp.services.year.indicators import IndicatorService
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.banner import Banner, BannerArea
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.table import framed
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

_TITLE = "Compare with other schemes"
_WORDS = (
    "Schemes count by different rules, so read the base and the source before you compare. "
    "The figures are listed by name of the body; they are not a ranking."
)
_FILES = "Figures (*.json)"
_MOST_PROBLEMS = 3


class ComparisonDialog(Dialog):
    """One indicator at a time, of these records and of others. What is read from a file is shown
    until the dialog is closed, and nothing of it is kept."""

    def __init__(
        self, parent: QWidget | None, service: IndicatorService, period: Period,
        years: ReportingYears,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._years = years
        self._service, self._period = service, period
        self._ours = service.own(period)
        self._theirs = list(service.published())
        self.setWindowTitle(_TITLE)
        self.setAccessibleName(_TITLE)
        fit(self, least_width=1040)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(_TITLE, "h2", wrap=True))
        column.addWidget(label(_WORDS, "second", "text2", wrap=True))
        self._banners = BannerArea()
        column.addWidget(self._banners)
        self.scheme = Picker("Kind of scheme", width=220)
        self.scheme.set_choices([(kind, kind.label) for kind in Kind])
        self.scheme.set_key(Kind.CUSTODY)
        self.name = Picker("Figure", width=340)
        column.addWidget(
            FlowRow(FormRow("Kind of scheme", self.scheme), FormRow("Figure", self.name), gap=12)
        )
        headings = ("Body", "Period", "Figure", "Share", "Of what", "Where it was published")
        self.tablemodel = EntryTableModel(headings, numbers=(2, 3), parent=self)
        self.table = EntryTable(_TITLE, self.tablemodel, (0, 130, 84, 70, 190, 220))
        column.addWidget(framed(self.table))
        self.number = label("", "second", "text2", wrap=True)
        column.addWidget(self.number)
        column.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(primary_button("Close", self.accept))
        foot.addWidget(button("Add another body\u2019s file\u2026", self.ask_for_file, icon="plus"))
        self.save_button = button("Save our figures\u2026", self.ask_where, icon="download")
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        column.addLayout(foot)
        self.scheme.chosen.connect(lambda _: self._on_scheme())
        self.name.chosen.connect(lambda _: self.show_figures())
        self._on_scheme()

    def _on_scheme(self) -> None:
        """Offer the figures of this kind of scheme; the same one stays chosen if it is there."""
        kind, before = self._kind(), self.name.key()
        names = names_in([*self._ours, *self._theirs], kind)
        self.name.set_choices([(name, indicator_label(name)) for name in names])
        if names:
            self.name.set_key(before if before in names else names[0])
        self.show_figures()

    def _kind(self) -> Kind:
        kind = self.scheme.key()
        return kind if isinstance(kind, Kind) else Kind.CUSTODY

    def show_figures(self) -> None:
        """Show the chosen figure of each body."""
        rows = side_by_side(self._theirs, self._ours, self._kind(), str(self.name.key() or ""))
        self.tablemodel.show([ListEntry(row, self._cells(row)) for row in rows])
        self.table.fit_entries()
        self.number.setText(f"{compared_words(rows)}." if rows else "Nobody published this figure.")

    def ask_for_file(self) -> None:
        """Ask for a file, and add what is in it."""
        where, _ = QFileDialog.getOpenFileName(self, "Open figures", str(Path.home()), _FILES)
        if where:
            self.add_file(Path(where))

    def add_file(self, path: Path) -> None:
        """Add the publications of a file, or say what is wrong with it."""
        try:
            read = self._service.read(path)
        except VisitAppError as error:
            self._say("bad", _problem(error))
            return
        self._theirs += read
        number = number_of(len(read), "publication")
        self._say("good", f"{number} added from {path.name}.")
        self._on_scheme()

    def ask_where(self) -> None:
        """Ask where to save the figures of these records, and save them."""
        name = f"figures-of-{self._years.file_name(self._period)}.json"
        where, _ = QFileDialog.getSaveFileName(
            self, "Save our figures", str(Path.home() / name), _FILES
        )
        if where:
            self.save(Path(where))

    def save(self, target: Path) -> None:
        """Save the figures of these records for others."""
        try:
            self._service.save(self._period, target, force=True)
        except VisitAppError as error:
            self._say("bad", str(error))
        else:
            self._say("good", f"Saved as {target.name} in {target.parent}.")

    def _say(self, kind: str, sentence: str) -> None:
        self._banners.show_banner(Banner(kind, sentence), "outcome")
        self.grow()

    def _cells(self, row: ComparedFigure) -> tuple[str, ...]:
        indicator = row.indicator
        share = indicator.share
        source = row.publication.source
        note = row.publication.note
        return (
            f"{row.body} (these records)" if row.is_ours else row.body,
            self._years.label(row.publication.period),
            published_words(indicator),
            "" if share is None else share.text,
            indicator.base_words,
            f"{source}. Note: {note}" if note else source,
        )


def _problem(error: VisitAppError) -> str:
    if not isinstance(error, FaultyFileError):
        return str(error)
    return " ".join([str(error), *error.sentences[:_MOST_PROBLEMS]])
