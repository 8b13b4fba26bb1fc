"""Choosing which weeks of a suite have a visit, beside what each rule buys and costs."""

from uuid import UUID

from PySide6.QtWidgets import QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.ui.look.theme import fit
from visitapp.ui.plan.rules_viewmodel import HEADINGS, WeekRulesViewModel
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.widgets.table_cursor import go_to
from visitapp.ui.widgets.tablemodel import EntryTableModel

_WIDTHS = (0, 110, 110, 110, 110)


class WeekRulesDialog(FormDialog):
    """A suite, the table of rules, and a button that plans with the one in the cursor."""

    def __init__(self, parent: QWidget, viewmodel: WeekRulesViewModel) -> None:
        super().__init__(
            parent,
            "Which weeks have a visit",
            "A visit in each calendar week makes the last days of a week easy to foresee. A rule "
            "that leaves a few weeks of the year empty makes them harder to foresee, with as many "
            "visits a year. The target stays as it is: by a target of once a week, a week without "
            "a visit counts as missed in the report.",
            "Plan with this rule",
        )
        fit(self, least_width=720)
        self._viewmodel = viewmodel
        self.site = Picker("Suite", width=260)
        self.site.set_choices([(site.id, site.name) for site in viewmodel.suites])
        self.site.set_key(viewmodel.suites[0].id)
        self._row = FormRow("Suite", self.site)
        self._row.setVisible(len(viewmodel.suites) > 1)
        self.tablemodel = EntryTableModel(HEADINGS, numbers=range(1, len(HEADINGS)), parent=self)
        self.table = EntryTable("Rules", self.tablemodel, _WIDTHS)
        self.progress = ProgressPanel()
        self.problem = label("", "second", "bad", wrap=True)
        self.problem.hide()
        for widget in (self._row, self.table, self.progress, self.problem):
            self.content.addWidget(widget)
        self.content.addWidget(
            label(
                "Predicted: visits that somebody could foresee who is on the alert one day a week "
                "and has seen every visit. Longest gap: in half of the years. All from 40 "
                "simulated years on the timeslots of this suite, with its visits a year.",
                "small",
                "text2",
                wrap=True,
            )
        )
        self.site.chosen.connect(self._on_site)
        viewmodel.compared.connect(self._show_figures)
        viewmodel.problem.connect(self._say)
        self.table.activated.connect(lambda _: self.accept())
        self._on_site(viewmodel.suites[0].id)
        self.table.setFocus()

    def _on_site(self, site_id: object) -> None:
        if not isinstance(site_id, UUID):
            return
        self._say("")
        self.tablemodel.show(self._viewmodel.entries(site_id))
        go_to(self.table, list(WeekRule).index(self._viewmodel.rule(site_id)))
        self.table.fit_entries()
        job = self._viewmodel.compare(site_id)
        if job is not None:
            self.progress.follow(job, "Simulating years")

    def _show_figures(self) -> None:
        site_id, row = self.site.key(), self.table.currentIndex().row()
        if isinstance(site_id, UUID):
            self.tablemodel.show(self._viewmodel.entries(site_id))
            go_to(self.table, row)
            self.table.fit_entries()

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    def accept(self) -> None:
        """Save the rule in the cursor and close."""
        site_id = self.site.key()
        rule = self.tablemodel.item(self.table.currentIndex().row())
        if not isinstance(site_id, UUID):
            self._row.set_error(self.site.error() or "Choose a suite.")
            self.site.setFocus()
        elif rule is None:
            self._say("Choose a rule in the table.")
        else:
            try:
                self._viewmodel.choose(site_id, rule)
            except VisitAppError as error:
                self._say(str(error))
            else:
                super().accept()

    @classmethod
    def ask(cls, parent: QWidget, viewmodel: WeekRulesViewModel) -> None:
        """Show the dialog until a rule is chosen or the user cancels."""
        dialog = cls(parent, viewmodel)
        dialog.exec()
        viewmodel.stop()
        dialog.deleteLater()
