"""In a visitor's copy: how far each report has come, and answers to the office's questions."""

from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.handing_over import Handover, HandoverState, handover_of, revision_of
from visitapp.domain.exchange.messages import MessageKind
from visitapp.persistence import exchange, inbox, outbox, visits
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.reports.privacy import PrivacyService
from visitapp.services.roles import MANAGER, VISITOR, changes, reads


class HandingOverService:
    """Nothing is claimed that this copy can't know: *received* only by the office's receipt."""

    def __init__(self, access: Access, privacy: PrivacyService) -> None:
        self._access, self._privacy = access, privacy

    @reads(MANAGER, VISITOR)
    def states(self) -> dict[UUID, HandoverState]:
        """How far each report has come, by the ids of all its editions; empty in a copy that
        joined no scheme."""
        with self._access.database.reading() as connection:
            own = exchange.own_copy(connection)
            if own is None or own.person_id is None:
                return {}
            return {
                edition: state for editions, state in states_of(connection) for edition in editions
            }

    @changes(VISITOR)
    def answer(self, report_id: UUID, text: str) -> Changes:
        """Answer the office's question about a report without amending it.

        Raises BadInputError for no words, for words that lead to a person, and where the office
        asks nothing.
        """
        if not text.strip():
            raise BadInputError("Write your answer.")
        self._privacy.must_lead_to_nobody(text)
        with self._access.database.transaction() as connection:
            states = {editions[0]: state for editions, state in states_of(connection)}
            state = states.get(report_id)
            if state is None or state.stage is not Handover.ASKED:
                raise BadInputError("The office asks nothing about this report.")
            visit = visits.visit(connection, report_id)
            assert visit is not None
            _, number = inbox.own_answers(connection).get(report_id, ("", 0))
            inbox.save_own_answer(connection, report_id, visit.scheme_id, text.strip(), number + 1)
        return Changes.INBOX


def states_of(connection: Connection) -> list[tuple[tuple[UUID, ...], HandoverState]]:
    """The editions of each report of this copy, and how far it has come."""
    office = inbox.answers(connection)
    own_answers = inbox.own_answers(connection)
    sent = {
        message.subject_id: message
        for message in outbox.messages(connection)
        if message.kind is MessageKind.REPORT
    }
    states = []
    for editions, events in inbox.chains(connection):
        report_id = editions[0]
        revision = revision_of(events, own_answers.get(report_id, ("", 0))[1])
        message = sent.get(report_id)
        if message is not None and message.digest != str(revision):
            message = None  # of an earlier state
        put_out_at = None if message is None else message.put_out_at
        is_by_hand = message is not None and not message.name
        state = handover_of(
            report_id, revision, put_out_at, office.get(report_id), is_by_hand=is_by_hand
        )
        states.append((editions, state))
    return states
