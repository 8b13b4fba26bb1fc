"""Reads the sheets of a file by a layout, as if they had our headings."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import NEW, PAIR, PEOPLE, TITLE, WAIT, ImportLayout, SheetChoice
from visitapp.domain.importing import (
    AVAILABILITY_SHEET,
    PEOPLE_SHEET,
    REGISTER,
    SHEETS,
    VISITS,
    ImportProblem,
    kinds_with,
)
from visitapp.domain.progress import Progress
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import number_of
from visitapp.exchange.cells import (
    Cell,
    as_american_day,
    as_day,
    as_minute,
    as_name,
    as_text,
    as_whole,
    day_and_time,
    is_no_name,
    is_total,
    short,
)
from visitapp.exchange.columns import COLUMNS_OF, PARTS, CellKind
from visitapp.exchange.likely_names import in_order, names_in
from visitapp.exchange.matching import clash
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.references import OWN_REF, Renaming, ref_key
from visitapp.exchange.sheets import ImportSheet, SheetReader, SheetRow
from visitapp.exchange.waits import wait_in
from visitapp.exchange.weekly import DAYS, answer_in, times_of_cell

VISITOR_COLUMNS = ("visitor_1", "visitor_2", "observer")
_THIRD = "Three visitors are named. The third is taken as an observer."
_MORE = "More than three visitors are named. The third is taken as an observer, the rest left out."
_TOO_MANY = "More than two visitors are named. The rest are left out."
_DAY_MINUTES = 24 * 60
_TOTAL_OF_PEOPLE = re.compile(r"(?:grand )?totals?\b[\s:=\d]*", re.IGNORECASE)
_REST = (
    "there were more detainees than the columns account for. The rest count as not seen, with no "
    "reason recorded."
)
_NO_ARRIVAL = "There is no time of arriving, so we do not know when visitors were let in."
_NO_SITE = (
    "Which site were these visits to? Choose it under “Match columns, words and names” (--match)."
)
_NOT_COUNTED = (
    "only how many were in custody, or only how many were seen, is written down. We need both "
    "numbers, so we left them out."
)


def read_by_layout(
    raw: Sequence[RawSheet],
    layout: ImportLayout,
    progress: Progress | None = None,
    *,
    months_first: bool = False,
) -> tuple[dict[str, ImportSheet], Renaming]:
    """The sheets that a layout chooses, in our columns, and what their visits are called now.
    Raises BadInputError if it chooses none with visits, CancelledError if `progress` says to
    stop."""
    by_title = {sheet.title: sheet for sheet in raw}
    sheets: dict[str, ImportSheet] = {}
    renaming = Renaming()
    for kind in kinds_with(layout.subject):
        parts = [
            _Translation(
                by_title[choice.title],
                choice,
                layout,
                renaming,
                progress,
                as_american_day if months_first else as_day,
            ).sheet()
            for choice in layout.of_kind(kind)
            if choice.title in by_title
        ]
        if parts:
            sheet = _together(kind, parts)
            sheets[kind] = sheet if kind == layout.subject else renaming.applied(sheet)
    if layout.subject not in sheets:
        raise BadInputError(f"None of the sheets is read as {layout.subject}. Choose one.")
    return sheets, renaming


def _together(kind: str, parts: Sequence[ImportSheet]) -> ImportSheet:
    return ImportSheet(
        kind,
        tuple(dict.fromkeys(column for part in parts for column in part.columns)),
        tuple(row for part in parts for row in part.rows),
        tuple(problem for part in parts for problem in part.problems),
        tuple(warning for part in parts for warning in part.warnings),
        parts[0].days_from_1904,
        parts[0].headings_row,
    )


def _says_nothing(cell: Cell) -> bool:
    """Whether a cell says that something isn't known: n/a, tbc, a dash. An x is a tick."""
    return is_no_name(cell) and as_text(cell).casefold() != "x"


class _Translation:
    """One sheet."""

    def __init__(
        self,
        raw: RawSheet,
        choice: SheetChoice,
        layout: ImportLayout,
        renaming: Renaming,
        progress: Progress | None,
        day_of: Callable[[Cell], date],
    ) -> None:
        self._renaming, self._day_of = renaming, day_of
        self._kind, self._title, self._layout = choice.holds, raw.title, layout
        chosen = layout.columns.get(choice.holds, {})
        reader = SheetReader(
            choice.holds,
            ragged_is_bad=raw.ragged_is_bad,
            days_from_1904=raw.days_from_1904,
            headings_row=choice.headings_row,
            left_out={heading for heading, column in chosen.items() if not column},
            progress=progress,
        )
        after = [row for row in raw.rows if row[0] >= choice.headings_row]
        self._read = reader.read(after, hidden=raw.hidden)
        self._clash = clash(choice.holds, self._read.columns, chosen)
        self._theirs: dict[str, list[str]] = {}
        for heading in self._read.columns:
            if column := chosen.get(heading, ""):
                self._theirs.setdefault(column, []).append(heading)
        self._ours = {heading: column for column, of in self._theirs.items() for heading in of}
        self._holds = {column.name: column.holds for column in COLUMNS_OF[self._kind]}
        self._has_several = len(layout.of_kind(self._kind)) > 1
        has_detainees = bool(layout.of_kind(SHEETS[1]))
        self._adds_up = has_detainees or set(PARTS) <= set(self._theirs)
        self._unrecorded = self._uncounted = 0
        self._is_x_clear = self._kind != AVAILABILITY_SHEET or not self._has_other_ticks()
        self._refs: dict[str, int] = {}
        self._warnings: list[ImportProblem] = []

    def _has_other_ticks(self) -> bool:
        """Whether something else than x is a tick, so that x may be a cross."""
        headings = [of for column in DAYS for of in self._theirs.get(column, ())]
        cells = (row.cells[of] for row in self._read.rows for of in headings if of in row.cells)
        return any(answer_in(cell) and as_text(cell).casefold() != "x" for cell in cells)

    def sheet(self) -> ImportSheet:
        """The sheet in our columns."""
        rows = tuple(self._rows())
        has = (
            set(self._theirs) | {c for c, value in self._layout.fixed.items() if value} | {OWN_REF}
        )
        if PAIR in has:
            has |= set(VISITOR_COLUMNS[:2])
        if has & {"given_name", "surname"}:
            has.add("name")
        columns = tuple(c.name for c in COLUMNS_OF[self._kind] if c.name in has)
        problems = [self._place(problem) for problem in self._read.problems]
        problems += self._of_headings(columns)
        for number, sentence in ((self._unrecorded, _REST), (self._uncounted, _NOT_COUNTED)):
            if number:
                words = f"{number_of(number, 'visit')}: {sentence}"
                self._warn(self._read.headings_row, "in_custody", words)
        return replace(
            self._read,
            columns=columns,
            rows=rows,
            problems=tuple(problems),
            warnings=(*map(self._place, self._read.warnings), *self._warnings),
        )

    def _of_headings(self, columns: Sequence[str]) -> list[ImportProblem]:
        """What is wrong with the columns as they are matched."""
        sentences = {
            column.name: _NO_SITE
            if column.name == "site"
            else f"The column {column.name} is missing. Match a column with it."
            for column in COLUMNS_OF[self._kind]
            if column.required and column.name not in columns
        }
        if self._clash:
            sentences["headings"] = self._clash
        row = self._read.headings_row
        return [
            ImportProblem(self._kind, row, name, sentence, structural=True, title=self._title)
            for name, sentence in sentences.items()
        ]

    def _place(self, problem: ImportProblem) -> ImportProblem:
        """A problem under our column, and with the name of the sheet."""
        column = self._ours.get(problem.column, problem.column)
        return replace(problem, column=column, title=self._title)

    def _warn(self, row: int, column: str, sentence: str) -> None:
        self._warnings.append(ImportProblem(self._kind, row, column, sentence, title=self._title))

    def _rows(self) -> Iterator[SheetRow]:
        for row in self._read.rows:
            cells = self._cells(row)
            if not cells and not row.bad:
                continue
            if self._is_total(row, cells):
                self._warn(row.number, "row", "This row is a total, so it is not read.")
                continue
            bad = frozenset(self._ours.get(heading, heading) for heading in row.bad)
            yield SheetRow(row.number, cells, bad, self._title)

    def _is_total(self, row: SheetRow, cells: Mapping[str, Cell]) -> bool:
        if self._kind not in (VISITS, *REGISTER):
            return False
        first = next(iter(row.cells.values()), "")
        if self._kind in REGISTER:
            return _TOTAL_OF_PEOPLE.fullmatch(as_text(first)) is not None
        return is_total(cells.get("date", first))

    def _cells(self, row: SheetRow) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        columns = sorted(self._theirs, key=lambda column: column == WAIT)  # says what they don't
        for column in columns:
            written = [row.cells[of] for of in self._theirs[column] if of in row.cells]
            is_known = self._kind != PEOPLE_SHEET or column == "name"
            if written and (is_known or not _says_nothing(written[0])):
                self._take(cells, column, written, row)
        if self._kind in REGISTER:
            self._take_name(cells, row)
        if not cells:
            return cells
        for column, value in self._layout.fixed.items():
            if column in self._holds and value:
                fixed = self._title if value == TITLE else value
                cells.setdefault(column, self._worded(column, fixed, row.number))
        if self._kind == VISITS:
            if "arrived" not in self._theirs and "date" in cells:
                cells["date"], cells["arrived"] = day_and_time(cells["date"])
            if not self._adds_up:
                self._add_unrecorded(cells)
            self._refer(cells)
        return {column: cell for column, cell in cells.items() if cell != ""}

    def _take_name(self, cells: dict[str, Cell], row: SheetRow) -> None:
        """Put together a name in two columns, or take one with a comma apart. Nothing is read of
        somebody who is left out."""
        written = [as_name(row.cells[of]) for of in self._theirs.get("name", ()) if of in row.cells]
        forename, surname = (as_name(cells.get(part, "")) for part in ("given_name", "surname"))
        if written and "name" not in cells:
            cells.clear()
        elif written and "," in written[0] and not (forename or surname):
            last, _, first = written[0].partition(",")
            parts = {"given_name": in_order(first), "surname": " ".join(last.split())}
            cells |= {part: text for part, text in parts.items() if text}
        elif not written and (forename or surname):
            name = self._worded("name", in_order(f"{forename} {surname}"), row.number)
            if name == "":
                cells.clear()
            else:
                cells["name"] = name

    def _take(
        self, cells: dict[str, Cell], column: str, written: Sequence[Cell], row: SheetRow
    ) -> None:
        if column in DAYS:
            of_day = [of for of in self._theirs[column] if of in row.cells]
            times = [
                word
                for of in of_day
                for word in times_of_cell(of, row.cells[of], is_x_clear=self._is_x_clear)
            ]
            self._put(cells, column, "\n".join(times))
        elif self._kind == AVAILABILITY_SHEET and self._holds[column] is CellKind.TEXT:
            cells[column] = written[0]  # words for times are decided later
        elif column == PAIR:
            names = [as_name(name) for cell in written for name in names_in(as_text(cell))]
            has_observer = "observer" in self._theirs
            places = VISITOR_COLUMNS[:2] if has_observer else VISITOR_COLUMNS
            for place, name in zip(places, names, strict=False):
                self._put(cells, place, self._worded(place, name, row.number))
            if len(names) > len(places):
                self._warn(row.number, "visitor_1", _TOO_MANY if has_observer else _MORE)
            elif len(names) == len(VISITOR_COLUMNS):
                self._warn(row.number, "visitor_1", _THIRD)
        elif column == WAIT:
            self._take_wait(cells, written[0], row)
        elif self._holds[column] is CellKind.WHOLE and len(written) > 1:
            worded = [self._worded(column, cell, row.number) for cell in written]
            self._put(cells, column, self._sum([cell for cell in worded if cell != ""]))
        elif self._holds[column] is CellKind.TEXT and len(written) > 1:
            cells[column] = "; ".join(map(as_text, written))
        else:
            self._put(cells, column, self._worded(column, written[0], row.number))

    @staticmethod
    def _put(cells: dict[str, Cell], column: str, cell: Cell) -> None:
        if cell != "":
            cells[column] = cell

    @staticmethod
    def _sum(written: Sequence[Cell]) -> Cell:
        """The sum of numbers; what is no number stays as written, and is a problem then."""
        try:
            return sum(as_whole(cell) for cell in written) if written else ""
        except BadInputError:
            return " + ".join(map(as_text, written))

    def _worded(self, column: str, cell: Cell, row_number: int) -> Cell:
        """What is read instead of a word of theirs."""
        is_name = self._holds.get(column) is CellKind.NAME
        is_person = is_name and column != "site"
        chosen = self._layout.words.get(PEOPLE if is_person else column)
        if not chosen:
            return cell
        instead = chosen.get(as_name(cell) if is_name else as_text(cell))
        if instead == "":
            emptied = f"“{short(as_text(cell))}” is left out, as you chose."
            self._warn(row_number, column, emptied)
        if instead == NEW:
            return (in_order(as_name(cell)) or cell) if is_person else cell
        return cell if instead is None else instead

    def _take_wait(self, cells: dict[str, Cell], cell: Cell, row: SheetRow) -> None:
        """`Y - 20 mins, busy`: when they were let in if minutes are has, and why they waited."""
        wait = wait_in(cell)
        words, doubt = wait.words, "" if "admitted" in cells else wait.doubt
        if wait.minutes is not None and "admitted" not in cells:
            arrived = next((row.cells[h] for h in self._theirs.get("arrived", ())
                            if h in row.cells), None)  # fmt: skip
            try:
                at = as_minute("" if arrived is None else arrived) + wait.minutes
            except BadInputError:
                words, doubt = words or as_text(cell), _NO_ARRIVAL
            else:
                hour, minute = divmod(at % _DAY_MINUTES, 60)
                cells["admitted"] = f"{hour:02}:{minute:02}"
        if doubt:
            self._warn(row.number, "delay_explanation", doubt)
        if words:
            cells.setdefault("delay_explanation", words)

    def _add_unrecorded(self, cells: dict[str, Cell]) -> None:
        """Where the parts have no column for all who were there, the rest has no reason. A whole
        without any part, or parts without a whole, can't be counted."""
        try:
            whole = as_whole(cells["in_custody"]) if "in_custody" in cells else None
            rest = (whole or 0) - sum(as_whole(cells[part]) for part in PARTS if part in cells)
        except BadInputError:
            return
        parts = [part for part in PARTS if part in cells]
        if whole == 0 and not parts:
            return
        if (whole is not None) != bool(parts):
            for column in ("in_custody", *parts):
                cells.pop(column, None)
            self._uncounted += 1
        elif rest > 0 and "other_not_seen" not in cells:
            cells["other_not_seen"] = rest
            self._unrecorded += 1

    def _refer(self, cells: dict[str, Cell]) -> None:
        """Give a visit a reference that stays the same when the file is imported again. A number
        alone would come again in the next file, so the month comes with it."""
        written = as_text(cells.get(OWN_REF, ""))
        if folded(next(iter(self._theirs.get(OWN_REF, ())), "")) == folded(OWN_REF):
            return
        day = self._day(cells)
        ref = written
        if not written and day:
            ref = f"{day} {as_text(cells.get('site', self._title))}"
            number = self._refs[ref] = self._refs.get(ref, 0) + 1
            ref += f" ({number})" if number > 1 else ""
        elif written.isdecimal() and day:
            ref = f"{day[:7]}/{ref_key(written)}"
        if written and self._has_several:
            ref = f"{self._title}: {ref}"
        cells[OWN_REF] = ref
        if written:
            self._renaming.add(written, ref)

    def _day(self, cells: Mapping[str, Cell]) -> str:
        try:
            return self._day_of(cells["date"]).isoformat()
        except (BadInputError, KeyError):
            return ""
