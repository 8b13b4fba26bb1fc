"""Drafts of reports, saved to the disk at every change."""

from dataclasses import replace
from functools import partial
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.draft_line import DraftLine, draft_line
from visitapp.domain.draft.report_form import Reading
from visitapp.domain.draft.report_texts import undecided_findings
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.draft.typed_visit import for_replacement
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.form import Form
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import drafts as stored
from visitapp.persistence import people, schemes, visits
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.own_records import is_own_draft, must_be_own, must_be_own_draft
from visitapp.services.reports.forms import form_of, form_of_draft
from visitapp.services.reports.privacy import PrivacyService
from visitapp.services.roles import MANAGER, VISITOR, changes, reads


class DraftService:
    """A draft is on the disk when `save` returns."""

    def __init__(self, access: Access, privacy: PrivacyService) -> None:
        self._access, self._privacy = access, privacy

    @changes(MANAGER, VISITOR)
    def begin(self, scheme_id: UUID) -> tuple[Draft, Changes]:
        """An empty draft, already saved."""
        return self.save(self._new(scheme_id)), Changes.DRAFTS

    @changes(MANAGER, VISITOR)
    def replace(self, visit_id: UUID, reason: str) -> tuple[Draft, Changes]:
        """A draft with everything of a signed report, to replace it once the draft is signed.

        If there is such a draft already, it is returned. The report counts until then.
        """
        if not reason.strip():
            raise BadInputError("Say why you are amending the report.")
        self._privacy.must_lead_to_nobody(reason)
        with self._access.database.reading() as connection:
            must_be_own(connection, self._access, visit_id)
            visit = visits.visit(connection, visit_id)
            begun = [
                open_draft
                for open_draft in stored.drafts(connection)
                if open_draft.replaces_id == visit_id and is_own_draft(self._access, open_draft)
            ]
            if visit is None or visit.state is not State.LOCKED:
                raise BadInputError("This report was withdrawn, so it cannot be amended.")
            newest = form_of(connection, visit.scheme_id).number
        draft = replace(
            begun[0] if begun else self._new(visit.scheme_id),
            replaces_id=visit_id,
            reason=reason.strip(),
        )
        if not begun:  # an imported visit has no form yet, so it gets the newest
            draft = replace(draft, report=for_replacement(visit, newest))
        return self.save(draft), Changes.DRAFTS

    @reads(MANAGER, VISITOR)
    def unsaved(self, scheme_id: UUID) -> Draft:
        """An empty draft that hasn't been saved yet."""
        return self._new(scheme_id)

    def _new(self, scheme_id: UUID) -> Draft:
        return Draft(uuid4(), scheme_id, TypedReport(), author=self._access.actor.name)

    @changes(MANAGER, VISITOR)
    def save(self, draft: Draft) -> Draft:
        """Write the draft. Returns it with its new version and time (UTC).

        Raises ConflictError if it has been signed, discarded or changed.
        """
        must_be_own_draft(self._access, draft)
        saved = replace(draft, saved_at=self._access.now())
        with self._access.database.transaction() as connection:
            stored.save_draft(connection, saved)
        return replace(saved, version=draft.version + 1)

    @reads(MANAGER, VISITOR)
    def drafts(self) -> tuple[Draft, ...]:
        """All drafts, latest first."""
        with self._access.database.reading() as connection:
            return tuple(self._drafts(connection))

    @reads(MANAGER, VISITOR)
    def lines(self) -> tuple[DraftLine, ...]:
        """All drafts in words, latest first."""
        with self._access.database.reading() as connection:
            all_drafts = self._drafts(connection)
            if not all_drafts:
                return ()
            sites = tuple(schemes.sites(connection))
            register = {person.id: person for person in people.people(connection)}
            about = {
                scheme.id: ReportContext(
                    scheme, None, None, register, schemes.codes(connection, scheme.id)
                )
                for scheme in schemes.schemes(connection)
            }
            forms = [form_of_draft(connection, draft) for draft in all_drafts]
        today = self._access.today()
        return tuple(
            draft_line(
                draft,
                form,
                about[draft.scheme_id],
                sites,
                today,
                partial(self._undecided, form, about[draft.scheme_id].scheme.kind),
            )
            for draft, form in zip(all_drafts, forms, strict=True)
        )

    def _drafts(self, connection: Connection) -> list[Draft]:
        return [d for d in stored.drafts(connection) if is_own_draft(self._access, d)]

    def _undecided(self, form: Form, kind: Kind, reading: Reading) -> list[Finding]:
        """Flagged words of a draft about which there is no decision."""
        guard = self._privacy.guard(about_animals=kind is Kind.ANIMAL_WELFARE)
        return undecided_findings(reading.visit, reading.answered, form, guard.look_at)

    @reads(MANAGER, VISITOR, noted=RecordKind.DRAFT)
    def get(self, draft_id: UUID) -> Draft:
        """One draft."""
        with self._access.database.reading() as connection:
            draft = stored.draft(connection, draft_id)
        if draft is None:
            raise BadInputError("This draft has already been signed or discarded.")
        must_be_own_draft(self._access, draft)
        return draft

    @changes(MANAGER, VISITOR)
    def discard(self, draft_id: UUID) -> Changes:
        """Delete a draft."""
        with self._access.database.transaction() as connection:
            if draft := stored.draft(connection, draft_id):
                must_be_own_draft(self._access, draft)
            stored.delete_draft(connection, draft_id)
        return Changes.DRAFTS
