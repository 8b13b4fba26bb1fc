"""The lists of the records as a workbook, for other programs."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.visit_codes import State
from visitapp.paths import read_bounded, reading
from visitapp.persistence import (
    animals,
    counted_answers,
    forms,
    integrity,
    issues,
    office_issues,
    people,
    same_person,
    same_site,
    schemes,
    search,
    status_changes,
    volunteer_files,
    whole_records,
)
from visitapp.persistence import visits as stored
from visitapp.persistence.database import Connection, Database
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, reads
from visitapp.services.saving import must_be_free, save_document

if TYPE_CHECKING:
    from visitapp.exchange.scheme_sheets import ListedRecords

_LARGEST_SCHEME = 2**30
"""In bytes."""


def not_encrypted(target: Path) -> str:
    """What a person has to know about an exported file."""
    of_scheme = (
        " It has people’s names and contact details, what they answered for equality "
        "monitoring, and custody numbers."
    )
    return (
        f"This file is not encrypted.{of_scheme if _is_scheme(target) else ''} Keep it where only "
        "you can open it, and delete it when you no longer need it."
    )


def _is_scheme(target: Path) -> bool:
    return target.suffix.lower() == ".json"


class ExportService:
    """For the manager: what leaves the file can be read by everybody."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.REPORT)
    def save(self, target: Path, *, force: bool = False) -> int:
        """Write every list as XLSX, or the whole scheme as JSON that `write_scheme` takes again,
        completely or not at all. Returns the number of visits.

        Raises BadInputError for another suffix, or if something with that name exists, unless
        `force`.
        """
        from visitapp.exchange.scheme_sheets import scheme_sheets
        from visitapp.reporting.list_workbook import lists_xlsx

        if _is_scheme(target):
            return self._save_scheme(target, force=force)
        if target.suffix.lower() != ".xlsx":
            raise BadInputError(
                "The lists can be saved as .xlsx, and the whole scheme as .json. End the file name "
                "with one of these."
            )
        must_be_free(target, force=force)
        self._access.database.note_reading(RecordKind.PERSON)
        with self._access.database.reading() as connection:
            records = _records(connection)
        save_document(target, lists_xlsx(scheme_sheets(records), self._access.today()), force=force)
        return len(records.visits)

    @reads(MANAGER, noted=RecordKind.REPORT)
    def sheets(self) -> tuple[ListSheet, ...]:
        """Every list of the workbook."""
        from visitapp.exchange.scheme_sheets import scheme_sheets

        self._access.database.note_reading(RecordKind.PERSON)
        with self._access.database.reading() as connection:
            return scheme_sheets(_records(connection))

    @reads(MANAGER, VISITOR, READER)
    def save_sheet(self, sheet: ListSheet, target: Path, *, force: bool = False) -> None:
        """Write a list that its reader has before them as XLSX or CSV, by the suffix. Raises
        BadInputError for another, or if something with that name exists, unless `force`."""
        from visitapp.reporting.list_workbook import lists_xlsx

        match target.suffix.lower():
            case ".xlsx":
                content = lists_xlsx((sheet,), self._access.today())
            case ".csv":
                content = sheet.as_csv()
            case _:
                raise BadInputError("A list can be saved as .xlsx or .csv. End its name so.")
        save_document(target, content, force=force)

    def _save_scheme(self, target: Path, *, force: bool) -> int:
        must_be_free(target, force=force)
        for kind in (RecordKind.PERSON, RecordKind.REVIEW, RecordKind.MONITORING):
            self._access.database.note_reading(kind)
        with self._access.database.reading() as connection:
            rows = whole_records.every_row(connection)
        save_document(target, whole_records.as_json(rows), force=force)
        return len(rows["visit"])


def write_scheme(database: Database, source: Path) -> None:
    """Write a whole scheme to a new file without any row. Raises BadInputError for a file that is
    none, or whose records are damaged or contradict each other."""
    with reading(source):
        rows = whole_records.rows_of(read_bounded(source, _LARGEST_SCHEME))
    with database.transaction() as connection:
        whole_records.write_rows(connection, rows)
        visits = list(stored.every(connection))
        search.rebuild(connection, visits)
        counted_answers.rebuild(connection, visits)
    if faults := integrity.look(database).faults:
        raise BadInputError(f"We could not import {source.name}: {faults[0]}")


def _records(connection: Connection) -> "ListedRecords":
    from visitapp.exchange.scheme_sheets import ListedRecords

    known = {scheme.id: scheme for scheme in schemes.schemes(connection)}
    visits = [visit for visit in stored.every(connection) if visit.state is State.LOCKED]
    visits.sort(key=lambda visit: (visit.arrived.utc_minute, visit.ref))
    numbers = {
        (visit.scheme_id, visit.report.form_number) for visit in visits if visit.report is not None
    }
    register = people.people(connection)
    kept = {key: forms.form(connection, *key) for key in sorted(numbers, key=str)}
    query = IssueQuery(IssueStanding.ALL)
    of_office = office_issues.lines(connection, query, list(known.values()), date.max)
    steps_of = office_issues.steps(connection, [line.issue.id for line in of_office])
    return ListedRecords(
        schemes=known,
        books={scheme_id: schemes.codes(connection, scheme_id) for scheme_id in known},
        sites={site.id: site for site in schemes.sites(connection)},
        people={person.id: person for person in register},
        visits=visits,
        of_office=[(line, steps_of.get(line.issue.id, ())) for line in of_office],
        steps=issues.every_step(connection),
        forms={key: with_standard_questions(form) for key, form in kept.items() if form},
        animals=animals.animals(connection),
        files=volunteer_files.files(connection, register),
        history=status_changes.every_change(connection),
        same_people=same_person.decisions(connection),
        same_sites=same_site.decisions(connection),
        site_names={site.id: site.name for site in schemes.entered_sites(connection)},
    )
