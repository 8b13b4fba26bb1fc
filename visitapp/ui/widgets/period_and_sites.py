"""The first row of a page that counts visits: of which period, and at which sites."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.period_chooser import PeriodChooser
from visitapp.ui.widgets.site_chooser import SiteChooser


class WhatIsCounted(Protocol):
    """What a page's view model says of what it counts. No chosen site means all; `groups` are those
    whose sites can be chosen together."""

    period: Period
    groups: tuple[ChosenSites, ...]

    @property
    def today(self) -> date: ...
    @property
    def chosen(self) -> tuple[UUID, ...]: ...
    def choose_period(self, period: Period) -> None: ...
    def choose_sites(self, site_ids: tuple[UUID, ...]) -> None: ...


class PeriodAndSites(FlowRow):
    """Both choosers, beside which a page may put others."""

    def __init__(self, viewmodel: WhatIsCounted, years: Callable[[], ReportingYears]) -> None:
        super().__init__(gap=10)
        self._viewmodel = viewmodel
        self.period = PeriodChooser(viewmodel.today, years)
        self.period.chosen.connect(viewmodel.choose_period)
        self.sites = SiteChooser()
        self.sites.chosen.connect(viewmodel.choose_sites)
        self.add(self.period)
        self.add(self.sites)

    def show_chosen(self, sites: Sequence[tuple[UUID, str]]) -> None:
        """Show what the view model counts, of these sites."""
        self.period.set_period(self._viewmodel.period)
        self.sites.set_sites(sites, self._viewmodel.groups)
        self.sites.set_site_ids(self._viewmodel.chosen)
