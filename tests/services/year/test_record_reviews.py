"""Reviews of custody records over a real file, and in the documents that print them."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import ANIMALS, CUSTODY, make_visit, sign
from tests.reporting.test_bodies_and_periods import words as words_of
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.office.record_review import Recommendation, RecordReview
from visitapp.domain.period import Period
from visitapp.persistence import settings_digests
from visitapp.reporting.annual import annual_report
from visitapp.reporting.meeting_pack import meeting_paper
from visitapp.services import Services

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
ANSWERED = Recommendation("Ask the council", "It is asked.", "Inspector", date(2025, 3, 20))
LATE = Recommendation("Say who was present", "Agreed.", "Inspector", date(2025, 4, 2))
WAITING = Recommendation("Count the searches")


def review(**changed: object) -> RecordReview:
    usual = {
        "id": UUID(int=801),
        "scheme_id": CUSTODY,
        "period": Period(date(2025, 1, 1), date(2025, 3, 31)),
        "panel": "Scrutiny Panel",
        "numbers": (("FORCE", 7), ("STRIP", 13)),
        "outcome": "Reasons were recorded.",
        "themes": "- Why\n- Aftercare.",
        "recommendations": (ANSWERED, LATE, WAITING),
    }
    return RecordReview(**usual | changed)  # type: ignore[arg-type]


def test_a_review_is_kept_whole_changed_deleted_and_put_back(furnished: Services) -> None:
    service, item = furnished.record_reviews, review()
    earlier = review(id=UUID(int=802), period=Period(date(2024, 7, 1), date(2024, 9, 30)))
    assert service.save(earlier) is Changes.REVIEWS
    service.save(item)
    assert service.reviews() == (replace(item, version=1), replace(earlier, version=1))
    fewer = replace(item, numbers=(("STRIP", 2),), recommendations=(ANSWERED,), version=1)
    service.save(fewer)
    assert service.reviews()[0] == replace(fewer, version=2)
    for change in (service.save, service.remove):
        with pytest.raises(ConflictError):
            change(replace(item, version=1))
    service.remove(replace(fewer, version=2))
    assert service.reviews() == (replace(earlier, version=1),)
    service.put_back(replace(fewer, version=2))
    assert service.reviews()[0] == replace(fewer, version=1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"numbers": ()}, "how many records"),
        ({"numbers": (("FOOD", 3),)}, "kinds of records from the list"),
        ({"scheme_id": ANIMALS}, "Only a custody scheme"),
    ],
)
def test_what_is_no_review_is_refused(
    furnished: Services, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(BadInputError, match=words):
        furnished.record_reviews.save(review(**changed))
    assert furnished.record_reviews.reviews() == ()


@pytest.mark.parametrize(
    ("changed", "flagged"),
    [
        ({"panel": "Sgt Patel"}, "Patel"),
        ({"outcome": "John Smith was searched twice."}, "John Smith"),
        ({"themes": "CY/1234/25"}, "CY/1234/25"),
        ({"recommendations": (Recommendation("Tell John Smith why"),)}, "John Smith"),
        ({"recommendations": (Recommendation("Ask", "John Smith is asked."),)}, "John Smith"),
        ({"recommendations": (Recommendation("Ask", "Agreed.", "Sgt Patel"),)}, "Patel"),
    ],
)
def test_a_text_of_a_review_leads_to_nobody(
    furnished: Services, changed: dict[str, object], flagged: str
) -> None:
    with pytest.raises(BadInputError, match=flagged):
        furnished.record_reviews.save(review(**changed))
    assert furnished.record_reviews.reviews() == ()


def test_numbers_and_replies_have_to_make_sense() -> None:
    with pytest.raises(BadInputError, match="whole number"):
        review(numbers=(("STRIP", 0),))
    with pytest.raises(BadInputError, match="what was recommended"):
        Recommendation(" ", "Agreed.")
    with pytest.raises(BadInputError, match="Write the reply"):
        Recommendation("Ask", "", "Inspector", date(2025, 3, 1))


def test_a_long_reply_is_printed_over_two_pages(furnished: Services) -> None:
    sign(furnished, make_visit())
    long, role = "WOMEN " * 500, "team of women " * 7
    furnished.record_reviews.save(
        review(recommendations=(Recommendation(long, long, role, date(2024, 9, 30)),))
    )
    assert furnished.reports.annual_pages(YEAR).pages


def test_the_ledger_notices_a_reply_changed_from_outside(furnished: Services) -> None:
    furnished.record_reviews.save(review())
    with furnished.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE recommendation SET reply = 'Refused.'")
        kinds = [kind.key for kind in settings_digests.contradicted(connection)]
        assert kinds == ["throughput"]


def test_the_annual_report_prints_what_was_known_at_its_end(furnished: Services) -> None:
    sign(furnished, make_visit())
    without = words_of(annual_report(furnished.figures.summary(YEAR, findings=True)))
    assert "Reviews of custody records" not in without
    furnished.record_reviews.save(review())
    words = words_of(annual_report(furnished.figures.summary(YEAR, findings=True)))
    assert (
        "In one review, 20 custody records were looked at. It led to 3 recommendations, of which "
        "one had a reply at the end of the year." in words
    )
    for line in ("Strip search", "Scrutiny Panel: records of January to March 2025",
                 "Themes: Why; Aftercare.", "20 March 2025", "No reply yet"):  # fmt: skip
        assert line in words
    assert words.index("Strip search") < words.index("Use of force")  # as in the office's list
    assert "Agreed." not in words  # came after the year
    figures = json.loads(furnished.figures.figures_json(YEAR))
    assert figures["record_reviews"] == {
        "reviews": 1,
        "records": 20,
        "by_kind": {"Strip search": 13, "Use of force": 7},
        "recommendations": 3,
    }
    later = Period(date(2025, 4, 1), date(2026, 3, 31))
    assert furnished.figures.summary(later, findings=True).reviews is None


def test_the_meeting_pack_has_new_reviews_and_what_waits_for_a_reply(furnished: Services) -> None:
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31))
    assert "custody records" not in words_of(meeting_paper(furnished.meetings.pack(quarter)))
    furnished.record_reviews.save(review(outcome="**Reasons** were recorded.\n\n- in full"))
    words = " ".join(words_of(meeting_paper(furnished.meetings.pack(quarter))).split())
    assert "20 records reviewed, 2 recommendations wait for a reply" in words
    assert "Scrutiny Panel, January to March 2025: 20 records. Reasons were recorded." in words
    assert "- in full" not in words
    assert "in full" in words
    april = Period(date(2025, 4, 1), date(2025, 4, 9))
    words = words_of(meeting_paper(furnished.meetings.pack(april)))
    assert "1 recommendation waits for a reply" in words
    assert "Count the searches" in words
    assert "Reasons were" not in words
