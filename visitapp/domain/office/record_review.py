"""Reviews of custody records, by the office or a scrutiny panel: what was looked at, what came of
it, what was recommended, and the replies.

Records are chosen for a review, so their numbers say nothing about how often something happens.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.period import Period

REVIEW_KINDS = "review_kind"
"""The list of codes with the kinds of records that are reviewed."""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What a review recommended, and the reply: who gave it (a role), and on which day."""

    what: str
    reply: str = ""
    replied_by: str = ""
    replied_on: date | None = None

    def __post_init__(self) -> None:
        if not self.what.strip():
            raise BadInputError("Write what was recommended before its reply.")
        if self.replied_on is not None and not self.reply.strip():
            raise BadInputError("Write the reply that was given on that day.")

    def is_answered_on(self, day: date) -> bool:
        """Whether there was a reply by the end of a day."""
        return bool(self.reply.strip()) and (self.replied_on is None or self.replied_on <= day)


@dataclass(frozen=True, slots=True)
class RecordReview:
    """One review of records of a period. `panel`: who reviewed them. `numbers` are how many records
    of each kind, by code."""

    id: UUID
    scheme_id: UUID
    period: Period
    panel: str = ""
    numbers: tuple[tuple[str, int], ...] = ()
    outcome: str = ""
    themes: str = ""
    recommendations: tuple[Recommendation, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        if any(number < 1 for _, number in self.numbers):
            raise BadInputError("Enter how many records were reviewed as a whole number.")

    @property
    def records(self) -> int:
        """All records that were reviewed."""
        return sum(number for _, number in self.numbers)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that somebody wrote in it, and that documents print."""
        advice = [
            words
            for item in self.recommendations
            for words in (item.what, item.reply, item.replied_by)
        ]
        return (self.panel, self.outcome, self.themes, *advice)

    def unanswered(self, day: date) -> tuple[Recommendation, ...]:
        """The recommendations without a reply by the end of a day."""
        return tuple(item for item in self.recommendations if not item.is_answered_on(day))


@dataclass(frozen=True, slots=True)
class ReviewsOfPeriod:
    """The reviews whose last day is in a period, so that each is in the report of one year; oldest
    first. `labels` are those of the kinds
    of records, by code, in their order."""

    reviews: tuple[RecordReview, ...]
    labels: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, reviews: Iterable[RecordReview], book: CodeBook) -> "ReviewsOfPeriod":
        """These reviews, with the labels of a scheme."""
        chosen = sorted(reviews, key=lambda item: (item.period.end, item.period.start, item.panel))
        labels = tuple((code.code, code.label) for code in book[REVIEW_KINDS])
        return cls(tuple(chosen), labels)

    @property
    def records(self) -> int:
        """All records that were reviewed."""
        return sum(review.records for review in self.reviews)

    @property
    def by_kind(self) -> tuple[tuple[str, int], ...]:
        """How many records of each kind, labelled; without kinds of which there were none."""
        numbers = dict.fromkeys((code for code, _ in self.labels), 0)
        for review in self.reviews:
            for code, number in review.numbers:
                numbers[code] = numbers.get(code, 0) + number
        labels = dict(self.labels)
        return tuple((labels.get(code, code), number) for code, number in numbers.items() if number)

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """All recommendations."""
        return tuple(item for review in self.reviews for item in review.recommendations)
