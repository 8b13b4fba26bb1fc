"""The section of the annual report on requests, custody records and offers."""

from dataclasses import replace

import pytest

from tests.reporting.published_year import published_year
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.custody_answers import (
    CustodyAnswers,
    GapFigures,
    OfferFigures,
    OffersCompared,
    RecordFigures,
    RequestFigures,
    RequestPart,
)
from visitapp.reporting import blocks
from visitapp.reporting.annual import annual_report

KINDS = (
    RequestPart(700, 650, "BLANKET", "Blanket or warmth"),
    RequestPart(636, 535, "CALL", "Telephone call"),
)
REQUESTS = RequestFigures(1336, 1185, KINDS)
RECORDS = RecordFigures(
    263, 81, (GapFigures("Late review", 78, 263), GapFigures("Food not logged", 3, 263))
)
OFFERS = OffersCompared.of(
    [OfferFigures("A visitor", 300, 285), OfferFigures("The escort", 100, 70)]
)


def section(custody):
    every = annual_report(replace(published_year(), custody=custody)).sections
    return next((part for part in every if part.title == "Requests and records"), None)


def tables(custody):
    of = section(custody).blocks
    return {block.caption: block for block in of if isinstance(block, blocks.Table)}


def test_a_year_that_says_nothing_of_them_has_no_such_section() -> None:
    assert section(None) is None
    assert section(CustodyAnswers()) is None


def test_requests_add_up_by_kind_and_by_site() -> None:
    sites = [s.site_id for s in published_year().schemes[Kind.CUSTODY].sites if s.is_counted]
    by_site = {sites[0]: RequestPart(1336, 1185)}
    of = tables(CustodyAnswers(REQUESTS, by_site))
    kinds = of["Requests by kind"]
    assert kinds.rows == (
        ("Blanket or warmth", "700", "650", "93%"), ("Telephone call", "636", "535", "84%"),
    )  # fmt: skip
    assert kinds.total == ("All", "1,336", "1,185", "89%")
    by_name = of["Requests by site"]
    assert [row[1] for row in by_name.rows] == ["1,336", "0"]
    assert by_name.total == ("All sites", "1,336", "1,185", "89%")
    words = str(section(CustodyAnswers(REQUESTS, by_site)).blocks)
    assert "raised 1,336 requests, of which visitors had 1,185 put right" in words
    assert "not shown" not in words


def test_a_table_of_nothing_but_small_numbers_is_left_out() -> None:
    few = RequestFigures(8, 6, (RequestPart(3, 2, "A", "Drink"), RequestPart(5, 4, "B", "Book")))
    sites = [s.site_id for s in published_year().schemes[Kind.CUSTODY].sites if s.is_counted]
    parts = dict(zip(sites, (RequestPart(3, 2), RequestPart(5, 4)), strict=False))
    answers = CustodyAnswers(few, parts)
    assert tables(answers) == {}
    assert "raised 8 requests" in str(section(answers).blocks)


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (
            RequestFigures(200, 176),
            "(89%). In 2022/23 they raised 200 requests, and 88% of these were put right; the "
            "difference may be chance (exact test, mid-p).",
        ),
        (
            RequestFigures(200, 120),
            "(89%). In 2022/23 they raised 200 requests, and 60% of these were put right; the "
            "difference is more than chance would usually explain (exact test, mid-p).",
        ),
        (
            REQUESTS,
            "(89%). In 2022/23 they raised 1,336 requests, and 89% of these were put right too.",
        ),
        (RequestFigures(), "put right during the visit (89%).'"),
    ],
)
def test_requests_are_compared_with_the_year_before(before, sentence) -> None:
    answers = CustodyAnswers(REQUESTS.compared(before))
    assert sentence in str(section(answers).blocks)


def test_gaps_have_an_interval_and_few_records_are_not_shown() -> None:
    answers = CustodyAnswers(records=RECORDS)
    (table,) = tables(answers).values()
    assert table.rows == (
        ("Late review", "78", "30%", "24.5% to 35.4%"),
        ("Food not logged", "not shown", "not shown", "not shown"),
    )
    assert table.total == ("Any gap", "81", "31%", "25.5% to 36.6%")
    words = str(section(answers).blocks)
    assert "81 had a gap (31%)" in words
    assert "fewer than 5 people are not shown" in words
    few = replace(RECORDS, with_gap=3, by_kind=())
    assert "fewer than 5 had a gap" in str(section(CustodyAnswers(records=few)).blocks)


def test_offers_are_compared_only_if_both_made_some() -> None:
    words = str(section(CustodyAnswers(records=RECORDS, offers=OFFERS)).blocks)
    assert "who made 400 offers of a visit" in words
    assert "more than chance would usually explain (exact test, mid-p)" in words
    alike = OffersCompared.of(
        [OfferFigures("A visitor", 300, 285), OfferFigures("The escort", 100, 94)]
    )
    assert "may be chance" in str(section(CustodyAnswers(records=RECORDS, offers=alike)).blocks)
    alone = OffersCompared.of([OFFERS.by_maker[0]])
    assert "Offers of a visit" not in str(
        section(CustodyAnswers(records=RECORDS, offers=alone)).blocks
    )
