"""The annual report: the figures of a period as content blocks."""

from datetime import date

from visitapp.domain.office.scheme import Kind
from visitapp.domain.records.anchor import Anchor
from visitapp.domain.text.wording import lowered
from visitapp.domain.year.own_sections import in_place, own_sections
from visitapp.domain.year.summary import AnnualSummary
from visitapp.domain.year.year_texts import QUESTIONS, Sentence
from visitapp.reporting.annual import (
    access,
    animals,
    asked_for,
    by_group,
    checked,
    custody,
    days,
    glance,
    issues,
    people,
    reviews,
    volunteers,
    words,
)
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import Document, Section
from visitapp.reporting.numbering import with_numbers


def annual_report(
    summary: AnnualSummary, as_at: date | None = None, anchor: Anchor | None = None
) -> Document:
    """The whole report. `as_at` dates the file, by default the period's last day; `anchor` is the
    state of the records printed on its last page."""
    return _written(summary, as_at, anchor)[0]


def drafted_sentences(summary: AnnualSummary) -> tuple[Sentence, ...]:
    """Every sentence that the report drafts from the figures, with the words that are printed.

    A text of the year under the sentence's key replaces it.
    """
    return tuple(_written(summary, None)[1].sentences.values())


def section_titles(summary: AnnualSummary) -> tuple[str, ...]:
    """The titles of the program's own sections in order, with those that wait for their first
    text."""
    return tuple(title for title, _ in _named_sections(Author(summary)))


def _written(
    summary: AnnualSummary, as_at: date | None, anchor: Anchor | None = None
) -> tuple[Document, Author]:
    author = Author(summary, as_at, anchor)
    front = words.cover(author)
    head = words.title(author)
    name = lowered(author.report_name)
    document = Document(
        title=f"{head}: {name}",
        as_at=author.as_at,
        office=summary.office.name,
        head_left=f"{head}: {name}",
        head_right=summary.office.area,
        sections=(words.contents(author), *_sections(author)),
        cover=front,
        subject=f"{head}, {author.dates}",
        classification=author.line("classification"),
        word_template=summary.office.word_template,
    )
    if summary.office.numbers_paragraphs:
        document = with_numbers(document)
    return document, author


def _sections(author: Author) -> list[Section]:
    """Those with something to print, with the office's own in their places."""
    named = _named_sections(author)
    printed = iter([section for _, section in named])
    sections: list[Section | None] = []
    for place in in_place([title for title, _ in named], own_sections(author.summary.texts)):
        if isinstance(place, str):
            sections.append(next(printed))
        elif blocks := author.body(place.key):
            sections.append(Section(place.key, place.title, blocks))
    return [section for section in sections if section is not None]


def _named_sections(author: Author) -> list[tuple[str, Section | None]]:
    """The program's sections by title; those with texts to write even if nothing is printed."""
    visits = author.scheme(Kind.CUSTODY)
    sections: list[tuple[str, Section | None]] = [("", glance.glance(author))]
    if visits:
        sections += [
            ("", words.duty(author)),
            ("", custody.visits_section(author, visits)),
            ("", days.days_section(author, visits)),
            ("", access.access_section(author, visits)),
            ("", people.people_section(author, visits)),
            ("", issues.issues_section(author, visits)),
            (volunteers.VOLUNTEERS, volunteers.volunteers_section(author)),
        ]
    sections += [("", animals.animals_section(of_scheme)) for of_scheme in author.of_animals()]
    sections += [
        ("", by_group.groups_section(author)),
        ("", asked_for.asked_for_section(author)),
        ("", reviews.reviews_section(author)),
        ("", checked.checked_section(author)),
        (words.words_title(author.span), words.year_in_words(author)),
        (QUESTIONS, words.questions(author)),
        ("", words.how_counted(author)),
    ]
    return [
        (section.title if section else title, section)
        for title, section in sections
        if section or title
    ]
