"""State and commands of the page Briefing. QtCore only."""

from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.following.briefing import Briefing, LateConcern, OpenIssue
from visitapp.domain.office.animal import AnimalCoverage, Sighting
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import long_date, lowered, short_date
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel


class BriefingViewModel(PageViewModel):
    """The chosen site, and what to look at there."""

    changed = Signal()  # another site, or new content
    concerns = Changes.VISITS | Changes.ISSUES | Changes.SITES | Changes.SETTINGS | Changes.ANIMALS
    saved = Signal(object, str)  # Path of the saved PDF, and a warning about it

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.sites: tuple[Site, ...] = ()
        self.schemes: dict[UUID, Scheme] = {}
        self.briefing: Briefing | None = None
        self.renew()

    @property
    def site_id(self) -> UUID | None:
        """The id of the site shown."""
        return None if self.briefing is None else self.briefing.site.id

    def choose(self, site_id: UUID) -> None:
        """Show another site."""
        if any(site.id == site_id for site in self.sites):
            self.briefing = self._context.services.briefing.briefing(site_id)
            self.changed.emit()

    @property
    def facts(self) -> str:
        """`Custody, as of Thu 10 Apr 2025`."""
        briefing = self.briefing
        if briefing is None:
            return ""
        return f"{briefing.scheme.label}, as of {short_date(briefing.today)}"

    @property
    def file_name(self) -> str:
        """The suggested name of the PDF."""
        briefing = self.briefing
        if briefing is None:
            return "briefing.pdf"
        return f"briefing-{in_a_file_name(briefing.site.name.lower(), 'site')}-{briefing.today}.pdf"

    @property
    def is_custody(self) -> bool:
        """Whether the site is a custody suite."""
        return self.briefing is not None and self.briefing.scheme.kind is Kind.CUSTODY

    def save(self, target: Path) -> None:
        """Save the PDF. Replaces an existing file; the dialog has asked."""
        site_id = self.site_id
        if site_id is not None:
            service = self._context.services.briefing

            def work() -> str:
                service.save(site_id, target, force=True)
                return " ".join(service.cautions(site_id))

            self._context.jobs.run(
                work,
                owner=self,
                done=lambda caution: self.saved.emit(target, caution),
            )

    def renew(self) -> None:
        """Read the sites again; keep the chosen one, otherwise take the first open one."""
        setup, today = self._context.services.setup, self._context.today()
        self.sites = setup.sites()
        self.schemes = {scheme.id: scheme for scheme in setup.schemes()}
        ids = [site.id for site in self.sites]
        open_ones = [site.id for site in self.sites if site.is_open_on(today)]
        chosen = self.site_id if self.site_id in ids else next(iter([*open_ones, *ids]), None)
        service = self._context.services.briefing
        self.briefing = None if chosen is None else service.briefing(chosen)
        self.changed.emit()


def issue_words(issue: OpenIssue) -> tuple[str, str, str]:
    """(what, since when and its state, what the force said)."""
    since = f"{issue.category}; raised {long_date(issue.raised_on)}, {lowered(issue.status)}"
    return issue.title if len(issue.words) > 90 else issue.words, since, issue.answer


def concern_words(concern: LateConcern) -> tuple[str, str]:
    """(which question, when and what was found)."""
    name = f"{concern.about}: {lowered(concern.ask)}" if concern.about else concern.ask
    times = f", at {concern.times} of the last three visits" if concern.times > 1 else ""
    words = f". {concern.words}" if concern.words else ""
    return name, f"{long_date(concern.on)}{times}{words}"


def since_words(day: date | None) -> str:
    """`Never`, `Not since 3 October 2024`."""
    return "Never" if day is None else f"Not since {long_date(day)}"


def animal_words(coverage: AnimalCoverage, sighting: Sighting) -> str:
    """`Ada, last seen 3 September 2024`."""
    return f"{sighting.animal.name}, {coverage.about(sighting)}"
