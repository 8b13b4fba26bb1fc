"""The free texts of a report, and what is still to be decided about words in them.

In a draft, decisions name a text as `KEY`, `rows:ID:KEY` or `issues:ID:KEY`; in a report that
was read, a row stands by its number, since rows of a signed report have no ids.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from visitapp.domain.draft.draft_content import Content, kept_words_of, rows_of, text_of
from visitapp.domain.draft.issue_rows import by_row_number, row_numbers
from visitapp.domain.moment import stored_text
from visitapp.domain.privacy import Span
from visitapp.domain.privacy.span import NAME
from visitapp.domain.report.answers import Answered
from visitapp.domain.report.form import Form
from visitapp.domain.report.kept_words import undecided
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Visit

PRIVACY = "privacy:"
"""What the field of a finding about words begins with; the field of the text follows."""
VISIT_TEXTS = ("delay_explanation", "summary")
ISSUE_TEXTS = ("description", "place", "raised_with")
ROW_TEXTS = ("custody_number", "cell")
"""Short entries of a row: numbers of all kinds belong there, names never."""
_OF_ISSUES = "issues"


@dataclass(frozen=True, slots=True)
class Text:
    """`field` as findings name it, `question` as decisions do; in an `is_entry` only a name
    is out of place, and it can't be kept."""

    field: str
    question: str
    words: str
    is_entry: bool = False


def issue_question(issue_id: str, key: str) -> str:
    """How decisions name a text of an issue."""
    return f"{_OF_ISSUES}:{issue_id}:{key}"


def row_question(row: str | int, key: str) -> str:
    """How decisions name an answer about a row, given by its id or its number."""
    return f"rows:{row}:{key}"


def texts(visit: Visit, answered: Answered, form: Form | None) -> Iterator[Text]:
    """Every text of a report that somebody wrote freely."""
    for key in VISIT_TEXTS:
        yield Text(key, key, getattr(visit, key))
    if form is not None:
        written = {question.key for question in form.questions() if question.traits.is_words}
        for key, answer in answered.answers.items():
            if key in written:
                yield Text(f"answers:{key}", key, str(answer))
        yield from _of_rows(answered, form)
    for index, issue in enumerate(visit.issues):
        for key in ISSUE_TEXTS:
            question = issue_question(str(issue.id), key)
            yield Text(f"{_OF_ISSUES}:{index}:{key}", question, getattr(issue, key))


def _of_rows(answered: Answered, form: Form) -> Iterator[Text]:
    written = {question.key for question in form.row_questions() if question.traits.is_words}
    for row in answered.rows:
        about = None if row.count is None else row.count.row
        for key in ROW_TEXTS if about is not None else ():
            field = row_question(row.number, key)
            yield Text(field, field, getattr(about, key), is_entry=True)
        for key, answer in row.answers.items():
            if key in written:
                field = row_question(row.number, key)
                yield Text(field, field, str(answer))


def undecided_findings(
    visit: Visit,
    answered: Answered,
    form: Form | None,
    look_at: Callable[[str], Sequence[Span]],
) -> list[Finding]:
    """Words that look as if they led to a person, and that nobody decided to keep: they stop a
    report until they are rewritten or kept with a reason."""
    kept = () if visit.report is None else visit.report.kept_words
    found = []
    for text in texts(visit, answered, form):
        if text.words.strip():
            mine = [one for one in kept if one.question == text.question]
            for span in undecided(look_at(text.words), () if text.is_entry else mine):
                if span.kind == NAME or not text.is_entry:
                    field = f"{PRIVACY}{text.field}"
                    found.append(Finding(field, _sentence(text, span), True))
    return found


def _sentence(text: Text, span: Span) -> str:
    if text.is_entry:
        row = text.field.split(":")[1]
        return f"Row {row}: {span.what} Enter only the number or the cell."
    return f"{span.what} Use different words, or keep it and say why."


def decisions_of(content: Content) -> tuple[KeptWords, ...]:
    """The decisions of a draft as its report holds them, rows by their numbers; those about
    rows and issues that are gone went with them."""
    numbers = row_numbers(content)
    issues = {text_of(row, "id") for row in rows_of(content, _OF_ISSUES)}
    found = []
    for one in kept_words_of(content):
        kind, _, rest = one.question.partition(":")
        question = by_row_number(one.question, numbers)
        if question and (kind != _OF_ISSUES or rest.rpartition(":")[0] in issues):
            found.append(replace(one, question=question))
    return tuple(found)


def with_issue_ids(
    kept: Sequence[KeptWords], new_ids: Mapping[UUID, UUID]
) -> tuple[KeptWords, ...]:
    """The decisions, once issues of the report were given other ids."""
    ids = {str(old): str(new) for old, new in new_ids.items()}
    return tuple(replace(one, question=_renamed(one.question, ids)) for one in kept)


def _renamed(question: str, ids: Mapping[str, str]) -> str:
    kind, _, rest = question.partition(":")
    issue_id, _, key = rest.rpartition(":")
    named = kind == _OF_ISSUES and issue_id in ids
    return issue_question(ids[issue_id], key) if named else question


def with_kept(content: Content, question: str, kept: Sequence[KeptWords]) -> list[dict[str, Any]]:
    """The value of `kept_words` with the decisions about one text changed."""
    others = [one for one in kept_words_of(content) if one.question != question]
    return [kept_row(one) for one in (*others, *kept)]


def kept_row(words: KeptWords) -> dict[str, Any]:
    """A decision as content."""
    return {
        "question": words.question,
        "words": words.words,
        "kind": words.kind,
        "reason": words.reason,
        "kept_by": words.kept_by,
        "kept_at": stored_text(words.kept_at),
    }
