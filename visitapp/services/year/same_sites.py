"""Sites that are the same place: counted together by decision, and apart."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.same_entry import SameEntry
from visitapp.domain.office.same_site import (
    LikeSite,
    united,
    why_not_same,
)
from visitapp.domain.office.site import Site
from visitapp.domain.text.wording import long_date
from visitapp.domain.year.recount import recounted_sentence, recounts_together
from visitapp.exchange.alike_sites import like_site
from visitapp.persistence import counted_sites, same_site, schemes
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, changes, reads


class SameSitesService:
    """Decisions are added and withdrawn. Reports keep the site that they were signed with."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER)
    def decisions(self) -> Sequence[SameEntry]:
        """What was decided of sites that are entered twice, also what was withdrawn, oldest
        first."""
        with self._access.database.reading() as connection:
            return same_site.decisions(connection)

    @reads(MANAGER)
    def entered(self) -> tuple[Site, ...]:
        """All sites in their order, also those that count under another one, each as entered."""
        with self._access.database.reading() as connection:
            return tuple(schemes.entered_sites(connection))

    @reads(MANAGER)
    def others(self, site_id: UUID) -> tuple[LikeSite, ...]:
        """The sites that may be the same place as a site, those with a similar name first."""
        with self._access.database.reading() as connection:
            counted = schemes.sites(connection)
        own = next((site for site in counted if site.id == site_id), None)
        if own is None:
            return ()
        others = (
            LikeSite(site, bool(like_site(own, [site])))
            for site in counted
            if site.id != own.id and (site.scheme_id, site.kind) == (own.scheme_id, own.kind)
        )
        return tuple(sorted(others, key=lambda item: not item.is_likely))

    @reads(MANAGER)
    def together(self, site_id: UUID, kept_id: UUID) -> tuple[str, ...]:
        """What counting a site under another one does to the figures, in lines.

        Raises BadInputError for two that can't be the same.
        """
        today = self._access.today()
        with self._access.database.reading() as connection:
            site, kept = _fitting(connection, site_id, kept_id, today)
            own, other = (counted_sites.visits_of(connection, item) for item in (kept, site))
            years = reporting_years(connection)
        (whole,) = united([kept, site], {site.id: kept.id})
        both = replace(own.with_other(other), name=f"Together, as {kept.name}")
        due = recounted_sentence(recounts_together((site, kept), whole, today, years))
        has_earlier = whole.open_periods != kept.open_periods
        earlier = f" Days before the first of them are those of {site.name}." if has_earlier else ""
        return (
            other.words,
            own.words,
            both.words,
            due or "As many visits are due as before.",
            f"{kept.name} keeps its open days, target and groups.{earlier}",
        )

    @changes(MANAGER)
    def count_as(self, site_id: UUID, kept_id: UUID, why: str) -> Changes:
        """Decide that two sites are the same place: all is counted under the kept one.

        Raises BadInputError without a reason, and for two that can't be the same.
        """
        if not why.strip():
            raise BadInputError("Say why the two are the same site.")
        with self._access.database.transaction() as connection:
            site, _ = _fitting(connection, site_id, kept_id, self._access.today())
            by, at = self._access.actor.name, self._access.now()
            decision = SameEntry(uuid4(), site_id, kept_id, why.strip(), by, at)
            same_site.add(connection, decision, site.scheme_id)
            counted_sites.count_under(connection, site, kept_id)
        return _CHANGES

    @changes(MANAGER)
    def count_apart(self, decision_id: UUID) -> Changes:
        """Withdraw a decision: the two are counted as before it. Raises BadInputError if that was
        done."""
        by, at = self._access.actor.name, self._access.now()
        with self._access.database.transaction() as connection:
            if not same_site.withdraw(connection, decision_id, by, at):
                raise BadInputError("This decision was withdrawn before.")
            decision = next(d for d in same_site.decisions(connection) if d.id == decision_id)
            entered = {site.id: site for site in schemes.entered_sites(connection)}
            counted_sites.count_apart(connection, entered[decision.entry_id], decision.kept_id)
        return _CHANGES


_CHANGES = Changes.SITES | Changes.VISITS | Changes.PLANS | Changes.ANIMALS


def _fitting(
    connection: Connection, site_id: UUID, kept_id: UUID, today: date
) -> tuple[Site, Site]:
    """The two, which can be the same site, as they are counted. Raises BadInputError for others."""
    decided = same_site.decisions(connection)
    entered = {site.id: site for site in schemes.entered_sites(connection)}
    if site_id not in entered or kept_id not in entered:
        raise BadInputError("This site is no longer in the file.")
    site, kept = entered[site_id], entered[kept_id]
    if problem := why_not_same(site, kept, decided):
        raise BadInputError(problem)
    if words := counted_sites.why_kept(connection, site):
        raise BadInputError(f"{site.name} {words}. Keep {site.name} instead.")
    last = counted_sites.planned_until(connection, site)
    if last is not None and last >= today:
        raise BadInputError(
            f"Visits to {site.name} are planned until {long_date(last)}. Keep {site.name} instead, "
            "or cancel them in Plan first."
        )
    return site, next(item for item in schemes.sites(connection) if item.id == kept_id)
