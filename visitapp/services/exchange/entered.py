"""Availability between a person's own copy and the office's: the later entry is used in both."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.messages import ALTERED, TOO_LONG, MessageError, MessageKind
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.entered import BEFORE_ALL, EnteredAvailability, merged
from visitapp.exchange.message_content import decoded, encoded
from visitapp.persistence import availability as stored
from visitapp.persistence import people, schemes
from visitapp.persistence.database import Connection
from visitapp.services.exchange.incoming_message import IncomingMessage
from visitapp.services.exchange.passing_on import DueMessage

_MOST_BYTES = 1 << 16
"""A free time for every hour of the week and a hundred days away have a third of it."""


def availability_due(
    connection: Connection, person_id: UUID, copy_id: UUID, *, from_office: bool
) -> Iterator[DueMessage]:
    """The availability to be sent: by the office whatever is used, by the person what they
    entered."""
    entered = _entered(connection, person_id, is_office=from_office)
    if entered is None or not (from_office or entered.by_self):
        return
    if from_office:  # what only the manager decides stays in the office
        plain = replace(entered.availability, may_buddy=True, version=1)
        entered = replace(entered, availability=plain)
    digest = f"{entered.at.isoformat()} {entered.by_self}"
    yield DueMessage(MessageKind.AVAILABILITY, copy_id, digest, partial(encoded, entered))


def take_availability(incoming: IncomingMessage) -> Changes:
    """What a visitor entered on their own copy, or in that copy what the office uses."""
    is_office = incoming.own.person_id is None
    person_id = incoming.visitor() if is_office else incoming.receiver()
    if len(incoming.message.content) > _MOST_BYTES:
        raise MessageError(TOO_LONG)
    came = decoded(incoming.message.content, EnteredAvailability)
    if came.availability.person_id != person_id or (is_office and not came.by_self):
        raise MessageError(ALTERED)
    connection = incoming.connection
    here = _entered(connection, person_id, is_office=is_office)
    before = here.availability if here is not None else Availability(person_id)
    own = _own_sites(connection, person_id)
    came = replace(came, availability=_fitting(came.availability, before, own))
    outcome = merged(here, came)
    if outcome is None:
        return Changes.NONE
    used, entry = outcome
    if used != before or here is None:
        stored.save_availability(connection, replace(used, version=before.version))
    stored.save_entry(connection, person_id, entry)
    return Changes.PLANS


def _entered(
    connection: Connection, person_id: UUID, *, is_office: bool
) -> EnteredAvailability | None:
    there = stored.availabilities(connection).get(person_id)
    if there is None:
        return None
    entry = stored.entry(connection, person_id)
    if entry is None:
        return EnteredAvailability(there, BEFORE_ALL, by_self=not is_office)
    return EnteredAvailability(there, entry.at, entry.by_self, entry.seen_at)


def _own_sites(connection: Connection, person_id: UUID) -> set[UUID]:
    """The sites of the person's schemes: all that their own copy knows."""
    person = next(person for person in people.people(connection) if person.id == person_id)
    own = {membership.scheme_id for membership in person.memberships}
    return {site.id for site in schemes.entered_sites(connection) if site.scheme_id in own}


def _fitting(came: Availability, before: Availability, own: set[UUID]) -> Availability:
    """What came, with what only this copy decides or knows: who may buddy, and other sites."""
    travel = {site: far for site, far in before.travel.items() if site not in own}
    travel |= {site: far for site, far in came.travel.items() if site in own and far}
    return replace(
        came,
        may_buddy=before.may_buddy,
        travel=travel,
        not_at=(before.not_at - own) | (came.not_at & own),
        version=before.version,
    )
