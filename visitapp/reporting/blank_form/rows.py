"""A table for detainees or animals: a row for each question, a column for each of them."""

from collections.abc import Iterator, Sequence

from visitapp.domain.report.form import Question, RowGroup
from visitapp.domain.report.kinds import Measure
from visitapp.domain.text.wording import lowered
from visitapp.reporting.blank_form.source import BlankForm
from visitapp.reporting.blocks import Block, Column, EmptyTable, Paragraph, Section, text

ROWS_ON_PAPER = 6
"""How many detainees or animals a table has columns for."""
_CODED = ("gender", "age_group")
_LONGEST_CODE = 3
"""Longer codes are too long to write by hand."""


def rows_section(blank: BlankForm) -> Section:
    """What is asked about each of them, on the pages that may be left at the station."""
    blocks: list[Block] = [
        Paragraph(
            text(
                f"One column for each {blank.what}. Write Y for yes, N for no, S for satisfactory, "
                "C for a concern, a dash for not checked; else the number before the answer."
            ),
            style="note",
        ),
        *tables(blank, blank.open_form.row_groups),
    ]
    if codes := _ethnicity(blank):
        blocks.append(Paragraph(text(codes), style="note"))
    return Section("rows", f"Each {blank.what}", tuple(blocks))


def tables(blank: BlankForm, groups: Sequence[RowGroup]) -> Iterator[EmptyTable]:
    """One table for each group of questions."""
    for group in groups:
        columns = (
            Column(group.title, "left", 3.6),
            *(Column(str(number), "center", 1.0) for number in range(1, ROWS_ON_PAPER + 1)),
        )
        asked = [question for question in group.questions if not question.is_retired]
        rows = tuple(words for question in asked for words in _rows(blank, question))
        caption = f"{group.title}, of those seen" if group.seen_only else group.title
        yield EmptyTable(0, caption, columns, rows, height=19)


def _rows(blank: BlankForm, question: Question) -> tuple[str, ...]:
    """The lines of a question: one, or for requests another for what was done."""
    line = _row(blank, question)
    if question.traits.measure is not Measure.REQUESTS:
        return (line,)
    how = "the number of each, and Y if it was put right during the visit, N if not"
    return (f"{line}. Write {how}", "What was done about it")


def _row(blank: BlankForm, question: Question) -> str:
    choices = [option.label for option in question.options]
    if question.key == "outcome":
        choices = [code.label for code in blank.outcomes()]
    elif question.key in _CODED:
        choices = list(blank.labels(question.key))
    numbered = [f"{number} {lowered(label)}" for number, label in enumerate(choices, 1)]
    only = blank.when(question)
    more = "; ".join([*([only] if only else []), *numbered])
    return f"{question.ask.rstrip('?')}: {more}" if more else question.ask


def _ethnicity(blank: BlankForm) -> str:
    """Its many values, to be written as codes."""
    asked = {q.key for group in blank.form.row_groups for q in group.questions}
    if "ethnicity" not in asked:
        return ""
    listed = "; ".join(
        f"{code.code} {code.label}"
        for code in blank.book.offered("ethnicity", blank.today)
        if len(code.code) <= _LONGEST_CODE
    )
    return f"Ethnicity, as they describe it themselves. Leave empty if you did not ask: {listed}."
