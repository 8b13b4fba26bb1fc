"""Turns one row of visits, with the rows that belong to it, into a visit or into problems."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import Moment, following
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.report import rules
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import COUNT, ISSUES
from visitapp.domain.report.report import OVERALL, SATISFACTORY, UNSATISFACTORY, Report
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE
from visitapp.domain.text.folding import folded
from visitapp.exchange.columns import PARTS, SHEET_COLUMNS, CellKind
from visitapp.exchange.counts import counts_of
from visitapp.exchange.lines import NO_TIME, ImportLine
from visitapp.exchange.names import Codes, KnownRecords, Names

_DEFAULTS = {"type": "ROUTINE", "mode": FACE_TO_FACE, "status": COMPLETED}
_ISSUE_DEFAULTS = {"severity": "1", "origin": "VISITOR", "status": "RAISED"}
_RESOLVED = "RESOLVED"
_NOON = 12 * 60
_SOME_DAY = date(2000, 1, 5)
"""Used instead of a day that can't be read, so that the times can be checked all the same."""
_VISITORS = ("visitor_1", "visitor_2")
_PEOPLE = (*_VISITORS, "observer")
_COUNTS = ("in_custody", *PARTS, "animals_seen")
_OF_EVERY_SCHEME = ("date", "arrived", "admitted", "left", "extra_minutes", *_PEOPLE)
_COLUMN_OF = {"site_id": "site"}


@dataclass(slots=True)
class ImportEntry:
    """A row of visits with its detainees and issues; `visit` is set if there is no problem."""

    line: ImportLine
    details: list[ImportLine] = field(default_factory=list)
    issues: list[ImportLine] = field(default_factory=list)
    scheme: Scheme | None = None
    digest: str = ""
    is_there: bool = False
    visit: Visit | None = None

    @property
    def lines(self) -> tuple[ImportLine, ...]:
        """All its rows."""
        return (self.line, *self.details, *self.issues)

    @property
    def has_problem(self) -> bool:
        """Whether any of its rows has a problem."""
        return any(line.problems for line in self.lines)


class Checker:
    """Checks entries one by one against the records."""

    def __init__(self, known: KnownRecords, names: Names) -> None:
        self._known, self.names = known, names
        self._codes = Codes(known.books)

    def identify(self, entry: ImportEntry) -> None:
        """Find scheme and codes, and calculate the digest used to recognise the visit later."""
        line = entry.line
        if "scheme" in line.values:
            try:
                entry.scheme = self.names.scheme(line.values["scheme"])
            except BadInputError as error:
                line.problem("scheme", str(error))
        for each in entry.lines:
            if entry.scheme is None:
                _forget_codes(each)
            else:
                self._find_codes(each, entry.scheme.id)
        if entry.scheme is not None:
            entry.digest = _digest(entry)

    def _find_codes(self, line: ImportLine, scheme_id: UUID) -> None:
        for column in SHEET_COLUMNS[line.sheet]:
            if column.holds is CellKind.CODE and column.name in line.values:
                try:
                    line.values[column.name] = self._codes.code(
                        scheme_id, column.coded_list, line.values[column.name]
                    )
                except BadInputError as error:
                    line.problem(column.name, str(error))
                    del line.values[column.name]
                else:
                    _must_be_known_severity(line, column.name)

    def check(self, entry: ImportEntry, locked_at: datetime) -> None:
        """Note every problem and warning; without a problem, `entry.visit` is set."""
        scheme = entry.scheme or self._known.schemes[0]
        site = None if entry.scheme is None else self._site(entry.line, scheme)
        people = self._people(entry.line)
        book = self._known.books[scheme.id]
        visit = self._visit(entry, scheme, site, people, locked_at)
        findings = rules.findings(
            visit,
            scheme=scheme,
            site=site,
            people=self.names.by_id,
            book=book,
            others=(),
            today=self._known.today,
        )
        for finding in findings:
            _note(entry, finding, scheme.kind, people)
        if not entry.has_problem and not entry.line.failed:
            entry.visit = visit

    def _site(self, line: ImportLine, scheme: Scheme) -> Site | None:
        if "site" in line.values:
            try:
                return self.names.site(scheme, line.values["site"])
            except BadInputError as error:
                line.problem("site", str(error))
        return None

    def _people(self, line: ImportLine) -> dict[str, UUID]:
        """The ids of people by the column with their name."""
        ids: dict[str, UUID] = {}
        keys: set[str] = set()
        for column in _PEOPLE:
            name = line.values.get(column)
            if name is None:
                continue
            if folded(name) in keys:
                line.problem(column, f"{name} is named twice.")
                continue
            keys.add(folded(name))
            try:
                ids[column] = self.names.person(name).id
            except BadInputError as error:
                line.problem(column, str(error))
        return ids

    def _visit(
        self,
        entry: ImportEntry,
        scheme: Scheme,
        site: Site | None,
        people: dict[str, UUID],
        locked_at: datetime,
    ) -> Visit:
        values = entry.line.values
        arrived, admitted, left, has_time = _times(entry.line)
        book = self._known.books[scheme.id]
        present, counts = (
            (None, ())
            if entry.scheme is None
            else counts_of(entry.line, entry.details, scheme.kind, book)
        )
        return Visit(
            id=uuid4(),
            scheme_id=scheme.id,
            site_id=uuid4() if site is None else site.id,
            arrived=arrived,
            admitted=admitted,
            left=left,
            **{name: values.get(name, usual) for name, usual in _DEFAULTS.items()},
            visitors=tuple(people[column] for column in _VISITORS if column in people),
            observers=(people["observer"],) if "observer" in people else (),
            delay_reason=values.get("delay_reason"),
            delay_explanation=values.get("delay_explanation", ""),
            present=present,
            counts=counts,
            extra_minutes=values.get("extra_minutes", 0),
            summary=values.get("summary", ""),
            issues=tuple(_issue(line, book) for line in entry.issues if not line.failed),
            locked_at=locked_at,
            source_ref=entry.line.ref,
            source_digest=entry.digest,
            report=None if entry.scheme is None else self._report(entry.line, scheme.id),
            has_time=has_time,
        )

    def _report(self, line: ImportLine, scheme_id: UUID) -> Report | None:
        """The only answer of a form that a spreadsheet has."""
        satisfactory = line.values.get("satisfactory")
        if satisfactory is None:
            return None
        form = self._known.forms[scheme_id]
        if all(question.key != OVERALL for question in form.questions()):
            line.problem("satisfactory", "The form of this scheme does not ask this.")
            return None
        return Report(form.number, {OVERALL: SATISFACTORY if satisfactory else UNSATISFACTORY})


def _times(line: ImportLine) -> tuple[Moment, Moment | None, Moment | None, bool]:
    """Arrival, admittance and leaving, each the first such time after the previous one, and whether
    the first is known."""
    day = line.values.get("date", _SOME_DAY)
    arrived_at, admitted_at, left_at = (
        line.values.get(name) for name in ("arrived", "admitted", "left")
    )
    if arrived_at is None and "arrived" not in line.failed:
        if admitted_at is None:
            if not line.has_warning("arrived"):
                line.warn("arrived", f"There is no time. {NO_TIME}")
            if left_at is not None:
                line.warn("left", "Without a time of arriving we cannot use the time of leaving.")
            return Moment.at(day, _NOON), None, None, False
        line.warn("arrived", "There is no time. We have used the time visitors were let in.")
        arrived_at, admitted_at = admitted_at, None
    first = next((m for m in (arrived_at, admitted_at, left_at) if m is not None), 0)
    arrived = Moment.at(day, first)
    admitted = None if admitted_at is None else following(arrived, admitted_at)
    left = None if left_at is None else following(admitted or arrived, left_at)
    return arrived, admitted, left, True


def _forget_codes(line: ImportLine) -> None:
    """Drop the coded values of a row without a scheme, since they mean nothing then."""
    for column in SHEET_COLUMNS[line.sheet]:
        if column.holds is CellKind.CODE and line.values.pop(column.name, None) is not None:
            line.failed.add(column.name)


def _must_be_known_severity(line: ImportLine, column: str) -> None:
    """A severity must be one of our four, although schemes may add values to other lists."""
    if column == "severity" and line.values[column] not in ("1", "2", "3", "4"):
        line.problem(column, "Say how serious the issue is: 1, 2, 3 or 4.")


def _issue(line: ImportLine, book: CodeBook) -> Issue:
    values = line.values
    chosen = {name: values.get(name, usual) for name, usual in _ISSUE_DEFAULTS.items()}
    resolved = values.get("resolved_during_visit", chosen["status"] == _RESOLVED)
    if resolved and "status" not in values and book.find("issue_status", _RESOLVED) is not None:
        chosen["status"] = _RESOLVED
    return Issue(
        id=uuid4(),
        category=values["category"],
        severity=int(chosen["severity"]),
        origin=chosen["origin"],
        status=chosen["status"],
        resolved_during_visit=resolved,
        description=values.get("description", ""),
    )


def _note(entry: ImportEntry, finding: Finding, kind: Kind, people: dict[str, UUID]) -> None:
    """Note a finding of the rules at its cell, unless a failed cell is its cause."""
    line = entry.line
    column = _column(finding, kind, people)
    if column is None or column in line.failed or _follows_from_failure(entry, finding, column):
        return
    if finding.blocks:
        line.problem(column, finding.sentence)
    else:
        line.warn(column, finding.sentence)


def _column(finding: Finding, kind: Kind, people: dict[str, UUID]) -> str | None:
    """The column of a finding; None if the check of its own cell has reported it already."""
    if finding.about is not None:
        naming = [column for column, person_id in people.items() if person_id == finding.about]
        return naming[-1] if finding.blocks else naming[0]
    if finding.place.part in (COUNT, ISSUES):
        return None
    if finding.place.part == "present":
        return "in_custody" if kind is Kind.CUSTODY else "animals_seen"
    if finding.place.part == "visitors":
        return next((column for column in _VISITORS if column not in people), _VISITORS[0])
    if finding.place.part == "arrived" and finding.blocks:
        return "date"  # an arrival is only blocked for a day in the future
    return _COLUMN_OF.get(finding.place.part, finding.place.part)


def _follows_from_failure(entry: ImportEntry, finding: Finding, column: str) -> bool:
    failed = entry.line.failed
    if entry.scheme is None and column not in _OF_EVERY_SCHEME:
        return True
    if column in _COUNTS:
        return not failed.isdisjoint(_COUNTS) or any(line.failed for line in entry.details)
    if column in _PEOPLE and finding.about is None:
        return not failed.isdisjoint(_VISITORS)
    # A warning about something missing may be due to a cell that can't be read; solve that first.
    return not finding.blocks and not failed.isdisjoint(("date", "arrived", "scheme"))


def _digest(entry: ImportEntry) -> str:
    """A digest that shows whether two visits with the same reference have the same content.

    It depends on what the cells mean, not on how they are written: visits agree as CSV and XLSX,
    with codes and with labels. Names are used as written in the file, so that renaming a site later
    makes no difference.
    """
    content = {
        "visit": _meaning(entry.line, _DEFAULTS),
        "detainees": _sorted(_meaning(line, {"count": 1}) for line in entry.details),
        "issues": _sorted(_meaning(line, _ISSUE_DEFAULTS) for line in entry.issues),
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _meaning(line: ImportLine, usual: dict[str, Any]) -> dict[str, Any]:
    holds = {column.name: column.holds for column in SHEET_COLUMNS[line.sheet]}
    content: dict[str, Any] = {}
    for name, value in line.values.items():
        if value == usual.get(name, ""):
            continue
        if holds[name] is CellKind.NAME or name == "scheme":
            content[name] = folded(value)
        else:
            content[name] = value.isoformat() if isinstance(value, date) else value
    for name in line.failed:
        if name in line.row.cells:
            content[name] = ["as written", str(line.row.cells[name])]
    return content


def _sorted(meanings: Iterable[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    return sorted(meanings, key=lambda meaning: json.dumps(meaning, sort_keys=True))
