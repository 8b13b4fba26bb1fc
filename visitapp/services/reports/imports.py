"""Imports past visits from spreadsheets: first a dry run, then the import as one batch."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.import_layout import ImportLayout
from visitapp.domain.importing import VISITS, Batch, ImportPlan, ImportProblem, Reject, kinds_with
from visitapp.domain.office.site import Site
from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.visit import Visit
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import number_of
from visitapp.exchange.alike_people import warn_of_alike
from visitapp.exchange.alike_sites import warn_of_alike_sites
from visitapp.exchange.checking import Imported, check_rows, plan_of
from visitapp.exchange.columns import COLUMNS_OF, SHEET_COLUMNS
from visitapp.exchange.names import KnownRecords, Names
from visitapp.exchange.open_words import chosen_as_new
from visitapp.exchange.overlaps import VisitDay, VisitSpan, warn_of_overlaps, warn_of_same_days
from visitapp.exchange.sources import Sources, read_sources
from visitapp.paths import name_to_keep
from visitapp.persistence import batches as stored
from visitapp.persistence import counted_answers, ledger, same_site, schemes, staging, visits
from visitapp.persistence import people as stored_people
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.services.reports.forms import keep_form
from visitapp.services.reports.known_records import known_records
from visitapp.services.reports.matching import MatchingService
from visitapp.services.reports.visits import ref_prefix
from visitapp.services.roles import MANAGER, VISITOR, changes, reads
from visitapp.services.saving import save_document

VISITS_AT_ONCE = 10_000
"""The most visits in one write transaction: others wait about a quarter of a second. A larger
import uses several. If one fails, those before it stay, and importing the same file again continues
from there."""


class ImportService(MatchingService):
    """Checks spreadsheets, imports them, and withdraws imports."""

    @reads(MANAGER, VISITOR)
    def dry_run(
        self,
        sources: Sources,
        *,
        create_missing: bool = False,
        months_first: bool = False,
        layout: ImportLayout | None = None,
        progress: Progress | None = None,
    ) -> ImportPlan:
        """What importing these files (visits, detainees, issues) would do; writes nothing.
        `months_first`: dates with three numbers are American ones. `layout`: how the file of visits
        is read, if its headings aren't ours.

        Raises BadInputError for files that can't be read at all, CancelledError if `progress`
        returns False.
        """
        read = read_sources(sources, progress, layout, months_first=months_first)
        known, there = self._recorded()
        new_sites, new_people = chosen_as_new(layout or ImportLayout())
        checked = check_rows(
            read,
            known,
            Names(known, create_missing, new_sites, new_people),
            there,
            months_first=months_first,
            locked_at=self._access.now(),
            progress=progress,
        )
        report_progress(progress, "Looking for visits that overlap")
        new = [entry.visit for entry in checked.entries if entry.visit is not None]
        with self._access.database.reading() as connection:
            spans = [VisitSpan(*span) for span in stored.spans(connection, _times_by_site(new))]
            days = [VisitDay(*day) for day in stored.same_days(connection, _days_by_site(new))]
        warn_of_overlaps(checked.entries, spans)
        warn_of_same_days(checked.entries, days)
        warn_of_alike(checked.entries, checked.names.new_people(), known.people)
        warn_of_alike_sites(checked.entries, checked.names.new_sites(), known.sites)
        return plan_of(
            checked, ", ".join(name_to_keep(path.name) for path in sources if path is not None)
        )

    def _recorded(self) -> tuple[KnownRecords, dict[tuple[UUID, str], Imported]]:
        """The contents of the file of records that rows are checked against."""
        with self._access.database.reading() as connection:
            known = known_records(connection, self._access.today())
            there = {
                place: Imported(digest, withdrawn)
                for place, (digest, withdrawn) in stored.imported(connection).items()
            }
        return known, there

    @changes(MANAGER)
    def carry_out(
        self, plan: ImportPlan, *, skip_bad: bool = False, progress: Progress | None = None
    ) -> tuple[Batch, Changes]:
        """Import what was planned, as one batch that can be withdrawn as a whole.

        `skip_bad`: skip the bad rows, which are stored with their reasons. A plan with nothing new
        changes nothing. Raises BadInputError for a plan with problems if they aren't skipped;
        ConflictError if the records have changed since the plan was made; CancelledError if
        `progress` returns False before anything was written.
        """
        plan.must_go_on(skip_bad=skip_bad)
        rejects = self._new_rejects(plan)
        batch = Batch(
            id=uuid4(),
            imported_at=self._access.now(),
            imported_by=self._access.actor.name,
            source=plan.source,
            visits=0,
            rejected=len(rejects),
            already_there=plan.already_there,
            sites_made=len(plan.new_sites),
            people_made=len(plan.new_people),
            without_issues=not plan.has_issues,
        )
        if not plan.visits and not rejects:
            return batch, Changes.NONE
        report_progress(progress, "Preparing the visits")
        self._must_be_new(plan)
        names = self._site_names(plan)
        for start in range(0, max(1, len(plan.visits)), VISITS_AT_ONCE):
            part = plan.visits[start : start + VISITS_AT_ONCE]
            first = start == 0
            batch = replace(batch, visits=batch.visits + len(part))
            # Once something is written it is too late to stop.
            self._write(plan if first else None, part, batch, names, rejects if first else (),
                        progress if first else _unstoppable(progress))  # fmt: skip
        changes = Changes.VISITS
        changes |= Changes.SITES if plan.new_sites else Changes.NONE
        changes |= Changes.PEOPLE if plan.new_people else Changes.NONE
        return batch, changes

    def _new_rejects(self, plan: ImportPlan) -> tuple[Reject, ...]:
        """Bad rows that aren't stored yet: importing the same file again changes nothing."""
        if not plan.rejects:
            return ()
        with self._access.database.reading() as connection:
            kept = set(stored.rejects(connection))
        return tuple(reject for reject in plan.rejects if reject not in kept)

    def _must_be_new(self, plan: ImportPlan) -> None:
        with self._access.database.reading() as connection:
            there = stored.imported(connection)
            people = {folded(person.name) for person in stored_people.people(connection)}
        came = any((visit.scheme_id, visit.source_ref) in there for visit in plan.visits)
        if came or any(folded(person.name) in people for person in plan.new_people):
            raise ConflictError(
                "The records have changed since the file was checked. Check the file again first."
            )

    def _site_names(self, plan: ImportPlan) -> dict[UUID, str]:
        with self._access.database.reading() as connection:
            recorded = schemes.site_names(connection)
        return recorded | {site.id: site.name for site in plan.new_sites}

    def _write(
        self,
        plan: ImportPlan | None,
        part: Sequence[Visit],
        batch: Batch,
        names: dict[UUID, str],
        rejects: Sequence[Reject],
        progress: Progress | None,
    ) -> None:
        """Write some visits; `plan` is given the first time, with everything that comes before
        them."""
        with self._access.database.reading() as connection:
            before = ledger.last(connection)
            numbers = stored.last_numbers(connection)
            years = reporting_years(connection)
            kept = same_site.kept_of(connection)
        numbered = [
            same_site.as_counted(visit, kept)
            for visit in _numbered(part, batch.id, names, numbers, years)
        ]
        entries = ledger.signed(numbered, batch.imported_by)
        rows = {**visits.visit_rows(numbered), "ledger": ledger.rows_after(before, entries)}
        with staging.staged(self._access.database, rows, progress) as connection:
            if ledger.last(connection) != before:  # a reference may have been used meanwhile
                raise ConflictError("A report was signed at the same moment. Try again.")
            for site in plan.new_sites if plan else ():
                schemes.save_site(connection, site)
            for site in _in_use_earlier(connection, numbered, years):
                schemes.save_site(connection, site)
            for person in plan.new_people if plan else ():
                stored_people.save_person(connection, person)
            stored.save_batch(connection, batch)
            stored.insert_rejects(connection, batch.id, rejects)
            staging.write_staged(connection)
            answered = [visit for visit in numbered if visit.report is not None]
            for scheme_id in {visit.scheme_id for visit in answered}:
                keep_form(connection, self._access, scheme_id)
            counted_answers.add(connection, answered)

    @reads(MANAGER, VISITOR)
    def batches(self) -> tuple[Batch, ...]:
        """All imports, latest first."""
        with self._access.database.reading() as connection:
            return tuple(stored.batches(connection))

    @reads(MANAGER, noted=RecordKind.IMPORT)
    def rejects(self, batch_id: UUID) -> tuple[Reject, ...]:
        """The rows that an import skipped."""
        with self._access.database.reading() as connection:
            return tuple(stored.rejects(connection, batch_id))

    @changes(MANAGER)
    def withdraw_batch(self, batch_id: UUID, reason: str) -> Changes:
        """Take all visits of an import out of every count, with a reason; they can still be
        read."""
        if not reason.strip():
            raise BadInputError("Say why you are withdrawing the import.")
        with self._access.database.transaction() as connection:
            now, why = self._access.now(), reason.strip()
            stored.withdraw_batch(connection, batch_id, why, now)
            entry = ledger.batch_withdrawn(batch_id, self._access.actor.name, why, now)
            ledger.append(connection, [entry])
        return Changes.VISITS

    @changes(MANAGER)
    def put_batch_back(self, batch_id: UUID, reason: str) -> Changes:
        """Count the visits of a withdrawn import again, with a reason. Those that were withdrawn
        individually, or amended, stay as they are.

        Raises BadInputError if a later import contained some of them.
        """
        if not reason.strip():
            raise BadInputError("Say why you are putting the import back.")
        with self._access.database.transaction() as connection:
            if again := stored.brought_again(connection, batch_id):
                raise BadInputError(
                    f"A later import added {number_of(again, 'visit')} from this one again. "
                    "Withdraw the later import first, so that nothing is counted twice."
                )
            stored.put_batch_back(connection, batch_id)
            by, now = self._access.actor.name, self._access.now()
            entry = ledger.batch_put_back(batch_id, by, reason.strip(), now)
            ledger.append(connection, [entry])
        return Changes.VISITS

    @staticmethod
    def save_findings(
        path: Path, findings: Sequence[ImportProblem], *, force: bool = False
    ) -> None:
        """Write problems or warnings as CSV, for the person who maintains the spreadsheet.

        Raises BadInputError if `path` exists, unless `force`.
        """
        from visitapp.reporting.import_sheets import findings_csv

        rows = [(f.sheet_name, f.row, f.column, f.sentence) for f in findings]
        save_document(path, findings_csv(rows), force=force)

    @reads(MANAGER)
    def save_rejects(self, batch_id: UUID, path: Path, *, force: bool = False) -> None:
        """Write the rows that an import skipped, with the reasons, as a workbook that can be
        corrected and imported.

        Raises BadInputError if `path` exists, unless `force`.
        """
        from visitapp.reporting.import_sheets import rejects_xlsx

        rows = [(r.sheet, r.content, r.reasons) for r in self.rejects(batch_id)]
        headings = {
            name: tuple(column.name for column in columns)
            for name, columns in SHEET_COLUMNS.items()
        }
        save_document(path, rejects_xlsx(rows, headings), force=force)

    @staticmethod
    def write_template(path: Path, subject: str = VISITS, *, force: bool = False) -> None:
        """Write an empty workbook for visits, people or availability, with every heading and an
        explanation of it.

        Raises BadInputError if `path` exists, unless `force`.
        """
        from visitapp.reporting.import_sheets import template_xlsx

        sheets = {
            name: tuple((c.name, c.explanation, c.required) for c in COLUMNS_OF[name])
            for name in kinds_with(subject)
        }
        save_document(path, template_xlsx(sheets), force=force)


def _times_by_site(new: Sequence[Visit]) -> dict[UUID, tuple[int, int]]:
    """From the first arrival to the last time of these visits, by site."""
    times: dict[UUID, tuple[int, int]] = {}
    for visit in new:
        start, end = visit.arrived.utc_minute, visit.last_seen.utc_minute
        first, last = times.get(visit.site_id, (start, end))
        times[visit.site_id] = (min(first, start), max(last, end))
    return times


def _days_by_site(new: Sequence[Visit]) -> dict[UUID, tuple[date, date]]:
    """The first and the last day of these visits, by site."""
    days: dict[UUID, tuple[date, date]] = {}
    for visit in new:
        day = visit.arrived.day
        first, last = days.get(visit.site_id, (day, day))
        days[visit.site_id] = (min(first, day), max(last, day))
    return days


def _in_use_earlier(
    connection: Connection, new: Sequence[Visit], years: ReportingYears
) -> Iterator[Site]:
    """Sites of earlier imports whose first visit is one of these now. One that others count under
    has their days already."""
    known, days = schemes.sites(connection), _days_by_site(new)
    kept = same_site.kept_of(connection).values()
    for site in known:
        if site.id in days and site.id not in kept:
            first, _ = days[site.id]
            if (earlier := site.in_use_on(first, years.year_of(first))) != site:
                yield earlier


def _numbered(
    part: Sequence[Visit],
    batch_id: UUID,
    names: dict[UUID, str],
    numbers: dict[str, int],
    years: ReportingYears,
) -> list[Visit]:
    """The visits with printed references, numbered by arrival after those already used."""
    numbered = []
    # Ids in the order of writing keep the database's indexes compact.
    ids = sorted(visit.id for visit in part)
    for visit_id, visit in zip(ids, sorted(part, key=lambda v: v.arrived), strict=True):
        prefix = ref_prefix(names[visit.site_id], years.year_of(visit.arrived.day).start.year)
        numbers[prefix] = numbers.get(prefix, 0) + 1
        ref = f"{prefix}{numbers[prefix]:03}"
        numbered.append(replace(visit, id=visit_id, ref=ref, batch_id=batch_id))
    return numbered


def _unstoppable(progress: Progress | None) -> Progress | None:
    if progress is None:
        return None

    def report_progress(stage: str, done: int, total: int) -> None:
        progress(stage, done, total)

    return report_progress
