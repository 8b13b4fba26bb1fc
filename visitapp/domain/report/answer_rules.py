"""What follows from the answers of a report: further questions, and things to put right."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from visitapp.domain.office.codes import CodeBook
from visitapp.domain.report.answers import CHILD_AGES, Answered, Counting, Row, facts_of_answers
from visitapp.domain.report.form import (
    Form,
    FormSection,
    Question,
    RowGroup,
    applying,
)
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.kinds import NO, YES
from visitapp.domain.report.place import Place, answer_place, of_issue, of_row
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import (
    ABANDONED,
    COMPLETED,
    FACE_TO_FACE,
    NEVER_INSIDE,
    REFUSED_ENTRY,
    TACT,
)
from visitapp.domain.text.wording import capitalised

COUNTS = "counts"
"""The key of the core question for the numbers, which also has the rows."""
SEEN, REFUSED = "SEEN", "REFUSED"
CHILDREN, WOMEN, PHONED, CONSENT = (
    ("children_younger", "children_older"), "women", "phoned", "consent_visit",
)  # fmt: skip
"""Keys of questions that the rules below depend on; a form may lack them."""
ALL_CHILDREN_SEEN, CHILD_NOT_SEEN = "all_children_seen", "child_not_seen"
SERIOUS, ALLEGATION = 3, 4
COMMENT = "comment"
"""The key of the comment on a row. Like an issue, it can explain a concern."""


def facts_of(visit: Visit, answered: Answered, immediate_limit: int) -> frozenset[str]:
    """The conditions that hold for the questions about the whole visit."""
    conditions = (
        ("completed", visit.status == COMPLETED),
        ("delayed", visit.waited_beyond(immediate_limit)),
        ("child_not_seen", _child_not_seen(visit, answered) or _vulnerable_not_seen(answered)),
        ("women_counted", _women_counted(answered)),
        ("refused", visit.status == REFUSED_ENTRY),
        ("abandoned", visit.status == ABANDONED),
        ("one_visitor", len(visit.visitors) == 1),
        ("children_counted", _children_without_row(visit, answered)),
        ("by_numbers", _by_numbers(visit, answered)),
        ("remote", visit.mode != FACE_TO_FACE),
        ("outside", visit.status in NEVER_INSIDE),
    )
    known = [name for name, holds in conditions if holds]
    return frozenset([*known, *facts_of_answers(answered.answers)])


def _child_not_seen(visit: Visit, answered: Answered) -> bool:
    """Whether a row says so. For children who are only counted: whether nobody was seen who could
    be a child, or the writers say so. Older drafts gave a reason instead."""
    if any(_is_child(row) and row.outcome != SEEN for row in answered.rows):
        return True
    all_seen = answered.answers.get(ALL_CHILDREN_SEEN)
    if not _children_counted(answered) or all_seen == YES:
        return False
    seen, missed = _of_unknown_age(visit)
    return bool(missed) and (
        not seen or all_seen == NO or bool(answered.answers.get(CHILD_NOT_SEEN))
    )


def _children_counted(answered: Answered) -> int:
    """How many counted children have no row that says they are one."""
    return max(0, _total(answered, *CHILDREN) - sum(map(_is_child, answered.rows)))


def _children_without_row(visit: Visit, answered: Answered) -> bool:
    """Whether some children may have been seen and others not."""
    return bool(_children_counted(answered)) and all(_of_unknown_age(visit))


def _of_unknown_age(visit: Visit) -> tuple[int, int]:
    """How many people of unknown age were seen, and how many were not."""
    unknown = [count for count in visit.counts if count.age_group is None]
    seen = sum(count.number for count in unknown if count.outcome == SEEN)
    return seen, sum(count.number for count in unknown) - seen


def _seen_without_row(visit: Visit) -> int:
    return sum(c.number for c in visit.counts if c.row is None and c.outcome == SEEN)


def _by_numbers(visit: Visit, answered: Answered) -> bool:
    """Whether detainees without a row were seen, or are still to be counted."""
    if visit.status in NEVER_INSIDE:
        return False
    return answered.counting is Counting.COUNTS or _seen_without_row(visit) > 0


def _total(answered: Answered, *keys: str) -> int:
    """The sum of the numbers that answer these questions."""
    return sum(int(answered.answers.get(key, 0)) for key in keys)


def _vulnerable_not_seen(answered: Answered) -> bool:
    return any(_has(row, "VULNERABLE") and row.outcome != SEEN for row in answered.rows)


def _has(row: Row, flag: str) -> bool:
    return flag in (row.answers.get("flags") or [])


def _women_counted(answered: Answered) -> bool:
    """Whether women were in custody without a row that says what they were offered."""
    return int(answered.answers.get("women", 0)) > sum("female" in r.facts for r in answered.rows)


def _is_child(row: Row) -> bool:
    age = row.count is not None and row.count.age_group in CHILD_AGES
    return age or _has(row, "CHILD")


def is_seen(row: Row, book: CodeBook) -> bool:
    """Whether a row's outcome counts as seen."""
    return book.group("outcome", row.outcome) == "seen"


def asked_of_row(group: RowGroup, row: Row, seen: bool) -> tuple[Question, ...]:
    """The questions of a group that apply to a row; `seen` says whether its outcome counts as
    seen."""
    if group.seen_only and not seen:
        return ()
    return applying(group.questions, row.facts)


def groups_of(form: Form, section: FormSection) -> tuple[RowGroup, ...]:
    """The questions about each row that a section shows. A section `of_rows` has those about rows
    that were seen, and the section that counts has the others, or all if there is no section
    `of_rows`."""
    apart = any(part.of_rows for part in form.sections)
    if section.of_rows:
        return tuple(group for group in form.row_groups if group.seen_only)
    if not any(question.key == COUNTS for question in section.questions):
        return ()
    return tuple(group for group in form.row_groups if not (apart and group.seen_only))


def findings_of_answers(
    form: Form,
    visit: Visit,
    answered: Answered,
    facts: frozenset[str],
    animals: Mapping[UUID, str] | None = None,
) -> list[Finding]:
    """What the answers call for: compulsory questions, numbers that exceed the whole, allegations
    that must become an issue, concerns without an issue, answers that don't agree. Answers that
    couldn't be read are in `answered.problems` instead. `animals` are names by id."""
    findings: list[Finding] = []
    open_to_all = [issue for issue in visit.issues if not is_private(issue.question, form)]
    for section in form.sections:
        for question in applying(section.questions, facts):
            answer = answered.answers.get(question.key)
            shared = () if question.manager_only else open_to_all
            findings += _demands(question, answer, answer_place(question.key), visit, shared)
    for row in answered.rows:
        for question in form.row_questions():
            answer = row.answers.get(question.key)
            where = of_row(row.number, question.key)
            is_explained = bool(row.answers.get(COMMENT))
            about = f", {_called(row, animals or {})}"
            findings += _follow_ups(
                question, answer, where, visit.issues, is_explained=is_explained, about=about
            )
    asked = {question.key for question in form.questions()}
    return [
        *findings,
        *_numbers(answered, visit),
        *_consents(answered),
        *_tact(visit, answered),
        *_ring_the_unit(visit, asked, facts),
    ]


def _called(row: Row, animals: Mapping[UUID, str]) -> str:
    entry = None if row.count is None else row.count.row
    name = animals.get(entry.animal_id, "") if entry is not None and entry.animal_id else ""
    return name or f"row {row.number}"


def _numbers(answered: Answered, visit: Visit) -> Iterator[Finding]:
    """Numbers of children and women that don't agree with the rows."""
    children = _total(answered, *CHILDREN)
    if visit.present is not None and children > visit.present:
        sentence = f"{children} children, but {visit.present} were in custody."
        yield Finding(answer_place(CHILDREN[1]), sentence, True)
    of_rows = (
        (CHILDREN, "children", sum(map(_is_child, answered.rows))),
        ((WOMEN,), "women and girls", sum("female" in row.facts for row in answered.rows)),
    )
    for keys, named, rows in of_rows:
        counted = _total(answered, *keys)
        if rows > counted and any(key in answered.answers for key in keys):
            sentence = (
                f"{capitalised(named)}: you counted {counted}, but there are {rows} in the rows."
            )
            yield Finding(answer_place(keys[-1]), sentence, False)


def _consents(answered: Answered) -> Iterator[Finding]:
    """Nobody who refuses is visited, so the two answers should agree."""
    for row in answered.rows:
        consent = row.answers.get(CONSENT)
        if (row.outcome, consent) in ((SEEN, "R"), (REFUSED, "G")):
            what = "was seen, but refused" if consent == "R" else "refused, but agreed to"
            sentence = f"Row {row.number} {what} the visit; look at both answers."
            yield Finding(of_row(row.number, CONSENT), sentence, False)


def _tact(visit: Visit, answered: Answered) -> Iterator[Finding]:
    """After a visit to a detainee held under the Terrorism Act, a copy goes to the Independent
    Reviewer (Police Reform Act 2002 s.51(1A))."""
    seen = any(row.outcome == SEEN and _has(row, TACT) for row in answered.rows)
    if seen and visit.type != TACT:
        sentence = (
            "A detainee held under the Terrorism Act was seen: choose TACT as the kind of visit, "
            "so that the Independent Reviewer gets a copy."
        )
        yield Finding(Place("type"), sentence, False)


def _ring_the_unit(visit: Visit, asked: set[str], facts: frozenset[str]) -> Iterator[Finding]:
    """The unit must be rung about a serious issue with an animal (rule of Hertfordshire's
    scheme)."""
    serious = any(issue.severity >= SERIOUS for issue in visit.issues)
    if PHONED in asked and serious and f"{PHONED}={YES}" not in facts:
        sentence = (
            "Ring the dog unit manager now about the serious issue, then enter the time you rang."
        )
        yield Finding(answer_place(PHONED), sentence, False)


def to_ring(visit: Visit, form: Form) -> list[Finding]:
    """Whom to ring at once about an allegation, before signing the report."""
    custody = form.row_of == "detainee"
    return [
        Finding(
            of_issue(index, "severity"),
            f"Issue {index + 1}: "
            + whom_to_tell(
                issue.severity, custody=custody, private=is_private(issue.question, form)
            ),
            False,
        )
        for index, issue in enumerate(visit.issues)
        if issue.severity >= ALLEGATION
    ]


def is_private(question: Place, form: Form) -> bool:
    """Whether the answer that opened an issue is for the scheme manager alone."""
    every = (*form.questions(), *form.row_questions())
    return any(asked.key == question.name and asked.manager_only for asked in every)


def whom_to_tell(severity: int, *, custody: bool, private: bool = False) -> str:
    """Whom visitors must ring about an issue of that severity; empty if it can wait for the report.
    A sign of reprisals goes to the scheme manager, never to the suite."""
    if severity < SERIOUS:
        return ""
    if not custody:
        return "Ring the dog unit manager now, and tell your scheme manager."
    if private:
        return "Ring your scheme manager now. Do not tell anyone at the suite."
    if severity < ALLEGATION:
        return "Tell the custody inspector and your scheme manager today."
    return (
        "Ring your scheme manager now. If anyone is in danger, tell the custody inspector before "
        "you leave."
    )


def _demands(
    question: Question, answer: Any, where: Place, visit: Visit, shared: Sequence[Issue]
) -> Iterator[Finding]:
    if question.compulsory and answer in (None, "", []):
        yield Finding(where, f"Answer \u201c{question.ask}\u201d", True)
    elif question.wanted and answer in (None, "", []):
        yield Finding(where, f"Not answered: {question.ask}", False)
    whole = visit.present
    if question.at_most and whole is not None and isinstance(answer, int) and answer > whole:
        yield Finding(where, f"{question.ask}: {answer}, but {whole} were in custody.", True)
    yield from _follow_ups(question, answer, where, visit.issues, shared=shared)


def _follow_ups(
    question: Question,
    answer: Any,
    where: Place,
    issues: Sequence[Issue],
    *,
    is_explained: bool = False,
    about: str = "",
    shared: Sequence[Issue] = (),
) -> Iterator[Finding]:
    """Issues that an answer calls for. An issue belongs to the question that opened it; `shared`
    are issues that count for any question about the visit, since an allegation needs only one
    issue. `is_explained`: other words already explain the concern. `about` names the row."""
    mine = [issue for issue in issues if issue.question == where]
    mine += [issue for issue in shared if issue.category == question.raises_category]
    grave = any(issue.severity >= question.raises_severity for issue in mine)
    if question.raises_category and answer == YES and not grave:
        least = "as an allegation" if question.raises_severity == 4 else "at least serious"
        sentence = f"You answered yes to “{question.ask}”{about}: open an issue, {least}."
        yield Finding(where, sentence, True)
    if answer in question.traits.concerns and not mine and not is_explained:
        yield Finding(
            where,
            f"{question.ask}{about}: you marked a concern but there is no issue about it.",
            False,
        )
