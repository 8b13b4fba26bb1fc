"""Sites that are the same place: what the section Sites reads, asks and decides."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from visitapp.domain.changes import Changes
from visitapp.domain.office.same_entry import SameEntry
from visitapp.domain.office.site import Site
from visitapp.services import Services
from visitapp.ui.count_together import CountedEntry, CountTogetherDialog, EntryChoice

CarryOut = Callable[[Callable[[], Changes], str], bool]
"""Does a change and says a sentence, or the problem; False after a problem."""


class SameSites:
    """The decisions that hold; the section lists only sites that are counted."""

    def __init__(self, services: Callable[[], Services], carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    def of(self, kept_id: UUID) -> list[CountedEntry]:
        """The sites that count as a site, with the decisions."""
        service = self._services().same_sites
        mine = [item for item in service.decisions() if item.holds and item.kept_id == kept_id]
        names = {site.id: site.name for site in service.entered()} if mine else {}
        return [
            CountedEntry(
                names[item.entry_id],
                item.why,
                item.by,
                item.at,
                partial(self.count_apart, names[item.entry_id], item),
            )
            for item in mine
        ]

    def effect(self, site_id: UUID, kept_id: UUID) -> Sequence[str]:
        """What a decision does, in lines. Raises VisitAppError for two that can't be the same."""
        return self._services().same_sites.together(site_id, kept_id)

    def count_apart(self, name: str, item: SameEntry) -> None:
        """Withdraw a decision."""
        service = self._services().same_sites
        self._carry_out(lambda: service.count_apart(item.id), f"{name} is counted by itself again.")

    def ask(self, parent: QWidget, site: Site) -> UUID | None:
        """Ask which site is the same, and decide it. Returns the kept site's id, or None."""
        service = self._services().same_sites
        others = [
            EntryChoice(
                item.site.id,
                item.site.name,
                f"{item.site.name} (similar names)" if item.is_likely else item.site.name,
                is_likely=item.is_likely,
            )
            for item in service.others(site.id)
        ]
        decided = CountTogetherDialog.ask(
            parent,
            f"The same site as {site.name}",
            "Choose the other entry of this site. Visits to both are counted together from then "
            "on, in past years too, and reports keep the site that they were signed with. Nothing "
            "of either entry is lost: Undo counts them apart again.",
            EntryChoice(site.id, site.name, site.name),
            others,
            self.effect,
        )
        if decided is None:
            return None
        names = {site.id: site.name} | {item.id: item.name for item in others}
        sentence = f"{names[decided.entry_id]} counts as {names[decided.kept_id]} from now on."
        kept = self._carry_out(lambda: service.count_as(*decided), sentence)
        return decided.kept_id if kept else None
