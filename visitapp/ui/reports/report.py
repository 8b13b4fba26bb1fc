"""A generated report: its PDF, and everything that the page shows with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from visitapp.domain.office.scheme import Role
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.figure_place import FigurePlace
from visitapp.domain.year.missing import Missing, MissingKind, missing_text
from visitapp.domain.year.own_sections import in_place, own_sections
from visitapp.domain.year.summary import AnnualSummary
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.domain.year.year_texts import Check, Sentence, TextField
from visitapp.services import Services
from visitapp.ui.reports.behind import target_of, with_targets
from visitapp.ui.reports.section_figures import SectionFigure, section_figures, whole_query

COVER = "Cover"


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of the report; `page` counts from 0, None while it has nothing to print."""

    title: str
    page: int | None


@dataclass(frozen=True, slots=True)
class GeneratedReport:
    """A report at the time it was generated: its PDF and everything shown with it. `titles` are
    those of the program's sections, to put others between them."""

    period: Period
    pdf: bytes
    pages: int
    figures: tuple[FigurePlace, ...]
    sections: tuple[ReportSection, ...]
    titles: tuple[str, ...]
    fields: tuple[TextField, ...]
    texts: dict[str, str]
    sentences: tuple[Sentence, ...]
    checks: tuple[Check, ...]
    section_figures: dict[str, SectionFigure]
    whole: VisitQuery
    unread: Mapping[str, str]
    last_year: str
    missing: tuple[Missing, ...] = ()
    is_office: bool = False
    drafts: Mapping[str, str] = field(default_factory=dict)

    def unwritten(self) -> tuple[TextField, ...]:
        """Texts that nobody has written yet."""
        return tuple(each for each in self.fields if each.is_missing(self.texts))

    def written(self) -> tuple[TextField, ...]:
        """Texts that somebody has written."""
        return tuple(each for each in self.fields if self.texts.get(each.key, "").strip())

    def with_typed(self, typed: Mapping[str, str | Sentence]) -> "GeneratedReport":
        """The report with what was typed after its generation began."""
        sentences = (typed.get(sentence.key, sentence) for sentence in self.sentences)
        texts = {key: words for key, words in typed.items() if isinstance(words, str)}
        return replace(
            self,
            texts={**self.texts, **texts},
            sentences=tuple(sentence for sentence in sentences if isinstance(sentence, Sentence)),
        )

    def with_field(self, added: TextField) -> "GeneratedReport":
        """The report with a text that was added after its generation began."""
        if added in self.fields:
            return self
        sections = (*self.sections, ReportSection(added.section, None))
        return replace(self, sections=sections, fields=(*self.fields, added))

    def behind(self, place: FigurePlace) -> tuple[str, object]:
        """(page, what it is to show) to see what a figure was counted from."""
        queries = {title: figure.query for title, figure in self.section_figures.items()}
        return target_of(place, queries, self.whole)

    def from_last_year(self, key: str) -> str:
        """The text of the year before with which this one begins, until somebody has read it."""
        return "" if self.texts.get(key, "").strip() else self.unread.get(key, "")

    def still_missing(self) -> tuple[Missing, ...]:
        """What is missing before it is published, with the texts as they are now."""
        texts = [
            missing_text(text, self.last_year if self.from_last_year(text.key) else "")
            for text in (self.fields if self.is_office else ())
            if self.from_last_year(text.key) or text.is_missing(self.texts)
        ]
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
    laid_out = reports.annual_pages(period, progress, chosen, counted)
    pdf, of_sections = laid_out.content, section_figures(counted)
    queries = {title: figure.query for title, figure in of_sections.items()}
    fields = () if chosen else reports.text_fields(period, counted)
    printed = reports.sections_of(pdf)
    sections = tuple(ReportSection(*title_and_page) for title_and_page in printed)
    titles = () if is_copy or chosen else services.year_texts.section_titles(period, counted)
    if titles:
        sections = _in_order(titles, counted, printed)
    return GeneratedReport(
        period=period,
        pdf=pdf,
        pages=laid_out.pages,
        figures=() if is_copy else with_targets(laid_out.figures, queries),
        sections=(ReportSection(COVER, 0), *sections),
        titles=titles,
        fields=fields,
        texts={key: item.text for key, item in reports.texts(period).items()},
        sentences=() if chosen else reports.sentences(period, counted),
        checks=reports.checks(period, chosen, counted),
        section_figures=of_sections,
        whole=whole_query(counted),
        unread=counted.unread,
        last_year=counted.office.years.label(period.year_before()),
        missing=services.missing.missing(period, chosen, counted) if is_office else (),
        is_office=is_office,
        drafts=services.year_texts.first_drafts(period, counted) if is_office else {},
    )


def _in_order(
    titles: tuple[str, ...], summary: AnnualSummary, printed: tuple[tuple[str, int], ...]
) -> tuple[ReportSection, ...]:
    """The sections printed, and in their places those that wait for their first text."""
    page_of = dict(printed)
    places = in_place(titles, own_sections(summary.texts))
    in_report = [place if isinstance(place, str) else place.title for place in places]
    front = [title for title, _ in printed if title not in in_report]
    return tuple(ReportSection(title, page_of.get(title)) for title in (*front, *in_report))
