"""The rules for weeks of some suites, and what each buys and costs. QtCore only."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.office.site import Site
from visitapp.domain.plan.week_rule import RuleFigures, WeekRule
from visitapp.domain.plan.weeks import with_spare_visits
from visitapp.ui.context import Context
from visitapp.ui.jobs import Job
from visitapp.ui.widgets.tablemodel import ListEntry

HEADINGS = (
    "Weeks with a visit",
    "Predicted",
    "Timeslots",
    "Longest gap",
    "Empty weeks",
)


class WeekRulesViewModel(QObject):
    """The rules of some suites, and what they buy and cost. QtCore only.

    Signals: `compared` when the figures of a suite are there; `problem` (a sentence).
    """

    compared = Signal()
    problem = Signal(str)

    def __init__(self, context: Context, sites: Sequence[Site]) -> None:
        super().__init__()
        self._context, self._service = context, context.services.week_rules
        self.suites = tuple(with_spare_visits(sites, context.today()))
        self._figures: dict[UUID, tuple[RuleFigures, ...]] = {}
        self._job: Job | None = None

    def rule(self, site_id: UUID) -> WeekRule:
        """The rule in force."""
        return self._context.services.planning.policy(site_id).rule

    def rules(self) -> list[WeekRule]:
        """The rules of all suites."""
        ids = [site.id for site in self.suites]
        policies = self._context.services.planning.policies(ids)
        return [policies[site_id].rule for site_id in ids]

    def entries(self, site_id: UUID) -> list[ListEntry]:
        """A row for each rule; its figures are empty as long as they are worked out."""
        figures = {of_rule.rule: of_rule for of_rule in self._figures.get(site_id, ())}
        return [ListEntry(rule, (rule.words, *_cells(figures.get(rule)))) for rule in WeekRule]

    def compare(self, site_id: UUID) -> Job | None:
        """Work out the figures of a suite, unless they are there; returns the job."""
        self.stop()
        if site_id in self._figures:
            self.compared.emit()
            return None

        def done(figures: tuple[RuleFigures, ...]) -> None:
            self._figures[site_id] = figures
            self.compared.emit()

        self._job = self._context.jobs.run(
            lambda progress: self._service.compare(site_id, progress),
            owner=self, done=done, failed=self._on_failed, progress=True,
        )  # fmt: skip
        return self._job

    def stop(self) -> None:
        """Stop working out figures."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_failed(self, error: VisitAppError) -> None:
        if not isinstance(error, CancelledError):
            self.problem.emit(str(error))

    def choose(self, site_id: UUID, rule: WeekRule) -> None:
        """Plan with a rule from the next plan on. Raises VisitAppError."""
        self._context.tell(self._service.set_rule(site_id, rule))
        name = next(site.name for site in self.suites if site.id == site_id)
        self._context.say(f"Your next plan of {name}: {rule.in_sentence}.")


def _cells(figures: RuleFigures | None) -> tuple[str, ...]:
    if figures is None:
        return ("",) * (len(HEADINGS) - 1)
    return (
        f"{round(100 * figures.caught)} of 100",
        f"{figures.timeslots:.1f}/{figures.cells}",
        f"{round(figures.longest_gap)} days",
        f"{figures.empty_weeks:.1f} a year",
    )
