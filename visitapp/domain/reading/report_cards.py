"""A report's answers as lines, section by section: to check before signing, or to read.

For checking, a checklist is a line of numbers with its concerns, and unanswered questions are a
number; `whole` shows every answer. Sections, their order and labels are the form's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from visitapp.domain.reading.core_lines import CORE, AnswerLine, Shown
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report.answer_rules import COUNTS, asked_of_row, facts_of, groups_of, is_seen
from visitapp.domain.report.answers import Answered, Row, answered_of
from visitapp.domain.report.form import Form, FormSection, Question, applying, tally
from visitapp.domain.report.kinds import CONCERN, NO, NOT_CHECKED, SATISFACTORY
from visitapp.domain.report.place import answer_place, of_row
from visitapp.domain.report.plain_form import plain_form
from visitapp.domain.report.report import Report, shown_ends
from visitapp.domain.report.standard_questions import as_answered
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.wording import lowered, number_of, out_of, plural

PRIVACY = "privacy"
"""Used instead of a section's key on the card of words that were kept."""
_LONG_LIST = 5
"""A checklist with so many items is summed up in numbers."""


@dataclass(frozen=True, slots=True)
class Card:
    """The answers of one section, or of one of its rows. `section` is the section's key; `counts`
    says that the numbers belong on this card; `row` identifies the row."""

    title: str
    section: str
    lines: tuple[AnswerLine, ...]
    counts: bool = False
    row: str = ""


def cards(
    visit: Visit,
    about: ReportContext,
    *,
    answered: Answered | None = None,
    has_day: bool = True,
    has_arrival: bool = True,
    typed_arrival: str = "",
    whole: bool = False,
) -> tuple[Card, ...]:
    """All answers of a report. For a draft, `answered` are those read so far, `has_day` and
    `has_arrival` say whether they can be read, and `typed_arrival` is what was typed as the
    arrival."""
    form = about.form or plain_form(about.scheme.kind)
    if answered is None:
        form = as_answered(form, visit)
    if about.site is not None:
        form = form.in_words_of(about.site.kind)
    shown = Shown(visit, about, has_day, has_arrival, typed_arrival)
    answered = answered or answered_of(visit)
    facts = facts_of(visit, answered, about.scheme.immediate_limit)
    if not has_arrival:
        facts -= {"delayed"}
    all_cards: list[Card] = []
    for section in form.sections:
        asked = applying(section.questions, facts)
        counts = any(question.key == COUNTS for question in section.questions)
        lines = [*_lines(shown, asked, answered, whole=whole)]
        rows = _rows(shown, form, section, answered)
        if not whole:
            lines += [line for row in rows for line in row.brief]
        if lines or not section.of_rows:
            all_cards.append(Card(section.title, section.key, tuple(lines), counts))
        if whole:
            all_cards += [
                Card(row.title, section.key, tuple(row.lines), row=row.identity)
                for row in rows
                if row.lines
            ]
    if visit.report is not None:
        all_cards.append(Card("Privacy", PRIVACY, tuple(_kept(visit.report))))
    return tuple(all_cards)


def _kept(report: Report) -> Iterator[AnswerLine]:
    """Words that look like a name, a date of birth and so on, which the writer decided to keep."""
    if not report.kept_words:
        yield AnswerLine("Flagged words you kept", "None")
    for words in report.kept_words:
        why = words.reason.rstrip(".")
        yield AnswerLine(
            "Flagged words you kept", f"\u201c{words.words}\u201d: {why or 'no reason given'}."
        )


# Questions about the visit


def _lines(
    shown: Shown, asked: Iterable[Question], answered: Answered, *, whole: bool
) -> Iterator[AnswerLine]:
    own = [question for question in asked if not question.is_core]
    checks = [question for question in own if question.is_check]
    in_numbers = not whole and len(checks) >= _LONG_LIST
    if in_numbers:
        yield _in_numbers(checks, answered)
    left = []
    for question in asked:
        if question.is_core:
            yield from CORE.get(question.key, _nothing)(shown, question)
            continue
        answer = answered.answers.get(question.key)
        if answer in (None, "", []):
            left.append(question)
        elif not (in_numbers and question.is_check and not question.is_concern(answer)):
            yield AnswerLine(question.ask, question.shown(answer), answer_place(question.key))
    left = [question for question in left if not (in_numbers and question.is_check)]
    yield from _unanswered(left, whole=whole)


def _nothing(_shown: Shown, _question: Question) -> Iterator[AnswerLine]:
    yield from ()


def _in_numbers(checks: list[Question], answered: Answered) -> AnswerLine:
    """`21 items: 18 satisfactory, 1 concern, 2 not checked`; it links to the first unanswered
    item."""
    unanswered = [q for q in checks if q.key not in answered.answers]
    first = unanswered[0] if unanswered else checks[0]
    return AnswerLine("Checklist", check_numbers(checks, answered), answer_place(first.key))


def check_numbers(checks: Iterable[Question], answered: Answered) -> str:
    """`21 items: 18 satisfactory, 1 concern, 2 not checked, 4 to answer`."""
    answers = [(question, answered.answers.get(question.key)) for question in checks]
    of = tally(answers)
    numbers = [
        (of[SATISFACTORY], "satisfactory"),
        (of[CONCERN], plural(of[CONCERN], "concern")),
        (of[NOT_CHECKED], "not checked"),
        (len(answers) - of.total(), "to answer"),
    ]
    parts = ", ".join(f"{number} {words}" for number, words in numbers if number)
    items = number_of(len(answers), "item")
    return f"{items}: {parts}"


def _unanswered(left: list[Question], *, whole: bool) -> Iterator[AnswerLine]:
    """Each compulsory question has a line of its own; the number of others is one line, or left
    out."""
    for question in left:
        if question.compulsory:
            yield AnswerLine(question.ask, "", answer_place(question.key))
    rest = [question for question in left if not question.compulsory]
    if rest and not whole:
        questions = number_of(len(rest), "question")
        yield AnswerLine("Not answered", questions, answer_place(rest[0].key))


# Questions about rows


@dataclass(frozen=True, slots=True)
class _RowShown:
    title: str
    identity: str
    lines: tuple[AnswerLine, ...]
    brief: tuple[AnswerLine, ...]


def ends_of(answered: Answered) -> dict[str, str]:
    """How the custody numbers in a report's rows are shown; no two look the same."""
    entries = [row.count.row for row in answered.rows if row.count is not None]
    return shown_ends(entry.custody_number for entry in entries if entry is not None)


def row_title(row: Row, about: ReportContext, row_of: str, ends: Mapping[str, str]) -> str:
    """`Detainee 3: …0412, cell M4` or `Animal 2: Rolo`; `ends` is from `ends_of`."""
    entry = None if row.count is None else row.count.row
    kind = "Animal" if row_of == "animal" else "Detainee"
    known = []
    if entry is not None:
        name = about.animals.get(entry.animal_id, "") if entry.animal_id else ""
        cell = f"cell {entry.cell}" if entry.cell else ""
        known = [part for part in (name, ends.get(entry.custody_number, ""), cell) if part]
    return f"{kind} {row.number}" + (f": {', '.join(known)}" if known else "")


def _rows(
    shown: Shown, form: Form, section: FormSection, answered: Answered
) -> Iterable[_RowShown]:
    groups = groups_of(form, section)
    if not groups:
        return ()
    ends = ends_of(answered)
    return tuple(_row(shown, form, section, row, ends) for row in answered.rows)


def _row(
    shown: Shown, form: Form, section: FormSection, row: Row, ends: Mapping[str, str]
) -> _RowShown:
    about = shown.about
    seen = is_seen(row, about.book)
    title = row_title(row, about, form.row_of, ends)
    lines: list[AnswerLine] = []
    asked = 0
    noteworthy: list[str] = []
    for group in groups_of(form, section):
        if not group.seen_only:
            lines += _row_details(shown, row, ends)
        for question in asked_of_row(group, row, seen):
            if question.is_core:
                continue
            asked += group.seen_only
            answer = row.answers.get(question.key)
            if answer not in (None, "", []):
                place = of_row(row.number, question.key)
                lines.append(AnswerLine(question.ask, question.shown(answer), place))
            noteworthy += _noteworthy(question, answer)
    brief = _brief(row, form, section, title, asked, noteworthy)
    return _RowShown(title, _identity(row), tuple(lines), brief)


def _identity(row: Row) -> str:
    """What identifies a row in two versions of a report."""
    entry = None if row.count is None else row.count.row
    if entry is not None and (entry.custody_number or entry.animal_id):
        return entry.custody_number or str(entry.animal_id)
    return str(row.number)


def _row_details(shown: Shown, row: Row, ends: Mapping[str, str]) -> Iterator[AnswerLine]:
    count, book = row.count, shown.about.book
    if count is None or count.row is None:
        return
    for label, key, value in (
        ("Custody number", "custody_number", ends.get(count.row.custody_number, "")),
        ("Cell", "cell", count.row.cell),
    ):
        if value:
            yield AnswerLine(label, value, of_row(row.number, key))
    happened = book.label("outcome", count.outcome)
    if count.reason:
        happened = f"{happened}: {lowered(book.label('outcome_reason', count.reason))}"
    yield AnswerLine("What happened", happened, of_row(row.number, "outcome"))
    for label, list_name, code in (
        ("Gender", "gender", count.gender),
        ("Age", "age_group", count.age_group),
        ("Ethnicity", "ethnicity", count.ethnicity),
    ):
        if code:
            yield AnswerLine(label, book.label(list_name, code), of_row(row.number, list_name))


def _noteworthy(question: Question, answer: object) -> Iterator[str]:
    """An answer that should be read before signing."""
    grave = bool(question.raises_category)
    if answer not in (None, NO) if grave else answer in question.traits.noteworthy:
        yield f"{question.ask}: {lowered(question.shown(answer))}"


def _brief(
    row: Row,
    form: Form,
    section: FormSection,
    title: str,
    asked: int,
    noteworthy: list[str],
) -> tuple[AnswerLine, ...]:
    """One line for a row, if there is anything to say about it."""
    if not asked:
        return ()
    keys = [q.key for group in groups_of(form, section) if group.seen_only for q in group.questions]
    number = sum(key in row.answers for key in keys)
    progress = f"{out_of(number, asked)} answered" if number else "Not answered"
    words = "; ".join([progress, *noteworthy])
    return (AnswerLine(title, words, of_row(row.number, keys[0])),)
