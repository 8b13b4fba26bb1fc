"""What the section on record reviews reads and saves, without widgets."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.office.codes import Code
from visitapp.domain.office.record_review import (
    REVIEW_KINDS,
    Recommendation,
    RecordReview,
)
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.services import Services

CarryOut = Callable[[Callable[[], Changes], str], bool]


class ReviewEntries:
    """Works on the open file; `carry_out` runs a change and reports the result or the problem."""

    def __init__(self, services: Services, carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    @property
    def scheme_id(self) -> UUID | None:
        """The custody scheme, the only one with records to review."""
        every = self._services.setup.schemes()
        return next((scheme.id for scheme in every if scheme.kind is Kind.CUSTODY), None)

    def all(self) -> tuple[RecordReview, ...]:
        """All reviews, the latest first."""
        return self._services.record_reviews.reviews()

    def kinds(self, item: RecordReview | None, day: date) -> list[Code]:
        """The kinds of records that can be entered: those offered on a day, and those of the
        review."""
        if self.scheme_id is None:
            return []
        used = {kind for kind, _ in item.numbers} if item else set()
        every = self._services.setup.codes(self.scheme_id)[REVIEW_KINDS]
        return [code for code in every if code.is_active_on(day) or code.code in used]

    def save(
        self,
        item: RecordReview | None,
        period: Period,
        panel: str,
        numbers: tuple[tuple[str, int], ...],
        texts: tuple[str, str],
        recommendations: tuple[Recommendation, ...],
    ) -> UUID | None:
        """Add a review, or change one; `texts` are outcome and themes. Returns its id, or None if
        it was not saved."""
        scheme_id = item.scheme_id if item else self.scheme_id
        if scheme_id is None:
            return None
        review_id = item.id if item else uuid4()
        version = item.version if item else 0
        review = RecordReview(
            review_id, scheme_id, period, panel, numbers, *texts, recommendations, version
        )
        saved = self._carry_out(lambda: self._services.record_reviews.save(review), "Review saved.")
        return review_id if saved else None

    def remove(self, item: RecordReview) -> bool:
        """Delete a review. Returns whether it was deleted."""
        service = self._services.record_reviews
        return self._carry_out(lambda: service.remove(item), "Review deleted.")

    def put_back(self, item: RecordReview) -> bool:
        """Save a deleted review again. Returns whether it was saved."""
        service = self._services.record_reviews
        return self._carry_out(lambda: service.put_back(item), "The review is back.")
