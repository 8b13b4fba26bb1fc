"""Reviews of custody records in the papers for a meeting."""

from visitapp.domain.text.wording import capitalised, count_text, number_of, plural
from visitapp.domain.year.meeting_pack import MeetingPack
from visitapp.reporting.blocks import Block, Column, Paragraph, Run, Section, Table
from visitapp.reporting.prose import text_blocks


def reviewed(pack: MeetingPack) -> str:
    """How many records were reviewed since the last meeting, and what waits for a reply."""
    new = [review for review in pack.reviews if review.period.end in pack.period]
    records = number_of(sum(review.records for review in new), "record")
    words = f"{records} reviewed, " if new else ""
    recommended = number_of(len(pack.waiting), "recommendation waits", "recommendations wait")
    return f"{words}{recommended if pack.waiting else 'no recommendation waits'} for a reply"


def reviews_section(pack: MeetingPack) -> Section:
    """What came of the reviews since the last meeting, and every recommendation that waits."""
    years = pack.office.years
    blocks: list[Block] = []
    for review in pack.reviews:
        if review.period.end in pack.period:
            by = f"{review.panel}, " if review.panel else ""
            about = f"{capitalised(by + years.label(review.period))}: {count_text(review.records)}"
            records = plural(review.records, "record")
            begins = Run(f"{about} {records}. ", bold=True)
            match text_blocks(review.outcome):
                case Paragraph(runs), *more:
                    blocks += [Paragraph((begins, *runs)), *more]
                case more:
                    blocks += [Paragraph((begins,)), *more]
    if pack.waiting:
        columns = (
            Column("What was recommended", "left", 3),
            Column("By", "left", 2),
            Column("Records of", "left", 2),
        )
        rows = tuple(
            (advice.what, review.panel, years.label(review.period))
            for review, advice in pack.waiting
        )
        blocks.append(Table(0, "Recommendations without a reply", columns, rows))
    return Section("reviews", "Reviews of custody records", tuple(blocks))
