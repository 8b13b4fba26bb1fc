"""Imports people into the register: first a dry run, then all that it names."""

from dataclasses import replace
from pathlib import Path

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import ALL_SCHEMES, ImportLayout
from visitapp.domain.progress import Progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.register_import import PeoplePlan, RegisterPlan
from visitapp.domain.text.wording import number_of
from visitapp.exchange.matching import fitted, suggested_layout
from visitapp.exchange.open_words import chosen_as_new
from visitapp.exchange.people_rows import PeopleChecker
from visitapp.exchange.sources import read_raw
from visitapp.exchange.translating import read_by_layout
from visitapp.paths import name_to_keep
from visitapp.persistence import volunteer_files
from visitapp.services.access import Access
from visitapp.services.office.people import PeopleService
from visitapp.services.reports.known_records import known_records
from visitapp.services.roles import MANAGER, changes, reads


class RegisterImportService:
    """Checks a file of people and enters what it has. Matching its columns and words is the
    business of `MatchingService`."""

    def __init__(self, access: Access, people: PeopleService) -> None:
        self._access, self._people = access, people

    @reads(MANAGER, noted=RecordKind.PERSON)
    def dry_run(
        self,
        subject: str,
        path: Path,
        *,
        create_missing: bool = False,
        months_first: bool = False,
        layout: ImportLayout | None = None,
        progress: Progress | None = None,
    ) -> RegisterPlan:
        """What importing a file of people would do; writes nothing. Without a `layout` the file is
        read as its headings suggest. `months_first`: dates with three numbers are American ones.

        Raises BadInputError for a file that can't be read at all, CancelledError if `progress`
        returns False.
        """
        raw = read_raw(path, progress)
        with self._access.database.reading() as connection:
            known = known_records(connection, self._access.today())
            files = volunteer_files.files(connection, known.people)
        layout = fitted(raw, layout) if layout else suggested_layout(raw, known, (), subject)
        sheets, _ = read_by_layout(raw, layout, progress, months_first=months_first)
        sheet = sheets[subject]
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
        if plan.problems and not (skip_bad and plan.can_skip):
            what = number_of(len(plan.problems), "problem")
            raise BadInputError(f"Nothing was imported: {what} in the file.")
        if isinstance(plan, PeoplePlan) and plan.entries:
            return self._people.save_all(plan.entries)
        return Changes.NONE


def _everybody(layout: ImportLayout) -> str:
    """Which scheme all people of a file are entered in; empty if a column says it."""
    scheme = layout.fixed.get("scheme", "")
    if not scheme:
        return ""
    which = "every scheme" if scheme == ALL_SCHEMES else f"the scheme {scheme}"
    return f"Everybody in the file is entered in {which}."
