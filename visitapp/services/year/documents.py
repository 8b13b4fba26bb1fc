"""Documents on a period besides its report: each as pages for a preview, and as a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, reads
from visitapp.services.year.report_files import (
    LaidOut,
    SavedReport,
    check_places,
    report_pdf,
    save_report,
)

if TYPE_CHECKING:
    from visitapp.domain.year.evidence import EvidencePack
    from visitapp.reporting.blocks import Document


class DocumentService:
    """All are made of the same figures as the report."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.PERSON)
    def save(
        self, kind: DocumentKind, period: Period, target: Path,
        progress: Progress | None = None, *, force: bool = False,
    ) -> SavedReport:  # fmt: skip
        """Write a document in the form that the suffix of `target` names, as the annual report.

        Raises BadInputError for another suffix, for a period that hasn't begun (an update: that
        isn't within one reporting year), or if something with that name exists, unless `force`.
        """
        check_places(target, force=force)
        return save_report(self._document(kind, period), target, progress, force=force)

    @reads(MANAGER, noted=RecordKind.PERSON)
    def pages(
        self, kind: DocumentKind, period: Period, progress: Progress | None = None
    ) -> LaidOut:
        """The document as PDF in memory. Raises BadInputError as `save`."""
        return report_pdf(self._document(kind, period), progress)

    @reads(MANAGER, noted=RecordKind.PERSON)
    def evidence(self, period: Period) -> "EvidencePack":
        """What the evidence pack shows. Raises BadInputError for a period that hasn't begun."""
        from visitapp.domain.year.evidence import EvidencePack, courses_taken, held_by, serving
        from visitapp.persistence import meetings, people, volunteer_files
        from visitapp.services.year.figures import FigureService
        from visitapp.services.year.minimums import done_of_minimum_on

        as_at = min(period.end, self._access.today())
        if as_at < period.start:
            raise BadInputError("This period has not begun, so there is nothing to report.")
        summary = FigureService(self._access).summary(period, findings=True)
        with self._access.database.reading() as connection:
            register = people.people(connection)
            files = volunteer_files.files(connection, register)
            held = meetings.meetings(connection)
            of_minimum = done_of_minimum_on(connection, register, as_at)
        return EvidencePack(
            summary=summary,
            as_at=as_at,
            volunteers=len(serving(register, as_at)),
            courses=courses_taken(register, files, period, as_at),
            held=tuple(held_by(register, files, as_at)),
            meetings=tuple(
                meeting
                for meeting in reversed(held)
                if meeting.counts and meeting.held_on in period and meeting.held_on <= as_at
            ),
            of_minimum=of_minimum,
        )

    def _document(self, kind: DocumentKind, period: Period) -> "Document":
        if kind is DocumentKind.UPDATE:
            from visitapp.reporting.quarterly_update import quarterly_update
            from visitapp.services.year.updates import UpdateService

            return quarterly_update(UpdateService(self._access).update(period))
        if kind is DocumentKind.MONTHLY:
            from visitapp.reporting.monthly_page import monthly_page
            from visitapp.services.year.monthly_pages import page_of

            with self._access.database.reading() as connection:
                return monthly_page(page_of(connection, period, self._access.today()))
        if kind is DocumentKind.EVIDENCE:
            from visitapp.reporting.evidence import evidence_pack

            return evidence_pack(self.evidence(period))
        from visitapp.persistence import schemes
        from visitapp.reporting.indicators import indicators_document
        from visitapp.services.year.indicators import IndicatorService

        listed = IndicatorService(self._access).own(period)
        with self._access.database.reading() as connection:
            office = schemes.office(connection)
        assert office is not None, "the figures would have been refused"
        as_at = min(period.end, self._access.today())
        return indicators_document(office, period, as_at, listed)
