"""A generated report: its PDF, and everything that the page shows with it."""

from dataclasses import dataclass

from visitapp.domain.office.scheme import Role
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.missing import Missing, MissingKind, missing_text
from visitapp.domain.year.year_texts import Check, Sentence, TextField
from visitapp.services import Services
from visitapp.ui.reports.section_figures import SectionFigure, section_figures

COVER = "Cover"


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of the report; `page` counts from 0, None while it has nothing to print."""

    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class GeneratedReport:
    """A report at the time it was generated: its PDF and everything shown with it."""

    period: Period
    pdf: bytes
    pages: int
    sections: tuple[ReportSection, ...]
    fields: tuple[TextField, ...]
    texts: dict[str, str]
    sentences: tuple[Sentence, ...]
    checks: tuple[Check, ...]
    section_figures: dict[str, SectionFigure]
    missing: tuple[Missing, ...] = ()
    is_office: bool = False

    def unwritten(self) -> tuple[TextField, ...]:
        """Texts that nobody has written yet."""
        return tuple(field for field in self.fields if not self.texts.get(field.key, "").strip())

    def still_missing(self) -> tuple[Missing, ...]:
        """What is missing before it is published, with the texts as they are now."""
        texts = map(missing_text, self.unwritten()) if self.is_office else ()
        return (*texts, *(item for item in self.missing if item.kind is not MissingKind.TEXT))


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a PNG, its width in pixels, and its text."""

    page: int
    width: int
    png: bytes
    words: str


def make_report(
    services: Services, period: Period, chosen: ChosenSites | None, progress: Progress
) -> GeneratedReport:
    """Generate the report of a period, on all sites or some, with all that is shown with it, of
    figures that are counted once; runs on the worker. Only the report on all sites has texts and
    sentences to write."""
    reports, is_copy = services.reports, services.access.reads_only  # which has no texts to write
    is_office = services.access.actor.role is Role.MANAGER
    report_progress(progress, "Counting the visits")
    counted = services.figures.summary(period, findings=True, chosen=chosen)
    pdf = reports.annual_pages(period, progress, chosen, counted)
    fields = () if chosen else reports.text_fields(period, counted)
    printed = [
        ReportSection(COVER, 0),
        *(ReportSection(*title_and_page) for title_and_page in reports.sections_of(pdf)),
    ]
    return GeneratedReport(
        period=period,
        pdf=pdf,
        pages=reports.page_count(pdf),
        sections=tuple(printed) if is_copy else _with_unprinted(printed, fields),
        fields=fields,
        texts={key: item.text for key, item in reports.texts(period).items()},
        sentences=() if chosen else reports.sentences(period, counted),
        checks=reports.checks(period, chosen, counted),
        section_figures=section_figures(counted),
        missing=services.missing.missing(period, chosen, counted) if is_office else (),
        is_office=is_office,
    )


def _with_unprinted(
    printed: list[ReportSection], fields: tuple[TextField, ...]
) -> tuple[ReportSection, ...]:
    """The sections together with those that wait for their first text, in the right order."""
    sections = list(printed)
    titles = [section.title for section in sections]
    at = 0
    for field in fields:
        if field.section in titles:
            at = titles.index(field.section)
        else:
            at += 1
            sections.insert(at, ReportSection(field.section, None))
            titles.insert(at, field.section)
    return tuple(sections)
