"""Copies of reports for their recipients, and the log of who was given what."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Office
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.records.anchor import Anchor
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.copies import (
    CopyMade,
    Recipient,
    RecipientCopies,
    form_for,
    leaves_out,
    visit_for,
)
from visitapp.domain.report.form import Form
from visitapp.domain.report.standard_questions import as_answered
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import TACT, State
from visitapp.persistence import animals, confirming, ledger, people, schemes, visits
from visitapp.persistence import copies as stored
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.office.recipients import keep_defaults, recipients_of
from visitapp.services.own_records import must_be_own
from visitapp.services.reports import forms
from visitapp.services.roles import MANAGER, VISITOR, changes, reads
from visitapp.services.saving import must_be_free, save_document

if TYPE_CHECKING:
    from visitapp.reporting.blocks import Document

LONGEST_HOW = 200


@dataclass(frozen=True, slots=True)
class _Report:
    """A report with everything needed to write a copy."""

    visit: Visit
    form: Form
    recipient: Recipient
    about: ReportContext
    office: Office
    animals: dict[UUID, str]
    anchor: Anchor | None
    confirmed: dict[UUID, datetime]


class CopyService:
    """For everyone: visitors save their own copy, the manager sends the others."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def due(self, visit_id: UUID) -> tuple[RecipientCopies, ...]:
        """Who should receive a copy of a report, with the copies made so far; those of earlier
        editions are separate. Former recipients are included with what they were given."""
        with self._access.database.reading() as connection:
            visit = _visit(connection, self._access, visit_id)
            known = recipients_of(connection, visit.scheme_id)
            editions = [visit_id, *visits.editions_before(connection, visit_id)]
            copies_made = stored.copies(connection, editions)
        due_copies = []
        for recipient in known:
            every = [copy for copy in copies_made if copy.recipient_id == recipient.id]
            own = tuple(copy for copy in every if copy.visit_id == visit_id)
            before = tuple(copy for copy in every if copy.visit_id != visit_id)
            if every or recipient.gets(visit):
                due_copies.append(RecipientCopies(recipient, own, before))
        return tuple(due_copies)

    @reads(MANAGER, VISITOR)
    def log(self, visit_id: UUID) -> tuple[CopyMade, ...]:
        """Every copy made of a report, latest first."""
        with self._access.database.reading() as connection:
            must_be_own(connection, self._access, visit_id)
            return tuple(stored.copies(connection, [visit_id]))

    @reads(MANAGER, VISITOR)
    def warnings(self, visit_id: UUID) -> tuple[str, ...]:
        """What still has to be done about copies required by law."""
        with self._access.database.reading() as connection:
            if _visit(connection, self._access, visit_id).type != TACT:
                return ()
        waiting = [
            due.recipient.name
            for due in self.due(visit_id)
            if due.recipient.tact_only and due.recipient.is_active and not due.is_made
        ]
        return tuple(
            f"A report about people held under the Terrorism Act must be copied to the {name}. "
            "This has not been done yet."
            for name in waiting
        )

    @reads(MANAGER, VISITOR)
    def cautions(self, visit_id: UUID, recipient_id: UUID) -> tuple[str, ...]:
        """What to check before a copy is handed out."""
        with self._access.database.reading() as connection:
            report = self._report(connection, visit_id, recipient_id)
        from visitapp.reporting.pdf import printable

        audience = report.recipient.audience
        warnings = printable.cautions(_document(report), "The copy")
        if leaves_out(report.visit, answered_of(report.visit), report.form, audience):
            warnings = (
                "This copy leaves out an allegation. Read it before you give it to anyone. "
                "The summary and other texts have not been changed, so they may still mention "
                "it.",
                *warnings,
            )
        return warnings

    @reads(MANAGER, VISITOR, noted=RecordKind.COPY)
    def pdf(self, visit_id: UUID, recipient_id: UUID) -> bytes:
        """A copy to look at; the same report always gives the same bytes, until somebody
        confirms it on their own copy. Nothing is logged.

        Raises BadInputError if the report was withdrawn.
        """
        with self._access.database.reading() as connection:
            report = self._report(connection, visit_id, recipient_id)
        return _written(report)

    @changes(MANAGER, VISITOR)
    def save(
        self,
        visit_id: UUID,
        recipient_id: UUID,
        target: Path,
        *,
        how: str = "",
        force: bool = False,
    ) -> Changes:
        """Write a copy as PDF, completely or not at all, and log it with the file's digest.

        `how` says in a few words where it goes. Raises BadInputError if `target` exists, unless
        `force`; StorageError if it can't be written. Nothing is logged then.
        """
        how = " ".join(how.split())
        if len(how) > LONGEST_HOW:
            raise BadInputError("Say in a few words how the copy was given.")
        must_be_free(target, force=force)
        content = self.pdf(visit_id, recipient_id)
        copy = CopyMade(
            id=uuid4(),
            visit_id=visit_id,
            recipient_id=recipient_id,
            made_at=self._access.now(),
            made_by=self._access.actor.name,
            how=how,
            digest=sha256(content).hexdigest(),
        )
        with self._access.database.transaction() as connection:
            visit = _visit(connection, self._access, visit_id)
            keep_defaults(connection, visit.scheme_id)
            stored.add_copy(connection, visit.scheme_id, copy)
            ledger.append(connection, [ledger.copy_made(copy, visit.scheme_id)])
            save_document(target, content, force=force)
        return Changes.COPIES

    def _report(self, connection: Connection, visit_id: UUID, recipient_id: UUID) -> _Report:
        visit = _visit(connection, self._access, visit_id)
        if visit.state is not State.LOCKED:
            raise BadInputError("This report was withdrawn, so no more copies can be made.")
        recipient = next(
            (r for r in recipients_of(connection, visit.scheme_id) if r.id == recipient_id), None
        )
        if recipient is None or not recipient.gets(visit):
            raise BadInputError("They should not get a copy of this report.")
        scheme = schemes.scheme(connection, visit.scheme_id)
        sites = {site.id: site for site in schemes.entered_sites(connection)}
        office = schemes.office(connection)
        assert office is not None
        ids = [count.row.animal_id for count in visit.counts if count.row is not None]
        return _Report(
            visit=visit,
            form=as_answered(
                forms.form_of(
                    connection,
                    scheme.id,
                    None if visit.report is None else visit.report.form_number,
                ),
                visit,
            ).in_words_of(sites[visit.report_site_id].kind),
            recipient=recipient,
            about=ReportContext(
                scheme=scheme,
                site=sites.get(visit.report_site_id),
                grid=None,
                people={person.id: person for person in people.people(connection)},
                book=schemes.codes(connection, scheme.id),
            ),
            office=office,
            animals=animals.names(
                connection, [animal_id for animal_id in ids if animal_id is not None]
            ),
            anchor=ledger.anchor_of_report(connection, visit.id),
            confirmed=confirming.confirmed_elsewhere(connection, visit),
        )


def _visit(connection: Connection, access: Access, visit_id: UUID) -> Visit:
    must_be_own(connection, access, visit_id)
    stored_visit = visits.visit(connection, visit_id)
    if stored_visit is None:
        raise BadInputError("This visit is not in the file.")
    return stored_visit


def _written(report: _Report) -> bytes:
    from visitapp.reporting.pdf.render import render_pdf

    file = BytesIO()
    render_pdf(_document(report), file)
    return file.getvalue()


def _document(report: _Report) -> "Document":
    """What the reader may not see is left out before the document is begun."""
    from visitapp.reporting.visit_report import VisitCopy, visit_report

    audience = report.recipient.audience
    has_form = report.visit.report is not None
    copy = VisitCopy(
        visit=visit_for(report.visit, report.form, audience),
        form=form_for(report.form, audience) if has_form else None,
        about=report.about,
        office=report.office,
        recipient=report.recipient,
        animals=report.animals,
        anchor=report.anchor,
        confirmed=report.confirmed,
    )
    return visit_report(copy)
