"""The sections around the figures: cover, contents, the year at a glance, duty, words, terms."""

from collections.abc import Iterable, Iterator

from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import joined
from visitapp.domain.year.summary import SchemeFigures, by_kind
from visitapp.domain.year.year_texts import QUESTIONS
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.bodies import about_visits, duty_sentence, view_title, year_terms
from visitapp.reporting.annual.in_lines import sites_alike
from visitapp.reporting.annual.targets import due_terms
from visitapp.reporting.blocks import (
    Block,
    Contents,
    Cover,
    CoverGrid,
    Heading,
    Paragraph,
    Quote,
    Run,
    Section,
    Terms,
    text,
)
from visitapp.reporting.prose import in_paragraphs

DUTY = "The scheme and its duty"
TERMS = "How the figures are counted"


def cover(author: Author) -> Cover:
    """The first page, with the year's coverage as its ornament."""
    office = author.summary.office
    grids: list[CoverGrid] = []
    for figures in (author.scheme(Kind.CUSTODY), *author.animals()):
        if figures and not grids:
            grids = [CoverGrid(c.site_name, c.counts) for c in figures.coverage if c.total]
    grids = grids[:4]
    note = ""
    if grids:
        note = (
            f"On the cover: every timeslot of the {author.span} at "
            f"{joined([g.site for g in grids])}. The lighter the square, the more visits; an "
            "outline means none."
        )
    return Cover(
        office=office.name,
        title=title(author),
        subtitle=author.report_name,
        area=office.area,
        period=author.dates,
        grids=tuple(grids),
        about=author.say("text.cover", "Cover", about_visits(author)),
        pattern_note=note,
        author=author.line("author"),
        reported=author.line("reported"),
        notice=office.made_up_note,
        crest=office.crest,
        crest_description=f"Crest of {office.name}",
    )


def title(author: Author) -> str:
    """What the report is about."""
    return (
        "Independent custody visiting" if author.scheme(Kind.CUSTODY) else "Animal welfare visiting"
    )


def contents(author: Author) -> Section:
    """The list of sections, and what the document is."""
    words = (
        "Every figure comes from the record of visits, and every total is the sum of what is "
        "shown. The figures in each chart are also given in a table. The document is made for "
        "screen readers."
    )
    contact = author.line("contact")
    runs = [Run(words)]
    if contact:
        url = f"mailto:{contact}" if "@" in contact and " " not in contact else ""
        runs += [Run(" For another format, write to "), Run(contact, url=url), Run(".")]
    blocks = (Contents(), *_limits(author), Paragraph(tuple(runs), "note"))
    return Section("contents", "Contents", blocks, in_contents=False)


def _limits(author: Author) -> tuple[Block, ...]:
    """What a report on some sites is about, and what it leaves out."""
    chosen = author.summary.chosen
    if chosen is None:
        return ()
    about = f"This report is about {chosen.name} alone."
    if chosen.of_group:
        about = (
            f"This report is about {chosen.name} alone, which is {joined(chosen.of_group)}. Years "
            "before are those of the same sites."
        )
    sentence = (
        f"{about} Some things can\u2019t be divided by site: the "
        "volunteers, years known only by their totals, and what was written about the "
        f"{author.span}. They are in the report on all sites."
    )
    if author.scheme(Kind.CUSTODY):
        sentence += (
            " So are requests, gaps in custody records and offers: at a few sites, the numbers "
            "could show who it was."
        )
    return (Heading("About this document"), Paragraph(text(sentence)))


def duty(author: Author) -> Section:
    """What the scheme is for, and the texts about it."""
    blocks: list[Block] = [
        Paragraph(text(author.say("lead.duty", DUTY, duty_sentence(author))), "lead")
    ]
    view = author.body("view")
    if view:
        paragraphs = tuple(in_paragraphs(view))
        blocks += [
            Heading(view_title(author.summary.office, author.period)),
            Quote(paragraphs, author.line("view_by")),
        ]
    blocks += author.titled("history")
    blocks += author.titled("running")
    blocks += author.titled("meetings")
    return Section("duty", DUTY, tuple(blocks))


def words_title(span: str) -> str:
    """`The year in words`."""
    return f"The {span} in words"


def year_in_words(author: Author) -> Section | None:
    """What the figures can't say; None if nobody wrote a text."""
    blocks = (
        *author.titled("awards"),
        *author.titled("region"),
        *author.titled("findings"),
        *author.titled("plans"),
    )
    return Section("words", words_title(author.span), blocks) if blocks else None


def questions(author: Author) -> Section | None:
    """What the panel is asked; None if nobody wrote it."""
    blocks = author.body("questions")
    return Section("questions", QUESTIONS, blocks) if blocks else None


def how_counted(author: Author) -> Section:
    """The meaning of every word that a figure depends on."""
    entries: list[tuple[str, str]] = []
    custody = author.scheme(Kind.CUSTODY)
    if custody:
        entries += _custody_terms(custody)
    for figures in author.animals():
        entries += [entry for entry in due_terms(figures) if entry not in entries]
    entries += [
        (
            "Share",
            "Percentages are rounded to whole numbers. Where the parts of one total are listed, "
            "they add up to 100. One decimal place is given where a part would otherwise print "
            "as 0 or 100, and for share of target, which is visits made divided by visits due.",
        ),
        (
            "Hours",
            "From arrival to leaving, plus any extra time entered, for each visitor. Observers "
            "are not counted. Value: hours multiplied by the rate that applied, rounded once.",
        ),
        (
            "Visit",
            "A visit that was reported and signed, not withdrawn and not made for training.",
        ),
    ]
    entries += _group_terms([*([custody] if custody else []), *author.animals()])
    entries += year_terms(author)
    if author.summary.office.made_up_note:
        note = author.summary.office.made_up_note.rstrip(".")
        entries.append(("Made up", f"{note}. Nothing of that kind appears in a real report."))
    blocks = (Terms(tuple(entries)), *author.titled("notes"), *_state_of_the_records(author))
    return Section("counted", TERMS, blocks)


def _group_terms(schemes: Iterable[SchemeFigures]) -> Iterator[tuple[str, str]]:
    """Groups whose figures are those of their one site."""
    for figures in schemes:
        for kind, lines in by_kind(figures.by_group).items():
            if alike := sites_alike(figures, lines):
                sites = joined([f"{line.name} has {site.name}" for line, site in alike])
                words = f"Each {kind} has one site, and its figures are those of the site: {sites}."
                yield kind.label, words


def _state_of_the_records(author: Author) -> list[Block]:
    """A line that later proves that nothing was removed from the records."""
    if author.anchor is None:
        return []
    sentence = (
        f"When this report was made, the records behind it had {author.anchor.text}. To check "
        "that nothing has been removed or changed since, choose Settings, Backup, Check against "
        "a printed page."
    )
    return [Paragraph(text(sentence))]


def _custody_terms(figures: SchemeFigures) -> list[tuple[str, str]]:
    access = figures.access
    return [
        *due_terms(figures),
        (
            "Timeslot",
            "A day of the week and a period of the day. A visit belongs to the timeslot in which "
            "visitors arrived.",
        ),
        (
            "Immediate access",
            f"Admitted to the suite no more than {access.immediate_limit} minutes after arriving "
            "at the police station. Only visits made face to face are counted.",
        ),
        ("In the cells", "People in the suite when visitors called, counted at each visit."),
    ]
