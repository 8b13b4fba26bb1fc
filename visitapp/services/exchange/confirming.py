"""The other visitor of a report reads and confirms it on their own copy."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.exchange.confirming import (
    MOST_ANSWERS,
    MOST_WORDS,
    PartnerAnswer,
    PartnerReading,
    Standing,
    reading_of,
    standing,
)
from visitapp.domain.following.ledger import content_digest
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.wording import number_of
from visitapp.persistence import confirming as stored
from visitapp.persistence import exchange, inbox
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.reports.privacy import PrivacyService
from visitapp.services.roles import MANAGER, VISITOR, changes, reads


class ConfirmingService:
    """Reports of others in a visitor's copy, and who confirmed a report on their own copy."""

    def __init__(self, access: Access, privacy: PrivacyService) -> None:
        self._access, self._privacy = access, privacy

    @reads(VISITOR, noted=RecordKind.REPORT)
    def readings(self) -> tuple[PartnerReading, ...]:
        """In a visitor's copy: the reports that others wrote of this visitor's visits, the latest
        visit first."""
        with self._access.database.reading() as connection:
            return readings_of(connection)

    @changes(VISITOR)
    def confirm(self, report_id: UUID, edition_id: UUID) -> Changes:
        """Confirm an edition that was read. Raises ConflictError where another one came meanwhile,
        BadInputError where there is nothing to confirm."""
        return self._answer(report_id, edition_id, "")

    @changes(VISITOR)
    def dispute(self, report_id: UUID, edition_id: UUID, words: str) -> Changes:
        """Say what is wrong with an edition; the office looks at it, and the report stays as it is.

        Raises as `confirm`, and BadInputError for no words, too many, or some that lead to a
        person.
        """
        if not words.strip():
            raise BadInputError("Write what is wrong.")
        if len(words.strip()) > MOST_WORDS:
            raise BadInputError(f"Write no more than {number_of(MOST_WORDS, 'character')}.")
        self._privacy.must_lead_to_nobody(words)
        return self._answer(report_id, edition_id, words.strip())

    @reads(MANAGER, VISITOR)
    def confirmed_elsewhere(self, visit: Visit) -> Mapping[UUID, datetime]:
        """Who confirmed exactly this edition on their own copy, and when (UTC): in the office by
        their own messages, in its writer's copy by the office's word."""
        with self._access.database.reading() as connection:
            return stored.confirmed_elsewhere(connection, visit)

    def _answer(self, report_id: UUID, edition_id: UUID, words: str) -> Changes:
        with self._access.database.transaction() as connection:
            own = exchange.own_copy(connection)
            kept = stored.report(connection, report_id)
            if own is None or own.person_id is None or kept is None:
                raise BadInputError("This report is not here to be confirmed.")
            reading = reading_of(kept.content, own.person_id)
            if reading is None or reading.edition.id != edition_id:
                raise ConflictError("The report has been amended since. Read it again first.")
            if reading.standing is Standing.WITHDRAWN:
                raise ConflictError("The report was withdrawn, so there is nothing to confirm.")
            if reading.answer is not None and reading.answer.words == words:
                return Changes.NONE
            answers = kept.content.answers
            if len(answers) >= MOST_ANSWERS:
                raise BadInputError("You have answered too often. Ask your manager.")
            answer = PartnerAnswer(
                uuid4(),
                report_id,
                reading.edition.scheme_id,
                edition_id,
                own.person_id,
                content_digest(reading.edition),
                max((item.number for item in answers), default=0) + 1,
                self._access.now(),
                words,
            )
            stored.save_report(connection, kept.with_answers((*answers, answer), kept.version))
        return Changes.INBOX


def readings_of(connection: Connection) -> tuple[PartnerReading, ...]:
    """The reports of others in a visitor's copy, the latest visit first."""
    own = exchange.own_copy(connection)
    if own is None or own.person_id is None:
        return ()
    readings = (reading_of(item.content, own.person_id) for item in stored.reports(connection))
    listed = [reading for reading in readings if reading is not None]
    return tuple(
        sorted(listed, key=lambda reading: (reading.edition.arrived, reading.report_id))[::-1]
    )


def disputed(connection: Connection) -> set[UUID]:
    """In the office: the reports whose last edition another visitor finds wrong, as long as nobody
    has seen to it."""
    answers = stored.not_looked_at(connection)
    by_report = stored.answers(connection, set(answers.values()))
    items = (inbox.report(connection, report_id) for report_id in by_report)
    return {
        item.id
        for item in items
        if item is not None
        and any(
            answer.id in answers
            for answer in standing(by_report[item.id], item.report.last).values()
        )
    }
