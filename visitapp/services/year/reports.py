"""Documents: the annual report, its texts, and coverage as pictures and spreadsheets."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_log import IssueLetter, LetterAbout
from visitapp.domain.office.scheme import YearText
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.domain.year.summary import AnnualSummary
from visitapp.domain.year.year_texts import Check, Sentence, TextField
from visitapp.persistence import attention, schemes, unsaved_typing, year_texts
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads
from visitapp.services.saving import save_document
from visitapp.services.year.figures import FigureService
from visitapp.services.year.issue_documents import issue_log_of, letter_about
from visitapp.services.year.report_files import (
    TABLES,
    LaidOut,
    SavedReport,
    check_places,
    report_pdf,
    save_report,
)

if TYPE_CHECKING:
    from visitapp.domain.year.chosen_sites import ChosenSites
    from visitapp.reporting.blocks import Document

EMAIL = ".eml"
PICTURE_FORMS = (".png", ".svg", ".xlsx")


class ReportService:
    """Makes documents of the figures, and stores the texts that people write for a year."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._figures = FigureService(access)

    def _must_hold_all(self, period: Period) -> None:
        with self._access.database.reading() as connection:
            kept = attention.kept_at_office(connection, period)
        if kept:
            reports = number_of(kept, "report is", "reports are")
            raise BadInputError(
                f"{reports} kept at the office alone, so this copy lacks figures of the period."
            )

    # the annual report

    @reads(MANAGER, VISITOR, READER)
    def save_annual(
        self, period: Period, target: Path, progress: Progress | None = None, *,
        force: bool = False, chosen: "ChosenSites | None" = None,
    ) -> SavedReport:  # fmt: skip
        """Write the annual report, on all sites or those `chosen`, completely or not at all, in the
        form that the suffix of `target` names: tagged PDF, DOCX, a web page with its tables as CSV
        in a folder beside it, or XLSX with its tables alone.

        Raises BadInputError for another suffix, or if something with that name exists, unless
        `force`; CancelledError if `progress` returns False.
        """
        check_places(target, force=force)
        return save_report(self._annual(period, progress, chosen), target, progress, force=force)

    @reads(MANAGER, VISITOR, READER)
    def annual_pages(
        self,
        period: Period,
        progress: Progress | None = None,
        chosen: "ChosenSites | None" = None,
        counted: AnnualSummary | None = None,
    ) -> LaidOut:
        """The report as PDF in memory, for a preview. Here and in the other methods for its page,
        `counted` are the figures with findings if they are known already."""
        return report_pdf(self._annual(period, progress, chosen, counted), progress)

    def _annual(
        self,
        period: Period,
        progress: Progress | None,
        chosen: "ChosenSites | None",
        counted: AnnualSummary | None = None,
    ) -> "Document":
        from visitapp.persistence import ledger
        from visitapp.reporting.annual import annual_report

        self._must_hold_all(period)
        if progress is not None:
            progress("Counting the visits", 0, 0)
        summary = counted or self._figures.summary(period, findings=True, chosen=chosen)
        anchor = None
        if not self._access.reads_only:  # its ledger is its own, not the office's
            with self._access.database.reading() as connection:
                anchor = ledger.anchor(connection)
        return annual_report(summary, min(period.end, self._access.today()), anchor)

    # the rota

    @changes(MANAGER)
    def save_rota(
        self, period: Period, target: Path, progress: Progress | None = None, *,
        visitor: str = "", force: bool = False,
    ) -> SavedReport:  # fmt: skip
        """Write who visits which site in which week, in the form that the suffix of `target` names:
        for everybody, or for one `visitor` with a page of their visits. It counts as handed out.

        Raises BadInputError for another suffix, if nothing is handed out yet, if there is no such
        visitor, or if something with that name exists, unless `force`.
        """
        from visitapp.reporting.rota import rota_document
        from visitapp.services.plan.assignments import AssignmentService

        check_places(target, force=force)
        assignments = AssignmentService(self._access)
        words, notice = assignments.rota(period, target.suffix.lower(), visitor)
        saved = save_report(rota_document(words), target, progress, force=force)
        assignments.note_rota(notice)
        return saved

    # issues

    @reads(MANAGER, noted=RecordKind.ISSUE)
    def save_issue_log(
        self, period: Period, target: Path, progress: Progress | None = None, *,
        site_ids: Sequence[UUID] = (), force: bool = False,
    ) -> SavedReport:  # fmt: skip
        """Write the log of issues for a meeting with the force, in the form that the suffix of
        `target` names: open ones, and those of the period that were dealt with.

        Raises BadInputError for another suffix, or if something with that name exists, unless
        `force`.
        """
        from visitapp.reporting.issue_log import issue_log

        check_places(target, force=force)
        with self._access.database.reading() as connection:
            log = issue_log_of(connection, period, site_ids, self._access.today())
        document = issue_log(log, every_column=target.suffix.lower() == TABLES)
        return save_report(document, target, progress, force=force)

    @reads(MANAGER, noted=RecordKind.ISSUE)
    def issue_letter(self, about: LetterAbout) -> IssueLetter:
        """A letter to the force about some issues. Raises BadInputError if there are none."""
        with self._access.database.reading() as connection:
            return letter_about(connection, about, self._access.today())

    @reads(MANAGER)
    def save_letter(self, about: LetterAbout, target: Path, *, force: bool = False) -> SavedReport:
        """Write the letter as an e-mail draft (.eml), or in the form that the suffix of `target`
        names. Nothing is sent.

        Raises BadInputError as `issue_letter`, for another suffix, or if something with that name
        exists, unless `force`.
        """
        from visitapp.reporting.issue_letter import draft_email, issue_letter

        is_email = target.suffix.lower() == EMAIL
        if not is_email:
            check_places(target, force=force)
        letter = self.issue_letter(about)
        if not is_email:
            return save_report(issue_letter(letter), target, None, force=force)
        save_document(target, draft_email(letter), force=force)
        return SavedReport(target)

    @staticmethod
    def page_count(pdf: bytes) -> int:
        """Number of pages of a document."""
        from visitapp.reporting.pictures import page_count

        return page_count(pdf)

    @staticmethod
    def sections_of(pdf: bytes) -> tuple[tuple[str, int], ...]:
        """(title, page) of each section of a document; pages count from 0."""
        from visitapp.reporting.pictures import sections_of

        return sections_of(pdf)

    @staticmethod
    def page_text(pdf: bytes, page: int) -> str:
        """The words of a page (0 is the first), for people who can't see its picture."""
        from visitapp.reporting.pictures import page_text

        return page_text(pdf, page)

    @staticmethod
    def page_picture(pdf: bytes, page: int, width_px: int) -> bytes:
        """A page (0 is the first) as PNG, `width_px` wide."""
        from visitapp.reporting.pictures import page_png

        return page_png(pdf, page, width_px)

    # the texts of the year

    @reads(MANAGER, VISITOR, READER)
    def text_fields(
        self, period: Period, counted: AnnualSummary | None = None
    ) -> tuple[TextField, ...]:
        """The texts that people can write for the report on all sites of this period, in its
        order."""
        from visitapp.reporting.annual.checks import printed_fields

        return printed_fields(counted or self._figures.summary(period))

    @reads(MANAGER, VISITOR, READER)
    def texts(self, period: Period) -> dict[str, YearText]:
        """Texts and edited sentences of the period, by key."""
        with self._access.database.reading() as connection:
            return {text.key: text for text in year_texts.texts(connection, period)}

    @reads(MANAGER, VISITOR, READER)
    def text(self, period: Period, key: str) -> YearText:
        """One of them; empty, with version 0, if nothing was written."""
        with self._access.database.reading() as connection:
            there = {text.key: text for text in year_texts.typed_texts(connection, period)}
        return there.get(key) or YearText(uuid4(), period, key, "", version=0)

    @changes(MANAGER)
    def save_text(self, item: YearText) -> tuple[YearText, Changes]:
        """Save a text of its period; an empty one is deleted.

        The returned text has its new version. Raises ConflictError if it was changed elsewhere.
        """
        with self._access.database.transaction() as connection:
            if not item.text.strip():
                year_texts.take_out_text(connection, item)
                return replace(item, version=0, drafted=""), Changes.REPORTS
            year_texts.save_text(connection, item)
        return replace(item, version=item.version + 1), Changes.REPORTS

    @changes(MANAGER)
    def keep_typed(self, period: Period, key: str, words: str, drafted: str = "") -> Changes:
        """Store a text (or a sentence, if it was `drafted`) as it is being typed.

        From then on it is shown and printed. `settle` saves it properly, so that the ledger has one
        entry for each text and not for each key press.
        """
        content = {"text": words, "drafted": drafted}
        with self._access.database.transaction() as connection:
            place = unsaved_typing.place_of_text(period, key)
            unsaved_typing.keep(connection, place, content, self._access.now())
        return Changes.REPORTS

    @changes(MANAGER, VISITOR)
    def settle(self) -> None:
        """Save every text that was being typed."""
        with self._access.database.reading() as connection:
            if not unsaved_typing.typed(connection):
                return
        self._access.must_manage()
        with self._access.database.transaction() as connection:
            for (period, key), (words, drafted) in unsaved_typing.typed(connection).items():
                texts = {text.key: text for text in year_texts.saved_texts(connection, period)}
                before = texts.get(key) or YearText(uuid4(), period, key, "", version=0)
                now = replace(before, text=words, drafted=drafted)
                if not now.text.strip():
                    year_texts.take_out_text(connection, now)
                elif now != before:
                    year_texts.save_text(connection, now)
                unsaved_typing.drop(connection, unsaved_typing.place_of_text(period, key))

    @reads(MANAGER, VISITOR, READER)
    def sentences(
        self, period: Period, counted: AnnualSummary | None = None
    ) -> tuple[Sentence, ...]:
        """Every sentence that the report on all sites drafts, in its current words and in the
        report's order."""
        return self._sentences(counted or self._figures.summary(period, findings=True))

    def _sentences(self, summary: AnnualSummary) -> tuple[Sentence, ...]:
        from visitapp.reporting.annual import drafted_sentences

        kept = self.texts(summary.period)
        return tuple(
            replace(sentence, edited_from=kept[sentence.key].drafted)
            if sentence.key in kept
            else sentence
            for sentence in drafted_sentences(summary)
        )

    @reads(MANAGER, VISITOR, READER)
    def checks(
        self,
        period: Period,
        chosen: "ChosenSites | None" = None,
        counted: AnnualSummary | None = None,
    ) -> tuple[Check, ...]:
        """What to know before the report is published."""
        from visitapp.reporting.annual.checks import checks

        summary = counted or self._figures.summary(period, findings=True, chosen=chosen)
        return checks(summary, () if chosen else self._sentences(summary))

    @changes(MANAGER)
    def save_sentence(self, period: Period, sentence: Sentence, words: str) -> Changes:
        """Replace a drafted sentence with somebody's words.

        The draft is remembered, so that later changes of the figures can be shown. Empty words, or
        the draft itself, bring the drafted sentence back.
        """
        words_typed = " ".join(words.split())
        drafted = "" if words_typed in ("", sentence.drafted) else sentence.drafted
        item = self.text(period, sentence.key)
        if not drafted:
            return self.save_text(replace(item, text=""))[1]
        return self.save_text(replace(item, text=words_typed, drafted=drafted))[1]

    # coverage

    @reads(MANAGER, VISITOR, READER)
    def coverage_picture(
        self, period: Period, site_ids: Sequence[UUID], reading: str, out: Path, *,
        force: bool = False,
    ) -> None:  # fmt: skip
        """Write coverage as PNG, SVG or XLSX, depending on the suffix of `out`, completely or not
        at all.

        `reading` is `need` or `count`. Raises BadInputError for another suffix, or if `out` exists,
        unless `force`.
        """
        content = self.coverage_bytes(period, site_ids, reading, out.suffix.lower())
        save_document(out, content, force=force)

    @reads(MANAGER, VISITOR, READER)
    def coverage_bytes(
        self, period: Period, site_ids: Sequence[UUID], reading: str, form: str
    ) -> bytes:
        """The same in memory; `form` is `.png`, `.svg` or `.xlsx`. Raises BadInputError for
        another."""
        from visitapp.reporting import coverage_picture as pictures

        if reading not in tuple(HeatmapReading):
            raise BadInputError("Choose to show coverage by need or by count.")
        if form not in PICTURE_FORMS:
            raise BadInputError(
                "Coverage can be saved as PNG, SVG or XLSX. End the file name with one of these."
            )
        self._must_hold_all(period)
        with self._access.database.reading() as connection:
            office = schemes.office(connection)
        sheet = pictures.CoverageSheet(
            sites=self._figures.coverage(period, site_ids),
            period=period,
            reading=HeatmapReading(reading),
            closed=period.end < self._access.today(),
            note=office.made_up_note if office else "",
        )
        if form == ".svg":
            return pictures.coverage_svg(sheet)
        if form == ".png":
            return pictures.coverage_png(sheet)
        from visitapp.reporting.spreadsheet import coverage_xlsx

        return coverage_xlsx(sheet)
