"""Checks all rows of an import against the records and against each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import SHEETS, ImportPlan, ImportProblem, Reject
from visitapp.domain.progress import Progress, with_progress
from visitapp.exchange import limits
from visitapp.exchange.cells import as_text, month_first, short
from visitapp.exchange.columns import COLUMNS_OF, SHEET_COLUMNS, CellKind
from visitapp.exchange.lines import ImportLine, lines_of
from visitapp.exchange.names import KnownRecords, Names
from visitapp.exchange.references import ref_key
from visitapp.exchange.sources import ImportSheets
from visitapp.exchange.visits import Checker, ImportEntry

_MONTHS = 12
_DAY_COLUMNS = {
    sheet: tuple(column.name for column in columns if column.holds is CellKind.DAY)
    for sheet, columns in COLUMNS_OF.items()
}
_POSITION = {
    (sheet, column.name): position
    for sheet, columns in SHEET_COLUMNS.items()
    for position, column in enumerate(columns)
}


@dataclass(frozen=True, slots=True)
class Imported:
    """A visit of an earlier import. `withdrawn`: individually, not with the whole import."""

    digest: str
    withdrawn: bool


Earlier = Mapping[tuple[UUID, str], Imported]
"""Visits of earlier imports by scheme and reference."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Every row with its problems and warnings; `orphans` belong to no visit in the file."""

    read: ImportSheets
    entries: list[ImportEntry]
    orphans: list[ImportLine]
    names: Names
    doubts: tuple[ImportProblem, ...] = ()


def check_rows(
    read: ImportSheets,
    known: KnownRecords,
    names: Names,
    earlier: Earlier,
    *,
    months_first: bool = False,
    locked_at: datetime,
    progress: Progress | None = None,
) -> Checked:
    """Check every row, except for overlaps. Raises BadInputError if there are too many problems for
    anybody to solve, CancelledError if `progress` says to stop."""
    checker = Checker(known, names)
    lines = {
        name: lines_of(sheet, months_first=months_first) for name, sheet in read.sheets.items()
    }
    earlier = {(scheme, ref_key(ref)): visit for (scheme, ref), visit in earlier.items()}
    entries = [ImportEntry(line) for line in lines.get(SHEETS[0], ())]
    has_refs = "visit_ref" in read.sheets[SHEETS[0]].columns
    orphans = _attach(entries, lines, has_refs=has_refs)
    problems = 0
    for entry in with_progress(progress, "Checking the visits", entries):
        checker.identify(entry)
        if not _is_there(entry, earlier):
            checker.check(entry, locked_at)
        problems += sum(len(line.problems) for line in entry.lines)
        if problems > limits.MOST_PROBLEMS:
            raise BadInputError(
                f"The file has more than {limits.MOST_PROBLEMS:,} problems. Check that it is "
                "the right file, or import it in parts."
            )
    doubt = () if months_first else months_in_doubt(lines.get(SHEETS[0], ()))
    return Checked(read, entries, orphans, names, doubt)


def months_in_doubt(rows: Sequence[ImportLine]) -> tuple[ImportProblem, ...]:
    """A problem about the dates of all rows, if some are only dates with the month first and none
    is only a date with the day first."""
    american: list[tuple[ImportLine, str, str]] = []
    for line in rows:
        for column in _DAY_COLUMNS[line.sheet]:
            cell = line.row.cells.get(column)
            numbers = None if cell is None else month_first(cell)
            if numbers is None:
                continue
            if numbers[0] > _MONTHS:
                return ()
            if numbers[1] > _MONTHS:
                american.append((line, column, as_text(cell or "")))
    if not american:
        return ()
    line, column, cell_text = american[0]
    return (
        ImportProblem(
            line.sheet,
            line.row.number,
            column,
            f"“{short(cell_text)}” is only a date if the month comes first, so all the dates in "
            "this file may be written that way. If they are, choose “Dates have the month "
            "first” (--months-first). If not, correct this row.",
            structural=True,
        ),
    )


def _attach(
    entries: Sequence[ImportEntry], lines: Mapping[str, Sequence[ImportLine]], *, has_refs: bool
) -> list[ImportLine]:
    """Give each visit its rows. Returns the rows that belong to no visit."""
    by_ref: dict[str, ImportEntry] = {}
    for entry in entries:
        ref = ref_key(entry.line.ref)
        if ref in by_ref:
            entry.line.problem(
                "visit_ref", f"{by_ref[ref].line.where} also has the reference {entry.line.ref}."
            )
        elif ref:
            by_ref[ref] = entry
    orphans: list[ImportLine] = []
    for sheet in SHEETS[1:]:
        for line in lines.get(sheet, ()):
            parent = by_ref.get(ref_key(line.ref))
            if parent is not None:
                (parent.details if sheet == SHEETS[1] else parent.issues).append(line)
                continue
            if line.ref and has_refs:
                line.problem("visit_ref", f"No visit in the file has the reference {line.ref}.")
            orphans.append(line)
    return orphans


def _is_there(entry: ImportEntry, earlier: Earlier) -> bool:
    """Whether an earlier import contained the same visit. A different one with the same reference
    is noted as a problem."""
    if entry.scheme is None or "visit_ref" in entry.line.failed:
        return False
    imported = earlier.get((entry.scheme.id, ref_key(entry.line.ref)))
    if imported is None:
        return False
    if imported.digest == entry.digest:
        entry.is_there = True
        for line in entry.lines:  # it won't be imported, so there is nothing to report
            line.problems.clear()
            line.warnings.clear()
        return True
    since = " and withdrawn since" if imported.withdrawn else ""
    entry.line.problem(
        "visit_ref",
        f"{entry.line.ref} was imported before{since}, with different details. Withdraw that "
        "import first, or give this visit another reference.",
    )
    return False


def plan_of(checked: Checked, source: str) -> ImportPlan:
    """What the import would do."""
    visits = tuple(entry.visit for entry in checked.entries if entry.visit is not None)
    sites, people = checked.names.new_records(visits)
    lines = [line for entry in checked.entries for line in entry.lines] + checked.orphans
    sheets = checked.read.sheets.values()
    structural = [p for sheet in sheets for p in sheet.problems if p.structural]
    of_cells = (p for line in lines for p in line.problems)
    return ImportPlan(
        source=source,
        visits=visits,
        has_issues=SHEETS[2] in checked.read.sheets and bool(checked.read.sheets[SHEETS[2]].rows),
        already_there=sum(1 for entry in checked.entries if entry.is_there),
        new_sites=sites,
        new_people=people,
        unknown_sites=tuple(checked.names.unknown_sites),
        unknown_people=tuple(checked.names.unknown_people),
        problems=_in_order([*structural, *checked.doubts, *of_cells]),
        warnings=_in_order(
            [
                *checked.read.warnings,
                *(w for sheet in sheets for w in sheet.warnings),
                *(w for line in lines for w in line.warnings),
            ]
        ),
        rejects=tuple(_rejects(checked)),
    )


def _in_order(problems: Iterable[ImportProblem]) -> tuple[ImportProblem, ...]:
    """Problems in the order of sheets, rows and columns."""

    def place(problem: ImportProblem) -> tuple[bool, int, str, int, int, str]:
        known = problem.sheet in SHEETS
        sheet = SHEETS.index(problem.sheet) if known else len(SHEETS)
        position = _POSITION.get((problem.sheet, problem.column), len(_POSITION))
        return not known, sheet, problem.title, problem.row, position, problem.sentence

    return tuple(sorted(dict.fromkeys(problems), key=place))


def _rejects(checked: Checked) -> Iterable[Reject]:
    """The rows that can't be imported, with the rows that belong to them."""
    for entry in checked.entries:
        if not entry.has_problem:
            continue
        for line in entry.lines:
            own = [f"{p.column}: {p.sentence}" for p in line.problems]
            if line is entry.line:
                others = [p for each in entry.lines if each is not line for p in each.problems]
                own += [f"{p.where}: {p.sentence}" for p in others]
            yield _reject(line, own or [f"The visit {entry.line.ref} is skipped."])
    for line in checked.orphans:
        yield _reject(line, [f"{p.column}: {p.sentence}" for p in line.problems])


def _reject(line: ImportLine, reasons: Sequence[str]) -> Reject:
    content = tuple((column, as_text(cell)) for column, cell in line.row.cells.items())
    return Reject(line.sheet, line.row.number, content, tuple(reasons))
