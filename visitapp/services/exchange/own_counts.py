"""What the office gives each visitor back of the reports: briefings of their sites, and their own
visits as it counts them."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import date
from functools import partial
from uuid import UUID

from visitapp.domain.exchange.briefings import Briefings
from visitapp.domain.exchange.messages import MessageKind
from visitapp.domain.following.briefing import SiteBriefing
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period
from visitapp.domain.year.own_visits import OwnCountedVisits
from visitapp.exchange.message_content import encoded
from visitapp.persistence import availability, own_counts, people, schemes
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.services.exchange.packs import current_schemes
from visitapp.services.exchange.passing_on import DueMessage
from visitapp.services.reports.briefing import site_briefing


class OwnCounts:
    """In the office: read for one visitor after the other; each site's briefing is made once."""

    def __init__(self, connection: Connection, today: date) -> None:
        self._connection, self._today = connection, today
        self._people = {person.id: person for person in people.people(connection)}
        self._sites = [site for site in schemes.sites(connection) if site.is_open_on(today)]
        self._entered = availability.availabilities(connection)
        self._briefings: dict[UUID, SiteBriefing] = {}

    def due(
        self, person_id: UUID, copy_id: UUID, sent: Collection[tuple[MessageKind, UUID]]
    ) -> Iterator[DueMessage]:
        """The messages to a visitor's copy; none with nothing in it, unless one with something was
        `sent` before."""
        for kind, value, lasting in self._values(person_id):
            content = encoded(value)
            if lasting or (kind, copy_id) in sent:
                digest = hashlib.sha256(encoded(lasting)).hexdigest()
                yield DueMessage(kind, copy_id, digest, partial(bytes, content))

    def _values(
        self, person_id: UUID
    ) -> Iterator[tuple[MessageKind, Briefings | OwnCountedVisits, tuple[object, ...]]]:
        """The value of each kind, and what has to change for it to be sent again."""
        sites = tuple(map(self._briefing, self._sites_of(person_id)))
        known = tuple(site for site in sites if site.written or site.open_number)
        yield MessageKind.BRIEFINGS, Briefings(self._today, known), known
        year = reporting_years(self._connection).year_of(self._today)
        years = Period(year.year_before().start, year.end)
        visits = tuple(own_counts.visits_of_person(self._connection, person_id, years))
        yield MessageKind.OWN_VISITS, OwnCountedVisits(visits), visits

    def _sites_of(self, person_id: UUID) -> list[Site]:
        """The sites that somebody may visit: none any more for who has left."""
        person = self._people[person_id]
        own = current_schemes(person, self._today)
        entered = self._entered.get(person_id)
        barred = frozenset() if entered is None else entered.not_at
        return [site for site in self._sites if site.scheme_id in own and site.id not in barred]

    def _briefing(self, site: Site) -> SiteBriefing:
        if site.id not in self._briefings:
            self._briefings[site.id] = site_briefing(self._connection, site, self._today)
        return self._briefings[site.id]
