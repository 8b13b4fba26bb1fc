"""The lists of the records as sheets, for other programs.

The sheets of visits, detainees and issues have the headings that an import takes, and behind them
what only these records know. Custody numbers, and the days and times of planned visits, are never
among them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.moment import Moment, uk_time
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.grid import clock
from visitapp.domain.office.people import Person
from visitapp.domain.office.same_entry import SameEntry
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.office.status_change import StatusChange
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.records.list_sheet import ListSheet, SheetCell
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.report import OVERALL, SATISFACTORY, UNSATISFACTORY
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.text.animals import SPECIES
from visitapp.exchange.columns import DETAINEES, ISSUES, PARTS, VISITS

_PART_COLUMNS = ("in_custody", *PARTS, "animals_seen")
_VISITS_MORE = ("other_visitors", "other_observers", "wait_minutes", "volunteer_minutes", "edition")
_ISSUES_MORE = ("issue", "place", "raised_with", "closed_on")
_YES_NO = {True: "yes", False: "no"}
_OVERALL = {SATISFACTORY: "yes", UNSATISFACTORY: "no"}


@dataclass(frozen=True, slots=True)
class ListedRecords:
    """What the sheets are made of. `visits` are those that count, in order; `steps` are by issue,
    `forms` by scheme and number; `files` and `history` of statuses by person. `of_office` are the
    issues that the office opened, with their steps; `same_people` and `same_sites` the decisions on
    entries of one person or site, with the names of all sites as they were entered."""

    schemes: Mapping[UUID, Scheme]
    books: Mapping[UUID, CodeBook]
    sites: Mapping[UUID, Site]
    people: Mapping[UUID, Person]
    visits: Sequence[Visit]
    steps: Mapping[UUID, Sequence[Step]]
    forms: Mapping[tuple[UUID, int], Form]
    animals: Sequence[Animal] = ()
    files: Mapping[UUID, VolunteerFile] = field(default_factory=dict)
    history: Mapping[UUID, Sequence[StatusChange]] = field(default_factory=dict)
    of_office: Sequence[tuple[IssueLine, Sequence[Step]]] = ()
    same_people: Sequence[SameEntry] = ()
    same_sites: Sequence[SameEntry] = ()
    site_names: Mapping[UUID, str] = field(default_factory=dict)

    def name(self, person_id: UUID) -> str:
        """A person's name."""
        person = self.people.get(person_id)
        return str(person_id) if person is None else person.name


def scheme_sheets(records: ListedRecords) -> tuple[ListSheet, ...]:
    """Every sheet, in order."""
    return (
        ListSheet(
            "visits",
            (*(column.name for column in VISITS), *_VISITS_MORE),
            tuple(_visit(visit, records) for visit in records.visits),
        ),
        ListSheet(
            "detainees",
            tuple(column.name for column in DETAINEES),
            tuple(row for visit in records.visits for row in _detainees(visit, records)),
        ),
        ListSheet(
            "issues",
            (*(column.name for column in ISSUES), *_ISSUES_MORE),
            tuple(row for visit in records.visits for row in _issues(visit, records)),
        ),
        ListSheet(
            "steps",
            ("visit_ref", "issue", "date", "step", "who", "words"),
            tuple(row for visit in records.visits for row in _steps(visit, records)),
        ),
        ListSheet(
            "office_issues",
            (
                *("issue", "date", "site", "category", "severity", "status", "description"),
                *("place", "closed_on"),
            ),
            tuple(
                _office_issue(number, line) for number, (line, _) in _numbered(records.of_office)
            ),
        ),
        ListSheet(
            "office_steps",
            ("issue", "date", "step", "who", "words"),
            tuple(
                (number, step.on, _status(line, step, records), step.said_by, step.words)
                for number, (line, steps) in _numbered(records.of_office)
                for step in steps
            ),
        ),
        ListSheet(
            "answers",
            ("visit_ref", "row", "key", "question", "answer"),
            tuple(row for visit in records.visits for row in _answers(visit, records)),
        ),
        ListSheet(
            "people",
            (
                *("name", "scheme", "status", "joined", "left", "vetted_until", "probation_until"),
                *("first_name", "surname", "telephone", "email", "home_area"),
            ),
            tuple(
                row
                for person in records.people.values()
                if person.same_as is None
                for row in _memberships(person, records)
            ),
        ),
        ListSheet(
            "same_people",
            ("name", "counted_as", "why", "decided_by", "decided_on", "undone_by", "undone_on"),
            tuple(
                _decision(item, records.name(item.entry_id), records.name(item.kept_id))
                for item in records.same_people
            ),
        ),
        ListSheet(
            "same_sites",
            ("name", "counted_as", "why", "decided_by", "decided_on", "undone_by", "undone_on"),
            tuple(
                _decision(item, records.site_names[item.entry_id], records.site_names[item.kept_id])
                for item in records.same_sites
            ),
        ),
        ListSheet(
            "statuses",
            ("name", "scheme", "status", "from", "until", "why", "entered_by", "withdrawn_by"),
            tuple(row for person in records.people.values() for row in _statuses(person, records)),
        ),
        ListSheet(
            "held",
            ("name", "what", "which", "from", "until"),
            tuple(
                (person.name, item.kind.label, item.name, item.from_on, item.until_on)
                for person in records.people.values()
                for item in records.files[person.id].credentials
            ),
        ),
        ListSheet(
            "animals",
            ("name", "scheme", "site", "species", "work", "handler", "from", "until"),
            tuple(_animal(animal, records) for animal in records.animals),
        ),
    )


def _visit(visit: Visit, records: ListedRecords) -> tuple[SheetCell, ...]:
    book, scheme = records.books[visit.scheme_id], records.schemes[visit.scheme_id]
    visitors = [records.name(person) for person in visit.visitors]
    observers = [records.name(person) for person in visit.observers]
    overall = visit.report.answers.get(OVERALL) if visit.report else None
    values: dict[str, SheetCell] = {
        "visit_ref": visit.ref,
        "scheme": _scheme(scheme),
        "site": records.sites[visit.site_id].name,
        "type": book.label("visit_type", visit.type),
        "mode": book.label("visit_mode", visit.mode),
        "status": book.label("visit_status", visit.status),
        "date": visit.arrived.day,
        "arrived": _clock(visit.arrived) if visit.has_time else None,
        "admitted": _clock(visit.admitted),
        "left": _clock(visit.left),
        "visitor_1": visitors[0] if visitors else None,
        "visitor_2": visitors[1] if len(visitors) > 1 else None,
        "observer": observers[0] if observers else None,
        "delay_reason": book.label("delay_reason", visit.delay_reason)
        if visit.delay_reason
        else None,
        "delay_explanation": visit.delay_explanation,
        "extra_minutes": visit.extra_minutes or None,
        "satisfactory": _OVERALL.get(str(overall)),
        "summary": visit.summary,
        "other_visitors": "; ".join(visitors[2:]),
        "other_observers": "; ".join(observers[1:]),
        "wait_minutes": visit.plausible_wait,
        "volunteer_minutes": visit.volunteer_minutes or None,
        "edition": visit.report.edition if visit.report else None,
        **_parts(visit, book, scheme.kind),
    }
    return tuple(values[column.name] for column in VISITS) + tuple(
        values[name] for name in _VISITS_MORE
    )


def _scheme(scheme: Scheme) -> str:
    """As an import takes it: the kind, or the name if there are others of the kind."""
    return scheme.name if scheme.is_one_of_several else scheme.kind.value


def _parts(visit: Visit, book: CodeBook, kind: Kind) -> dict[str, SheetCell]:
    parts: dict[str, SheetCell] = dict.fromkeys(_PART_COLUMNS)
    if visit.present is None and not visit.counts:
        return parts
    groups = dict(PARTS) if kind is Kind.CUSTODY else {"animals_seen": "seen"}
    if kind is Kind.CUSTODY:
        parts["in_custody"] = visit.present
    for column, group in groups.items():
        parts[column] = sum(
            count.number for count in visit.counts if book.group("outcome", count.outcome) == group
        )
    return parts


def _clock(moment: Moment | None) -> str | None:
    return None if moment is None else clock(moment.minute)


def _detainees(visit: Visit, records: ListedRecords) -> Iterator[tuple[SheetCell, ...]]:
    if records.schemes[visit.scheme_id].kind is not Kind.CUSTODY:
        return
    book = records.books[visit.scheme_id]
    for count in visit.counts:
        details = (book.label(name, code) if code else None for name, code in _details_of(count))
        yield (visit.ref, book.label("outcome", count.outcome), *details, count.number)


def _details_of(count: OutcomeCount) -> tuple[tuple[str, str | None], ...]:
    return (
        ("outcome_reason", count.reason),
        ("gender", count.gender),
        ("age_group", count.age_group),
        ("ethnicity", count.ethnicity),
    )


def _issues(visit: Visit, records: ListedRecords) -> Iterator[tuple[SheetCell, ...]]:
    book = records.books[visit.scheme_id]
    for number, issue in enumerate(visit.issues, 1):
        yield (
            visit.ref,
            book.label("issue_category", issue.category),
            str(issue.severity),
            book.label("issue_origin", issue.origin),
            book.label("issue_status", issue.status),
            _YES_NO[issue.resolved_during_visit],
            issue.description,
            number,
            issue.place,
            issue.raised_with,
            issue.closed_on,
        )


def _numbered(
    listed: Sequence[tuple[IssueLine, Sequence[Step]]],
) -> Iterator[tuple[int, tuple[IssueLine, Sequence[Step]]]]:
    return enumerate(listed, 1)


def _office_issue(number: int, line: IssueLine) -> tuple[SheetCell, ...]:
    issue = line.issue
    return (
        number,
        line.raised_on,
        line.site_name,
        line.category,
        str(issue.severity),
        line.status,
        issue.description,
        issue.place,
        issue.closed_on,
    )


def _status(line: IssueLine, step: Step, records: ListedRecords) -> str:
    return records.books[line.scheme_id].label("issue_status", step.status)


def _steps(visit: Visit, records: ListedRecords) -> Iterator[tuple[SheetCell, ...]]:
    book = records.books[visit.scheme_id]
    for number, issue in enumerate(visit.issues, 1):
        for step in records.steps.get(issue.id, ()):
            status = book.label("issue_status", step.status)
            yield visit.ref, number, step.on, status, step.said_by, step.words


def _answers(visit: Visit, records: ListedRecords) -> Iterator[tuple[SheetCell, ...]]:
    if visit.report is None:
        return
    form = records.forms[visit.scheme_id, visit.report.form_number]
    questions = {question.key: question for question in form.questions()}
    yield from _in_words(visit, None, questions, visit.report.answers)
    of_rows = {question.key: question for question in form.row_questions()}
    rows = (count.row for count in visit.counts if count.row is not None)
    for number, row in enumerate(rows, 1):
        yield from _in_words(visit, number, of_rows, row.answers)


def _in_words(
    visit: Visit, row: int | None, questions: Mapping[str, Question], answers: Mapping[str, object]
) -> Iterable[tuple[SheetCell, ...]]:
    for key, answer in answers.items():
        question = questions.get(key)
        if question is not None:
            yield visit.ref, row, key, question.ask, question.shown(answer)


def _memberships(person: Person, records: ListedRecords) -> Iterator[tuple[SheetCell, ...]]:
    clearance = person.clearance
    until = clearance.vetted_until, clearance.probation_until
    file = records.files[person.id]
    reached = file.given_name, file.surname, file.telephone, file.email, file.home_area
    if not person.memberships:
        yield person.name, None, None, None, None, *until, *reached
    for membership in person.memberships:
        book = records.books[membership.scheme_id]
        yield (
            person.name,
            _scheme(records.schemes[membership.scheme_id]),
            book.label("volunteer_status", membership.status),
            None if membership.joined_unknown else membership.joined_on,
            membership.left_on,
            *until,
            *reached,
        )


def _decision(item: SameEntry, name: str, kept: str) -> tuple[SheetCell, ...]:
    return (
        name,
        kept,
        item.why,
        item.by,
        uk_time(item.at).date(),
        item.withdrawn_by,
        item.withdrawn_at and uk_time(item.withdrawn_at).date(),
    )


def _statuses(person: Person, records: ListedRecords) -> Iterator[tuple[SheetCell, ...]]:
    for change in records.history.get(person.id, ()):
        yield (
            person.name,
            _scheme(records.schemes[change.scheme_id]),
            records.books[change.scheme_id].label("volunteer_status", change.status),
            change.from_on,
            change.until_on,
            change.why,
            change.by,
            change.withdrawn_by,
        )


def _animal(animal: Animal, records: ListedRecords) -> tuple[SheetCell, ...]:
    site = records.sites[animal.site_id]
    asked: dict[str, Question] = {}
    for (scheme_id, _), form in sorted(records.forms.items(), key=lambda item: item[0][1]):
        if scheme_id == animal.scheme_id:
            asked |= {question.key: question for question in form.row_questions()}
    species = animal.species or site.kind.usual_species
    return (
        animal.name,
        _scheme(records.schemes[animal.scheme_id]),
        site.name,
        asked["species"].shown(species) if "species" in asked else SPECIES.get(species, species),
        asked["work"].shown(animal.work) if "work" in asked else animal.work,
        animal.handler,
        animal.from_on,
        animal.to_on,
    )
