"""The page Briefing: what to look at on a visit to one site, also as a page to print."""

from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from visitapp.domain.following.briefing import Briefing, OpenIssue
from visitapp.domain.text.wording import count_text, plural
from visitapp.ui.briefing.viewmodel import (
    BriefingViewModel,
    animal_words,
    concern_words,
    issue_words,
    since_words,
)
from visitapp.ui.context import Context
from visitapp.ui.widgets.buttons import primary_button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.picker import Picker

_SIDE = 356


class BriefingView(Page):
    """Open issues, recent concerns, and what nobody has checked for a long time."""

    help_text = (
        "Read this before a visit. It shows open issues at the site, what the force replied, "
        "what caused concern at the last three visits, and what nobody has checked for half a "
        "year or ten visits. You can save it as a one-page PDF to take with you.\n\nIt leaves "
        "out allegations, signs of reprisals and the days and times of planned visits, because "
        "you take it to the station. Do not leave it there."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Briefing for a visit")
        self.viewmodel = BriefingViewModel(context)
        self.follow(self.viewmodel)
        self.save_button = primary_button("Save as PDF\u2026", self.ask_where, icon="printer")
        self.add_action(self.save_button)
        self.site = Picker("Site", width=300)
        self.site.chosen.connect(self._on_site)
        self._chooser = FlowRow(label("Which site?", "strong"), self.site, gap=10)
        self.body.addWidget(self._chooser)
        self._shown: QWidget | None = None
        self._empty = EmptyState(
            "building-2",
            "When you have added a site, this page will show what to check on a visit.",
        )
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.saved.connect(self._on_saved)
        self._on_changed()

    def _on_changed(self) -> None:
        viewmodel, briefing = self.viewmodel, self.viewmodel.briefing
        self.site.set_choices([(site.id, site.name) for site in viewmodel.sites])
        self.site.set_key(viewmodel.site_id)
        self.set_facts(viewmodel.facts)
        self._empty.setVisible(briefing is None)
        self._chooser.setVisible(briefing is not None)
        self.save_button.setVisible(briefing is not None)
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
            self._shown = None
        if briefing is not None:
            self._shown = Columns(_main(briefing), _side(briefing), side_width=_SIDE)
            self.body.insertWidget(1, self._shown)
            self._shown.show()

    def _on_site(self, site_id: object) -> None:
        if isinstance(site_id, UUID):
            self.viewmodel.choose(site_id)

    # -- saving --------------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask where to save the PDF, and save it."""
        name = str(Path.home() / self.viewmodel.file_name)
        where, _ = QFileDialog.getSaveFileName(
            self, "Save the briefing", name, "PDF document (*.pdf)"
        )
        if where:
            out = Path(where)
            is_pdf = out.suffix.lower() == ".pdf"
            self.viewmodel.save(out if is_pdf else Path(f"{where}.pdf"))

    def _on_saved(self, out: Path, caution: str) -> None:
        sentence = f"Briefing saved as {out.name} in {out.parent}."
        action = ("Open it", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(out))))
        self.show_banner("good", sentence, [action], key="saved", closes=True)
        if caution:
            self.show_banner("warn", caution, key="signs", closes=True)
        else:
            self.clear_banner("signs")
        self.context.say(sentence)

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show the site with this id."""
        if isinstance(target, UUID):
            self.viewmodel.choose(target)

    def place(self) -> object:
        """The id of the site shown."""
        return self.viewmodel.site_id

    def start_search(self) -> None:
        """Ctrl+F: choose another site."""
        self.site.setFocus()


# -- panels --------------------------------------------------------------------------------


def _column(*panels: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for panel in panels:
        column.addWidget(panel)
    column.addStretch(1)
    return holder


def _main(briefing: Briefing) -> QWidget:
    panels = [
        _issues_panel(
            "Open issues", briefing.open_issues, briefing.open_number, "No issue is open."
        )
    ]
    if briefing.answered:
        title = "The force says these are fixed. Check they still are."
        panels.append(_issues_panel(title, briefing.answered, briefing.answered_number))
    concerns = Panel("Concerns at the last visits")
    if not briefing.written:
        concerns.body.addWidget(_words("No reports yet. Check everything."))
    elif not briefing.concerns:
        concerns.body.addWidget(_words("Nothing."))
    for at, concern in enumerate(briefing.concerns):
        if at:
            concerns.body.addWidget(hairline())
        name, more = concern_words(concern)
        concerns.body.addWidget(_entry(name, more))
    return _column(*panels, concerns)


def _issues_panel(title: str, issues: tuple[OpenIssue, ...], many: int, nothing: str = "") -> Panel:
    panel = Panel(title, count_text(many) if many else "")
    if not issues:
        panel.body.addWidget(_words(nothing))
    for at, issue in enumerate(issues):
        if at:
            panel.body.addWidget(hairline())
        what, since, answer = issue_words(issue)
        reply = f"The force said: {answer}" if answer else "No answer yet."
        panel.body.addWidget(_entry(what, since, reply))
    if rest := many - len(issues):
        what = plural(rest, "one more issue", f"{count_text(rest)} more issues")
        panel.body.addWidget(_words(f"And {what}; see Issues."))
    return panel


def _side(briefing: Briefing) -> QWidget:
    panels = []
    if briefing.handover_sentence:
        handover = Panel("When shifts change")
        handover.body.addWidget(_words(briefing.handover_sentence))
        panels.append(handover)
    if briefing.written:
        panels.append(_unchecked(briefing))
    if briefing.animals is not None:
        animals = Panel("Animals")
        animals.body.addWidget(_words(briefing.animals.sentence))
        for sighting in briefing.animals.unseen:
            animals.body.addWidget(
                label(animal_words(briefing.animals, sighting), "body", wrap=True)
            )
        panels.append(animals)
    return _column(*panels)


def _unchecked(briefing: Briefing) -> Panel:
    panel = Panel("Not checked recently")
    if not briefing.unchecked:
        panel.body.addWidget(_words("Everything was checked recently."))
    for day, asks in briefing.unchecked_groups:
        panel.body.addWidget(label(since_words(day), "smallStrong", "text2"))
        for ask in asks:
            panel.body.addWidget(label(ask, "body", wrap=True))
    return panel


def _words(text: str) -> QWidget:
    return label(text, "body", wrap=True)


def _entry(title: str, *more: str) -> QWidget:
    """A line in bold with others below it."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(label(title, "strong", wrap=True))
    for words in more:
        if words:
            column.addWidget(label(words, "second", "text2", wrap=True))
    return holder
