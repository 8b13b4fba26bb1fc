"""Reviews of custody records: how many were looked at, what came of it, what was recommended."""

from collections.abc import Iterator

from visitapp.domain.office.record_review import Recommendation, RecordReview, ReviewsOfPeriod
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    long_date,
    none_or,
    out_of,
    plural,
    were,
)
from visitapp.domain.year.figure_place import REVIEWS as RECORDS
from visitapp.domain.year.figure_place import Origin
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import (
    Block,
    Column,
    Heading,
    KeyFigure,
    Opener,
    Paragraph,
    Run,
    Section,
    Table,
    text,
)
from visitapp.reporting.prose import text_blocks

REVIEWS = "Reviews of custody records"


def reviews_section(author: Author) -> Section | None:
    """None if no review is entered."""
    reviews = author.summary.reviews
    if reviews is None:
        return None
    lead = Paragraph(text(author.say("lead.reviews", REVIEWS, _lead(author, reviews))), "lead")
    blocks: list[Block] = [*author.strip(), Opener(tuple(_rail(author, reviews)), (lead,))]
    blocks.append(
        Table(
            author.number(),
            "Custody records reviewed, by kind",
            (Column("Kind of record", "left", 3), Column("Records")),
            tuple((label, count_text(number)) for label, number in reviews.by_kind),
            ("All kinds", count_text(reviews.records)),
        )
    )
    for review in reviews.reviews:
        blocks += _review(author, review)
    return Section("reviews", REVIEWS, tuple(blocks), origin=Origin(records=RECORDS))


def _lead(author: Author, reviews: ReviewsOfPeriod) -> str:
    records = counted(reviews.records, "custody record")
    sentence = f"In {counted(len(reviews.reviews), 'review')}, {records} "
    sentence += f"{were(reviews.records)} looked at."
    advice = reviews.recommendations
    if not advice:
        return sentence
    replied = sum(item.is_answered_on(author.as_at) for item in advice)
    of_these = f"of which {none_or(replied)} had a reply"
    if len(advice) == 1:
        of_these = f"which had {'a' if replied else 'no'} reply"
    led = f"{plural(len(reviews.reviews), 'It', 'They')} led to"
    number = counted(len(advice), "recommendation")
    return f"{sentence} {led} {number}, {of_these} {author.at_end}."


def _rail(author: Author, reviews: ReviewsOfPeriod) -> Iterator[KeyFigure]:
    yield KeyFigure(count_text(reviews.records), "custody records reviewed")
    if advice := reviews.recommendations:
        replied = sum(item.is_answered_on(author.as_at) for item in advice)
        yield KeyFigure(out_of(replied, len(advice)), "recommendations answered")


def _review(author: Author, review: RecordReview) -> Iterator[Block]:
    name = f"{review.panel}: " if review.panel else ""
    days = author.years.label(review.period)
    yield Heading(capitalised(f"{name}records of {days}"), wide=True)
    yield from text_blocks(review.outcome)
    if review.themes:
        yield Paragraph((Run("Themes: ", bold=True), Run(_listed(review.themes))))
    if review.recommendations:
        yield Table(
            author.number(),
            f"What was recommended, {days}",
            (
                Column("Recommended", "left", 3),
                Column("Reply", "left", 3),
                Column("By", "left", 1.5),
                Column("On", "left", 1.3, None),
            ),
            tuple(_advice(author, item) for item in review.recommendations),
        )


def _listed(themes: str) -> str:
    """The lines as one sentence."""
    return "; ".join(filter(None, (line.strip(" -.;\u2022") for line in themes.splitlines()))) + "."


def _advice(author: Author, item: Recommendation) -> tuple[str, ...]:
    if not item.is_answered_on(author.as_at):
        return (item.what, "No reply yet", "", "")
    day = "" if item.replied_on is None else long_date(item.replied_on)
    return (item.what, item.reply, item.replied_by, day)
