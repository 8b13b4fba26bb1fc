"""Reviews of custody records by the office or a scrutiny panel."""

from dataclasses import replace

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.record_review import REVIEW_KINDS, RecordReview, ReviewsOfPeriod
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.bold_words import without_marks
from visitapp.persistence import record_reviews as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.reports.privacy import PrivacyService
from visitapp.services.roles import MANAGER, changes, reads


class RecordReviewService:
    """Only the manager enters reviews; the others read of them in documents."""

    def __init__(self, access: Access, privacy: PrivacyService) -> None:
        self._access, self._privacy = access, privacy

    @reads(MANAGER, noted=RecordKind.REVIEW)
    def reviews(self) -> tuple[RecordReview, ...]:
        """All reviews, the latest first."""
        with self._access.database.reading() as connection:
            return stored.record_reviews(connection)

    @changes(MANAGER)
    def save(self, item: RecordReview) -> Changes:
        """Add or change a review. Raises BadInputError without a record, for a kind that the
        scheme's list doesn't have, for a scheme that visits nobody in custody, and for words that
        may identify somebody; ConflictError if it was changed elsewhere."""
        if not item.records:
            raise BadInputError("Enter how many records of a kind were reviewed.")
        for words in item.texts:
            self._privacy.must_lead_to_nobody(without_marks(words))
        with self._access.database.transaction() as connection:
            of_custody = {
                scheme.id for scheme in schemes.schemes(connection) if scheme.kind is Kind.CUSTODY
            }
            book = schemes.codes(connection, item.scheme_id)
            if item.scheme_id not in of_custody:
                raise BadInputError("Only a custody scheme has records to review.")
            if not all(book.has(REVIEW_KINDS, kind) for kind, _ in item.numbers):
                raise BadInputError("Choose kinds of records from the list.")
            stored.save_record_review(connection, item)
        return Changes.REVIEWS

    @changes(MANAGER)
    def remove(self, item: RecordReview) -> Changes:
        """Delete a review that was entered by mistake. Raises ConflictError if it was changed
        elsewhere."""
        with self._access.database.transaction() as connection:
            stored.remove_record_review(connection, item)
        return Changes.REVIEWS

    @changes(MANAGER)
    def put_back(self, item: RecordReview) -> Changes:
        """Restore a deleted review."""
        return self.save(replace(item, version=0))


def reviews_in(connection: Connection, period: Period) -> ReviewsOfPeriod | None:
    """The reviews that a report on a period prints; None without any."""
    every = [item for item in stored.record_reviews(connection) if item.period.end in period]
    if not every:
        return None
    return ReviewsOfPeriod.of(every, schemes.codes(connection, every[0].scheme_id))
