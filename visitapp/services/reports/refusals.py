"""What was done about visits that were refused entry."""

from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.following.refusal import RefusalAnswer
from visitapp.domain.office.codes import Ending
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import refusals as stored
from visitapp.persistence import schemes, visits
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.reports.privacy import PrivacyService
from visitapp.services.roles import MANAGER, VISITOR, changes, reads


class RefusalService:
    """A refused visit stands on Home until the manager says what was done about it."""

    def __init__(self, access: Access, privacy: PrivacyService) -> None:
        self._access, self._privacy = access, privacy

    @reads(MANAGER, VISITOR)
    def is_unanswered(self, visit_id: UUID) -> bool:
        """Whether a visit was refused entry and nobody has said what was done about it."""
        with self._access.database.reading() as connection:
            if _refused(connection, visit_id) is None:
                return False
            return stored.answer(connection, visit_id) is None

    @reads(MANAGER, VISITOR)
    def answer(self, visit_id: UUID) -> RefusalAnswer | None:
        """What was done about a refusal, if somebody has said so."""
        with self._access.database.reading() as connection:
            return stored.answer(connection, visit_id)

    @changes(MANAGER)
    def say_what_was_done(self, visit_id: UUID, words: str) -> Changes:
        """Write what was done about a refusal. It can't be changed afterwards.

        Raises NotAllowedError for anybody but the manager, BadInputError if nothing is said, if the
        words may identify somebody, or if the visit wasn't refused entry, ConflictError if
        somebody has said it already.
        """
        words = words.strip()
        if not words:
            raise BadInputError("Say what was done about it.")
        self._privacy.must_lead_to_nobody(words)
        with self._access.database.transaction() as connection:
            visit = _refused(connection, visit_id)
            if visit is None:
                raise BadInputError("This visit was not refused entry.")
            if stored.answer(connection, visit_id) is not None:
                raise ConflictError("Somebody has already said what was done about it.")
            by, now = self._access.actor.name, self._access.now()
            stored.save_answer(connection, visit_id, visit.scheme_id, words, by, now)
        return Changes.VISITS


def _refused(connection: Connection, visit_id: UUID) -> Visit | None:
    """The visit, if it counts and was refused entry."""
    visit = visits.visit(connection, visit_id)
    if visit is None or visit.state is not State.LOCKED:
        return None
    ending = schemes.codes(connection, visit.scheme_id).ending(visit.status)
    return visit if ending is Ending.REFUSED_ENTRY else None
