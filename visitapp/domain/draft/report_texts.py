"""The free texts of a report, and the words in them that still need a decision.

A draft's decisions name rows and issues by their ids. A report names rows by their numbers, since
rows of a signed report have no ids.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from visitapp.domain.privacy import Span
from visitapp.domain.privacy.span import NAME
from visitapp.domain.report.answers import Answered
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.kept_words import undecided
from visitapp.domain.report.place import (
    CORE_TEXTS,
    ISSUES,
    Place,
    answer_place,
    of_issue,
    of_row,
)
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Visit

ISSUE_TEXTS = ("description", "place", "raised_with")
ROW_TEXTS = ("custody_number", "cell")
"""Short entries of a row: numbers of all kinds belong there, names never."""


@dataclass(frozen=True, slots=True)
class Text:
    """`place` is named as in findings, `question` as in decisions: an issue by number in one, by id
    in the other. An `is_entry` is a short entry: only a name is wrong there, and it can't be
    kept."""

    place: Place
    question: Place
    words: str
    is_entry: bool = False


def texts(visit: Visit, answered: Answered, form: Form | None) -> Iterator[Text]:
    """Every free text of a report."""
    for key in CORE_TEXTS:
        yield Text(Place(key), Place(key), getattr(visit, key))
    if form is not None:
        for key, words in _written(answered.answers, form.questions()):
            yield Text(answer_place(key), answer_place(key), words)
        yield from _of_rows(answered, form)
    for index, issue in enumerate(visit.issues):
        for key in ISSUE_TEXTS:
            place, question = of_issue(index, key), of_issue(str(issue.id), key)
            yield Text(place, question, getattr(issue, key))


def _of_rows(answered: Answered, form: Form) -> Iterator[Text]:
    for row in answered.rows:
        about = None if row.count is None else row.count.row
        for key in ROW_TEXTS if about is not None else ():
            place = of_row(row.number, key)
            yield Text(place, place, getattr(about, key), is_entry=True)
        for key, words in _written(row.answers, form.row_questions()):
            place = of_row(row.number, key)
            yield Text(place, place, words)


def _written(
    answers: Mapping[str, Any], questions: Iterable[Question]
) -> Iterator[tuple[str, str]]:
    """The free texts in each answer, by the question's key."""
    asked = {question.key: question for question in questions}
    for key, answer in answers.items():
        if key in asked:
            for words in asked[key].traits.written(answer):
                yield key, words


def undecided_findings(
    visit: Visit,
    answered: Answered,
    form: Form | None,
    look_at: Callable[[str], Sequence[Span]],
) -> list[Finding]:
    """Words that may identify a person and that nobody decided to keep: they stop a report until
    they are rewritten or kept with a reason."""
    kept = () if visit.report is None else visit.report.kept_words
    findings = []
    for text in texts(visit, answered, form):
        if text.words.strip():
            mine = [decision for decision in kept if decision.question == text.question]
            for span in undecided(look_at(text.words), () if text.is_entry else mine):
                if span.kind == NAME or not text.is_entry:
                    sentence = _sentence(text, span)
                    findings.append(Finding(text.place, sentence, True, of_words=True))
    return findings


def _sentence(text: Text, span: Span) -> str:
    if text.is_entry:
        return f"Row {text.place.row}: {span.what} Enter only the number or the cell."
    return f"{span.what} Use different words, or keep it and say why."


def with_issue_ids(
    kept: Sequence[KeptWords], new_ids: Mapping[UUID, UUID]
) -> tuple[KeptWords, ...]:
    """The decisions with issues named by their `new_ids`."""
    ids = {str(old): str(new) for old, new in new_ids.items()}
    return tuple(replace(words, question=_renamed(words.question, ids)) for words in kept)


def _renamed(question: Place, ids: Mapping[str, str]) -> Place:
    named = question.part == ISSUES and question.row in ids
    return replace(question, row=ids[question.row]) if named else question
