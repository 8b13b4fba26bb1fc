"""The report forms of the schemes: the newest to write with, every older one to read with."""

from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.draft import Draft
from visitapp.domain.draft_content import form_number_of
from visitapp.domain.errors import BadInputError
from visitapp.domain.form import Form, Question, form_content, read_form
from visitapp.domain.scheme import Scheme
from visitapp.persistence import forms as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.reference import reference_form


class FormService:
    """Read by everyone, changed by the manager."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def form(self, scheme_id: UUID, number: int | None = None) -> Form:
        """One version of a scheme's form, the newest by default."""
        with self._access.database.reading() as connection:
            return form_of(connection, scheme_id, number)

    def form_of_draft(self, draft: Draft) -> Form:
        """The version that a draft was begun with."""
        with self._access.database.reading() as connection:
            return form_of_draft(connection, draft)

    def add_question(self, scheme_id: UUID, section: str, question: Question) -> Changes:
        """Ask one more question at the end of a section, from the next report on.

        Raises BadInputError where the key is taken, or the section is not the form's.
        """
        with self._access.database.reading() as connection:
            form = form_of(connection, scheme_id)
        if question.key in {q.key for q in form.questions()}:
            raise BadInputError("The form has a question with this key; change the words of it.")
        part = form.section(section)
        if question.kind == "core" or part.of_rows:
            raise BadInputError("A question of this kind can't be added to this section.")
        longer = replace(part, questions=(*part.questions, question))
        sections = tuple(longer if s.key == section else s for s in form.sections)
        return self._keep(scheme_id, replace(form, sections=sections))

    def remove_question(self, scheme_id: UUID, key: str) -> Changes:
        """Ask a question no longer; reports that answered it keep it."""
        with self._access.database.reading() as connection:
            form = form_of(connection, scheme_id)
        asked = next((q for q in form.questions() if q.key == key), None)
        if asked is None or asked.kind == "core" or asked.compulsory or asked.raises_category:
            raise BadInputError("This question belongs to every form and stays.")
        sections = tuple(
            replace(s, questions=tuple(q for q in s.questions if q.key != key))
            for s in form.sections
        )
        return self._keep(scheme_id, replace(form, sections=sections))

    def _keep(self, scheme_id: UUID, form: Form) -> Changes:
        self._access.must_manage()
        with self._access.database.transaction() as connection:
            keep_form(connection, self._access, scheme_id)
            newer = replace(form, number=form.number + 1)
            stored.add(
                connection,
                scheme_id,
                newer.number,
                form_content(newer),
                self._access.actor.name,
                self._access.now(),
            )
        return Changes.SETTINGS


def form_of(connection: Connection, scheme_id: UUID, number: int | None = None) -> Form:
    """A version of the form; the reference form is version 1 until another is kept.

    Raises BadInputError for a version that the file doesn't have.
    """
    wanted = number or stored.newest(connection, scheme_id) or 1
    content = stored.content(connection, scheme_id, wanted)
    if content is not None:
        return read_form(content)
    if wanted != 1:
        raise BadInputError("The form of this report is missing from the file.")
    return reference_form(_scheme(connection, scheme_id).kind)


def form_of_draft(connection: Connection, draft: Draft) -> Form:
    """The version that a draft was begun with; the newest where the file doesn't have it."""
    try:
        return form_of(connection, draft.scheme_id, form_number_of(draft.content))
    except BadInputError:
        return form_of(connection, draft.scheme_id)


def keep_form(connection: Connection, access: Access, scheme_id: UUID) -> None:
    """Keep the reference form as version 1, before the first report is written with it: a
    later version of the program may come with another."""
    if stored.newest(connection, scheme_id) is None:
        content = form_content(reference_form(_scheme(connection, scheme_id).kind))
        stored.add(connection, scheme_id, 1, content, access.actor.name, access.now())


def _scheme(connection: Connection, scheme_id: UUID) -> Scheme:
    found = next((s for s in schemes.schemes(connection) if s.id == scheme_id), None)
    if found is None:
        raise BadInputError("This scheme is not in the file.")
    return found
