"""Imports people and their availability: first a dry run, then all that it names."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from visitapp.domain.changes import Changes
from visitapp.domain.import_layout import ALL_SCHEMES, PEOPLE, ImportLayout
from visitapp.domain.importing import AVAILABILITY_SHEET
from visitapp.domain.progress import Progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.register_import import AvailabilityPlan, PeoplePlan, RegisterPlan
from visitapp.exchange.availability_rows import AvailabilityChecker
from visitapp.exchange.matching import days_left_out, fitted, suggested_layout
from visitapp.exchange.names import KnownRecords
from visitapp.exchange.open_words import chosen_as_new, with_likely_words, words_to_match
from visitapp.exchange.people_rows import PeopleChecker
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.sources import read_raw_about
from visitapp.exchange.translating import read_by_layout
from visitapp.paths import name_to_keep
from visitapp.persistence import volunteer_files
from visitapp.services.access import Access
from visitapp.services.office.people import PeopleService
from visitapp.services.plan.availability import AvailabilityService
from visitapp.services.reports.known_records import known_records
from visitapp.services.roles import MANAGER, changes, reads


class RegisterImportService:
    """Checks a file of people or of availability and enters what it has. Matching its columns and
    words is the business of `MatchingService`."""

    def __init__(
        self, access: Access, people: PeopleService, availability: AvailabilityService
    ) -> None:
        self._access, self._people, self._availability = access, people, availability

    @reads(MANAGER, noted=RecordKind.PERSON)
    def dry_run(
        self,
        subject: str,
        path: Path,
        *,
        create_missing: bool = False,
        months_first: bool = False,
        replaces: bool = False,
        layout: ImportLayout | None = None,
        progress: Progress | None = None,
    ) -> RegisterPlan:
        """What importing a file of people or availability would do; writes nothing. Without a
        `layout` the file is read as its headings and words suggest, people by their whole names.
        `months_first`: dates with three numbers are American ones. `replaces`: availability that is
        entered already is replaced.

        Raises BadInputError for a file that can't be read at all, CancelledError if `progress`
        returns False.
        """
        raw = read_raw_about(subject, path, progress)
        with self._access.database.reading() as connection:
            known = known_records(connection, self._access.today())
            files = volunteer_files.files(connection, known.people)
        is_chosen = layout is not None
        layout = fitted(raw, layout) if layout else _suggested(raw, known, subject)
        sheets, _ = read_by_layout(raw, layout, progress, months_first=months_first)
        sheet = sheets[subject]
        if not is_chosen:
            left_out = tuple(days_left_out(subject, raw, layout))
            sheet = replace(sheet, warnings=(*sheet.warnings, *left_out))
        if subject == AVAILABILITY_SHEET:
            words = layout.words.get("time", {})
            entered = self._availability.parts_of_weeks()
            of_week = AvailabilityChecker(known, entered, words, replaces=replaces)
            return of_week.plan(sheet, name_to_keep(path.name))
        _, new_people = chosen_as_new(layout)
        checker = PeopleChecker(known, files, None if create_missing else new_people)
        plan = checker.plan(sheet, name_to_keep(path.name), months_first=months_first)
        return replace(plan, everybody=_everybody(layout))

    @changes(MANAGER)
    def carry_out(self, plan: RegisterPlan, *, skip_bad: bool = False) -> Changes:
        """Enter what was planned, all of it or nothing; rows with a problem are skipped if
        `skip_bad`.

        Raises BadInputError for a plan with problems if they aren't skipped; ConflictError if
        somebody of the plan has changed since it was made.
        """
        plan.must_go_on(skip_bad=skip_bad)
        if isinstance(plan, PeoplePlan) and plan.entries:
            return self._people.save_all(plan.entries)
        if isinstance(plan, AvailabilityPlan) and plan.entries:
            return self._availability.save_free(plan.entries)
        return Changes.NONE


def _suggested(raw: Sequence[RawSheet], known: KnownRecords, subject: str) -> ImportLayout:
    """As headings and words suggest. Who people are is nothing to guess."""
    layout = suggested_layout(raw, known, (), subject)
    words = words_to_match(raw, layout, known)
    return with_likely_words(layout, (word for word in words if word.column != PEOPLE))


def _everybody(layout: ImportLayout) -> str:
    """Which scheme all people of a file are entered in; empty if a column says it."""
    scheme = layout.fixed.get("scheme", "")
    if not scheme:
        return ""
    which = "every scheme" if scheme == ALL_SCHEMES else f"the scheme {scheme}"
    return f"Everybody in the file is entered in {which}."
