"""The free texts of a report being written, and what is still to be decided about them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from visitapp.domain.draft_content import Content, kept_words_of, rows_of, text_of
from visitapp.domain.form import Form
from visitapp.domain.privacy import Span, undecided
from visitapp.domain.report import KeptWords
from visitapp.domain.report_form import Reading
from visitapp.domain.rules import Finding

PRIVACY = "privacy:"
"""What the field of a finding about words begins with; the field of the text follows."""
ISSUE_TEXTS = ("description", "place", "raised_with")
_CORE_TEXTS = ("delay_explanation", "summary")
_WRITTEN = ("text", "line")


@dataclass(frozen=True, slots=True)
class Text:
    """`field` as findings name it, `question` as decisions do."""

    field: str
    question: str
    words: str


def issue_question(issue_id: str, key: str) -> str:
    """How decisions name a text of an issue."""
    return f"issues:{issue_id}:{key}"


def row_question(row_id: str, key: str) -> str:
    """How decisions name an answer about a row."""
    return f"rows:{row_id}:{key}"


def texts(content: Content, reading: Reading, form: Form) -> Iterator[Text]:
    """Every text that somebody wrote freely."""
    for key in _CORE_TEXTS:
        yield Text(key, key, text_of(content, key))
    written = {question.key for question in form.questions() if question.kind in _WRITTEN}
    for key, answer in reading.answered.answers.items():
        if key in written:
            yield Text(f"answers:{key}", key, str(answer))
    of_rows = {question.key for question in form.row_questions() if question.kind in _WRITTEN}
    for row in reading.answered.rows:
        for key, answer in row.answers.items():
            if key in of_rows:
                yield Text(f"rows:{row.number}:{key}", row_question(row.id, key), str(answer))
    for index, issue in enumerate(rows_of(content, "issues")):
        for key in ISSUE_TEXTS:
            question = issue_question(text_of(issue, "id"), key)
            yield Text(f"issues:{index}:{key}", question, text_of(issue, key))


def undecided_findings(
    content: Content, reading: Reading, form: Form, look_at: Callable[[str], Sequence[Span]]
) -> list[Finding]:
    """Words that look as if they led to a person, and that nobody decided to keep: they stop a
    report until they are rewritten or kept with a reason."""
    kept = kept_words_of(content)
    found = []
    for text in texts(content, reading, form):
        if text.words.strip():
            mine = [one for one in kept if one.question == text.question]
            for span in undecided(look_at(text.words), mine):
                sentence = f"{span.what} Write it in other words, or keep it with a reason."
                found.append(Finding(f"{PRIVACY}{text.field}", sentence, True))
    return found


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
        "kept_at": words.kept_at.isoformat(),
    }
