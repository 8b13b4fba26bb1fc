"""What the visits behind a figure add up to, by plain loops over them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from types import SimpleNamespace
from uuid import UUID

from tests.services.naive_figures import Naive
from tests.ui.reports.reports_page import YEAR
from visitapp.domain.report.counted_answers import ANY_ANSWER, CountedAnswer, counted_answers
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.visit import Visit
from visitapp.domain.year.figure_place import FigurePlace
from visitapp.domain.year.visit_list import ANSWERED, VisitPage, VisitQuery
from visitapp.services import Services

PEOPLE = {
    "seen": (
        "People who spoke with visitors",
        "Spoke with visitors",
        "people spoke with visitors",
        "Offered a visit, and spoke with visitors",
    ),
    "refused": ("Refused", "Offered a visit, and refused"),
    "asleep": ("Asleep, observed", "Asleep: observed through the hatch, not woken"),
    "not_available": (
        "Not available",
        "Not available: in interview, at hospital or out of the cell",
    ),
    "not_offered": ("Not offered, on advice", "Not offered, on the custody officer\u2019s advice"),
    "other": ("Not seen for another reason",),
}
RAISED = ("Raised", "Issues", "Issues raised", "All issues", "Second", "Third", "First month",
          "In 2023/24")  # fmt: skip
AT_VISIT = ("Put right at once", "Put right at the visit", "during the visit")
LATER = ("Later", "Put right later", "later")
OPEN = ("Still open", "still open")
Sums = dict[str, set[str]]
_PART = re.compile(r"(?:(?<=^)|(?<=; ))(\S.*?) ([\d,]+)(?= \()")
"""An answer and its number in `Yes 41 (98%); No 1 (2%)`."""


class Behind:
    """The visits that figures open, and the sums over them, by the names that the report has for
    these."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._pages: dict[VisitQuery, VisitPage] = {}
        self._sums: dict[VisitQuery, Sums] = {}
        self._visits: dict[UUID, Visit] = {}
        self._answers: dict[UUID, list[CountedAnswer]] = {}
        self._codes: dict[str, dict[str, str]] = defaultdict(dict)
        self._schemes = services.setup.schemes()
        codes = (services.setup.codes(scheme.id) for scheme in self._schemes)
        known = [code for book in codes for listed in book.lists.values() for code in listed]
        self._world = SimpleNamespace(codes=known, visits=[])

    def page(self, query: VisitQuery) -> VisitPage:
        if query not in self._pages:
            self._pages[query] = self._services.visits.page(query)
            assert len(self._pages[query].rows) == self._pages[query].total
        return self._pages[query]

    def sums(self, query: VisitQuery, place: FigurePlace) -> set[str]:
        """What the visits add up to under the name of the figure; empty if it has none. Of answers
        in one cell, its text with the numbers counted again."""
        if ", Answers: " in place.words and _PART.search(place.value):
            assert query.answer is not None
            sums, codes = self._all_sums(query), self._codes[query.answer.question]
            return {
                _PART.sub(
                    lambda part: " ".join((part[1], *sums[f"code {codes[part[1]]}"])), place.value
                )
            }
        if not re.fullmatch(r"[\d,]+(\.\d\d)?", place.value) or place.words.startswith("Year, "):
            return set()
        sums = self._all_sums(query)
        return next((sums[name] for name in names(place) if name in sums), set())

    def _all_sums(self, query: VisitQuery) -> Sums:
        if query not in self._sums:
            self._sums[query] = self._counted(query)
        return self._sums[query]

    def _counted(self, query: VisitQuery) -> Sums:
        visits = [self._visit(row.id) for row in self.page(query).rows]
        sums: Sums = defaultdict(set)
        if query.answer is not None:
            wanted = (query.answer.question, query.answer.meaning)
            mine = [
                [
                    each
                    for each in self._answers_of(visit)
                    if (each.question, each.meaning) == wanted
                ]
                for visit in visits
            ]
            assert all(_has(answers, query.answer.code) for answers in mine), query.answer
            _add(sums, _answers(answer for answers in mine for answer in answers))
            return sums
        sums["Visits made"].add(str(len(visits)))
        minutes = 0
        totals: Counter[str] = Counter()
        for scheme in self._schemes:
            naive = Naive(self._world, scheme, YEAR.start, YEAR.end)
            naive.visits = [visit for visit in visits if visit.scheme_id == scheme.id]
            minutes += naive.minutes()
            totals.update(_people(naive, sums) if naive.custody else dict(naive.animals()[1]))
            totals.update(dict(naive.access()[1]))
            totals.update(_issues(naive, query.categories))
        _add(sums, totals)
        hours = (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
        for name in ("Hours", "Hours given"):
            sums[name].add(f"{hours:,}")
        return sums

    def _visit(self, visit_id: UUID) -> Visit:
        if visit_id not in self._visits:
            self._visits[visit_id] = self._services.visits.get(visit_id)
        return self._visits[visit_id]

    def _answers_of(self, visit: Visit) -> list[CountedAnswer]:
        if visit.id not in self._answers:
            about = self._services.visits.context(visit)
            assert about.form is not None
            form, limit = with_standard_questions(about.form), about.scheme.immediate_limit
            for question in (*form.questions(), *form.row_questions()):
                self._codes[question.key] |= {each.label: each.code for each in question.choices}
            self._answers[visit.id] = counted_answers(visit, form, about.book, limit)
        return self._answers[visit.id]


def names(place: FigurePlace) -> Iterator[str]:
    """What a figure may be called, the closest first: its row with its column, either alone; of a
    key figure the words after it, of a part of a chart those before or after its number."""
    head, is_cell, tail = place.words.rpartition(": ")
    row, _, column = head.rpartition(", ")
    yield from (head, column, row)
    yield (tail if is_cell else place.words).partition(" ")[2]
    yield re.sub(r" [\d,]+ \(.*", "", place.words)


def _add(sums: Sums, counted: Mapping[str, int] | Mapping[str, int | Decimal]) -> None:
    for name, number in counted.items():
        sums[name].add(f"{number:,}")


def _has(answers: Sequence[CountedAnswer], code: str | None) -> bool:
    """Whether a report has what the filter of its list names."""
    codes = {answer.code for answer in answers}
    if code == ANSWERED:
        return bool(codes - {"-", "NOT_CHECKED"})
    return bool(codes) if code is None else code in codes


def _answers(answers: Iterable[CountedAnswer]) -> dict[str, int | Decimal]:
    """How many were asked, answered and not checked, each answer by its code, and of numbers their
    sum, mean and the largest."""
    rows: Counter[str] = Counter()
    values = []
    for answer in answers:
        rows[answer.code] += answer.rows
        if not answer.code:
            values.append((answer.value, answer.rows))
    any_answer = rows.pop(ANY_ANSWER, 0)
    apart = rows["-"] + rows["NOT_CHECKED"]
    answered = any_answer or rows.total() - apart
    asked = any_answer + rows["-"] if any_answer else rows.total()
    sums: dict[str, int | Decimal] = {
        "Asked": asked,
        "Answered": answered,
        "Not checked": rows["NOT_CHECKED"],
    }
    sums |= {f"code {code}": number for code, number in rows.items()}
    if values:
        sums["Total"] = total = sum(value * n for value, n in values)
        sums["Mean"] = (Decimal(total) / answered).quantize(Decimal("0.01"), ROUND_HALF_UP)
        sums["Largest"] = max(value for value, _ in values)
    return sums


def _people(naive: Naive, sums: Sums) -> dict[str, int]:
    """Reasons and details can have names in common, as *Not stated*."""
    parts, reasons, details = naive.people()
    for listed in (*reasons.values(), *details.values()):
        _add(sums, dict(listed))
    present, offered = sum(parts.values()), parts["seen"] + parts["refused"]
    named = {words: parts[part] for part, of in PEOPLE.items() for words in of}
    in_cells = ("People in the cells at visits", "In the cells",
                "In the cells at the time of a visit")  # fmt: skip
    named |= dict.fromkeys(in_cells, present)
    named |= dict.fromkeys(("People offered a visit", "Offered a visit"), offered)
    return named | {"All who were not visited": present - offered}


def _issues(naive: Naive, categories: tuple[str, ...]) -> dict[str, int]:
    """Of these categories, or of all; each end alone, and that of each matter and severity."""
    naive.visits = [
        replace(
            visit,
            issues=tuple(i for i in visit.issues if not categories or i.category in categories),
        )
        for visit in naive.visits
    ]
    issues = naive.issues()
    sums = dict(issues["positive"]) | {f"{label}, Issues": n for label, n in issues["by_origin"]}
    for row in (*issues["by_matter"], *issues["by_severity"]):
        sums |= {f"{row[0]}, {name}": number for name, number in _ends([row])}
    return sums | dict(_ends(issues["by_category"]))


def _ends(rows: list[tuple[str, int, int, int]]) -> Iterator[tuple[str, int]]:
    at_visit, later, still = (sum(row[at] for row in rows) for at in (1, 2, 3))
    for named, number in (
        (RAISED, at_visit + later + still),
        (AT_VISIT, at_visit),
        (LATER, later),
        (OPEN, still),
    ):
        yield from ((name, number) for name in named)
