"""What visitors checked: the answers to each question that the scheme counts."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from visitapp.domain.figures import single_share
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.report.kinds import NOT_CHECKED, Measure
from visitapp.domain.text.wording import count_text
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.findings import AnswerFigures, QuestionFigures, for_publication
from visitapp.domain.year.small_numbers import SMALL
from visitapp.domain.year.visit_list import ANSWERED, AnswerQuery, CountedVisits
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Heading,
    KeyFigure,
    ListItem,
    Opener,
    Paragraph,
    Section,
    Table,
    text,
)

CHECKED = "What visitors checked"
_NOT_SHOWN = "not shown"
_NOT_IN_COPY = (
    "A copy to read does not have the answers of visitors to each question. Numbers of fewer than "
    f"{SMALL} people are not published, and anyone who has the copy could read them in it. This "
    "section is in the report that the office makes of its own records."
)


def checked_section(author: Author) -> Section | None:
    """Every question that was asked, with its answers; None if no question was. A copy to read
    says why it has none."""
    if not author.summary.has_answers:
        return Section("checked", CHECKED, (Paragraph(text(_NOT_IN_COPY)),))
    findings = _by_scheme(author)
    asked = [figures for _, of_scheme in findings for figures in of_scheme]
    if not asked:
        return None
    answered = sum(figures.shown_answered or 0 for figures in asked)
    rail = (KeyFigure(count_text(answered), f"answers to {count_text(len(asked))} questions"),)
    lead = (
        "Visitors answer the same questions at each visit, about the place and about each one "
        "they see. Each table says how often a question was asked and answered, and what visitors "
        "did not check. Shares are of those answered."
    )
    opening = (Paragraph(text(author.say("lead.checked", CHECKED, lead)), "lead"),)
    blocks: list[Block] = [*author.strip(), Opener(rail, opening)]
    for scheme, of_scheme in findings:
        if of_scheme:
            blocks.append(Heading(scheme.label, wide=True))
            blocks += _tables(author, scheme, of_scheme)
            blocks += _changes(author, of_scheme)
    if not all(figures.is_whole for figures in asked):
        blocks.append(Paragraph(text(_left_out()), "note"))
    return Section("checked", CHECKED, tuple(blocks))


def _by_scheme(author: Author) -> list[tuple[Scheme, tuple[QuestionFigures, ...]]]:
    """What was answered, by scheme."""
    custody = [author] if author.scheme(Kind.CUSTODY) else []
    return [
        (figures.scheme, for_publication(of_scheme.summary.findings.get(kind, ())))
        for kind, authors in ((Kind.CUSTODY, custody), (Kind.ANIMAL_WELFARE, author.of_animals()))
        for of_scheme in authors
        if (figures := of_scheme.scheme(kind)) is not None
    ]


def _left_out() -> str:
    return (
        f"Of the answers about each person, numbers of fewer than {SMALL} people are not shown, "
        "and neither are those from which they could be worked out. Numbers that visitors entered "
        "for a whole visit are."
    )


def _tables(author: Author, scheme: Scheme, findings: Sequence[QuestionFigures]) -> Iterator[Block]:
    """A table of the answers and one of the numbers, in the order of the form."""
    answers = [figures for figures in findings if figures.measure is not Measure.NUMBER]
    numbers = [figures for figures in findings if figures.measure is Measure.NUMBER]
    if answers:
        yield _by_section(author, scheme, "answers to each question", _ANSWERS, answers, _answers)
    if numbers:
        yield _by_section(
            author, scheme, "numbers that visitors entered", _NUMBERS, numbers, _numbers
        )


_ANSWERS = (
    Column("Question", "left", 3.8),
    Column("Asked", "right", 0.65),
    Column("Answered", "right", 0.95),
    Column("Not checked", "right", 0.9),
    Column("Answers", "left", 3.2),
)
_CODES = {
    "Asked": (None, "asked"),
    "Answered": (ANSWERED, "answered"),
    "Not checked": (NOT_CHECKED, "not checked"),
}
"""By column, what is in the reports of the visits behind it."""
_NUMBERS = (
    Column("Question", "left", 3),
    Column("Asked"),
    Column("Answered"),
    Column("Total"),
    Column("Mean"),
    Column("Largest"),
)


def _by_section(
    author: Author,
    scheme: Scheme,
    what: str,
    columns: tuple[Column, ...],
    questions: Sequence[QuestionFigures],
    row: Callable[[QuestionFigures], tuple[str, ...]],
) -> Table:
    """A row for each question, below the name of its section where there are several."""
    sections = dict.fromkeys(figures.section for figures in questions)
    rows: list[tuple[str, ...]] = []
    behind: list[tuple[Origin, ...]] = []
    subheads = set()
    for section in sections:
        if len(sections) > 1:
            subheads.add(len(rows))
            rows.append((section, *[""] * (len(columns) - 1)))
            behind.append(())
        here = [figures for figures in questions if figures.section == section]
        rows += [row(figures) for figures in here]
        behind += [tuple(_origins(scheme, figures, columns)) for figures in here]
    return Table(
        author.number(),
        f"{scheme.label}: {what}",
        columns,
        tuple(rows),
        subheads=frozenset(subheads),
        origins=tuple(behind),
    )


def _origins(
    scheme: Scheme, figures: QuestionFigures, columns: Sequence[Column]
) -> Iterator[Origin]:
    """The visits at which a question was asked, answered or not checked. They are as many as its
    number unless it is about each person or animal; the other columns are about the answers."""
    yield Origin()
    for column in columns[1:]:
        code, words = _CODES.get(column.head, _CODES["Answered"])
        answer = AnswerQuery(figures.key, figures.meaning, code, f"{figures.ask} ({words})")
        only = {"scheme_id": scheme.id, "answer": answer, "counted": CountedVisits.ATTEMPTED}
        yield Origin(only, counts_visits=column.head in _CODES and not figures.of_rows)


def _answers(figures: QuestionFigures) -> tuple[str, ...]:
    return (
        figures.ask,
        count_text(figures.asked),
        _NOT_SHOWN if figures.hides_answered else count_text(figures.answered),
        count_text(figures.not_checked),
        _answers_text(figures.answers),
    )


def _answers_text(answers: Sequence[AnswerFigures]) -> str:
    """`Yes 41 (98%); No 1 (2%)`, without answers that nobody gave."""
    parts = [
        f"{answer.label} {count_text(answer.number)}"
        + ("" if answer.share is None else f" ({answer.share.text})")
        for answer in answers
        if answer.number
    ]
    if any(answer.number is None for answer in answers):
        parts.append(f"others {_NOT_SHOWN}" if parts else _NOT_SHOWN)
    return "; ".join(parts) or "\u2013"


def _numbers(figures: QuestionFigures) -> tuple[str, ...]:
    numbers = figures.numbers
    assert numbers is not None
    shown = (_number(numbers.total), _number(numbers.mean), _number(numbers.most))
    answered = (count_text(figures.asked), count_text(figures.answered))
    return (figures.ask, *answered, *(shown if figures.answered else ("\u2013",) * 3))


def _number(value: int | Decimal | None) -> str:
    return _NOT_SHOWN if value is None else f"{value:,}"


def _changes(author: Author, findings: Sequence[QuestionFigures]) -> Iterator[Block]:
    """The answers whose share is not what it was, beyond what chance explains."""
    items = [
        ListItem(text(f"{figures.ask}: {sentence}"))
        for figures in findings
        for answer in figures.answers
        if (sentence := _changed(figures, answer))
    ]
    if items:
        words = (
            f"Compared with {author.year_before}, these shares changed by more than chance would "
            "usually explain. Of twenty that did not change, about one is still listed."
        )
        yield Paragraph(text(words))
        yield BulletList(tuple(items))


def _changed(figures: QuestionFigures, answer: AnswerFigures) -> str:
    """`Yes 95%, before 88%`; empty if chance explains it, or if the number before was small."""
    change = answer.change
    if change is None or answer.share is None:
        return ""
    few = figures.of_people and change.earlier_part < SMALL
    if few or change.is_chance:
        return ""
    earlier = single_share(change.earlier_part, change.earlier_whole)
    return f"{answer.label} {answer.share.text}, before {earlier.text}"
