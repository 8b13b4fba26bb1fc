"""Changes to a report form: each returns the form of the next version.

A *part* is what questions can be added to: a section, or a group of questions about each detainee
or animal. Rules, tables and comparisons depend on the questions of the first version, so these can
be reworded but not asked in a different way.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from visitapp.domain.errors import BadInputError
from visitapp.domain.report.form import Form, FormSection, Question, RowGroup
from visitapp.domain.report.standard_questions import KEYS

LONGEST_ASK, LONGEST_HELP, LONGEST_ANSWER = 160, 240, 80
"""The most characters in a question's wording, its help, and one of its answers."""

Part = FormSection | RowGroup


def parts(form: Form) -> tuple[Part, ...]:
    """What questions can be added to, in the form's order; each key occurs once."""
    return (*(s for s in form.sections if not s.of_rows), *form.row_groups)


def part_of(form: Form, key: str) -> Part:
    """The part with this key. Raises BadInputError."""
    for part in parts(form):
        if part.key == key:
            return part
    raise BadInputError("This form has no such section.")


def question_of(form: Form, key: str) -> Question | None:
    """The question with this key, about the visit or about each row; None if it isn't asked."""
    every = (*form.questions(), *form.row_questions())
    return next((question for question in every if question.key == key), None)


def is_of_rows(form: Form, key: str) -> bool:
    """Whether a question is asked about each detainee or animal."""
    return any(question.key == key for question in form.row_questions())


def new_key(ask: str, taken: Iterable[str]) -> str:
    """A key for a new question, derived from its words and not in `taken`."""
    stem = re.sub(r"[^a-z0-9]+", "_", ask.lower()).strip("_")[:30].strip("_")
    stem = stem if stem[:1].isalpha() else f"question_{stem}".rstrip("_")
    return _free(stem, set(taken))


def new_answer_code(label: str, taken: Iterable[str]) -> str:
    """A code for a new answer, derived from its words and not in `taken`."""
    stem = re.sub(r"[^A-Z0-9]+", "_", label.upper()).strip("_")[:30].strip("_")
    return _free(stem or "ANSWER", set(taken))


def _free(stem: str, taken: set[str]) -> str:
    free, number = stem, 1
    while free in taken:
        number += 1
        free = f"{stem}_{number}"
    return free


def may_stop(first: Form, key: str) -> bool:
    """Whether the next version may leave a question out. Questions that the program depends on,
    that every report needs, or that open an issue have to stay. `first` is the first version."""
    known = question_of(first, key)
    if known is None or key in KEYS:
        return known is None
    return not (known.is_core or known.compulsory or known.raises_category)


def may_be_needed(form: Form, first: Form, key: str) -> bool:
    """Whether a scheme may make the question compulsory."""
    question = question_of(form, key)
    free = question is not None and not question.is_core and not is_of_rows(form, key)
    return free and may_stop(first, key)


def with_question(form: Form, part_key: str, question: Question) -> Form:
    """The form with another question at the end of a part.

    Raises BadInputError if the part can't have such a question.
    """
    _check_words(question)
    _check_counting(question)
    part = part_of(form, part_key)
    if question.traits.is_built_in:
        raise BadInputError("A question of this kind can't be added to this section.")
    if isinstance(part, RowGroup):
        if question.compulsory:
            raise BadInputError(
                "A question asked about each one can't be required. Untick “needed”."
            )
        if question.is_check:
            raise BadInputError(
                "A question asked about each one must have the answers yes, no and not checked."
            )
    return _changed_part(form, part_key, lambda asked: (*asked, question))


def with_changed(form: Form, first: Form, question: Question) -> Form:
    """The form with changed words for the question of the same key.

    Raises BadInputError if it isn't asked, or if something changes that may not.
    """
    _check_words(question)
    before = question_of(form, question.key)
    if before is None:
        raise BadInputError("This question is no longer asked.")
    if question.kind != before.kind:
        raise BadInputError(
            "You cannot change how a question is answered. Stop asking it and add another."
        )
    _check_counting(question)
    known = question_of(first, question.key)
    if known is not None:
        _must_keep_what_is_known(before, question, known)
    if question.compulsory != before.compulsory and not may_be_needed(form, first, question.key):
        raise BadInputError("Whether this question needs an answer can't be changed.")
    if question.meaning not in (before.meaning, before.meaning + 1):
        raise BadInputError("A changed question has the same meaning as before, or the next.")
    return _changed_question(form, question)


def _must_keep_what_is_known(before: Question, after: Question, known: Question) -> None:
    """Questions of the first version: words may change, answers may be added, and they may be
    counted or not; nothing else."""
    words = replace(
        after,
        ask=before.ask,
        help=before.help,
        options=before.options,
        compulsory=before.compulsory,
        is_counted=before.is_counted,
        meaning=before.meaning,
    )
    if words != before:
        raise BadInputError("You can only change the words of this question.")
    codes = {option.code for option in after.options}
    if not {option.code for option in known.options} <= codes:
        raise BadInputError(
            "You cannot remove the answers that came with the form, so that reports can be "
            "compared. You can change their words."
        )


def moved(form: Form, key: str, by: int) -> Form:
    """The form with a question one place earlier (-1) or later (1) in its part; the same form if it
    is already at the end.

    Questions under a common heading stay together: they move among themselves, and others move past
    all of them. Raises BadInputError for a question with a fixed place on the screen.
    """
    question = question_of(form, key)
    if question is None:
        raise BadInputError("This question is no longer asked.")
    if question.is_core:
        raise BadInputError("This question cannot be moved.")
    part = next(part for part in parts(form) if question in part.questions)
    return _changed_part(form, part.key, lambda asked: _swapped(asked, question, by))


def _swapped(asked: Sequence[Question], question: Question, by: int) -> tuple[Question, ...]:
    blocks: list[list[Question]] = []
    for other in asked:
        if other.group and blocks and blocks[-1][0].group == other.group:
            blocks[-1].append(other)
        else:
            blocks.append([other])
    at = next(i for i, block in enumerate(blocks) if question in block)
    if len(blocks[at]) > 1:
        _swap(blocks[at], blocks[at].index(question), by)
    else:
        _swap(blocks, at, by)
    return tuple(member for block in blocks for member in block)


def _swap(row: list[Any], at: int, by: int) -> None:
    if 0 <= at + by < len(row):
        row.insert(at + by, row.pop(at))


def without(form: Form, first: Form, key: str) -> Form:
    """The form without a question. Raises BadInputError if it has to stay."""
    if question_of(form, key) is None or not may_stop(first, key):
        raise BadInputError("This question belongs to every form and cannot be removed.")
    part = next(p for p in parts(form) if any(q.key == key for q in p.questions))
    return _changed_part(form, part.key, lambda asked: tuple(q for q in asked if q.key != key))


def with_it_again(form: Form, earlier: Form, key: str) -> Form:
    """The form with a question that an earlier version asks, after the same question as there. The
    same form if it is asked already. Raises BadInputError if its part is gone."""
    if question_of(form, key) is not None:
        return form
    part = next(p for p in parts(earlier) if any(q.key == key for q in p.questions))
    there = [q.key for q in part.questions]
    before = set(there[: there.index(key)])
    question = part.questions[there.index(key)]
    part_of(form, part.key)

    def put(asked: tuple[Question, ...]) -> tuple[Question, ...]:
        at = max((i + 1 for i, q in enumerate(asked) if q.key in before), default=0)
        return (*asked[:at], question, *asked[at:])

    return _changed_part(form, part.key, put)


def _check_words(question: Question) -> None:
    if len(question.ask) > LONGEST_ASK:
        raise BadInputError(
            f"Ask in no more than {LONGEST_ASK} characters. You can put more in the help."
        )
    if len(question.help) > LONGEST_HELP:
        raise BadInputError(f"Write the help in no more than {LONGEST_HELP} characters.")
    labels = [option.label.casefold() for option in question.options]
    if not all(labels) or len(labels) != len(set(labels)):
        raise BadInputError("Each answer needs different words.")
    if any(len(label) > LONGEST_ANSWER for label in labels):
        raise BadInputError(f"Write each answer in no more than {LONGEST_ANSWER} characters.")
    if question.traits.has_options and len(labels) < 2:
        raise BadInputError("Write at least two answers to choose from.")


def _check_counting(question: Question) -> None:
    if question.is_counted and not question.can_be_counted:
        raise BadInputError("Answers in words can't be counted.")


def _changed_question(form: Form, question: Question) -> Form:
    part = next(p for p in parts(form) if any(q.key == question.key for q in p.questions))
    return _changed_part(
        form,
        part.key,
        lambda asked: tuple(question if q.key == question.key else q for q in asked),
    )


def _changed_part(
    form: Form, key: str, change: Callable[[tuple[Question, ...]], tuple[Question, ...]]
) -> Form:
    if any(group.key == key for group in form.row_groups):
        groups = tuple(
            replace(g, questions=change(g.questions)) if g.key == key else g
            for g in form.row_groups
        )
        return replace(form, row_groups=groups)
    sections = tuple(
        replace(s, questions=change(s.questions)) if s.key == key and not s.of_rows else s
        for s in form.sections
    )
    return replace(form, sections=sections)
