"""State and commands of the page Reports: the report of a period, its pages and texts."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, CancelledError, VisitAppError
from visitapp.domain.moment import uk_time
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import long_date
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.figure_place import FigurePlace
from visitapp.domain.year.missing import Missing
from visitapp.domain.year.visit_list import CountedVisits, VisitQuery
from visitapp.domain.year.year_texts import Sentence, TextField
from visitapp.ui.context import Context
from visitapp.ui.jobs import Job
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.reports.keeper import TextKeeper
from visitapp.ui.reports.report import COVER, GeneratedReport, Picture, ReportSection, make_report
from visitapp.ui.reports.section_figures import SectionFigure

if TYPE_CHECKING:
    from visitapp.services.year.report_files import SavedReport

_REST_MS = 900
"""How long nothing must change before the pages are generated again."""
_PICTURES_MOST = 30


class ReportsViewModel(PageViewModel):
    """Everything slow runs on the worker."""

    concerns = (
        Changes.VISITS
        | Changes.SITES
        | Changes.SETTINGS
        | Changes.CODES
        | Changes.PEOPLE
        | Changes.REPORTS
        | Changes.REVIEWS
    )
    ready = Signal()  # another report is ready, or there can be none
    moved = Signal()  # another page or section is shown
    writing = Signal()  # the fields of a section were opened or closed
    pictured = Signal(object)  # a Picture of the current page
    began = Signal(object, str)  # a Job, and its first sentence
    kept = Signal()  # what was typed is saved
    exported = Signal(object)  # a SavedReport

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._services = context.services
        self.period = self._first_period()
        self.chosen: ChosenSites | None = None  # all sites
        self.report: GeneratedReport | None = None
        self._typed: dict[str, str | Sentence] = {}
        """Texts and sentences that changed since the report was started."""
        self.page = 0
        self.section = COVER
        self.is_writing = False
        self.saved_at: datetime | None = None
        self._job: Job | None = None
        self._asked = 0
        self._is_asleep = self._is_stale = True
        self._pictures: dict[tuple[int, int], Picture] = {}
        self.keeper = TextKeeper(self._services.reports, self, self._services.unsaved_work)
        self.keeper.kept.connect(self._on_kept)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.renew)

    # -- state ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.today()

    @property
    def reads_only(self) -> bool:
        """Whether this is a copy to read, with figures alone."""
        return self._context.reads_only

    @property
    def kind(self) -> str:
        """`Annual report`, `Quarterly report` and so on."""
        return self._context.years().kind_of_report(self.period)

    @property
    def facts(self) -> str:
        """The line under the title."""
        start, end = long_date(self.period.start), long_date(self.period.end)
        only = "" if self.chosen is None else f", {self.chosen.name}"
        return f"{self.kind}, {start} to {end}{only}"

    @property
    def has_sites(self) -> bool:
        """Whether there is anything to report on."""
        return bool(self._services.setup.sites())

    @property
    def is_making(self) -> bool:
        """Whether the report is being generated."""
        return self._job is not None

    @property
    def file_name(self) -> str:
        """The suggested name of the report as PDF."""
        name, chosen = self._context.years().file_name(self.period), self.chosen
        only = "" if chosen is None else f"-{in_a_file_name(chosen.name.casefold(), 'site')}"
        return f"{name}{only}.pdf"

    def choices(self) -> tuple[ChosenSites, ...]:
        """What the report can be limited to, if there is more than one site: sites, then groups."""
        choices = self._services.chosen_sites.choices(self.period)
        return choices if len(choices) > 1 else ()

    def sections(self) -> tuple[ReportSection, ...]:
        """The sections of the report in order."""
        return self.report.sections if self.report else ()

    def fields_of(self, section: str) -> tuple[TextField, ...]:
        """The texts to write in a section."""
        fields = self.report.fields if self.report else ()
        return tuple(field for field in fields if field.section == section)

    def sentences_of(self, section: str) -> tuple[Sentence, ...]:
        """The drafted sentences of a section."""
        sentences = self.report.sentences if self.report else ()
        return tuple(sentence for sentence in sentences if sentence.section == section)

    def text(self, key: str) -> str:
        """A text of the year as typed so far."""
        return self.report.texts.get(key, "") if self.report else ""

    def saved_text(self) -> str:
        """`Saved 14:31:07`; `Not saved` after a failure; empty before the first save."""
        if self.keeper.problem:
            return "Not saved"
        return "" if self.saved_at is None else f"Saved {uk_time(self.saved_at):%H:%M:%S}"

    @property
    def missing_items(self) -> tuple[Missing, ...]:
        """What is missing before the report is published."""
        return self.report.still_missing() if self.report else ()

    def section_figure(self) -> SectionFigure | None:
        """The figure of the current section, and the visits counted for it."""
        return self.report.section_figures.get(self.section) if self.report else None

    # -- commands ------------------------------------------------------------------------

    def choose_period(self, period: Period) -> None:
        """Report on another period."""
        if period != self.period:
            self.keeper.settle()
            self.period = period
            self._begin_anew()

    def choose_sites(self, chosen: ChosenSites | None) -> None:
        """Report on some sites alone, or on all."""
        if chosen != self.chosen:
            self.keeper.settle()
            self.chosen = chosen
            self._begin_anew()

    def _begin_anew(self) -> None:
        self.report = None
        self._typed = self.keeper.unsaved(self.period)
        self.page, self.section = 0, COVER
        self._stop_writing()
        self.renew()

    def renew(self) -> None:
        """Generate the report again; the earlier one stays visible until then."""
        self._rest.stop()
        if self._is_asleep:
            self._is_stale = True
            return
        self.keeper.flush()
        self._typed = self.keeper.unsaved(self.period)
        self._is_stale = False
        if self._job is not None:
            self._job.cancel()
        if not self.has_sites:
            self.report = None
            self.ready.emit()
            return
        if self.chosen is not None:  # its name may have changed, or it may not be offered now
            known = {(each.site_ids, bool(each.of_group)): each for each in self.choices()}
            self.chosen = known.get((self.chosen.site_ids, bool(self.chosen.of_group)))
        period, chosen = self.period, self.chosen
        self._asked += 1
        asked = self._asked
        self._job = self._context.jobs.run(
            lambda progress: make_report(self._services, period, chosen, progress),
            owner=self,
            done=lambda report: self._on_ready(report, asked),
            failed=lambda error: self._on_not_made(error, asked),
            progress=True,
        )
        self.began.emit(self._job, "Making the report")

    def go_to_page(self, page: int) -> None:
        """Show a page, from 0; beyond either end, the nearest."""
        if self.report is None:
            return
        self._stop_writing()
        self.page = max(0, min(page, self.report.pages - 1))
        here = [s for s in self.report.sections if s.page is not None and s.page <= self.page]
        if self.section not in [s.title for s in here if s.page == self.page]:
            self.section = here[-1].title if here else COVER
        self.moved.emit()

    def go_to_section(self, title: str) -> None:
        """Show a section: its first page, or its fields while writing."""
        match = next((s for s in self.sections() if s.title == title), None)
        if match is None:
            return
        self.section = title
        if self.is_writing or match.page is None:
            self.write(title)
        else:
            self.page = match.page
            self.moved.emit()

    def write(self, section: str) -> None:
        """Open the fields of a section."""
        self.keeper.settle()
        self.section, self.is_writing = section, True
        self.writing.emit()
        self.moved.emit()

    def back_to_pages(self) -> None:
        """Return to the pages, with what was written."""
        self.keeper.settle()
        section = self.section
        self._stop_writing()
        match = next((s for s in self.sections() if s.title == section), None)
        if match and match.page is not None:
            self.page = match.page
        self.moved.emit()
        if self._rest.isActive():
            self.renew()

    def include(self, field: TextField) -> None:
        """Offer a text that was added since the report was generated."""
        if self.report is not None:
            self.report = self.report.with_field(field)

    def put_text(self, key: str, words: str) -> None:
        """Save a text of the year while it is typed."""
        if self.report is not None:
            self._typed[key] = words
            self.report = self.report.with_typed(self._typed)
            self.keeper.put_text(self.report.period, key, words)

    def put_sentence(self, sentence: Sentence, words: str) -> Sentence:
        """Save the user's words in place of a drafted sentence, and return the new sentence."""
        if self.report is None:
            return sentence.in_words(words)
        edited = self.keeper.put_sentence(self.report.period, sentence, words)
        self._typed[edited.key] = edited
        self.report = self.report.with_typed(self._typed)
        return edited

    def open_visits(self) -> None:
        """List the visits of the current section's figure on the page Visits."""
        figure = self.section_figure()
        if figure is not None:
            self._context.go("visits", figure.query)

    def open_behind(self, place: FigurePlace) -> None:
        """Show what a figure was counted from."""
        if self.report is not None:
            self._context.go(*self.report.behind(place))

    def ask_for_picture(self, width: int) -> None:
        """Draw the current page, `width` pixels wide, and emit `pictured`."""
        report, page = self.report, self.page
        if report is None:
            return
        known = self._pictures.get((page, width))
        if known is not None:
            self.pictured.emit(known)
            return
        reports = self._services.reports

        def work() -> Picture:
            png = reports.page_picture(report.pdf, page, width)
            return Picture(page, width, png, reports.page_text(report.pdf, page))

        def done(picture: Picture) -> None:
            if self.report is not None and self.report.pdf is report.pdf:
                self._keep_picture(picture)

        self._context.jobs.run(work, owner=self, done=done, failed=self._on_failed)

    def export(self, out: Path, *, force: bool) -> None:
        """Save the report in the form that the suffix names. Replaces an existing file only with
        `force`, if somebody was asked about it."""
        if not self.keeper.settle():
            self.show_problem(
                BadInputError(
                    "The report was not saved, because it would be missing what you wrote last: "
                    f"{self.keeper.problem}"
                )
            )
            return
        reports, period, chosen = self._services.reports, self.period, self.chosen

        def work(progress: Progress) -> "SavedReport":
            return reports.save_annual(period, out, progress, force=force, chosen=chosen)

        job = self._context.jobs.run(
            work, owner=self, done=self.exported.emit, failed=self._on_failed, progress=True
        )
        self.began.emit(job, "Writing the report")

    def sleep(self) -> None:
        """Stop generating while the page is hidden."""
        super().sleep()
        self.keeper.settle()
        if self._rest.isActive():
            self._rest.stop()
            self._is_stale = True

    # -- generating ----------------------------------------------------------------------

    def _on_not_made(self, error: VisitAppError, asked: int) -> None:
        if asked == self._asked:
            self._job = None
            self._on_failed(error)
            self.ready.emit()

    def _on_ready(self, report: GeneratedReport, asked: int) -> None:
        if asked != self._asked:
            return
        self._job = None
        self._pictures.clear()
        self.report = report.with_typed(self._typed)
        self.page = min(self.page, report.pages - 1)
        match = next((s for s in report.sections if s.title == self.section), None)
        if match is None:
            self.section = COVER
            self._stop_writing()
        self.ready.emit()
        self.moved.emit()

    def _on_failed(self, error: VisitAppError) -> None:
        if isinstance(error, CancelledError):
            self._context.say("Stopped. Nothing has changed.")
        else:
            self.show_problem(error)

    def _keep_picture(self, picture: Picture) -> None:
        while len(self._pictures) >= _PICTURES_MOST:
            del self._pictures[next(iter(self._pictures))]
        self._pictures[picture.page, picture.width] = picture
        if picture.page == self.page:
            self.pictured.emit(picture)

    def _stop_writing(self) -> None:
        if self.is_writing:
            self.is_writing = False
            self.writing.emit()

    def _on_kept(self, changes: Changes) -> None:
        self.saved_at = self._services.access.now()
        self.kept.emit()
        self._context.tell(changes)

    def note_change(self) -> None:
        """Generate the report again once no more changes come."""
        self._is_stale = True
        if not self._is_asleep:
            self._rest.start()

    def _first_period(self) -> Period:
        """The last complete year, or the current one if there were no visits before it."""
        years = self._context.years()
        this_year, last = years.year_of(self.today), years.last_year(self.today)
        return this_year if self._counted(this_year) and not self._counted(last) else last

    def _counted(self, period: Period) -> int:
        if self.reads_only:
            schemes = self._services.figures.summary(period).schemes
            return sum(figures.visits for figures in schemes.values())
        query = VisitQuery(period=period, counted=CountedVisits.ATTEMPTED, limit=1)
        return self._services.visits.page(query).total
