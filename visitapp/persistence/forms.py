"""The versions of a scheme's form: added to, never changed, never deleted. A form is kept as JSON,
and a new scheme begins with the one in `db/reference/forms`, in the same shape."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import Connection, insert, select

from visitapp.domain.errors import BadInputError
from visitapp.domain.report import counted_questions
from visitapp.domain.report.form import Form, FormSection, Question, RowGroup
from visitapp.domain.report.kinds import Option
from visitapp.persistence import report_tables as rt
from visitapp.persistence.stored_json import to_json


def newest(connection: Connection, scheme_id: UUID) -> int | None:
    """The number of the newest version; None if none is stored yet."""
    number: int | None = connection.execute(
        select(rt.form.c.number)
        .where(rt.form.c.scheme_id == scheme_id)
        .order_by(rt.form.c.number.desc())
    ).scalar()
    return number


def form(connection: Connection, scheme_id: UUID, number: int) -> Form | None:
    """One version; None if it isn't stored. Raises BadInputError if it can't be read."""
    content = connection.execute(
        select(rt.form.c.content).where(
            rt.form.c.scheme_id == scheme_id, rt.form.c.number == number
        )
    ).scalar_one_or_none()
    return None if content is None else read_form(content)


def versions(connection: Connection, scheme_id: UUID) -> list[Form]:
    """All that are stored. Raises BadInputError if one can't be read."""
    kept = select(rt.form.c.content).where(rt.form.c.scheme_id == scheme_id)
    return [read_form(content) for content in connection.execute(kept).scalars()]


def add(connection: Connection, scheme_id: UUID, version: Form, by: str, at: datetime) -> None:
    """Store a version. Raises ConflictError (from the table) if its number is taken."""
    connection.execute(
        insert(rt.form).values(
            id=uuid4(),
            scheme_id=scheme_id,
            number=version.number,
            content=form_json(version),
            made_at=at,
            made_by=by,
        )
    )


# The JSON of a form. These shapes never change: every file of records holds them.


class _IssueJson(msgspec.Struct):
    """The issue that a "yes" must become, and its least severity."""

    category: str = ""
    severity: int = 0


class _QuestionJson(msgspec.Struct, omit_defaults=True, rename={"is_expense": "expense"}):
    key: str
    ask: str
    kind: str
    help: str = ""
    options: tuple[Option, ...] = ()
    when: str = ""
    category: str = ""
    raises: _IssueJson | None = None
    manager_only: bool = False
    is_expense: bool = False
    compulsory: bool = False
    wanted: bool = False
    at_most: str = ""
    group: str = ""
    concerns: tuple[str, ...] = ()
    count: bool | None = None
    """None: as the program counts a question of that part and key at first."""
    meaning: int = 1

    def question(self, part: str) -> Question:
        same = msgspec.structs.asdict(self)
        issue, count = same.pop("raises") or _IssueJson(), same.pop("count")
        question = Question(**same, raises_category=issue.category, raises_severity=issue.severity)
        if count is None:
            return counted_questions.marked(part, question)
        return replace(question, is_counted=count)


class _PartJson(msgspec.Struct, omit_defaults=True):
    """A section (`of` "rows": its questions are about each row), or a group of questions about each
    row."""

    key: str
    title: str
    questions: tuple[_QuestionJson, ...]
    of: str = ""
    seen_only: bool = False

    def asked(self) -> tuple[Question, ...]:
        return tuple(question.question(self.key) for question in self.questions)


class _RowsJson(msgspec.Struct):
    of: str
    groups: tuple[_PartJson, ...]


class _FormJson(msgspec.Struct):
    version: int
    sections: tuple[_PartJson, ...]
    rows: _RowsJson


@lru_cache(maxsize=256)
def read_form(text: str | bytes) -> Form:
    """A form from its JSON, which is the same for every report that was written with it. Raises
    BadInputError, which says what is wrong."""
    try:
        content = msgspec.json.decode(text, type=_FormJson)
    except (ValueError, RecursionError) as error:
        raise BadInputError("This form can't be read. Part of it is missing.") from error
    return Form(
        number=content.version,
        sections=tuple(
            FormSection(part.key, part.title, part.asked(), part.of == "rows")
            for part in content.sections
        ),
        row_groups=tuple(
            RowGroup(part.key, part.title, part.asked(), part.seen_only)
            for part in content.rows.groups
        ),
        row_of=content.rows.of,
    )


def form_json(form: Form) -> str:
    """The JSON from which `read_form` returns the same `form`."""
    sections = (
        _PartJson(s.key, s.title, _asked(s), of="rows" if s.of_rows else "") for s in form.sections
    )
    groups = (_PartJson(g.key, g.title, _asked(g), seen_only=g.seen_only) for g in form.row_groups)
    return to_json(_FormJson(form.number, tuple(sections), _RowsJson(form.row_of, tuple(groups))))


def _asked(part: FormSection | RowGroup) -> tuple[_QuestionJson, ...]:
    return tuple(_question_json(part.key, question) for question in part.questions)


_OTHERWISE = ("raises", "count")


def _question_json(part: str, question: Question) -> _QuestionJson:
    raises = _IssueJson(question.raises_category, question.raises_severity)
    at_first = counted_questions.is_counted_at_first(part, question)
    same: dict[str, Any] = {
        name: getattr(question, name)
        for name in _QuestionJson.__struct_fields__
        if name not in _OTHERWISE
    }
    return _QuestionJson(
        **same,
        raises=raises if question.raises_category else None,
        count=None if question.is_counted == at_first else question.is_counted,
    )
