"""A visitor's copy holds accepted reports for as long as the scheme says; the office keeps all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.exchange.messages import MessageKind
from visitapp.domain.exchange.retention import ReducedReport, is_past_retention
from visitapp.domain.report.visit import Visit
from visitapp.persistence import confirming, exchange, inbox, outbox, people, reducing
from visitapp.persistence import visits as stored_visits
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.exchange.handing_over import states_of
from visitapp.services.exchange.passing_on import answers_due, keep_days
from visitapp.services.roles import MANAGER, VISITOR, changes, reads


@dataclass(frozen=True, slots=True)
class _Due:
    """A report to be reduced; `editions` are those that stand in the tables of visits."""

    left: ReducedReport
    editions: tuple[UUID, ...]


class RetentionService:
    """Reduces reports in a visitor's copy. Only what the office's receipt says is accepted is
    ever reduced, so that no report is removed from the only place where it is."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @changes(MANAGER, VISITOR)
    def reduce_due(self) -> Changes:
        """Reduce the reports that were accepted long enough ago to date, site and reference.

        Does nothing in the office's copy. What is removed is overwritten in the file.
        """
        with self._access.database.reading() as connection:
            if not list(self._due(connection)):
                return Changes.NONE
        now = self._access.now()
        with self._access.database.transaction() as connection:
            own = exchange.own_copy(connection)
            assert own is not None
            assert own.person_id is not None
            by = people.names(connection, [own.person_id])[own.person_id]
            for due in list(self._due(connection)):
                reducing.reduce(connection, due.left, due.editions, by, now)
        self._access.database.checkpoint()  # the log beside the file holds what was removed
        return Changes.VISITS | Changes.ISSUES | Changes.INBOX

    @reads(MANAGER, VISITOR)
    def reduced(self) -> tuple[ReducedReport, ...]:
        """What is left of the reports that only the office still has, the latest visit first."""
        with self._access.database.reading() as connection:
            return tuple(reducing.reports(connection))

    def _due(self, connection: Connection) -> Iterator[_Due]:
        own = exchange.own_copy(connection)
        if own is None or own.person_id is None:
            return
        days = keep_days(connection)
        yield from self._own_due(connection, days)
        yield from self._partners_due(connection, days)

    def _own_due(self, connection: Connection, days: dict[UUID, int]) -> Iterator[_Due]:
        now = self._access.now()
        office = inbox.answers(connection)
        for editions, state in states_of(connection):
            accepted_at = state.at if state.stage is Handover.ACCEPTED else None
            if accepted_at is None:
                continue
            last = stored_visits.visit(connection, editions[-1])
            assert last is not None
            if not is_past_retention(accepted_at, days[last.scheme_id], now):
                continue
            if reducing.has_only_copy_of_a_record(connection, editions):
                continue
            revision = office[editions[0]].accepted_revision
            left = _left(editions[0], last, revision, accepted_at, now)
            yield _Due(left, editions)

    def _partners_due(self, connection: Connection, days: dict[UUID, int]) -> Iterator[_Due]:
        """Reports of other visitors, once the office has every answer to them."""
        now = self._access.now()
        acknowledged = {
            message.subject_id: message.digest
            for message in outbox.messages(connection)
            if message.kind is MessageKind.CONFIRMATION and message.acknowledged_at is not None
        }
        answers = {due.subject_id: due.digest for due in answers_due(connection)}
        for item in confirming.reports(connection):
            content = item.content
            accepted_at = content.accepted_at
            if content.report is None or accepted_at is None:
                continue
            if not is_past_retention(accepted_at, days[content.scheme_id], now):
                continue
            if acknowledged.get(content.report_id) != answers.get(content.report_id):
                continue
            last = content.report.last
            yield _Due(_left(content.report_id, last, content.revision, accepted_at, now), ())


def _left(
    report_id: UUID, last: Visit, revision: int, accepted_at: datetime, now: datetime
) -> ReducedReport:
    return ReducedReport(
        report_id,
        last.scheme_id,
        last.site_id,
        last.arrived.day,
        last.ref,
        revision,
        accepted_at,
        now,
    )
