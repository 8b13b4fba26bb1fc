"""Who was there and what happened: the bar that adds up, and a row for each person or animal."""

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from visitapp.domain.report.answer_rules import asked_of_row
from visitapp.domain.report.answers import Row
from visitapp.domain.report.form import Question, RowGroup
from visitapp.domain.report.kinds import KINDS
from visitapp.domain.report.report import shown_ends
from visitapp.domain.text.wording import capitalised, counted, joined, lowered, number, were
from visitapp.reporting.blocks import Block, ChartBlock, Column, Paragraph, Section, Table, text
from visitapp.reporting.charts import BarPart, DividedBar
from visitapp.reporting.style import FULL
from visitapp.reporting.visit_report.source import VisitCopy

_CODES = {"gender": "gender", "age_group": "age", "ethnicity": "ethnicity"}
"""What is said about a detainee by codes."""
_FEW = 2
"""Of more rows the answers are printed beside one another."""
_TO_LOOK_AT = 2
_QUESTION, _BETWEEN, _LETTER = 130.0, 8.0, 5.2
"""Points for the questions beside the answers, between two columns, and for a letter."""
_MOST_ABREAST = 8
_NOT_ASKED = "\u2013"


def people_section(copy: VisitCopy, tables: Iterator[int]) -> Section | None:
    """How many there were; None if nobody counted and there are no rows."""
    blocks: list[Block] = []
    of = copy.sum
    parts = [BarPart(part.number, part.word) for part in of.parts if part.number]
    if of.remainder > 0 and of.whole:
        parts.append(BarPart(of.remainder, "not accounted for"))
    if parts:
        whole = "People in the cells" if copy.is_custody else "Animals of the unit"
        blocks.append(ChartBlock(DividedBar(f"{whole} at the visit", tuple(parts), is_low=True)))
    if reasons := _reasons(copy):
        blocks.append(Paragraph(text(reasons)))
    blocks += _rows(copy, tables)
    title = _finding(copy)
    return Section("people", title, tuple(blocks)) if title or blocks else None


def _finding(copy: VisitCopy) -> str:
    visit, book = copy.visit, copy.about.book
    groups: dict[str, int] = {}
    for count in visit.counts:
        group = book.group("outcome", count.outcome)
        groups[group] = groups.get(group, 0) + count.number
    seen = groups.get("seen", 0)
    if visit.present is None:
        return "Nobody counted who was there" if seen == 0 else f"{capitalised(number(seen))} seen"
    if not copy.is_custody:
        if visit.present == 0:
            return "No animal belonged to the unit"
        whole = counted(visit.present, "animal")
        return f"Of {whole} of the unit, {number(seen) if seen else 'none'} {were(seen)} seen"
    if visit.present == 0:
        return "Nobody was in custody"
    return _custody_finding(visit.present, seen + groups.get("refused", 0), seen)


def _custody_finding(whole: int, offered: int, seen: int) -> str:
    people = counted(whole, "person", "people")
    if offered == 0:
        return f"Of {people} in the cells, none was offered a visit"
    sentence = f"Of {people} in the cells, {number(offered)} {were(offered)} offered a visit"
    return f"{sentence} and {number(seen) if seen else 'none'} spoke with the visitors"


def _reasons(copy: VisitCopy) -> str:
    """Why some were not seen: `Not available: 2 in interview, 1 at hospital` and so on."""
    sentences = []
    for part in copy.sum.parts:
        reasons = [f"{c.number} {lowered(c.label)}" for c in part.choices if c.number]
        if reasons:
            sentences.append(f"{part.label}: {', '.join(reasons)}.")
    return " ".join(sentences)


# -- a row for each ------------------------------------------------------------------------


def _rows(copy: VisitCopy, tables: Iterator[int]) -> Iterator[Block]:
    """A few rows have everything in one table; of more, what was asked about each is beside one
    another. What should be looked at stands out, such as each "no"."""
    form, rows = copy.form, copy.answered.rows
    if form is None or not rows or not form.row_groups:
        return
    compared = _compared(copy, form.row_groups, rows)
    asked_of = [row for row in rows if any(row.answers.get(key) for key in compared)]
    if len(asked_of) <= _FEW:
        yield _in_sentences(copy, form.row_groups, rows, next(tables))
        return
    what = "detainee" if copy.is_custody else "animal"
    yield Table(
        next(tables),
        f"Each {what}",
        (Column(capitalised(what), "left", 1.6), Column(f"About the {what}", "left", 4)),
        tuple((_who(copy, row), _about(copy, form.row_groups, row, but=compared)) for row in rows),
        fixed=True,
    )
    yield from _beside_one_another(copy, compared, asked_of, tables)


def _who(copy: VisitCopy, row: Row) -> str:
    return f"{_name(copy, row)}: {lowered(_happened(copy, row))}"


def _in_sentences(
    copy: VisitCopy, groups: Sequence[RowGroup], rows: Sequence[Row], number: int
) -> Table:
    what = "detainee" if copy.is_custody else "animal"
    first, *others = groups
    used = [group for group in others if any(_group(copy, group, row) for row in rows)]
    columns = [
        Column(capitalised(what), "left", 1.05),
        Column(f"About the {what}", "left", 2.6),
        Column("To look at", "left", 1.6),
    ]
    titles = [used[0].title, *(lowered(group.title) for group in used[1:])] if used else []
    if used:
        columns.append(Column(joined(titles), "left", 4))
    return Table(
        number,
        f"Each {what}",
        tuple(columns),
        tuple(
            (
                _who(copy, row),
                _about(copy, [first], row),
                _to_look_at(copy, groups, row),
                *([_rest(copy, used, row)] if used else []),
            )
            for row in rows
        ),
        strong=frozenset((at, _TO_LOOK_AT) for at in range(len(rows))),
        fixed=True,
    )


def _to_look_at(copy: VisitCopy, groups: Sequence[RowGroup], row: Row) -> str:
    asked = [q for group in groups for q in _asked(copy, group, row)]
    return answer_sentences(asked, row.answers, noteworthy=True) or "Nothing"


def _rest(copy: VisitCopy, groups: Sequence[RowGroup], row: Row) -> str:
    sentences = [_group(copy, group, row) for group in groups]
    if any(sentences):
        return " ".join(filter(None, sentences))
    answered = any(row.answers.get(q.key) for group in groups for q in _asked(copy, group, row))
    return "Nothing else" if answered else "Not asked"


def _compared(
    copy: VisitCopy, groups: Sequence[RowGroup], rows: Sequence[Row]
) -> dict[str, Question]:
    """The questions with one answer of a few words, as far as anybody answered, by key. What is
    chosen of an animal in the first group says which it is, and is printed there."""
    return {
        q.key: q
        for group in groups
        for row in rows
        for q in _asked(copy, group, row)
        if q.traits.is_choice
        and (copy.is_custody or q.traits.answers or group is not groups[0])
        and row.answers.get(q.key)
    }


def _beside_one_another(
    copy: VisitCopy, compared: Mapping[str, Question], rows: Sequence[Row], tables: Iterator[int]
) -> Iterator[Table]:
    answers = [
        [q.shown(row.answers.get(key)).strip() or _NOT_ASKED for row in rows]
        for key, q in compared.items()
    ]
    heads = [_name(copy, row) for row in rows]
    words = (word for line in (heads, *answers) for cell in line for word in cell.split())
    widest = _LETTER * max(map(len, words))
    most = max(2, min(_MOST_ABREAST, int((FULL - _QUESTION) / (widest + _BETWEEN))))
    for start in range(0, len(rows), most):
        part = slice(start, start + most)
        yield Table(
            next(tables),
            "What was asked about each; what to look at is in heavier letters",
            (
                Column("Question", "left", _QUESTION),
                *(Column(head, "left", (FULL - _QUESTION) / most) for head in heads[part]),
            ),
            tuple((q.ask, *line[part]) for q, line in zip(compared.values(), answers, strict=True)),
            strong=frozenset(
                (at, column)
                for at, (key, q) in enumerate(compared.items())
                for column, row in enumerate(rows[part], 1)
                if q.is_noteworthy(row.answers.get(key))
            ),
            fixed=True,
        )


def _name(copy: VisitCopy, row: Row) -> str:
    """`1, …4417`, or an animal's name."""
    about = None if row.count is None else row.count.row
    if about is None:
        return str(row.number)
    if copy.is_custody:
        end = shown_ends(_numbers(copy)).get(about.custody_number, "")
        return f"{row.number}, {end}" if end else str(row.number)
    known = None if about.animal_id is None else copy.animals.get(about.animal_id)
    return known or about.cell or f"Animal {row.number}"


def _numbers(copy: VisitCopy) -> list[str]:
    return [count.row.custody_number for count in copy.visit.counts if count.row is not None]


def _happened(copy: VisitCopy, row: Row) -> str:
    book, count = copy.about.book, row.count
    words = book.label("outcome", row.outcome)
    if count is not None and count.reason:
        words = f"{words}: {lowered(book.label('outcome_reason', count.reason))}"
    cell = "" if count is None or count.row is None or not copy.is_custody else count.row.cell
    return f"{words}; cell {cell}" if cell else words


def _about(copy: VisitCopy, groups: Sequence[RowGroup], row: Row, but: Container[str] = ()) -> str:
    """The coded details of a row, then the answers to the form's own questions, without those that
    are printed elsewhere."""
    book, count = copy.about.book, row.count
    details = []
    if count is not None:
        details = [
            f"{label}: {book.label(name, getattr(count, name))}"
            for name, label in _CODES.items()
            if getattr(count, name)
        ]
    codes = f"{capitalised('; '.join(details))}." if details else ""
    asked = [q for group in groups for q in _asked(copy, group, row) if q.key not in but]
    own = answer_sentences(asked, row.answers, noteworthy=False)
    first = answer_sentences(asked, row.answers, noteworthy=True) if but else ""
    return " ".join(filter(None, [codes, first, own])) or "Nothing more"


def _group(copy: VisitCopy, group: RowGroup, row: Row) -> str:
    return answer_sentences(_asked(copy, group, row), row.answers, noteworthy=False)


def _asked(copy: VisitCopy, group: RowGroup, row: Row) -> list[Question]:
    seen = copy.about.book.group("outcome", row.outcome) == "seen"
    return [q for q in asked_of_row(group, row, seen) if not q.is_core]


def _words(question: Question, answer: Any) -> str:
    return ", ".join(map(lowered, question.parts(answer)))


def answer_sentences(
    asked: Sequence[Question], answers: Mapping[str, Any], *, noteworthy: bool
) -> str:
    """Those answers that should be looked at, or the others, in a few sentences.

    `No: drink offered.`, `Yes: food offered; exercise.`
    """
    answered = [
        q
        for q in asked
        if answers.get(q.key) not in (None, "", [])
        and q.is_noteworthy(answers[q.key]) is noteworthy
    ]
    sentences = []
    for kind in KINDS.values():
        for option in kind.answers:
            alike = [q for q in answered if q.traits is kind and answers[q.key] == option.code]
            if alike:
                sentences.append(f"{option.label}: {'; '.join(lowered(q.ask) for q in alike)}.")
    sentences += [
        f"{q.ask.rstrip('?')}: {_words(q, answers[q.key]).rstrip('.')}."
        for q in answered
        if not q.traits.answers
    ]
    return " ".join(sentences)
