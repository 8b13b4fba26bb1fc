"""Printed forms, for a day without a laptop."""

from io import BytesIO
from pathlib import Path
from uuid import UUID

from visitapp.persistence import schemes
from visitapp.services.access import Access
from visitapp.services.reports.forms import form_of
from visitapp.services.roles import MANAGER, VISITOR, reads
from visitapp.services.saving import save_document


class PaperService:
    """For everyone."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def blank_form(self, scheme_id: UUID) -> bytes:
        """The scheme's newest form as PDF, to fill in by hand."""
        from visitapp.reporting.blank_form import BlankForm, blank_form
        from visitapp.reporting.pdf.render import render_pdf

        with self._access.database.reading() as connection:
            office = schemes.office(connection)
            assert office is not None
            kinds = {s.kind for s in schemes.sites(connection) if s.scheme_id == scheme_id}
            form = form_of(connection, scheme_id)
            blank = BlankForm(
                form=form.in_words_of(kinds.pop()) if len(kinds) == 1 else form,
                scheme=schemes.scheme(connection, scheme_id),
                book=schemes.codes(connection, scheme_id),
                office=office,
                today=self._access.today(),
            )
        file = BytesIO()
        render_pdf(blank_form(blank), file)
        return file.getvalue()

    @reads(MANAGER, VISITOR)
    def save_blank_form(self, scheme_id: UUID, target: Path, *, force: bool = False) -> None:
        """Write the PDF to a file, completely or not at all.

        Raises BadInputError if `target` exists, unless `force`; StorageError if it can't be
        written.
        """
        save_document(target, self.blank_form(scheme_id), force=force)
