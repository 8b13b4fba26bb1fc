"""Who was there and what happened: the bar that adds up, and a row for each person or animal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from visitapp.domain.report.answer_rules import asked_of_row
from visitapp.domain.report.answers import Row
from visitapp.domain.report.form import Question, RowGroup
from visitapp.domain.report.kinds import KINDS
from visitapp.domain.report.report import shown_ends
from visitapp.domain.text.wording import capitalised, counted, joined, lowered, number, were
from visitapp.reporting.blocks import Block, ChartBlock, Column, Paragraph, Section, Table, text
from visitapp.reporting.charts import BarPart, DividedBar
from visitapp.reporting.visit_report.source import VisitCopy

_CODES = {"gender": "gender", "age_group": "age", "ethnicity": "ethnicity"}
"""What is said about a detainee by codes."""


def people_section(copy: VisitCopy, tables: Iterator[int]) -> Section | None:
    """How many there were; None if nobody counted and there are no rows."""
    blocks: list[Block] = []
    of = copy.sum
    parts = [BarPart(part.number, part.word) for part in of.parts if part.number]
    if of.remainder > 0 and of.whole:
        parts.append(BarPart(of.remainder, "not accounted for"))
    if parts:
        whole = "People in the cells" if copy.is_custody else "Animals of the unit"
        blocks.append(ChartBlock(DividedBar(f"{whole} at the visit", tuple(parts))))
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
    form, rows = copy.form, copy.answered.rows
    if form is None or not rows or not form.row_groups:
        return
    what = "detainee" if copy.is_custody else "animal"
    names = [_name(copy, row) for row in rows]
    first, *others = form.row_groups
    yield Table(
        next(tables),
        f"Each {what}",
        (
            Column(capitalised(what), "left", 1.5),
            Column("What happened", "left", 2.0),
            Column(f"About the {what}", "left", 4.2),
        ),
        tuple(
            (name, _happened(copy, row), _about(copy, first, row))
            for name, row in zip(names, rows, strict=True)
        ),
    )
    lines = [[_group(copy, group, row) for group in others] for row in rows]
    used = [at for at in range(len(others)) if any(line[at] for line in lines)]
    if used:
        yield Table(
            next(tables),
            _caption([others[at] for at in used]),
            (
                Column(capitalised(what), "left", 1.5),
                *(Column(others[at].title, "left", _width(lines, at)) for at in used),
            ),
            tuple(
                (name, *(line[at] or "Not asked" for at in used))
                for name, line in zip(names, lines, strict=True)
                if any(line[at] for at in used)
            ),
        )


def _caption(groups: Sequence[RowGroup]) -> str:
    titles = [groups[0].title, *(lowered(group.title) for group in groups[1:])]
    listed = joined(titles)
    seen_only = all(group.seen_only for group in groups)
    return f"{listed} of those seen" if seen_only else listed


def _width(lines: Sequence[Sequence[str]], at: int) -> float:
    """A column as wide as its content needs, within limits."""
    longest = max(len(line[at]) for line in lines)
    return max(2.0, min(5.0, longest / 60))


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


def _about(copy: VisitCopy, group: RowGroup, row: Row) -> str:
    """The coded details of a row, then the answers to the form's own questions."""
    book, count = copy.about.book, row.count
    details = []
    if count is not None:
        details = [
            f"{label}: {book.label(name, getattr(count, name))}"
            for name, label in _CODES.items()
            if getattr(count, name)
        ]
    codes = f"{capitalised('; '.join(details))}." if details else ""
    return " ".join(filter(None, [codes, _group(copy, group, row)])) or "Nothing more"


def _group(copy: VisitCopy, group: RowGroup, row: Row) -> str:
    seen = copy.about.book.group("outcome", row.outcome) == "seen"
    asked = [q for q in asked_of_row(group, row, seen) if not q.is_core]
    return answer_sentences(asked, row.answers)


def _words(question: Question, answer: Any) -> str:
    return ", ".join(map(lowered, question.parts(answer)))


def answer_sentences(asked: Sequence[Question], answers: Mapping[str, Any]) -> str:
    """Answers in a few sentences: `No: drink offered. Yes: food offered` and so on."""
    answered = [q for q in asked if answers.get(q.key) not in (None, "", [])]
    sentences = []
    for kind in KINDS.values():
        for option in sorted(kind.answers, key=lambda option: option.code not in kind.noteworthy):
            alike = [q for q in answered if q.traits is kind and answers[q.key] == option.code]
            if alike:
                sentences.append(f"{option.label}: {'; '.join(lowered(q.ask) for q in alike)}.")
    sentences += [
        f"{q.ask.rstrip('?')}: {_words(q, answers[q.key]).rstrip('.')}."
        for q in answered
        if not q.traits.answers
    ]
    return " ".join(sentences)
