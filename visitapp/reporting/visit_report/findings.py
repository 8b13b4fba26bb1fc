"""What visitors looked at, asked and raised: a section for each section of the form."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from visitapp.domain.office.grid import clock
from visitapp.domain.report.form import FormSection, Question, tally
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.kinds import CONCERN, SATISFACTORY
from visitapp.domain.report.place import Place, answer_place
from visitapp.domain.report.visit_codes import AT_ONCE
from visitapp.domain.text.wording import (
    capitalised,
    long_date,
    lowered,
    out_of,
    plural,
    spelled_number,
)
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    ListItem,
    Paragraph,
    Run,
    Section,
    Table,
    text,
)
from visitapp.reporting.prose import item_of, text_blocks
from visitapp.reporting.visit_report.source import VisitCopy, asked_and_answered, ended, named

_ELSEWHERE = frozenset({"site_id", "arrived", "issues", "summary"})
"""The answers of a section with one of these questions are at the top, under issues, or at the
end."""


def form_sections(copy: VisitCopy, tables: Iterator[int]) -> Iterator[Section]:
    """The form's sections that have a place of their own, as far as they were answered. Those of a
    few short answers that follow one another share a heading."""
    waiting: Section | None = None
    for section in _sections(copy, tables):
        is_short = all(isinstance(block, Paragraph) for block in section.blocks)
        if waiting is None or not is_short or len(section.blocks) > 1:
            if waiting is not None:
                yield waiting
            waiting = section if is_short and len(section.blocks) == 1 else None
            if waiting is None:
                yield section
            continue
        title = f"{waiting.title}; {lowered(section.title)}"
        waiting = Section(waiting.key, title, (*waiting.blocks, *section.blocks))
    if waiting is not None:
        yield waiting


def _sections(copy: VisitCopy, tables: Iterator[int]) -> Iterator[Section]:
    for section in () if copy.form is None else copy.form.sections:
        keys = {question.key for question in section.questions}
        if section.of_rows or keys & _ELSEWHERE:
            continue
        blocks = _answers(copy, section, tables)
        if blocks:
            yield Section(section.key, _title(copy, section), tuple(blocks))


def _looked_at(copy: VisitCopy, section: FormSection) -> list[tuple[Question, str]]:
    """The checks in a section that were answered, with their answers."""
    report = copy.visit.report
    answers = {} if report is None else report.answers
    return [
        (question, str(answers[question.key]))
        for question in copy.asked(section)
        if question.is_check and answers.get(question.key)
    ]


def _title(copy: VisitCopy, section: FormSection) -> str:
    """`Facilities: two of 21 points gave concern`."""
    answers = _looked_at(copy, section)
    of = tally(answers)
    concerns = of[CONCERN]
    looked = concerns + of[SATISFACTORY]
    if not answers or "counts" in {question.key for question in section.questions}:
        return section.title
    if looked == 0:
        return f"{section.title}: nothing was checked"
    if concerns == 0:
        all_of = plural(looked, "the one point", f"all {looked} points")
        was = plural(looked, "was", "were")
        return f"{section.title}: {all_of} checked {was} satisfactory"
    those = out_of(concerns, looked, "point", begin=spelled_number)
    return f"{section.title}: {those} gave concern"


def _answers(copy: VisitCopy, section: FormSection, tables: Iterator[int]) -> list[Block]:
    checks = _looked_at(copy, section)
    blocks: list[Block] = []
    concerns = [question for question, answer in checks if answer == CONCERN]
    if concerns:
        blocks.append(
            Table(
                next(tables),
                "What gave concern",
                (Column("Point", "left", 2.2), Column("What was found", "left", 4.0)),
                tuple((q.ask, _finding(copy, answer_place(q.key))) for q in concerns),
            )
        )
    for wanted in (SATISFACTORY, "NOT_CHECKED"):
        alike = [question for question, answer in checks if answer == wanted]
        if alike:
            word = alike[0].shown(wanted)
            listed = "; ".join(lowered(question.ask) for question in alike)
            blocks.append(Paragraph(named(word, f"{listed}.")))
    others = terms_of(copy, [q for q in copy.asked(section) if not q.is_check])
    match blocks, others:
        case [*before, Paragraph() as last], [Paragraph() as first, *after]:
            return [*before, Paragraph((*last.runs, Run(" "), *first.runs)), *after]
    return blocks + others


def _finding(copy: VisitCopy, question: Place) -> str:
    texts = [issue.description for issue in copy.visit.issues if issue.question == question]
    return " ".join(ended(words) for words in texts if words.strip())


def terms_of(copy: VisitCopy, questions: Sequence[Question]) -> list[Block]:
    """Questions that were answered, with their answers; what should be looked at comes first."""
    answers = {} if copy.visit.report is None else copy.visit.report.answers
    in_order = sorted(questions, key=lambda q: not q.is_noteworthy(answers.get(q.key)))
    return asked_and_answered((q.ask, copy.answer(q)) for q in in_order)


# -- issues --------------------------------------------------------------------------------


def issues_section(copy: VisitCopy) -> Section | None:
    """What was raised, and what was good. Empty parts are left out without a word, so that a copy
    without an allegation looks like one of a visit that had none."""
    book = copy.about.book
    good = [
        issue
        for issue in copy.visit.issues
        if book.group("issue_category", issue.category) == "positive"
    ]
    concerns = [issue for issue in copy.visit.issues if issue not in good]
    blocks: list[Block] = []
    if concerns:
        blocks.append(BulletList(tuple(_concern(copy, issue) for issue in concerns)))
    if good:
        blocks.append(BulletList(tuple(_good(copy, issue) for issue in good)))
    blocks += _asked_about_issues(copy)
    title = "What was raised" if concerns else "Good practice"
    return Section("issues", title, tuple(blocks)) if blocks else None


def _asked_about_issues(copy: VisitCopy) -> list[Block]:
    for section in () if copy.form is None else copy.form.sections:
        if "issues" in {question.key for question in section.questions}:
            return terms_of(copy, copy.asked(section))
    return []


def _concern(copy: VisitCopy, issue: Issue) -> ListItem:
    book = copy.about.book
    severity = book.name("issue_severity", str(issue.severity))
    name = f"{book.label('issue_category', issue.category)}, {lowered(severity)}"
    site = None if copy.about.site is None else copy.about.site.name
    place = issue.place.strip()
    sentences = ["" if place in ("", site) else f"Found in: {ended(place)}"]
    if issue.raised_with.strip():
        at = "" if issue.raised_minute is None else f" at {clock(issue.raised_minute)}"
        sentences.append(f"Raised with: {issue.raised_with.strip().rstrip('.')}{at}.")
    if issue.resolved_during_visit:
        sentences.append("Put right during the visit.")
    elif issue.severity >= AT_ONCE:
        sentences.append("An answer is due at once.")
    else:
        due = copy.visit.arrived.day + timedelta(days=copy.about.scheme.issue_days)
        sentences.append(f"An answer is due by {long_date(due)}.")
    return item_of(name, issue.description, *filter(None, sentences))


def _good(copy: VisitCopy, issue: Issue) -> ListItem:
    label = copy.about.book.label("issue_category", issue.category)
    return item_of(label, issue.description) if issue.description.strip() else ListItem(text(label))


def overall_section(copy: VisitCopy) -> Section | None:
    """The summary and the questions in its section."""
    blocks: list[Block] = list(text_blocks(copy.visit.summary, join_lines=False))
    for section in () if copy.form is None else copy.form.sections:
        if "summary" in {question.key for question in section.questions}:
            blocks += terms_of(copy, copy.asked(section))
    return Section("overall", capitalised("summary"), tuple(blocks)) if blocks else None
