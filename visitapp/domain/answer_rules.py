"""What the answers of a report bring with them: further questions, and what they demand."""

from collections.abc import Iterator, Sequence
from typing import Any

from visitapp.domain.answers import CHILD_AGES, Answered, Row
from visitapp.domain.codes import CodeBook
from visitapp.domain.form import CONCERN, YES, Form, FormSection, Question, RowGroup, applying
from visitapp.domain.issue import Issue
from visitapp.domain.rules import Finding
from visitapp.domain.visit import Visit

COUNTS = "counts"
"""Key of the core question that counts, and so has the rows."""
COMMENT = "comment"
"""Key of the words about a row as a whole; they may say more of a concern, as an issue does."""


def facts_of(visit: Visit, answered: Answered, immediate_limit: int) -> frozenset[str]:
    """The conditions that hold for the questions about the whole visit."""
    return frozenset(
        name
        for name, holds in (
            ("delayed", visit.waited_beyond(immediate_limit)),
            ("child_not_seen", _child_not_seen(answered)),
            ("women_counted", _women_counted(answered)),
        )
        if holds
    )


def _child_not_seen(answered: Answered) -> bool:
    children = [row for row in answered.rows if _is_child(row)]
    told = sum(int(answered.answers.get(key, 0)) for key in ("children_younger", "children_older"))
    seen = sum(1 for row in children if row.outcome == "SEEN")
    return max(told, len(children)) > seen


def _women_counted(answered: Answered) -> bool:
    """Whether women were in custody of whom no row says what they were offered."""
    return int(answered.answers.get("women", 0)) > sum("female" in r.facts for r in answered.rows)


def _is_child(row: Row) -> bool:
    age = row.count is not None and row.count.age_group in CHILD_AGES
    return age or "CHILD" in (row.answers.get("flags") or [])


def is_seen(row: Row, book: CodeBook) -> bool:
    """Whether a row's outcome counts as seen."""
    return book.group("outcome", row.outcome) == "seen"


def asked_of_row(group: RowGroup, row: Row, seen: bool) -> tuple[Question, ...]:
    """The questions of a group that a row is asked; `seen` as the outcome's group says."""
    if group.seen_only and not seen:
        return ()
    return applying(group.questions, row.facts)


def groups_of(form: Form, section: FormSection) -> tuple[RowGroup, ...]:
    """The questions about each row that a section shows: one `of_rows` has those about rows
    that were seen, and the one that counts has the others; with none, it has all."""
    apart = any(one.of_rows for one in form.sections)
    if section.of_rows:
        return tuple(group for group in form.row_groups if group.seen_only)
    if not any(question.key == COUNTS for question in section.questions):
        return ()
    return tuple(group for group in form.row_groups if not (apart and group.seen_only))


def findings_of_answers(
    form: Form, visit: Visit, answered: Answered, facts: frozenset[str]
) -> list[Finding]:
    """What the answers demand: what is compulsory, numbers that exceed their whole,
    allegations that must become an issue, concerns that no issue says more about. Answers
    that could not be taken are told by `answered.problems`."""
    found: list[Finding] = []
    for section in form.sections:
        for question in applying(section.questions, facts):
            answer = answered.answers.get(question.key)
            found += _demands(question, answer, f"answers:{question.key}", visit)
    for row in answered.rows:
        for question in form.row_questions():
            answer = row.answers.get(question.key)
            where = f"rows:{row.number}:{question.key}"
            said = bool(row.answers.get(COMMENT))
            about = f", row {row.number}"
            found += _follow_ups(question, answer, where, visit.issues, said=said, about=about)
    return found


def _demands(question: Question, answer: Any, where: str, visit: Visit) -> Iterator[Finding]:
    if question.compulsory and answer in (None, "", []):
        yield Finding(where, f"Answer \u201c{question.ask}\u201d", True)
    whole = visit.present
    if question.at_most and whole is not None and isinstance(answer, int) and answer > whole:
        yield Finding(where, f"{question.ask}: {answer}, but {whole} were in custody.", True)
    yield from _follow_ups(question, answer, where, visit.issues)


def _follow_ups(
    question: Question,
    answer: Any,
    where: str,
    issues: Sequence[Issue],
    *,
    said: bool = False,
    about: str = "",
) -> Iterator[Finding]:
    """Issues that an answer calls for. An issue belongs to the question that opened it;
    `said`: other words tell of a concern; `about` names the row."""
    mine = [issue for issue in issues if issue.question == where]
    grave = any(issue.severity >= question.raises_severity for issue in mine)
    if question.raises_category and answer == YES and not grave:
        least = "as an allegation" if question.raises_severity == 4 else "at least serious"
        sentence = f"\u201c{question.ask}\u201d{about} was answered yes: open an issue, {least}."
        yield Finding(where, sentence, True)
    if question.kind == "check" and answer == CONCERN and not mine and not said:
        yield Finding(where, f"{question.ask}{about}: a concern, and no issue says more.", False)
