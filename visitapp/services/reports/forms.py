"""The schemes' report forms: the newest to write with, all older ones to read with."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft import Draft
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report import form_changes
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.standard_questions import KEYS, with_standard_questions
from visitapp.persistence import forms as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.office.reference import reference_form
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads


class FormService:
    """Everyone can read them; only the manager can change them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def form(self, scheme_id: UUID, number: int | None = None) -> Form:
        """One version of a scheme's form, the newest by default."""
        with self._access.database.reading() as connection:
            return form_of(connection, scheme_id, number)

    @reads(MANAGER, VISITOR)
    def form_of_draft(self, draft: Draft) -> Form:
        """The version that a draft was begun with."""
        with self._access.database.reading() as connection:
            return form_of_draft(connection, draft)

    @reads(MANAGER, VISITOR)
    def first(self, scheme_id: UUID) -> Form:
        """The first version: whether a question was in it decides what may be changed about it."""
        return self.form(scheme_id, 1)

    @reads(MANAGER, VISITOR)
    def free_key(self, scheme_id: UUID, ask: str) -> str:
        """A key for a new question, derived from its words, that no version of the form has
        used."""
        with self._access.database.reading() as connection:
            return form_changes.new_key(ask, _keys_ever(connection, scheme_id))

    @changes(MANAGER)
    def add_question(self, scheme_id: UUID, part: str, question: Question) -> Changes:
        """Add a question at the end of a part, from the next report on.

        Raises BadInputError if any version has used the key, or if the part can't have the
        question.
        """

        def change(form: Form, connection: Connection) -> Form:
            if question.key in _keys_ever(connection, scheme_id):
                raise BadInputError(
                    "This form already has, or had, a question like this. Use different words."
                )
            return form_changes.with_question(form, part, question)

        return self._keep(scheme_id, change)

    @changes(MANAGER)
    def change_question(self, scheme_id: UUID, question: Question) -> Changes:
        """Reword a question from the next report on; its key and the kind of answer stay.

        Raises BadInputError if something changes that may not.
        """

        def change(form: Form, connection: Connection) -> Form:
            first = form_of(connection, scheme_id, 1)
            return form_changes.with_changed(form, first, question)

        return self._keep(scheme_id, change)

    @changes(MANAGER)
    def move_question(self, scheme_id: UUID, key: str, by: int) -> Changes:
        """Move a question earlier (-1) or later (1) in its part."""
        return self._keep(scheme_id, lambda form, _: form_changes.moved(form, key, by))

    @changes(MANAGER)
    def remove_question(self, scheme_id: UUID, key: str) -> Changes:
        """Stop asking a question; reports that answered it keep the answer."""

        def change(form: Form, connection: Connection) -> Form:
            return form_changes.without(form, form_of(connection, scheme_id, 1), key)

        return self._keep(scheme_id, change)

    @changes(MANAGER)
    def ask_again(self, scheme_id: UUID, key: str) -> Changes:
        """Ask a removed question again, in its old place and last wording.

        Raises BadInputError if no version has it, or if its part is gone.
        """

        def change(form: Form, connection: Connection) -> Form:
            for number in range(form.number, 0, -1):
                earlier = form_of(connection, scheme_id, number)
                if form_changes.question_of(earlier, key) is not None:
                    return form_changes.with_it_again(form, earlier, key)
            raise BadInputError("No version of this form has this question.")

        return self._keep(scheme_id, change)

    def _keep(self, scheme_id: UUID, change: Callable[[Form, Connection], Form]) -> Changes:
        """Save the next version, unless nothing has changed."""
        with self._access.database.transaction() as connection:
            keep_form(connection, self._access, scheme_id)
            form = form_of(connection, scheme_id)
            changed = change(form, connection)
            if changed == form:
                return Changes.NONE
            newer = replace(changed, number=form.number + 1)
            stored.add(
                connection,
                scheme_id,
                newer,
                self._access.actor.name,
                self._access.now(),
            )
        return Changes.SETTINGS


def _keys_ever(connection: Connection, scheme_id: UUID) -> frozenset[str]:
    """Keys that any version of the form has used: an older answer must never be taken for an answer
    to a different question."""
    forms = [form_of(connection, scheme_id), *stored.versions(connection, scheme_id)]
    return KEYS.union(q.key for f in forms for q in (*f.questions(), *f.row_questions()))


def form_of(connection: Connection, scheme_id: UUID, number: int | None = None) -> Form:
    """A version of the form; until one is saved, the reference form is version 1.

    Raises BadInputError if the file doesn't have that version.
    """
    wanted = number or stored.newest(connection, scheme_id) or 1
    kept = stored.form(connection, scheme_id, wanted)
    if kept is not None:
        return with_standard_questions(kept)
    if wanted != 1:
        raise BadInputError("The form for this report is missing from the file.")
    return with_standard_questions(reference_form(_scheme(connection, scheme_id).kind))


def form_of_draft(connection: Connection, draft: Draft) -> Form:
    """The version that a draft was begun with; the newest if the file doesn't have it."""
    try:
        return form_of(connection, draft.scheme_id, draft.report.form_number)
    except BadInputError:
        return form_of(connection, draft.scheme_id)


def keep_form(connection: Connection, access: Access, scheme_id: UUID) -> None:
    """Save the reference form as version 1 before the first report is written with it, since a
    later version of the program may have a different one."""
    if stored.newest(connection, scheme_id) is None:
        first = reference_form(_scheme(connection, scheme_id).kind)
        stored.add(connection, scheme_id, first, access.actor.name, access.now())


def _scheme(connection: Connection, scheme_id: UUID) -> Scheme:
    match = next((s for s in schemes.schemes(connection) if s.id == scheme_id), None)
    if match is None:
        raise BadInputError("This scheme is no longer in the file.")
    return match
