"""A report as it was made: the PDF, and all that the page shows beside it."""

from dataclasses import dataclass

from visitapp.domain.period import Period
from visitapp.domain.progress import Progress
from visitapp.domain.year.year_texts import Check, Sentence, TextField
from visitapp.services import Services
from visitapp.ui.reports.behind import Behind, figures_behind

COVER = "Cover"


@dataclass(frozen=True, slots=True)
class MadeSection:
    """A part of the report; `page` counts from 0, None while it has nothing to print."""

    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class MadeReport:
    """A report as it was made: the PDF and all that stands beside it."""

    period: Period
    pdf: bytes
    pages: int
    sections: tuple[MadeSection, ...]
    fields: tuple[TextField, ...]
    texts: dict[str, str]
    sentences: tuple[Sentence, ...]
    checks: tuple[Check, ...]
    behind: dict[str, Behind]


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG of a width in pixels, and its words."""

    page: int
    width: int
    png: bytes
    words: str


def make_report(services: Services, period: Period, progress: Progress) -> MadeReport:
    """Make the report of a period; for the worker."""
    reports = services.reports
    pdf = reports.annual_pages(period, progress)
    fields = reports.text_fields(period)
    printed = [
        MadeSection(COVER, 0),
        *(MadeSection(*title_and_page) for title_and_page in reports.sections_of(pdf)),
    ]
    return MadeReport(
        period=period,
        pdf=pdf,
        pages=reports.page_count(pdf),
        sections=_with_unprinted(printed, fields),
        fields=fields,
        texts={key: item.text for key, item in reports.texts(period).items()},
        sentences=reports.sentences(period),
        checks=reports.checks(period),
        behind=figures_behind(services.figures.summary(period)),
    )


def _with_unprinted(
    printed: list[MadeSection], fields: tuple[TextField, ...]
) -> tuple[MadeSection, ...]:
    """The sections with those that wait for a first text, each where it will stand."""
    sections = list(printed)
    titles = [section.title for section in sections]
    at = 0
    for field in fields:
        if field.section in titles:
            at = titles.index(field.section)
        else:
            at += 1
            sections.insert(at, MadeSection(field.section, None))
            titles.insert(at, field.section)
    return tuple(sections)
