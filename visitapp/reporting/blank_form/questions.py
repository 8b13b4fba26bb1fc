"""The shape of each question on paper: boxes, lines, or a row of a table."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from visitapp.domain.report.form import Question
from visitapp.domain.text.wording import lowered
from visitapp.reporting.blank_form.source import BlankForm
from visitapp.reporting.blocks import (
    Block,
    Column,
    EmptyTable,
    Paragraph,
    TickRow,
    WriteOn,
    WriteOnRow,
    text,
)

_IN_A_ROW = 3
"""The most short answers in one row."""
_ISSUES = ("1", "2", "3", "4")


def blocks_of(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    """Questions in their order; similar ones that follow one another share a table or a line."""
    for shape, alike in groupby(questions, key=lambda question: PAPER[question.kind]):
        yield from shape(blank, list(alike))


def _beside(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    for at in range(0, len(questions), _IN_A_ROW):
        part = questions[at : at + _IN_A_ROW]
        yield WriteOnRow(tuple(WriteOn(q.ask, blank.help(q)) for q in part))


def _boxes(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    for question in questions:
        labels = tuple(option.label for option in question.choices)
        yield TickRow(question.ask, labels, blank.help(question))


def _written(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    for question in questions:
        yield WriteOnRow((WriteOn(question.ask, blank.help(question), lines=3),))


def _requests(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    yield from _boxes(blank, questions)
    for question in questions:
        yield WriteOnRow((WriteOn(f"{question.ask}: what was done about each", lines=3),))


def _yes_no(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    yield from _ticks(blank, questions, "Question", "Yes or no")


def _points(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    yield from _ticks(blank, questions, "Point", "What you looked at")


def _ticks(
    blank: BlankForm, questions: Sequence[Question], head: str, caption: str
) -> Iterator[Block]:
    """One table for several questions; a single one has its boxes beside it."""
    if len(questions) == 1:
        yield from _boxes(blank, questions)
        return
    rows = tuple(
        f"{q.ask} ({lowered(note)})" if (note := blank.help(q)) else q.ask for q in questions
    )
    answers = [option.label for option in questions[0].choices]
    columns = (Column(head, "left", 4.2), *(Column(answer, "center", 1.0) for answer in answers))
    yield EmptyTable(0, caption, columns, rows, ticks=True, height=19)


# -- what the program knows of itself ------------------------------------------------------


def _core(blank: BlankForm, questions: Sequence[Question]) -> Iterator[Block]:
    """Core questions: the form gives their words, this module their shape on paper."""
    waiting: list[WriteOn] = []
    for question in questions:
        if question.key in _BESIDE:
            waiting.append(WriteOn(question.ask))
            continue
        if waiting:
            yield WriteOnRow(tuple(waiting))
            waiting = []
        if question.key in _SHAPES:
            yield from _SHAPES[question.key](blank, question)
    if waiting:
        yield WriteOnRow(tuple(waiting))


_BESIDE = frozenset({"site_id", "date", "arrived", "admitted", "left", "extra_minutes", "present"})
"""Short answers that share a row with their neighbours."""
_Shape = Callable[[BlankForm, Question], Iterator[Block]]


def _coded(list_name: str) -> _Shape:
    def shape(blank: BlankForm, question: Question) -> Iterator[Block]:
        yield TickRow(question.ask, blank.labels(list_name), question.help)

    return shape


def _delay(blank: BlankForm, question: Question) -> Iterator[Block]:
    limit = blank.scheme.immediate_limit
    only = f"Only if you waited longer than {limit} minutes"
    yield TickRow(question.ask, blank.labels("delay_reason"), only)


def _lines(many: int) -> _Shape:
    def shape(_: BlankForm, question: Question) -> Iterator[Block]:
        yield WriteOnRow((WriteOn(question.ask, question.help, lines=many),))

    return shape


def _visitors(_: BlankForm, __: Question) -> Iterator[Block]:
    yield WriteOnRow((WriteOn("First visitor"), WriteOn("Second visitor")))


def _counts(blank: BlankForm, _: Question) -> Iterator[Block]:
    rows = []
    for outcome in blank.outcomes():
        reasons = [
            lowered(code.label)
            for code in blank.book.offered("outcome_reason", blank.today)
            if code.group == outcome.code
        ]
        rows.append(f"{outcome.label}: {', '.join(reasons)}" if reasons else outcome.label)
    columns = (
        Column("What happened", "left", 4.0),
        Column("How many", "center", 0.9),
        Column("Why, and how many for each reason", "center", 2.6),
    )
    yield EmptyTable(0, "The parts add up to the whole above", columns, tuple(rows), height=20)


def _issues(blank: BlankForm, _: Question) -> Iterator[Block]:
    severities = "; ".join(
        f"{code.code} {lowered(code.label)}"
        for code in blank.book.offered("issue_severity", blank.today)
    )
    last = "An allegation goes on the last page, not here."
    yield Paragraph(text(f"How serious: {severities}. {last}"), style="note")
    columns = (
        Column("No.", "left", 0.5),
        Column("What it is about", "center", 1.8),
        Column("How serious", "center", 1.0),
        Column("What you found, and where", "center", 4.6),
        Column("Raised with, and when", "center", 1.9),
        Column("Put right at once?", "center", 1.1),
    )
    yield EmptyTable(0, "What you raised", columns, _ISSUES, height=52)


_SHAPES: dict[str, _Shape] = {
    "type": _coded("visit_type"),
    "mode": _coded("visit_mode"),
    "status": _coded("visit_status"),
    "delay_reason": _delay,
    "delay_explanation": _lines(2),
    "visitors": _visitors,
    "observers": _lines(1),
    "counts": _counts,
    "issues": _issues,
    "summary": _lines(4),
}

PAPER: Mapping[str, Callable[[BlankForm, Sequence[Question]], Iterator[Block]]] = {
    "core": _core,
    "yes_no": _yes_no,
    "check": _points,
    "choice": _boxes,
    "choices": _boxes,
    "number": _beside,
    "time": _beside,
    "line": _beside,
    "text": _written,
    "requests": _requests,
}
"""The shape on paper of each kind of question."""
