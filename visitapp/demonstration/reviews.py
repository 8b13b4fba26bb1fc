"""The demonstration's reviews of custody records: invented."""

from collections.abc import Iterable
from uuid import UUID

from visitapp.demonstration.source import day_of, demonstration_id, read
from visitapp.domain.office.record_review import Recommendation, RecordReview
from visitapp.domain.period import Period


def demonstration_reviews(scheme_id: UUID) -> Iterable[RecordReview]:
    """The reviews, oldest first."""
    for entry in read("reviews")["reviews"]:
        yield RecordReview(
            demonstration_id("review", entry["to"]),
            scheme_id,
            Period(day_of(entry["from"]), day_of(entry["to"])),
            entry["panel"],
            tuple(entry["numbers"].items()),
            entry["outcome"],
            entry["themes"],
            tuple(
                Recommendation(what, reply, by, day_of(on) if on else None)
                for what, reply, by, on in entry["advice"]
            ),
        )
